import { bucketNameProblems, keyProblems, parseArn, regionProblems, show } from "./limits";
import type { StateChoice } from "./pipeline-choices";
import { type Problem, under } from "./problems";

/**
 * Everything that is wrong with where the state is, with paths from `bucket` or `pulumiCloud`.
 *
 * @param home - where the bucket is unless it says so itself; `undefined` where that is not known
 */
export function stateProblems(state: StateChoice, home: string | undefined): readonly Problem[] {
  if ("bucket" in state) {
    const { bucketName, prefix, kmsKeyArn, region = home } = state.bucket;
    return under("bucket", [
      ...bucketNameProblems("bucketName", bucketName),
      ...keyProblems("kmsKeyArn", kmsKeyArn, region),
      ...(region === undefined ? [] : regionProblems("region", region)),
      ...(prefix === undefined || /^[\w.-]+(\/[\w.-]+)*$/.test(prefix)
        ? []
        : [
            {
              path: "prefix",
              message: `${show(prefix)} is not a folder; write letters, digits or . _ - with single slashes between, as in "compliance/state".`,
            },
          ]),
    ]);
  }
  const { organization, tokenSecretArn, readTokenSecretArn } = state.pulumiCloud;
  const problems: Problem[] = [];
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$/.test(organization)) {
    const message = `${show(organization)} is not an organisation of Pulumi Cloud; it has 2 to 40 letters, digits, hyphens or underscores.`;
    problems.push({ path: "organization", message });
  }
  problems.push(...secretProblems("tokenSecretArn", tokenSecretArn));
  if (readTokenSecretArn !== undefined) {
    problems.push(...secretProblems("readTokenSecretArn", readTokenSecretArn));
    if (readTokenSecretArn === tokenSecretArn) {
      const reason = "A pull request would get the token that delivers";
      problems.push({
        path: "readTokenSecretArn",
        message: `${reason}. Make a second token that can only read.`,
      });
    }
  }
  return under("pulumiCloud", problems);
}

/** Checks the shape of a secret's ARN. */
export function secretProblems(path: string, arn: string): readonly Problem[] {
  const parts = parseArn(arn);
  if (parts?.service === "secretsmanager" && parts.resource.startsWith("secret:")) return [];
  const example = '"arn:aws:secretsmanager:us-east-1:111122223333:secret:NAME-AbCdEf"';
  // What was given may be the secret itself, so that it is not shown.
  return [
    { path, message: `It is not the ARN of a secret in Secrets Manager; write one such as ${example}.` },
  ];
}
