import { MINUTE } from "./clock";
import type { Clock } from "./clock";
import type { ConfigApi, DeclaredRule, Recorder } from "./types";

/**
 * How long AWS Config may take to count what is there after a recorder starts: "a few minutes".
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_GetDiscoveredResourceCounts.html
 */
const SETTLING = 10 * MINUTE;

/** The global types that a recorder of everything leaves out unless it is told otherwise. */
const GLOBAL_TYPES = ["AWS::IAM::Group", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User"];
const ACCOUNT = "AWS::::Account";

/** What a recorder has found in a region: whether a rule has anything to evaluate. */
export class Inventory {
  private counts: ReadonlyMap<string, number> | undefined;

  public constructor(
    private readonly recorder: Recorder,
    private readonly api: Pick<ConfigApi, "counts">,
    private readonly clock: Clock,
    /** Whether a stack has a resource of a type in this region, which AWS Config may not have counted yet. */
    private readonly isInStack: (type: string) => boolean,
  ) {}

  /** The types of a rule that is only triggered by changes, where none of them is recorded: it can never report. */
  public unrecorded(rule: DeclaredRule): readonly string[] | undefined {
    const types = triggersOf(rule);
    return types.length === 0 || types.some((type) => this.records(type)) ? undefined : types;
  }

  /** The types of such a rule that are not recorded, where others are: what it says of the others is not all. */
  public unseen(rule: DeclaredRule): readonly string[] {
    const unseen = triggersOf(rule).filter((type) => !this.records(type));
    return this.unrecorded(rule) === undefined ? unseen : [];
  }

  /**
   * Whether no resource exists that the rule could evaluate. AWS Config does not say whether it reports on such a rule,
   * so that nobody waits for it. Believed only when the recorder had the time to look, and no stack knows better: what
   * was deployed a moment ago is not counted yet.
   */
  public async isEmpty(rule: DeclaredRule): Promise<boolean> {
    const types = triggersOf(rule).filter((type) => this.records(type));
    if (types.length === 0 || !this.isSettled() || types.some(this.isInStack)) return false;
    this.counts ??= await this.api.counts();
    const { counts } = this;
    return types.every((type) => (counts.get(type) ?? 0) === 0);
  }

  private isSettled(): boolean {
    const { started } = this.recorder;
    return started !== undefined && this.clock.now() - started.getTime() >= SETTLING;
  }

  private records(type: string): boolean {
    const { included, excluded, globalTypes } = this.recorder;
    if (included !== undefined) return included.includes(type);
    if (excluded.includes(type)) return false;
    return globalTypes || !GLOBAL_TYPES.includes(type);
  }
}

/** The types whose changes alone trigger a rule; none where it also runs without a change. */
function triggersOf({ isOnlyOnChange, resourceTypes }: DeclaredRule): readonly string[] {
  return isOnlyOnChange ? resourceTypes.filter((type) => type !== ACCOUNT) : [];
}
