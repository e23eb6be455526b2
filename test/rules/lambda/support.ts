import { after, before, beforeEach } from "mocha";
import { configRule } from "../../../rules/lambda";
import type { ClientConfig, RuleDefinition, RuleResult, Subject, Surroundings } from "../../../rules/lambda";
import { customControl } from "../../../rules/custom/control";
import { check, notApplicable, undecided } from "../../../rules/engine";
import type { Outcome } from "../../../rules/engine";
import { Loopback } from "./loopback";
import type { Json } from "./loopback";

/** A small control, the events that AWS Config would send, and a function that runs against the loopback. */

export const ACCOUNT = "123456789012";
export const TYPE = "AWS::EC2::Volume";
export const ID = "vol-1";
export const TIME = "2026-03-04T05:06:07.089Z";
/** As the API has times. */
export const SECONDS = Date.parse(TIME) / 1000;

export interface Facts {
  readonly size: number;
  readonly note: string;
}

/** Sizes that are no size stand for answers that are neither good nor bad. */
const UNKNOWN_SIZE = -1;
const NO_SIZE = -2;

function judgeSize({ size, note }: Facts, { maximum }: { readonly maximum: number }): Outcome {
  const reason = { found: `"size" is ${size}${note}`, fix: `set "size" to ${maximum} or less` };
  if (size === UNKNOWN_SIZE) return undecided({ ...reason, found: '"size" is not known' });
  return size === NO_SIZE ? notApplicable() : check(size <= maximum, reason);
}

