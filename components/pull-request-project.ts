import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { type BuildPlace, BuildProject } from "./build-project";
import { NO_INPUTS } from "./component";
import { pullRequestDenials, roleAssumption } from "./documents/pipeline";
import { connectionClone } from "./documents/sources";
import type { ConnectionSource, PipelineChoices, PullRequestChoices } from "./pipeline-choices";
import { pipelineName, projectName } from "./pipeline-names";
import { backendUrl, projectChoices } from "./pipeline-projects";
import type { StackTarget } from "./pipeline-stages";
import { HOSTS } from "./repository-hosts";

/** Arguments of {@link PullRequestProject}. */
export interface PullRequestProjectArgs {
  readonly place: BuildPlace;
  readonly choices: PipelineChoices;
  readonly pullRequests: PullRequestChoices;
  readonly source: ConnectionSource;
  /** ARN of the connection; it must be authorised, or CodeBuild refuses the webhook. */
  readonly connectionArn: pulumi.Output<string>;
  readonly targets: ReadonlyMap<string, StackTarget>;
  /** Full name of the stack that holds the pipeline. */
  readonly ownStack: string;
}

/** What makes a pull request's code new. */
const EVENTS = "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED, PULL_REQUEST_REOPENED";

/**
 * Tests and previews pull requests. Its code is not reviewed yet, so that it runs apart from the pipeline, with a role
 * that can read settings and the state without its secrets, and is denied everything that delivers. What comes from a
 * fork waits until a maintainer allows it by a comment.
 *
 * @example
 * ```ts
 * new PullRequestProject("pull-request", { place, choices, pullRequests: {}, source, connectionArn, ... });
 * ```
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/pull-request-build-policy.html
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/webhooks.html
 */
export class PullRequestProject extends pulumi.ComponentResource {
  /** Physical name of the project. */
  public readonly projectName: pulumi.Output<string>;

  public constructor(name: string, args: PullRequestProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("compliance:aws:PullRequestProject", name, NO_INPUTS, opts);
    const { place, choices, pullRequests, source, connectionArn, targets } = args;
    const { commentSecretArn, approval = "forks", approverRoles } = pullRequests;
    const host = HOSTS[source.provider];
    const { state } = choices;
    const secrets = readToken(state);
    const readable = [
      ...Object.values(secrets),
      ...(commentSecretArn === undefined ? [] : [commentSecretArn]),
    ];
    const targetList = [...targets].map(([stack, target]) =>
      pulumi.output(target.roleArns["pull-request"]).apply((arn) => `${stack}=${arn}`),
    );

    const project = new BuildProject(
      name,
      {
        place,
        projectName: projectName(choices.prefix, "pull-request"),
        description: "Tests and previews pull requests, and posts what it found.",
        buildspec: "pipeline/buildspecs/pull-request.yml",
        choices: ownChoices(choices, pullRequests),
        source: {
          type: host.type,
          location: `${host.address}/${source.repository}.git`,
          connectionArn,
        },
        variables: {
          COMPLIANCE_PIPELINE_STACK: args.ownStack,
          COMPLIANCE_PIPELINE_NAME: pipelineName(choices.prefix),
          COMPLIANCE_STACKS: pulumi.all(targetList).apply((list) => list.join(" ")),
          COMPLIANCE_COMMENT_SECRET: commentSecretArn,
          PULUMI_BACKEND_URL: backendUrl(state, choices.region),
          // The role cannot decrypt them. What Pulumi Cloud shows to a token is the organisation's choice.
          COMPLIANCE_SECRETS: "pulumiCloud" in state ? undefined : "false",
        },
        secrets,
        readSecretArns: commentSecretArn === undefined ? [] : [commentSecretArn],
        permissions: pulumi
          .all([
            connectionArn,
            pulumi.all([...targets.values()].map((target) => target.roleArns["pull-request"])),
          ])
          .apply(([connection, roles]) => [
            ...connectionClone(connection),
            ...roleAssumption(roles),
            ...pullRequestDenials(readable),
          ]),
      },
      { parent: this },
    );
    new aws.codebuild.Webhook(
      name,
      {
        projectName: project.projectName,
        region: place.region,
        buildType: "BUILD",
        filterGroups: [
          {
            filters: [
              { type: "EVENT", pattern: EVENTS },
              { type: "BASE_REF", pattern: `^refs/heads/${literal(source.branch)}$` },
            ],
          },
        ],
        pullRequestBuildPolicy: {
          requiresCommentApproval: approval === "all" ? "ALL_PULL_REQUESTS" : "FORK_PULL_REQUESTS",
          approverRoles: [...(approverRoles ?? host.maintainers)],
        },
      },
      { parent: this },
    );
    this.projectName = project.projectName;
    this.registerOutputs({ projectName: this.projectName });
  }
}

/** A pull request never shares a cache with what is delivered, nor the secrets of the other projects. */
function ownChoices(choices: PipelineChoices, own: PullRequestChoices) {
  const merged = projectChoices(choices, own);
  return { ...merged, cache: own.cache ?? "local", secrets: own.secrets };
}

function readToken(state: PipelineChoices["state"]): Readonly<Record<string, string>> {
  const arn = "pulumiCloud" in state ? state.pulumiCloud.readTokenSecretArn : undefined;
  return arn === undefined ? {} : { PULUMI_ACCESS_TOKEN: arn };
}

/** A text as a pattern that only it matches. */
const literal = (value: string): string => value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
