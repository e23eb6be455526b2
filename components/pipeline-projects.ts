import * as pulumi from "@pulumi/pulumi";
import { BuildProject, type BuildPlace } from "./build-project";
import { artifactReads, artifactWrites, roleAssumption } from "./documents/pipeline";
import type { PolicyStatement } from "./documents/statement";
import type { PipelineChoices, ProjectChoices, StateChoice } from "./pipeline-choices";
import {
  cacheFolder,
  DELIVERED_SOURCE,
  pipelineName,
  projectName,
  type ProjectName,
  PROJECTS,
} from "./pipeline-names";
import type { StackTarget } from "./pipeline-stages";
import type { SelfUpdatePolicies } from "./self-update";

/** The projects of a pipeline. */
export interface PipelineProjects {
  readonly build: BuildProject;
  readonly selfUpdate: BuildProject | undefined;
  readonly publish: BuildProject | undefined;
  readonly preview: BuildProject;
  readonly deploy: BuildProject;
  readonly verify: BuildProject | undefined;
  /** Verifies what is deployed, on a schedule, and publishes the metrics. */
  readonly metrics: BuildProject | undefined;
}

/** What the projects are made of. */
export interface ProjectFacts {
  readonly place: BuildPlace;
  readonly choices: PipelineChoices;
  readonly targets: ReadonlyMap<string, StackTarget>;
  /** Full name of the stack that holds the pipeline. */
  readonly ownStack: string;
  /** What self-update may do to the stack that holds the pipeline; not read where there is none. */
  readonly selfUpdate: pulumi.Output<SelfUpdatePolicies>;
  readonly sourceAction: string;
  readonly revisionType: string;
}

/** What a project's choices are when the pipeline's own fill the gaps. */
export function projectChoices(choices: PipelineChoices, own: ProjectChoices | undefined): ProjectChoices {
  const { environment = {} } = choices;
  return {
    image: own?.image ?? environment.image,
    environmentType: own?.environmentType ?? environment.environmentType,
    computeType: own?.computeType ?? environment.computeType,
    timeoutMinutes: own?.timeoutMinutes ?? environment.timeoutMinutes,
    cache: own?.cache ?? environment.cache,
    environment: { ...environment.environment, ...own?.environment },
    secrets: { ...environment.secrets, ...own?.secrets },
  };
}

/** Where Pulumi finds the state: `undefined` for Pulumi Cloud, which it takes by itself. */
export function backendUrl(state: StateChoice, region: string): string | undefined {
  if ("pulumiCloud" in state) return undefined;
  const { bucketName, prefix, region: own = region } = state.bucket;
  return `s3://${bucketName}${prefix === undefined ? "" : `/${prefix}`}?region=${own}`;
}

/** The secrets of a project that runs Pulumi. */
export function backendSecrets(state: StateChoice): Readonly<Record<string, string>> {
  return "pulumiCloud" in state ? { PULUMI_ACCESS_TOKEN: state.pulumiCloud.tokenSecretArn } : {};
}

