import { MILLION, shares, wholeUnits } from "./amounts";
import type { Case } from "./amounts";
import { total } from "./load";
import type { RegionLoad } from "./load";
import { costOf } from "./price";
import type { PriceId, Prices } from "./price";
import { RESOURCE_COMPLIANCE } from "./recording";
import { MONTHLY } from "./usage";
import type { MonthlyName, Usage } from "./usage";

/** The lines of an estimate: what each is called, and the price that it is reckoned with. */
export const LINES = {
  "config.items": { title: "Configuration items, continuous", price: "config.item.continuous" },
  "config.dailyItems": { title: "Configuration items, daily", price: "config.item.daily" },
  "config.customItems": { title: "Configuration items, custom resources", price: "config.item.custom" },
  "config.complianceItems": { title: "Compliance items", price: "config.item.continuous" },
  "config.evaluations": { title: "Rule evaluations", price: "config.evaluation" },
  "config.packEvaluations": { title: "Conformance pack evaluations", price: "config.packEvaluation" },
  "pipeline.actionMinutes": { title: "Pipeline, actions", price: "pipeline.actionMinute" },
  "pipeline.buildMinutes": { title: "Pipeline, builds", price: "build.minute" },
  "lambda.requests": { title: "Lambda, requests", price: "lambda.request" },
  "lambda.gbSeconds": { title: "Lambda, run time", price: "lambda.gbSecond" },
  "kms.keys": { title: "KMS, keys", price: "kms.key" },
  "kms.requests": { title: "KMS, requests", price: "kms.request" },
  "s3.storedGb": { title: "S3, stored", price: "s3.gigabyte" },
  "s3.putRequests": { title: "S3, written objects", price: "s3.put" },
  "logs.ingestedGb": { title: "Logs, written", price: "logs.ingestedGigabyte" },
  "logs.storedGb": { title: "Logs, stored", price: "logs.storedGigabyte" },
  "cloudwatch.dashboards": { title: "CloudWatch, dashboards", price: "cloudwatch.dashboard" },
  "cloudwatch.alarms": { title: "CloudWatch, alarms", price: "cloudwatch.alarm" },
  "cloudwatch.customMetrics": { title: "CloudWatch, custom metrics", price: "cloudwatch.metric" },
  "notifications.published": { title: "SNS, published messages", price: "sns.request" },
  "notifications.emails": { title: "SNS, e-mails", price: "sns.email" },
  "trail.furtherEvents": { title: "CloudTrail, further copies of events", price: "trail.furtherEvent" },
  "secrets.secrets": { title: "Secrets Manager, secrets", price: "secrets.secret" },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly price: PriceId }>>;
/** The name of a line. */
export type LineId = keyof typeof LINES;

const isLineId = (id: string): id is LineId => Object.hasOwn(LINES, id);
/** Every name of a line, in the order of an estimate. */
export const LINE_IDS: readonly LineId[] = Object.keys(LINES).filter(isLineId);

/** The smallest thing that an estimate reckons: the lines and the drivers are sums of these. */
export interface Part {
  readonly line: LineId;
  /** The resource type that it is about. */
  readonly type?: string;
  readonly rule?: string;
  readonly quantity: bigint;
  readonly microDollars: bigint;
}

type Unpriced = Omit<Part, "microDollars">;

/** What AWS Config does in one region, with its cost. AWS counts the tiers by account and region. */
export function regionParts(load: RegionLoad, prices: Prices): readonly Part[] {
  return priced(
    [
      ...load.items.map(({ type, price, quantity }): Unpriced => ({
        line: itemLine(type, price),
        type,
        quantity,
      })),
      ...load.evaluations.map((cell): Unpriced => ({ line: "config.evaluations", ...cell })),
      ...load.packEvaluations.map((cell): Unpriced => ({ line: "config.packEvaluations", ...cell })),
    ],
    prices,
  );
}

function itemLine(type: string, price: RegionLoad["items"][number]["price"]): LineId {
  if (type === RESOURCE_COMPLIANCE) return "config.complianceItems";
  switch (price) {
    case "config.item.continuous":
      return "config.items";
    case "config.item.daily":
      return "config.dailyItems";
    case "config.item.custom":
      return "config.customItems";
  }
}

/** What the whole account uses beside AWS Config. */
export function accountParts(usage: Usage, name: Case, items: bigint, prices: Prices): readonly Part[] {
  const of = (id: MonthlyName): bigint => usage.monthly.get(id)?.[name] ?? 0n;
  const alerts = of("notifications.alerts");
  const isNotified = MONTHLY.some((id) => id.startsWith("notifications.") && usage.monthly.has(id));
  const derived: readonly Unpriced[] = [
    // AWS Config publishes a message for each item that it records.
    { line: "notifications.published", quantity: isNotified ? items + wholeUnits(alerts) : 0n },
    {
      line: "notifications.emails",
      quantity: wholeUnits((alerts * of("notifications.emailSubscribers")) / MILLION),
    },
  ];
  const given = MONTHLY.flatMap((id): readonly Unpriced[] =>
    isLineId(id) ? [{ line: id, quantity: wholeUnits(of(id)) }] : [],
  );
  return priced([...given, ...derived], prices);
}

/** Parts with one price share its tiers, in proportion to their quantities. */
function priced(parts: readonly Unpriced[], prices: Prices): readonly Part[] {
  const byPrice = new Map<PriceId, Unpriced[]>();
  for (const part of parts) {
    if (part.quantity === 0n) continue;
    const { price } = LINES[part.line];
    const same = byPrice.get(price);
    if (same === undefined) byPrice.set(price, [part]);
    else same.push(part);
  }
  return [...byPrice].flatMap(([price, same]) => {
    const costs = shares(
      costOf(prices.of[price], total(same)),
      same.map(({ quantity }) => quantity),
    );
    return same.map((part, index) => ({ ...part, microDollars: costs[index] ?? 0n }));
  });
}
