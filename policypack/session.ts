import type { ResourceFacts } from "../rules/engine";
import type { Exemption, Problem } from "../rules/selection/types";
import type { PreventedControl } from "./prevented";
import { settingsOf } from "./settings";
import type { Settings } from "./settings";

/** The resource whose violation was reported while it was registered. */
interface Reported {
  readonly control: string;
  readonly urn: string;
  readonly key: string;
}

/**
 * What the pack keeps between the requests of one operation of the engine: a pack lives as long as a preview or an
 * update. The inputs of a resource come when it is registered; the request for the whole stack has its outputs only,
 * in which an input that was left out is an unknown value.
 */
export class Session {
  private readonly inputs = new Map<string, ResourceFacts>();
  private readonly settings = new Map<string, Settings>();
  private readonly used = new Set<string>();
  private readonly early = new Set<string>();

  /** @param today - The day in UTC as `YYYY-MM-DD`; it is asked once for each configuration of a policy. */
  public constructor(private readonly today: () => string) {}

  public remember(facts: ResourceFacts): void {
    this.inputs.set(facts.urn, facts);
  }

  /** What a resource was registered with; `undefined` for one that was not, for example because of `--target`. */
  public registered(urn: string): ResourceFacts | undefined {
    return this.inputs.get(urn);
  }

  /** The components around a resource, for exemptions by component path: their place only, nothing to be judged. */
  public ancestors(facts: ResourceFacts): readonly ResourceFacts[] {
    const found = new Map<string, ResourceFacts>();
    let parent = facts.parent;
    while (parent !== undefined && parent !== facts.urn && !found.has(parent)) {
      const known = this.inputs.get(parent);
      if (known === undefined) break;
      const { urn, type, parent: next } = known;
      found.set(urn, { urn, type, inputs: {}, passive: true, parent: next });
      parent = next;
    }
    return [...found.values()];
  }

  /** The settings of a control from the properties of its policy. */
  public configure(control: PreventedControl, given: Readonly<Record<string, unknown>>): Settings {
    const settings = settingsOf(control, given, this.today());
    this.settings.set(control.rule.name, settings);
    return settings;
  }

  public use(exemption: Exemption): void {
    this.used.add(identityOf(exemption));
  }

  /** Exemptions that covered nothing, by name of the policy; those that have ended are among them. */
  public unused(): readonly (readonly [string, Exemption])[] {
    return [...this.settings].flatMap(([name, { exemptions, expired }]) =>
      [...exemptions, ...expired]
        .filter((exemption) => !this.used.has(identityOf(exemption)))
        .map((exemption) => [name, exemption] as const),
    );
  }

  /** What could not be understood in the configuration, by name of the policy. */
  public problems(): readonly (readonly [string, Problem])[] {
    return [...this.settings].flatMap(([name, { problems }]) =>
      problems.map((problem) => [name, problem] as const),
    );
  }

  /** Remembers that a finding of a stack policy was reported already. */
  public reportEarly(finding: Reported): void {
    this.early.add(keyOf(finding));
  }

  public wasReportedEarly(finding: Reported): boolean {
    return this.early.size > 0 && this.early.has(keyOf(finding));
  }

  public day(): string {
    return this.today();
  }

  /** Forgets the resources and what was said of them: the operation is over. */
  public forget(): void {
    this.inputs.clear();
    this.used.clear();
    this.early.clear();
  }

  /** Forgets the configuration as well: another one comes. */
  public reset(): void {
    this.forget();
    this.settings.clear();
  }
}

const keyOf = ({ control, urn, key }: Reported): string => JSON.stringify([control, urn, key]);

const identityOf = ({ control, resource, key, expires }: Exemption): string =>
  JSON.stringify([control, resource, key, expires]);
