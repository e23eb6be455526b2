import type { Severity } from "../rules/declaration";

/** How EventBridge turns an event into a message: values by path, and the text around them. */
export interface InputTransformer {
  /** JSON paths into the event, by the name that stands for their value in the template. */
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/** The same news for people who read mail and for a chat channel. */
export interface Message {
  readonly text: InputTransformer;
  readonly chat: InputTransformer;
}

/** The name of the control in the next step of {@link complianceMessage}. */
export const CONTROL = "{control}";

/** AWS's own page on a rule, which has the rule's name; not every rule has one. */
export const AWS_CONTROL_PAGES = `https://docs.aws.amazon.com/config/latest/developerguide/${CONTROL}.html`;

/** What somebody runs, in the folder of the program, to read about a control that has no page. */
export const EXPLAIN_CONTROL = `run npx compliance explain ${CONTROL} (of a package: with --selection FILE)`;

/**
 * What a violation looks like to people: what, where, AWS Config's reason, and how to fix it. AWS Config gives a
 * reason with some rules only; with the others the line is empty.
 *
 * @param fix - address of the page of a control, or what to run, with {@link CONTROL} in place of its name
 */
export function complianceMessage(severity: Severity, fix: string): Message {
  return message({
    inputPaths: {
      control: "$.detail.configRuleName",
      type: "$.detail.resourceType",
      resource: "$.detail.resourceId",
      account: "$.detail.awsAccountId",
      region: "$.detail.awsRegion",
      time: "$.detail.newEvaluationResult.resultRecordedTime",
      reason: "$.detail.newEvaluationResult.annotation",
    },
    title: `AWS Config found a ${severity} violation of <control>`,
    lines: [
      ["What", "<type> <resource>"],
      ["Where", "account <account>, region <region>, since <time>"],
      ["Why", "<reason>"],
    ],
    nextStep: ["How to fix it", fix.replace(CONTROL, "<control>")],
    keywords: [severity, "<control>"],
    thread: "<account>/<region>/<control>/<resource>",
  });
}

/** Somebody changed what AWS Config records, or tried to. */
export function recorderMessage(): Message {
  return message({
    inputPaths: {
      call: "$.detail.eventName",
      who: "$.detail.userIdentity.arn",
      account: "$.account",
      region: "$.region",
      time: "$.detail.eventTime",
      error: "$.detail.errorCode",
    },
    title: "The recording of AWS Config was changed: <call>",
    lines: [
      ["Who", "<who>"],
      ["Where", "account <account>, region <region>, at <time>"],
      ["Error, where AWS refused the call", "<error>"],
    ],
    nextStep: [
      "What to do",
      "unless this was planned, deploy the recorder again and ask the caller; what happened since is not recorded",
    ],
    keywords: ["recorder", "<call>"],
    thread: "<account>/<region>/recorder",
  });
}

/** AWS Config could not deliver to the bucket. */
export function deliveryMessage(): Message {
  return message({
    inputPaths: {
      what: "$.detail.messageType",
      account: "$.account",
      region: "$.region",
      time: "$.time",
      reason: "$.detail.s3DeliverySummary.errorMessage",
    },
    title: "AWS Config cannot deliver its evidence: <what>",
    lines: [
      ["Where", "account <account>, region <region>, at <time>"],
      ["Why", "<reason>"],
    ],
    nextStep: [
      "How to fix it",
      "https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html",
    ],
    keywords: ["delivery", "<what>"],
    thread: "<account>/<region>/delivery",
  });
}

/** The parts of a message; names in angle brackets stand for values of the event. */
interface Draft {
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly title: string;
  readonly lines: readonly (readonly [string, string])[];
  readonly nextStep: readonly [string, string];
  readonly keywords: readonly string[];
  readonly thread: string;
}

function message(draft: Draft): Message {
  return { text: textOf(draft), chat: chatOf(draft) };
}

/**
 * Lines of text. Each is a quoted string, the form in which EventBridge takes several lines, and arrives in its quotes.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function textOf({ inputPaths, title, lines, nextStep }: Draft): InputTransformer {
  const all = [`${title}.`, ...[...lines, nextStep].map(([what, value]) => `${what}: ${value}`)];
  return { inputPaths, inputTemplate: all.map((line) => JSON.stringify(line)).join("\n") };
}

/**
 * The schema of custom notifications: Amazon Q Developer in chat applications drops any other text without a word.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
function chatOf({ inputPaths, title, lines, nextStep, keywords, thread }: Draft): InputTransformer {
  const [what, step] = nextStep;
  return {
    inputPaths: { ...inputPaths, id: "$.id" },
    inputTemplate: JSON.stringify({
      version: "1.0",
      source: "custom",
      id: "<id>",
      content: {
        textType: "client-markdown",
        title,
        description: lines.map(([name, value]) => `*${name}:* ${value}`).join("\n"),
        nextSteps: [`${what}: ${step}`],
        keywords,
      },
      metadata: { threadId: thread, summary: title },
    }),
  };
}
