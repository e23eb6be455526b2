import { arnProblems } from "./arns";
import { bucketNameProblems } from "./bucket-names";
import { show } from "./limits";
import type { ConnectionSource, PatternChoice, SourceChoice, TriggerFilter } from "./pipeline-choices";
import { type Problem, under } from "./problems";

/** CodePipeline's own limits of a trigger. */
const MOST_FILTERS = 3;
const MOST_PATTERNS = 8;
const LONGEST_PATTERN = 255;

/**
 * Everything that is wrong with a source, with paths from its kind.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitConfiguration.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitBranchFilterCriteria.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/welcome-connections-how-it-works-global.html
 */
export function sourceProblems(source: SourceChoice, region: string): readonly Problem[] {
  if ("connection" in source) return under("connection", connectionProblems(source.connection, region));
  if ("codeCommit" in source) {
    const { repositoryName, branch } = source.codeCommit;
    return under("codeCommit", [
      ...(/^[\w.-]{1,100}$/.test(repositoryName) && !repositoryName.endsWith(".git")
        ? []
        : [
            {
              path: "repositoryName",
              message: `${show(repositoryName)} is not the name of a CodeCommit repository; it has 1 to 100 letters, digits or . _ -, and does not end with ".git".`,
            },
          ]),
      ...branchProblems("branch", branch),
    ]);
  }
  const { bucketName, objectKey } = source.s3;
  const isArchive = objectKey.endsWith(".zip") && objectKey.length <= 1024 && !objectKey.startsWith("/");
  return under("s3", [
    ...bucketNameProblems("bucketName", bucketName),
    ...(isArchive
      ? []
      : [
          {
            path: "objectKey",
            message: `${show(objectKey)} is not the key of a ZIP archive; write one such as "source/main.zip".`,
          },
        ]),
  ]);
}

function connectionProblems(source: ConnectionSource, region: string): readonly Problem[] {
  const { repository, branch, provider, connection, triggers = [] } = source;
  const problems: Problem[] = [];
  // Only GitLab has groups inside groups.
  const shape = provider === "GitLab" ? /^[\w.-]+(\/[\w.-]+)+$/ : /^[\w.-]+\/[\w.-]+$/;
  if (!shape.test(repository) || repository.endsWith(".git")) {
    const example = provider === "GitLab" ? '"group/name" or "group/subgroup/name"' : '"owner/name"';
    const message = `${show(repository)} is not a repository at ${provider}; write ${example}, without address and ".git".`;
    problems.push({ path: "repository", message });
  }
  problems.push(...branchProblems("branch", branch));
  if ("existing" in connection) {
    // A connection serves all regions of its partition, whichever its ARN names.
    problems.push(...arnProblems("existing.arn", connection.existing.arn, "connection", region));
  }
  if (triggers.length > MOST_FILTERS) {
    const message = `${triggers.length} filters are given; CodePipeline allows ${MOST_FILTERS}. A filter holds up to ${MOST_PATTERNS} patterns of each kind.`;
    problems.push({ path: "triggers", message });
  }
  triggers.forEach((trigger, index) => {
    problems.push(...under(`triggers[${index}]`, triggerProblems(trigger)));
  });
  return problems;
}

function triggerProblems({ branches, paths }: TriggerFilter): readonly Problem[] {
  return [
    ...(branches === undefined ? [] : under("branches", patternProblems(branches))),
    ...(paths === undefined ? [] : under("paths", patternProblems(paths))),
  ];
}

function patternProblems({ includes, excludes }: PatternChoice): readonly Problem[] {
  if (includes === undefined && excludes === undefined) {
    return [{ path: "", message: 'It holds no pattern. Write "includes" or "excludes", or leave it out.' }];
  }
  const problems: Problem[] = [];
  for (const [path, patterns] of Object.entries({ includes, excludes })) {
    if (patterns === undefined) continue;
    if (patterns.length < 1 || patterns.length > MOST_PATTERNS) {
      const message = `${patterns.length} patterns are given; CodePipeline allows 1 to ${MOST_PATTERNS}.`;
      problems.push({ path, message });
    }
    patterns.forEach((pattern, index) => {
      if (pattern.length >= 1 && pattern.length <= LONGEST_PATTERN) return;
      const message = `The pattern has ${pattern.length} characters; 1 to ${LONGEST_PATTERN} are allowed.`;
      problems.push({ path: `${path}[${index}]`, message });
    });
  }
  return problems;
}

/** Git's own rules for the name of a branch, as far as a mistake would break them. */
function branchProblems(path: string, branch: string): readonly Problem[] {
  const isBranch =
    branch.length <= 255 && /^[^\s~^:?*[\\]+$/.test(branch) && !/\.\.|^[/.-]|\/$|\.lock$|@\{/.test(branch);
  if (isBranch) return [];
  const rule = 'write one branch such as "main", without spaces and patterns';
  return [{ path, message: `${show(branch)} is not the name of a branch; ${rule}.` }];
}
