import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { leaveOutPromiseTraces } from "../../cli/recorder/stack-traces";

// Programs are recorded by the thousand.
leaveOutPromiseTraces();

/** The account that every recorded program believes to run in, and the partition unless it is told another. */
export const ACCOUNT = "123456789012";
export const PARTITION = "aws";

/** Where a recorded program believes to run. */
interface Surroundings {
  readonly partition: string;
  readonly region: string;
}

/** What a program asked the engine to register, with the options that `setMocks` hides. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** URN of the parent; empty at the root. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of all resources that must exist first: `dependsOn` and those whose outputs are inputs. */
  readonly dependencies: readonly string[];
  /** By input property, the names of the resources whose outputs it holds. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly importId: string;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
}

/** A recorded program: what it returned and what it registered. */
export interface Recording<T> {
  readonly result: T;
  readonly resources: readonly Registration[];
  /** Warnings that the program logged. */
  readonly warnings: readonly string[];
  /** The one resource of that type token and name; fails when there is none. */
  get(type: string, name: string): Registration;
  /** Every resource as `[type, name]`, sorted, so that a spec can state the exact list. */
  names(): readonly (readonly [string, string])[];
  /** True when `later` can only be created after `earlier`, directly or through others. */
  isAfter(later: Registration, earlier: Registration): boolean;
}

class RecordingMonitor extends MockMonitor {
  readonly requests: { readonly request: RegisterResourceRequest; urn: string }[] = [];

  override async registerResource(
    request: RegisterResourceRequest,
    callback: (error: unknown, response: { getUrn(): string } | undefined) => void,
  ): Promise<void> {
    const entry = { request, urn: "" };
    this.requests.push(entry);
    await super.registerResource(request, (error: unknown, response: { getUrn(): string } | undefined) => {
      entry.urn = response?.getUrn() ?? "";
      callback(error, response);
    });
  }
}

/** Outputs that AWS computes and that components or their users read. */
function computed(
  { type, name, inputs }: MockResourceArgs,
  { partition, region }: Surroundings,
): Record<string, unknown> {
  const given = inputs as Readonly<Record<string, unknown>>;
  switch (type) {
    case "aws:s3/bucket:Bucket": {
      const bucket = typeof given["bucket"] === "string" ? given["bucket"] : `${name}-0a1b2c3`;
      return { bucket, arn: `arn:${partition}:s3:::${bucket}` };
    }
    case "aws:kms/key:Key":
      return { arn: `arn:${partition}:kms:${region}:${ACCOUNT}:key/${name}`, keyId: name };
    case "aws:iam/role:Role":
      return { arn: `arn:${partition}:iam::${ACCOUNT}:role/${name}`, name };
    case "aws:iam/policy:Policy":
      return { arn: `arn:${partition}:iam::${ACCOUNT}:policy/${name}` };
    case "aws:iam/serviceLinkedRole:ServiceLinkedRole":
      return {
        arn: `arn:${partition}:iam::${ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      };
    case "aws:codebuild/project:Project":
      return { arn: `arn:${partition}:codebuild:${region}:${ACCOUNT}:project/${name}` };
    case "aws:codepipeline/pipeline:Pipeline":
      return { arn: `arn:${partition}:codepipeline:${region}:${ACCOUNT}:${name}` };
    case "aws:codeconnections/connection:Connection":
      return { arn: `arn:${partition}:codeconnections:${region}:${ACCOUNT}:connection/${name}` };
    case "aws:sqs/queue:Queue":
      return {
        arn: `arn:${partition}:sqs:${region}:${ACCOUNT}:${name}`,
        url: `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}`,
      };
    case "aws:cfg/rule:Rule":
      return { arn: `arn:${partition}:config:${region}:${ACCOUNT}:config-rule/${name}` };
    default: {
      const [provider = "", module = ""] = type.split(/[:/]/);
      if (provider !== "aws") return {};
      return { arn: `arn:${partition}:${module}:${region}:${ACCOUNT}:${name}` };
    }
  }
}

/**
 * Runs a program against a mock engine and hands back what it registered. In preview mode, computed outputs stay
 * unknown as they do in a real preview of a new stack.
 */
export async function record<T>(
  program: () => T | Promise<T>,
  options: Partial<Surroundings> & {
    readonly preview?: boolean;
    /** @defaultValue `stack` */
    readonly stack?: string;
    readonly config?: Readonly<Record<string, string>>;
  } = {},
): Promise<Recording<T>> {
  const { preview = false, stack = "stack", partition = PARTITION, region = "us-east-1" } = options;
  const monitor = new RecordingMonitor({
    newResource: (args) => {
      const given = args.inputs as Readonly<Record<string, unknown>>;
      const state = { ...given, ...(preview ? {} : computed(args, { partition, region })) };
      return { id: preview ? undefined : `${args.name}-id`, state };
    },
    call: ({ token }) => {
      if (token === "aws:index/getPartition:getPartition") return { partition };
      if (token === "aws:index/getCallerIdentity:getCallerIdentity") return { accountId: ACCOUNT };
      if (token === "aws:index/getRegion:getRegion") return { region };
      throw new Error(`The program called ${token}, which the harness does not know.`);
    },
  });
  pulumi.runtime.setMockOptions(monitor, "project", stack, preview, "organization");
  pulumi.runtime.setAllConfig({ ...options.config });
  const warnings: string[] = [];
  // Without an engine to log to, the SDK writes warnings to the console.
  const warn = console.warn;
  console.warn = (message: string) => {
    warnings.push(message);
  };
  try {
    const result = await program();
    await pulumi.runtime.disconnect();
    return describe(result, monitor, warnings);
  } finally {
    console.warn = warn;
    pulumi.runtime.setAllConfig({});
  }
}

function describe<T>(result: T, monitor: RecordingMonitor, warnings: readonly string[]): Recording<T> {
  const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;
  const urns = new Map<Registration, readonly string[]>();
  const resources = monitor.requests.map(({ request, urn }): Registration => {
    const propertyDependencies: Record<string, readonly string[]> = {};
    request.getPropertydependenciesMap().forEach((value, property) => {
      propertyDependencies[property] = value.getUrnsList().map(nameOf);
    });
    const registration = {
      type: request.getType(),
      name: request.getName(),
      urn,
      parent: request.getParent(),
      inputs: request.getObject()?.toJavaScript() ?? {},
      dependencies: request.getDependenciesList().map(nameOf),
      propertyDependencies,
      importId: request.getImportid(),
      retainOnDelete: request.getRetainondelete() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace(),
    };
    urns.set(registration, request.getDependenciesList());
    return registration;
  });
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const isAfter = (later: Registration, earlier: Registration): boolean =>
    (urns.get(later) ?? []).some((urn) => {
      const direct = byUrn.get(urn);
      return direct !== undefined && (direct === earlier || isAfter(direct, earlier));
    });
  return {
    result,
    resources,
    warnings,
    isAfter,
    get: (type, name) => {
      const found = resources.find((resource) => resource.type === type && resource.name === name);
      if (found === undefined) throw new Error(`No ${type} named "${name}" was registered.`);
      return found;
    },
    names: () =>
      resources.map(({ type, name }) => [type, name] as const).sort((a, b) => (a.join() < b.join() ? -1 : 1)),
  };
}

/** The value of an output; the one way in which specs read outputs. `undefined` when it is unknown in a preview. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
