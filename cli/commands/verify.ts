import { METRIC_NAMESPACE } from "../../rules";
import { traceOf, UsageError } from "../errors";
import { deliver } from "../output";
import type { FailOn } from "../reports";
import { counted } from "../reports/wording";
import { refuseEmpty, selectionFrom } from "../selection";
import { chosenSelection } from "../sources/selection";
import type { SelectionChoice } from "../sources/selection";
import { systemClock } from "../verify/clock";
import type { Clock } from "../verify/clock";
import { configApi, defaultRegion } from "../verify/config-api";
import { declaredRules } from "../verify/declared";
import { Exemptions } from "../verify/exemptions";
import { dataOf, metricApi } from "../verify/metrics";
import { verifyRegion } from "../verify/region";
import type { Evaluate } from "../verify/region";
import { verifyReport } from "../verify/report";
import type { RegionResult, VerifyReport } from "../verify/report";
import { renderVerify } from "../verify/reports";
import type { VerifyFormat } from "../verify/reports";
import { hasResource, readState } from "../verify/states";
import type { StackState } from "../verify/states";
import { progressOn } from "./check";
import type { CheckContext } from "./check";
import { noteStackBesideSelection } from "./ignored";

/** The flags of `compliance verify`. */
export interface VerifyOptions extends SelectionChoice {
  readonly region?: readonly string[] | undefined;
  readonly homeRegion?: string | undefined;
  readonly profile?: string | undefined;
  readonly stackFile?: readonly string[] | undefined;
  readonly evaluate?: Evaluate | undefined;
  /** How long results are awaited, in minutes. */
  readonly timeout: number;
  readonly metrics: boolean;
  readonly metricsRegion?: string | undefined;
  readonly format: VerifyFormat;
  readonly output?: string | undefined;
  readonly all: boolean;
  readonly failOn?: FailOn | undefined;
}

/**
 * `compliance verify`: the gate after a deployment. Has AWS Config evaluate what is new or changed, waits for the
 * results, and reports what no exemption covers. With `metrics` it reads what is there, and publishes the counts.
 * @returns the exit status: 0, 1 with mandatory violations or rules of which nothing is known, 2 when a region could
 * not be verified.
 * @throws UsageError when flags, selection or state are wrong, or metrics or the report cannot be written.
 */
export async function verify(
  options: VerifyOptions,
  context: CheckContext,
  clock: Clock = systemClock,
): Promise<0 | 1 | 2> {
  const document = chosenSelection(options);
  noteStackBesideSelection(options, context);
  const selection = selectionFrom(document, {}, context.today);
  refuseEmpty(selection, "verify", document.place);
  const states: StackState[] = [];
  for (const file of options.stackFile ?? []) states.push(await readState(file, context.stdin));
  const regions = await regionsOf(options, states);
  const home = homeOf(options, states, regions);
  const onProgress = progressOn(context);
  const results = await Promise.all(
    regions.map(async (region): Promise<RegionResult> => {
      const api = configApi({ region, profile: options.profile });
      try {
        return await verifyRegion({
          region,
          declared: declaredRules(selection, region, home),
          stackRules: states.flatMap(({ rules }) => rules.filter((rule) => rule.region === region)),
          isInStack: (type) => states.some((state) => hasResource(state, type, region)),
          evaluate: options.evaluate ?? (options.metrics ? "none" : "changed"),
          timeoutMinutes: options.timeout,
          api,
          clock,
          onProgress,
        });
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        if (context.debug) context.stderr.write(`${traceOf(error)}\n`);
        return { region, error };
      } finally {
        api.close();
      }
    }),
  );
  onProgress("");
  const failOn = options.failOn ?? (options.metrics ? "never" : "low");
  const report = verifyReport(results, selection, new Exemptions(selection, states), failOn);
  const text = await renderVerify(report, options.format, {
    colour: context.colour && options.output === undefined,
    all: options.all,
    today: context.today,
  });
  for (const { error } of report.regions) if (error !== undefined) context.stderr.write(`error: ${error}\n`);
  deliver(text, options.output, context);
  if (options.metrics) await publish(report, options.metricsRegion ?? home, options, context, clock);
  return report.status;
}

/** The regions of the flag, else those of the stacks' rules, else the one of the environment. */
async function regionsOf(
  { region, profile }: VerifyOptions,
  states: readonly StackState[],
): Promise<readonly string[]> {
  const ofStacks = states.flatMap(({ rules }) => rules.flatMap((rule) => rule.region ?? []));
  const regions = [...new Set(region ?? ofStacks)];
  return regions.length > 0 ? regions : [await defaultRegion(profile)];
}

/** The region whose rules speak of IAM and of the account. */
function homeOf(
  { homeRegion }: VerifyOptions,
  states: readonly StackState[],
  regions: readonly string[],
): string {
  const ofStacks = states.flatMap(({ rules }) => rules.filter(({ isHome }) => isHome));
  return homeRegion ?? ofStacks.find(({ region }) => region !== undefined)?.region ?? regions[0] ?? "";
}

async function publish(
  report: VerifyReport,
  region: string,
  { profile }: VerifyOptions,
  context: CheckContext,
  clock: Clock,
): Promise<void> {
  const api = metricApi({ region, profile });
  const now = clock.now();
  const verified = report.regions.filter(({ error }) => error === undefined);
  const data = verified.flatMap((one) => dataOf(one, now));
  try {
    await api.publish(data, new Date(now));
  } finally {
    api.close();
  }
  context.stderr.write(`${counted(data.length, "metric")} published in ${region} (${METRIC_NAMESPACE}).\n`);
}
