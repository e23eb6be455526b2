import type * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import { canonicalToken } from "../rules/engine";
import { Answer, LEVELS, REMEDIATE, SEVERITIES } from "./answer";
import { EXEMPTION_POLICY, exemptionReports } from "./exemption-policy";
import type { Front } from "./install";
import { judgeResource, judgeStack } from "./judging";
import type { Asked } from "./judging";
import { defaultLevelOf } from "./metadata";
import { PACK_NAME } from "./pack";
import type { Pack } from "./pack";
import { needsStack } from "./prevented";
import type { PreventedControl } from "./prevented";
import type { Report } from "./reports";
import { registeredIn, stackIn } from "./requests";

interface PolicySettings {
  readonly level: pb.EnforcementLevel;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The controls that are asked about one resource type, and the answer of all others. */
interface OfType {
  readonly asked: readonly Asked[];
  /** Those that do not apply, as a serialised part of the answer. */
  readonly rest: Uint8Array;
}

/**
 * Answers two requests of the engine like the SDK's own handlers do, in a fraction of the time: the message is read
 * once and not once a policy, only the controls of the type are asked, and those that do not apply are counted from
 * bytes. It also sees what the SDK takes off the properties: which of them are secret.
 * Stack policies answer here as soon as one resource proves a violation, so that it is not created.
 */
export class FastPath implements Front {
  private config: ReadonlyMap<string, PolicySettings> = new Map();
  private readonly read = new Map<PreventedControl, Asked>();
  private readonly byType = new Map<string, OfType>();
  private ofStack: readonly Asked[] | undefined;

  /**
   * @param version - The version of the pack, as the SDK reads it.
   * @param info - The SDK's own answer to GetAnalyzerInfo, serialised; without it the SDK answers.
   */
  public constructor(
    private readonly pack: Pack,
    private readonly version: string,
    private readonly info?: Uint8Array,
  ) {}

  public get answers(): Front["answers"] {
    const { info } = this;
    return {
      analyze: (request) => this.analyze(request),
      analyzeStack: (request) => this.analyzeStack(request),
      ...(info === undefined ? {} : { getAnalyzerInfo: () => info }),
    };
  }

  public configure(request: pb.ConfigureAnalyzerRequest): void {
    this.config = new Map(
      [...request.getPolicyconfigMap().entries()].map(([name, given]) => [
        name,
        { level: given.getEnforcementlevel(), properties: given.getProperties()?.toJavaScript() ?? {} },
      ]),
    );
    this.read.clear();
    this.byType.clear();
    this.ofStack = undefined;
    this.pack.session.reset();
  }

  /** Answers a request to analyze one resource; both are serialised. */
  public analyze(request: Uint8Array): Uint8Array {
    const { session } = this.pack;
    const { facts, provider } = registeredIn(request);
    session.remember(facts);
    const { asked, rest } = this.ofType(facts.type);
    if (asked.length === 0) return rest;
    const answer = this.newAnswer();
    for (const [control, reports] of judgeResource(session, facts, provider, asked)) {
      // To say nothing of a stack policy is right here: the engine counts it when it asks for the whole stack.
      if (!needsStack(control) || (reports?.length ?? 0) > 0) this.report(answer, control, reports);
    }
    return answer.bytes(rest);
  }

  /** Answers a request to analyze a stack; both are serialised. */
  public analyzeStack(request: Uint8Array): Uint8Array {
    const { controls, session } = this.pack;
    const answer = this.newAnswer();
    const facts = stackIn(request, (urn) => session.registered(urn));
    this.ofStack ??= this.asked(controls.filter((control) => needsStack(control) && this.isEnabled(control)));
    for (const [control, reports] of judgeStack(session, facts, this.ofStack))
      this.report(answer, control, reports);
    this.reviewExemptions(answer);
    session.forget();
    return answer.bytes();
  }

  private newAnswer(): Answer {
    return new Answer(PACK_NAME, this.version);
  }

  private reviewExemptions(answer: Answer): void {
    const { name, description } = EXEMPTION_POLICY;
    const level = this.levelOf(name, "advisory");
    if (level === LEVELS.disabled) return;
    // Also those of controls that no resource of this stack has called for.
    this.asked(
      this.pack.controls.filter((control) => this.isEnabled(control) && this.hasExemptions(control)),
    );
    for (const message of exemptionReports(this.pack.session))
      answer.report({ policy: name, description, level, message });
  }

  private ofType(type: string): OfType {
    const existing = this.byType.get(type);
    if (existing !== undefined) return existing;
    const enabled = this.pack.controls.filter((control) => this.isEnabled(control));
    const isAsked = ({ policy, types }: PreventedControl): boolean =>
      types.has(type) || [...policy.early.keys()].some((each) => each === canonicalToken(type));
    const rest = this.newAnswer();
    for (const control of enabled)
      if (!needsStack(control) && !isAsked(control)) rest.notApplicable(control.rule.name);
    if (this.levelOf(EXEMPTION_POLICY.name, "advisory") !== LEVELS.disabled)
      rest.notApplicable(EXEMPTION_POLICY.name);
    const found = { asked: this.asked(enabled.filter(isAsked)), rest: rest.bytes() };
    this.byType.set(type, found);
    return found;
  }

  /** The controls with their settings, which are read once for each configuration. */
  private asked(controls: readonly PreventedControl[]): readonly Asked[] {
    return controls.map((control) => {
      const before = this.read.get(control);
      if (before !== undefined) return before;
      const settings = this.pack.session.configure(control, this.propertiesOf(control));
      const asked = { control, settings };
      this.read.set(control, asked);
      return asked;
    });
  }

  private report(answer: Answer, control: PreventedControl, reports: readonly Report[] | undefined): void {
    const { rule, policy } = control;
    if (reports === undefined) answer.notApplicable(rule.name);
    const levelOfPolicy = this.levelOfControl(control);
    for (const { message, urn, level } of reports ?? []) {
      answer.report({
        policy: rule.name,
        description: policy.title,
        level: level === undefined ? levelOfPolicy : LEVELS[level],
        severity: SEVERITIES[rule.severity],
        message,
        urn,
      });
    }
  }

  private isEnabled(control: PreventedControl): boolean {
    return this.levelOfControl(control) !== LEVELS.disabled;
  }

  private levelOfControl({ rule }: PreventedControl): pb.EnforcementLevel {
    return this.levelOf(rule.name, defaultLevelOf(rule.name));
  }

  /** Nothing is remedied here, so that a violation under the level "remediate" stays one, as in the SDK. */
  private levelOf(name: string, byDefault: keyof typeof LEVELS): pb.EnforcementLevel {
    const level = this.config.get(name)?.level ?? LEVELS[byDefault];
    return level === REMEDIATE ? LEVELS.mandatory : level;
  }

  private propertiesOf({ rule }: PreventedControl): Readonly<Record<string, unknown>> {
    return this.config.get(rule.name)?.properties ?? {};
  }

  private hasExemptions(control: PreventedControl): boolean {
    const given = this.propertiesOf(control)["exemptions"];
    return given !== undefined && given !== null && !(Array.isArray(given) && given.length === 0);
  }
}
