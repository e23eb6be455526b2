import { arnProblems } from "./arns";
import { oneOfProblems, rangeProblems, show } from "./limits";
import type { ProjectChoices } from "./pipeline-choices";
import { type Problem, under } from "./problems";

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html */
const ENVIRONMENT_TYPES = ["LINUX_CONTAINER", "ARM_CONTAINER", "LINUX_EC2", "ARM_EC2"];
const COMPUTE_TYPES = [
  "BUILD_GENERAL1_SMALL",
  "BUILD_GENERAL1_MEDIUM",
  "BUILD_GENERAL1_LARGE",
  "BUILD_GENERAL1_XLARGE",
  "BUILD_GENERAL1_2XLARGE",
];
/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
const MINUTES = { min: 5, max: 2160, unit: "minutes" };
const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(API|ACCESS|PRIVATE|SIGNING)_?KEY/i;
/** Keys of AWS, tokens of Pulumi, GitHub, GitLab, Slack and npm, JSON web tokens, private keys. */
const SECRET_VALUE =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bpul-[0-9a-f]{40}\b|\bgh[opsur]_\w{20}|\bgithub_pat_|\bglpat-|\bxox[abprs]-|\bnpm_\w{30}|\beyJ[\w-]{10,}\.|-----BEGIN/;
/** What the pipeline sets by itself. */
const RESERVED = /^(COMPLIANCE_|CODEBUILD_|PULUMI_BACKEND_URL$|PULUMI_ACCESS_TOKEN$)/;

/**
 * Everything that is wrong with a project's choices, with paths from their root.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectEnvironment.html
 */
export function projectProblems(choices: ProjectChoices, region: string): readonly Problem[] {
  const { image, environmentType, computeType, timeoutMinutes, environment = {}, secrets = {} } = choices;
  const problems: Problem[] = [];
  if (image !== undefined && !/^[a-z0-9][\w./:@-]{0,510}$/.test(image)) {
    const message = `${show(image)} is not a Docker image; write one such as "aws/codebuild/standard:7.0".`;
    problems.push({ path: "image", message });
  }
  if (environmentType !== undefined) {
    problems.push(...oneOfProblems("environmentType", environmentType, ENVIRONMENT_TYPES));
  }
  if (computeType !== undefined) problems.push(...oneOfProblems("computeType", computeType, COMPUTE_TYPES));
  if (timeoutMinutes !== undefined) {
    problems.push(...rangeProblems("timeoutMinutes", timeoutMinutes, MINUTES));
  }
  for (const [name, value] of Object.entries(environment)) {
    problems.push(...under("environment", variableProblems(name, value)));
    if (name in secrets) {
      problems.push({ path: `secrets.${name}`, message: 'It is in "environment", too. Remove it there.' });
    }
  }
  for (const [name, arn] of Object.entries(secrets)) {
    problems.push(...under("secrets", [...nameProblems(name), ...arnProblems(name, arn, "secret", region)]));
  }
  return problems;
}

function variableProblems(name: string, value: string): readonly Problem[] {
  const problems = [...nameProblems(name)];
  // A value that may be a secret is never shown.
  const where = SECRET_NAME.test(name) ? "name" : SECRET_VALUE.test(value) ? "value" : undefined;
  if (where !== undefined) {
    const reason = `Its ${where} looks like a secret, and everybody who sees the project would read it`;
    const fix = `Put the value into Secrets Manager and write its ARN below "secrets"`;
    const more = name.startsWith("AWS_") ? " AWS itself needs no key here: the project has a role." : "";
    problems.push({ path: name, message: `${reason}. ${fix}.${more}` });
  }
  return problems;
}

function nameProblems(name: string): readonly Problem[] {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    return [
      { path: name, message: `${show(name)} is not the name of a variable; write letters, digits and _.` },
    ];
  }
  if (!RESERVED.test(name)) return [];
  return [{ path: name, message: "The pipeline sets this variable by itself. Remove it." }];
}
