import { arnProblems, keyProblems } from "./arns";
import { bucketNameProblems, type NamedBucket } from "./bucket-names";
import { regionProblems, show } from "./limits";
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
  problems.push(...arnProblems("tokenSecretArn", tokenSecretArn, "secret", home));
  if (readTokenSecretArn !== undefined) {
    problems.push(...arnProblems("readTokenSecretArn", readTokenSecretArn, "secret", home));
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

/** The bucket of the state, if it is in one of AWS. */
export function stateBuckets(state: StateChoice | undefined): readonly NamedBucket[] {
  if (state === undefined || !("bucket" in state)) return [];
  return [{ path: "state.bucket.bucketName", purpose: "state", name: state.bucket.bucketName }];
}
