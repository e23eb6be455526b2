import { arnProblem } from "./arns";
import { list, show } from "./limits";
import type { Problem } from "./problems";

/** How a message reaches a subscriber. */
export type SubscriptionProtocol = "email" | "https" | "sqs" | "lambda";

/** Somebody who hears of the messages of a topic. */
export interface Subscription {
  /** People: `email`. Machines: `sqs`, `lambda`. Both: `https`. */
  readonly protocol: SubscriptionProtocol;
  /** An e-mail address, an address that begins with `https://`, or the ARN of a queue or function. */
  readonly endpoint: string;
  /** Only for `sqs` and `https`: the message without the envelope of SNS. @defaultValue false */
  readonly rawMessageDelivery?: boolean | undefined;
}

/** What {@link SubscriptionProtocol} can be, by topic. */
const PROTOCOLS: Readonly<Record<"stream" | "alerts", readonly SubscriptionProtocol[]>> = {
  stream: ["https", "lambda", "sqs"],
  alerts: ["email", "https"],
};

/** All of {@link SubscriptionProtocol}. */
export const SUBSCRIPTION_PROTOCOLS: readonly SubscriptionProtocol[] = ["email", "https", "lambda", "sqs"];

/** Why a protocol is not allowed on a topic, and where the subscription belongs. */
const REASONS: Readonly<Record<"stream" | "alerts", string>> = {
  stream: 'it would send a mail for each changed resource. Subscribe people under "alerts"',
  alerts: 'its messages are text for people. Subscribe machines under "stream"',
};

/**
 * Everything that SNS would refuse of the subscriptions of a topic, and what would never arrive.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export function subscriptionProblems(
  topic: "stream" | "alerts",
  subscriptions: readonly Subscription[],
  region: string,
): readonly Problem[] {
  const seen = new Set<string>();
  return subscriptions.flatMap(({ protocol, endpoint, rawMessageDelivery }, index): readonly Problem[] => {
    const path = `subscriptions[${index}]`;
    const problems: Problem[] = [];
    if (PROTOCOLS[topic].includes(protocol)) {
      const message = endpointProblem(protocol, endpoint, region);
      if (message !== undefined) problems.push({ path: `${path}.endpoint`, message });
    } else {
      const allowed = list(PROTOCOLS[topic]);
      const message = `${show(protocol)} is not allowed here, only ${allowed}: ${REASONS[topic]}.`;
      problems.push({ path: `${path}.protocol`, message });
    }
    if (rawMessageDelivery !== undefined && protocol !== "sqs" && protocol !== "https") {
      const message = `SNS delivers raw messages only by "https" or "sqs"; remove it.`;
      problems.push({ path: `${path}.rawMessageDelivery`, message });
    }
    const key = `${protocol} ${endpoint}`;
    if (seen.has(key)) {
      problems.push({ path: `${path}.endpoint`, message: `${show(endpoint)} is listed twice; remove one.` });
    }
    seen.add(key);
    return problems;
  });
}

function endpointProblem(
  protocol: SubscriptionProtocol,
  endpoint: string,
  region: string,
): string | undefined {
  switch (protocol) {
    case "email":
      if (/^[^\s@"<>(),;:\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(endpoint)) return undefined;
      return `${show(endpoint)} is not an e-mail address; write one such as "security@example.org".`;
    case "https":
      return httpsProblem(endpoint);
    case "lambda":
      return arnProblem(endpoint, "function", region);
    case "sqs": {
      const problem = arnProblem(endpoint, "queue", region);
      if (problem !== undefined || !endpoint.endsWith(".fifo")) return problem;
      return `${show(endpoint)} is a FIFO queue, which a standard topic cannot deliver to; use a standard queue.`;
    }
  }
}

function httpsProblem(endpoint: string): string | undefined {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:" || /\s/.test(endpoint)) {
    return `${show(endpoint)} is not an address that begins with https://; write one such as "https://example.org/hook".`;
  }
  if (url.username === "" && url.password === "") return undefined;
  return "The address holds a password, which everybody who reads the settings would know; let the receiver verify the signature of SNS instead.";
}
