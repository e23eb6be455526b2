/** What a CodeBuild project runs on. Each entry that is absent follows the pipeline's own, and then the default. */
export interface ProjectChoices {
  /** Docker image of CodeBuild or of a registry. @defaultValue {@link DEFAULT_IMAGE} */
  readonly image?: string | undefined;
  /** Kind of machine, for example `ARM_CONTAINER`. @defaultValue `"LINUX_CONTAINER"` */
  readonly environmentType?: string | undefined;
  /** Size of the machine. @defaultValue `"BUILD_GENERAL1_MEDIUM"` */
  readonly computeType?: string | undefined;
  /** Minutes until CodeBuild gives up, 5 to 2160. @defaultValue 60 */
  readonly timeoutMinutes?: number | undefined;
  /** Where npm's and Pulumi's downloads are kept between builds. @defaultValue `"local"` */
  readonly cache?: CacheChoice | undefined;
  /** Plain variables. A secret has no place here. @defaultValue none */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** By variable: the ARN of the secret in Secrets Manager that CodeBuild reads it from. @defaultValue none */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

/** On the build host for a while, in the artefact bucket, or nowhere. */
export type CacheChoice = "local" | "s3" | "none";
/** What {@link CacheChoice} can be. */
export const CACHES: readonly CacheChoice[] = ["local", "s3", "none"];

/** Amazon Linux 2023 with every maintained Node.js. */
export const DEFAULT_IMAGE = "aws/codebuild/amazonlinux-x86_64-standard:5.0";

/** A project that can be left out. */
export interface OptionalProject extends ProjectChoices {
  /** @defaultValue true */
  readonly enabled?: boolean | undefined;
}

/** What brings the stack that holds the pipeline up to date. */
export interface SelfUpdateChoices extends OptionalProject {
  /** Further patterns of names that the settings of that stack choose, for example of a bucket. @defaultValue none */
  readonly names?: readonly string[] | undefined;
}

/** Where Pulumi keeps the state of the stacks. It must exist before the first deployment. */
export type StateChoice =
  /** A versioned bucket and the KMS key that encrypts it. */
  | { readonly bucket: StateBucket }
  /** Pulumi Cloud, with its access token in Secrets Manager. */
  | { readonly pulumiCloud: PulumiCloud };

/** State in S3 with KMS. */
export interface StateBucket {
  /** Physical name, not an ARN. */
  readonly bucketName: string;
  /** Folder of the state, without leading or trailing slash. @defaultValue the bucket's root */
  readonly prefix?: string | undefined;
  /** ARN of the key of the bucket and of the stacks' secrets. */
  readonly kmsKeyArn: string;
  /** Region of bucket and key. @defaultValue the region of the pipeline */
  readonly region?: string | undefined;
}

/** State in Pulumi Cloud. */
export interface PulumiCloud {
  /** The organisation that owns the stacks. */
  readonly organization: string;
  /** ARN of the secret with the access token that delivers. */
  readonly tokenSecretArn: string;
  /** ARN of the secret with a token that can only read, for pull requests. @defaultValue none: needed by them alone */
  readonly readTokenSecretArn?: string | undefined;
  /** Publishes the policy pack to the organisation after the tests. @defaultValue false */
  readonly publish?: boolean | undefined;
}

/** Where the program's source comes from. */
export type SourceChoice =
  | { readonly connection: ConnectionSource }
  | { readonly codeCommit: CodeCommitSource }
  | { readonly s3: S3Source };

/** A repository at GitHub, GitLab or Bitbucket. */
export interface ConnectionSource {
  /** `owner/name`; at GitLab with all groups, `group/subgroup/name`. */
  readonly repository: string;
  /** The branch that is delivered. */
  readonly branch: string;
  /** Whose repository it is. */
  readonly provider: ConnectionProvider;
  /** Make a connection, which somebody must authorise in the console, or use one that exists. */
  readonly connection:
    | { readonly create: { readonly name?: string | undefined } }
    | { readonly existing: { readonly arn: string } };
  /** What starts the pipeline, 1 to 3 filters; empty: nothing but people. @defaultValue each push to the branch */
  readonly triggers?: readonly TriggerFilter[] | undefined;
}

/** Whose repository a connection leads to. */
export type ConnectionProvider = "GitHub" | "GitLab" | "Bitbucket";
/** What {@link ConnectionProvider} can be. */
export const CONNECTION_PROVIDERS: readonly ConnectionProvider[] = ["GitHub", "GitLab", "Bitbucket"];

/** A push that matches all that is given; each list has 1 to 8 glob patterns of 1 to 255 characters. */
export interface TriggerFilter {
  /** @defaultValue the branch that is delivered */
  readonly branches?: PatternChoice | undefined;
  /** @defaultValue all paths */
  readonly paths?: PatternChoice | undefined;
}

/** Glob patterns; what is excluded counts more than what is included. */
export interface PatternChoice {
  readonly includes?: readonly string[] | undefined;
  readonly excludes?: readonly string[] | undefined;
}

/** A repository of CodeCommit in the pipeline's account and region. */
export interface CodeCommitSource {
  readonly repositoryName: string;
  /** The branch that is delivered; each push to it starts the pipeline. */
  readonly branch: string;
}

/** A ZIP archive in a versioned bucket that sends its events to EventBridge; each upload starts the pipeline. */
export interface S3Source {
  readonly bucketName: string;
  readonly objectKey: string;
}

/** Stacks that are deployed side by side; the next wave begins when all of them are deployed and verified. */
export interface Wave {
  readonly stacks: readonly DeliveredStack[];
}

/** A stack of this project, in one account. */
export interface DeliveredStack {
  /** Its short name, as in `Pulumi.NAME.yaml`. */
  readonly stack: string;
  /** The account, 12 digits. @defaultValue the pipeline's own */
  readonly account?: string | undefined;
  /** Beginning of the names of the roles there. @defaultValue {@link targetPrefix} */
  readonly rolePrefix?: string | undefined;
}

/** Pull requests, previewed in a project of their own. */
export interface PullRequestChoices extends ProjectChoices {
  /** Whose pull requests wait until a maintainer allows them by a comment. @defaultValue `"forks"` */
  readonly approval?: "forks" | "all" | undefined;
  /** The roles at the repository's host that may allow one. @defaultValue its maintainers */
  readonly approverRoles?: readonly string[] | undefined;
  /** ARN of the secret with the token that posts the report. @defaultValue none: no comment */
  readonly commentSecretArn?: string | undefined;
}

/** The plain values that decide what a pipeline looks like. */
export interface PipelineChoices {
  /** Beginning of all names; see {@link pipelineNames}. */
  readonly prefix: string;
  /** Region of everything. */
  readonly region: string;
  readonly state: StateChoice;
  readonly source: SourceChoice;
  /** At least one. */
  readonly waves: readonly Wave[];
  /** What holds for all projects. */
  readonly environment?: ProjectChoices | undefined;
  readonly build?: OptionalProject | undefined;
  readonly selfUpdate?: SelfUpdateChoices | undefined;
  readonly publish?: ProjectChoices | undefined;
  readonly preview?: PreviewChoices | undefined;
  readonly approve?: ApproveChoices | undefined;
  readonly deploy?: DeployChoices | undefined;
  readonly verify?: VerifyChoices | undefined;
  /** @defaultValue none: pull requests are not built */
  readonly pullRequests?: PullRequestChoices | undefined;
  /** What becomes of an execution that another one overtakes. @defaultValue `"SUPERSEDED"` */
  readonly executionMode?: ExecutionMode | undefined;
  /** @defaultValue `{ create: {} }` */
  readonly artifacts?: ArtifactChoice | undefined;
  /** ARN of an own key in the pipeline's region. @defaultValue a new customer-managed key */
  readonly kmsKeyArn?: string | undefined;
  /** Days that the logs of the builds are kept. @defaultValue 365 */
  readonly logRetentionDays?: number | undefined;
}

/** `QUEUED`: one after the other. `SUPERSEDED`: a newer one overtakes those that wait. */
export type ExecutionMode = "SUPERSEDED" | "QUEUED";
/** What {@link ExecutionMode} can be. */
export const EXECUTION_MODES: readonly ExecutionMode[] = ["SUPERSEDED", "QUEUED"];

/** The stage Preview. */
export interface PreviewChoices extends ProjectChoices {
  /** Keeps a plan that Deploy follows. `false`: Deploy compares the steps of a new preview. @defaultValue true */
  readonly plan?: boolean | undefined;
}

/** The stage Approve. */
export interface ApproveChoices {
  /** @defaultValue true */
  readonly enabled?: boolean | undefined;
  /** Minutes until an approval that nobody gives fails, 5 to 86400. @defaultValue 10080, a week */
  readonly timeoutMinutes?: number | undefined;
}

/** The stages Deploy. */
export interface DeployChoices extends ProjectChoices {
  /** Minutes from Preview to Deploy, 1 to 43200. @defaultValue 1440 */
  readonly maxAgeMinutes?: number | undefined;
}

/** The stages Verify, and the scheduled run that publishes the compliance metrics. */
export interface VerifyChoices extends OptionalProject {
  /** Further flags of `compliance verify`. @defaultValue none */
  readonly flags?: readonly string[] | undefined;
  /** When the metrics are published: `rate(...)`, `cron(...)` in UTC, or `never`. @defaultValue `"rate(6 hours)"` */
  readonly schedule?: string | undefined;
}

/** Where the artefacts lie. */
export type ArtifactChoice =
  | {
      readonly create: {
        /** 3 to 51 characters. @defaultValue the logical name with a random suffix */
        readonly bucketName?: string | undefined;
        /** Days that artefacts are kept, 1 to 36,500. @defaultValue 90 */
        readonly expireDays?: number | undefined;
        /** `true`: the bucket outlives the program. @defaultValue false */
        readonly retain?: boolean | undefined;
      };
    }
  | { readonly existing: { readonly bucketName: string } };