export const control = customControl({
  name: "sample-volume-size",
  title: "Volumes are small.",
  severity: "low",
  resourceTypes: [TYPE, "AWS::EC2::Snapshot"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: {
    maximum: {
      type: "int",
      minimum: 1,
      maximum: 1000,
      default: "10",
      description: "The largest size, in GiB.",
    },
    ratio: { type: "double", optional: true, description: "A number." },
    strict: { type: "boolean", optional: true, description: "A switch." },
    names: { type: "CSV", pattern: /[a-z]+/, optional: true, description: "Names." },
    mode: { type: "String", oneOf: ["one", "two"], optional: true, description: "A choice." },
  },
  sources: {
    size: { from: "item", path: "configuration.size" },
    note: { from: "read", action: "ec2:DescribeVolumes", because: "it is an example" },
  },
  listing: ["ec2:DescribeVolumes"],
  judge: judgeSize,
});

type Definition = RuleDefinition<Facts, typeof control.parameters>;

export const fromItem: NonNullable<Definition["fromItem"]> = ({ configuration }) => ({
  size: Number(configuration["size"]),
  note: typeof configuration["note"] === "string" ? configuration["note"] : "",
});

/** A resource that a schedule finds. */
export const found = (id: string, size = 1, resourceType = TYPE): Subject<Facts> => ({
  resourceType,
  resourceId: id,
  facts: () => Promise.resolve({ size, note: "" }),
});

/** A list that yields resources. */
export const listing = (subjects: readonly Subject<Facts>[]): NonNullable<Definition["list"]> =>
  async function* () {
    for (const subject of subjects) yield await Promise.resolve(subject);
  };

/** A configuration item as an event has it. */
export const item = (more: Json = {}): Json => ({
  configurationItemCaptureTime: TIME,
  configurationItemStatus: "OK",
  configurationStateId: "1700000000001",
  resourceType: TYPE,
  resourceId: ID,
  awsAccountId: ACCOUNT,
  awsRegion: "eu-west-1",
  tags: {},
  relationships: [],
  configuration: { size: 5 },
  ...more,
});

/** The event of AWS Config around a message. */
export const eventOf = (invokingEvent: unknown, more: Json = {}): Json => ({
  version: "1.0",
  invokingEvent: typeof invokingEvent === "string" ? invokingEvent : JSON.stringify(invokingEvent),
  ruleParameters: "{}",
  resultToken: "token",
  eventLeftScope: false,
  executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/config-role`,
  configRuleArn: `arn:aws:config:eu-west-1:${ACCOUNT}:config-rule/config-rule-abc`,
  configRuleName: "sample-rule",
  configRuleId: "config-rule-abc",
  accountId: ACCOUNT,
  ...more,
});

export const changed = (more: Json = {}, event: Json = {}): Json =>
  eventOf({ messageType: "ConfigurationItemChangeNotification", configurationItem: item(more) }, event);

/** As AWS documents it: without notification time and record version. */
export const oversized = (more: Json = {}, event: Json = {}): Json => {
  const kept = Object.entries(item(more)).filter(([key]) =>
    /^(?:configurationItem|configurationState|resource)/.test(key),
  );
  const summary = { changeType: "UPDATE", ...Object.fromEntries(kept) };
  return eventOf(
    { messageType: "OversizedConfigurationItemChangeNotification", configurationItemSummary: summary },
    event,
  );
};

export const scheduled = (more: Json = {}, event: Json = {}): Json =>
  eventOf(
    {
      messageType: "ScheduledNotification",
      awsAccountId: ACCOUNT,
      notificationCreationTime: TIME,
      recordVersion: "1.0",
      ...more,
    },
    event,
  );

/** An evaluation as AWS Config gets it; an annotation only where one is expected. */
export const evaluation = (compliance: string, id = ID, annotation?: string, type = TYPE): Json => ({
  ComplianceResourceType: type,
  ComplianceResourceId: id,
  ComplianceType: compliance,
  OrderingTimestamp: SECONDS,
  ...(annotation === undefined ? {} : { Annotation: annotation }),
});

/** What a test changes about the sample; without mapping, changes do not trigger it. */
type Changes = Omit<Partial<Definition>, "fromItem"> & {
  readonly fromItem?: Definition["fromItem"] | undefined;
};

/** A function under test. */
export interface Rig {
  readonly aws: Loopback;
  /** The lines of the log. */
  readonly lines: Json[];
  /** How long was slept between attempts, in milliseconds. */
  readonly slept: number[];
  /** What remains of the function's time, in milliseconds; may be set. */
  remaining: number;
  run(event: unknown, definition?: Changes, surroundings?: Partial<Surroundings>): Promise<RuleResult>;
  /** How the loopback is reached. */
  client(): ClientConfig;
  /** All evaluations that were sent, in order. */
  evaluations(): readonly Json[];
}

/** Starts the loopback for the specs of a suite. */
export function rig(): Rig {
  const aws = new Loopback();
  let endpoint = "";
  const self: Rig = {
    aws,
    lines: [],
    slept: [],
    remaining: 60_000,
    run: (event, definition = {}, surroundings = {}) => {
      const { fromItem: mapping = fromItem, ...others } = definition;
      const triggers =
        "fromItem" in definition && definition.fromItem === undefined ? {} : { fromItem: mapping };
      const handler = configRule({ control, ...triggers, ...others }, { ...defaults(), ...surroundings });
      return handler(event, { awsRequestId: "request", getRemainingTimeInMillis: () => self.remaining });
    },
    client: () => ({
      endpoint,
      region: "eu-west-1",
      credentials: { accessKeyId: "OWN", secretAccessKey: "own" },
    }),
    evaluations: () => aws.bodies("PutEvaluations").flatMap((body) => body["Evaluations"] as readonly Json[]),
  };
  const defaults = (): Partial<Surroundings> => ({
    client: self.client(),
    write: (line) => self.lines.push(JSON.parse(line) as Json),
    sleep: (milliseconds) => {
      self.slept.push(milliseconds);
      return Promise.resolve();
    },
  });
  before(async () => {
    endpoint = await aws.listen();
  });
  beforeEach(() => {
    aws.reset();
    self.lines.length = 0;
    self.slept.length = 0;
    self.remaining = 60_000;
  });
  after(() => aws.close());
  return self;
}