/** Makes the projects, each with a role of its own. */
export function pipelineProjects(
  name: string,
  facts: ProjectFacts,
  opts: pulumi.ComponentResourceOptions,
): PipelineProjects {
  const { place, choices, targets } = facts;
  const { prefix, state, region } = choices;
  const own = { COMPLIANCE_PIPELINE_STACK: facts.ownStack, COMPLIANCE_PIPELINE_NAME: pipelineName(prefix) };
  const backend = { ...own, PULUMI_BACKEND_URL: backendUrl(state, region) };
  const secrets = backendSecrets(state);
  const reads = place.store.apply(artifactReads);
  const roles = (
    pick: (target: StackTarget) => pulumi.Input<string>,
  ): pulumi.Output<readonly PolicyStatement[]> =>
    pulumi.all([...targets.values()].map(pick)).apply(roleAssumption);

  const make = (
    project: ProjectName,
    description: string,
    given: Omit<
      ConstructorParameters<typeof BuildProject>[1],
      "place" | "projectName" | "description" | "buildspec" | "choices"
    > & { readonly own: ProjectChoices | undefined; readonly buildspec?: string },
  ): BuildProject =>
    new BuildProject(
      `${name}-${project}`,
      {
        ...given,
        place,
        description,
        projectName: projectName(prefix, project),
        buildspec: `pipeline/buildspecs/${given.buildspec ?? project}.yml`,
        choices: projectChoices(choices, given.own),
      },
      opts,
    );

  const build = make("build", "Lints, checks types, runs the tests and checks every stack offline.", {
    own: choices.build,
    variables: { ...own, COMPLIANCE_STACKS: [...targets.keys()].join(" ") },
    permissions: reads,
  });
  const selfUpdate =
    choices.selfUpdate?.enabled === false
      ? undefined
      : make("self-update", "Brings the stack that holds the pipeline up to date.", {
          own: choices.selfUpdate,
          variables: {
            ...backend,
            COMPLIANCE_SOURCE_ACTION: facts.sourceAction,
            COMPLIANCE_SOURCE_REVISION: facts.revisionType,
          },
          secrets,
          permissions: joined(
            reads,
            facts.selfUpdate.apply(({ permissions }) => permissions),
          ),
          furtherPermissions: {
            records: facts.selfUpdate.apply(({ further }) => further.records),
            alerts: facts.selfUpdate.apply(({ further }) => further.alerts),
            global: facts.selfUpdate.apply(({ further }) => further.global),
            pipeline: facts.selfUpdate.apply(({ further }) => further.pipeline),
          },
        });
  const publish =
    "pulumiCloud" in state && state.pulumiCloud.publish === true
      ? make("publish", "Publishes the policy pack when its version is new.", {
          own: choices.publish,
          variables: { ...own, COMPLIANCE_PUBLISH_ORG: state.pulumiCloud.organization },
          secrets,
          permissions: reads,
        })
      : undefined;
  const preview = make("preview", "Previews a stack with the policy pack and keeps what was found.", {
    own: choices.preview,
    variables: { ...backend, COMPLIANCE_PLAN: choices.preview?.plan === false ? "false" : undefined },
    secrets,
    permissions: joined(
      reads,
      place.store.apply((store) => artifactWrites(store, [...otherCaches(prefix), DELIVERED_SOURCE])),
      roles((target) => target.roleArns.preview),
    ),
  });
  const { maxAgeMinutes } = choices.deploy ?? {};
  const deploy = make("deploy", "Deploys what was previewed, with the policy pack again.", {
    own: choices.deploy,
    variables: {
      ...backend,
      COMPLIANCE_MAX_AGE: maxAgeMinutes === undefined ? undefined : String(maxAgeMinutes),
    },
    secrets,
    permissions: joined(
      reads,
      roles((target) => target.roleArns.deploy),
    ),
  });
  const verify = choices.verify ?? {};
  const verifying = {
    own: choices.verify,
    secrets,
    permissions: joined(
      reads,
      roles((target) => target.roleArns.verify),
    ),
  };
  const variables = { ...backend, COMPLIANCE_VERIFY_FLAGS: verify.flags?.join(" ") };
  return {
    build,
    selfUpdate,
    publish,
    preview,
    deploy,
    verify:
      verify.enabled === false
        ? undefined
        : make("verify", "Waits for the evaluation of the rules and fails for what does not comply.", {
            ...verifying,
            variables,
          }),
    metrics:
      verify.schedule === "never"
        ? undefined
        : make("metrics", "Publishes the compliance metrics of a delivered stack, on a schedule.", {
            ...verifying,
            buildspec: "verify",
            variables: { ...variables, COMPLIANCE_METRICS: "true" },
            source: { type: "S3", location: pulumi.interpolate`${place.bucketName}/${DELIVERED_SOURCE}` },
          }),
  };
}

/** A preview that could write the cache of another project would decide what that one runs. */
const otherCaches = (prefix: string): readonly string[] =>
  PROJECTS.filter((project) => project !== "preview").map(
    (project) => `${cacheFolder(projectName(prefix, project))}/*`,
  );

function joined(
  ...statements: readonly pulumi.Input<readonly PolicyStatement[]>[]
): pulumi.Output<readonly PolicyStatement[]> {
  return pulumi.all(statements.map((one) => pulumi.output(one))).apply((all) => all.flat());
}
