import type {
  Policies,
  ReportViolation,
  ResourceValidation,
  ResourceValidationPolicy,
  StackValidation,
  StackValidationPolicy,
} from "@pulumi/policy";
import { EXEMPTION_POLICY, exemptionReports } from "./exemption-policy";
import { judgeResource, judgeStack } from "./judging";
import { metadataOf } from "./metadata";
import { needsStack } from "./prevented";
import type { PreventedControl } from "./prevented";
import type { Report } from "./reports";
import { providerFacts, registeredFacts, stackFacts } from "./sdk-facts";
import type { Session } from "./session";

/** The token by which the SDK skips a function whose type does not occur, before it reads any property. */
interface Typed {
  __pulumiType?: string;
}

/** Every control as an ordinary policy of the SDK, and last the one that watches over the exemptions. */
export const sdkPolicies = (controls: readonly PreventedControl[], session: Session): Policies => [
  ...controls.map((control) =>
    needsStack(control) ? stackPolicy(control, session) : resourcePolicy(control, session),
  ),
  exemptionPolicy(session),
];

function resourcePolicy(control: PreventedControl, session: Session): ResourceValidationPolicy {
  const validateResource: ResourceValidation & Typed = (args, report) => {
    if (!control.types.has(args.type)) args.notApplicable(`The control does not speak of ${args.type}.`);
    const settings = session.configure(control, args.getConfig());
    const provider = args.provider === undefined ? undefined : providerFacts(args.provider);
    const asked = [{ control, settings }];
    const reports = judgeResource(session, registeredFacts(args), provider, asked).get(control);
    tell(report, reports ?? args.notApplicable("The control does not apply to this resource."));
  };
  markType(validateResource, control);
  return Object.assign(metadataOf(control), { validateResource });
}

function stackPolicy(control: PreventedControl, session: Session): StackValidationPolicy {
  const validateStack: StackValidation & Typed = (args, report) => {
    const settings = session.configure(control, args.getConfig());
    const facts = stackFacts(args.resources, (urn) => session.registered(urn));
    const reports = judgeStack(session, facts, [{ control, settings }]).get(control);
    tell(report, reports ?? args.notApplicable("The control applies to no resource of this stack."));
  };
  markType(validateStack, control);
  return Object.assign(metadataOf(control), { validateStack });
}

/**
 * Sees every resource, to remember what it was made of, and judges none. The SDK runs the policies in their order, so
 * that at the end of a stack all exemptions have had their chance.
 */
function exemptionPolicy(session: Session): ResourceValidationPolicy & StackValidationPolicy {
  return {
    ...EXEMPTION_POLICY,
    enforcementLevel: "advisory",
    validateResource: (args) => {
      session.remember(registeredFacts(args));
      args.notApplicable("Exemptions are looked at when the whole stack is known.");
    },
    validateStack: (_, report) => {
      for (const message of exemptionReports(session)) report(message);
      session.forget();
    },
  };
}

/** The mark holds one token. A control with several looks at the type itself. */
function markType(validate: Typed, { types }: PreventedControl): void {
  const [type, ...others] = types;
  if (type !== undefined && others.length === 0) validate.__pulumiType = type;
}

/** The server of the SDK also takes a whole diagnostic for the message, which its types do not say yet. */
type Diagnose = (diagnostic: Report & { enforcementLevel?: string }) => void;

function tell(report: ReportViolation, reports: readonly Report[]): void {
  const diagnose = report as unknown as Diagnose;
  for (const { level, ...rest } of reports)
    diagnose(level === undefined ? rest : { ...rest, enforcementLevel: level });
}
