import type { ResourceArgs } from "../catalog/generated/resource-types";
import {
  all,
  both,
  check,
  compliant,
  either,
  given,
  isUnknown,
  notApplicable,
  someItem,
  stackPolicy,
  undecided,
  unless,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Policies, Reader, Ternary } from "../engine";
import { acmCertificate } from "../views/certificates";
import { listenerKind } from "../views/load-balancer";
import type { BalancerReader, ListenerReader } from "../views/load-balancer";
import { someJudged } from "../views/parts";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";

/** The protocol of a listener: HTTP where one of an Application Load Balancer does not say. */
function protocolIs(listener: ListenerReader, wanted: readonly string[], context: Context): Outcome {
  const fix = `set "protocol" to ${wanted.join(" or ")}`;
  const read = listener.read("protocol");
  if (read.kind !== "absent") return listener.oneOf("protocol", wanted, { ignoreCase: true });
  const kind = listenerKind(listener, context);
  const reason = listener.reason("protocol", fix);
  if (kind === undefined) return undecided(reason);
  return kind === "gateway" ? notApplicable() : check(wanted.includes("HTTP"), reason);
}

type ActionReader = Reader<{ type: string; redirect: { protocol: string } }>;

/** What an action of an HTTP listener does with a request. */
function actionOutcome(action: ActionReader): Outcome {
  const type = action.value("type");
  const fix = "redirect to HTTPS";
  if (isUnknown(type)) return undecided(action.reason("type", fix));
  if (type === "fixed-response") return notApplicable();
  if (type !== "redirect") return violation(action.reason("type", fix));
  const named = action.at("redirect.protocol");
  return named.kind === "absent"
    ? violation(action.reason("redirect.protocol", 'set the protocol of the redirect to "HTTPS"'))
    : action.oneOf("redirect.protocol", ["HTTPS"], { ignoreCase: true });
}

function actionsOutcome(reader: Reader<unknown>, path: string): Outcome {
  return (reader as Reader<Record<string, { type: string; redirect: { protocol: string } }[]>>).every(
    path,
    (action) => actionOutcome(action as unknown as ActionReader),
  );
}

/** Whether a rule takes every request: all its conditions hold for any path or host. */
function takesEverything(rule: Reader<ResourceArgs[typeof RULE]>): Ternary {
  const { items, complete } = rule.each("conditions");
  const facts = items.map((condition) =>
    either(
      ...(["pathPattern.values", "hostHeader.values"] as const).map((path) =>
        someItem(condition.texts(path), (pattern) => pattern === "*" || pattern === "/*"),
      ),
    ),
  );
  return items.length === 0 && complete ? false : both(...facts, complete ? true : "unknown");
}

/** No action passes a request on, and some action redirects it; the rules of a listener come before its default. */
function redirects(listener: ListenerReader, context: Context): Outcome {
  const { nodes, uncertain } = context.stack.referrers(context.node, RULE, "listenerArn");
  const rules = nodes.map((node) => node.reader(RULE));
  const ofRules = rules.map((rule) => actionsOutcome(rule, "actions"));
  const caught = either(
    ...rules.map((rule, index) => {
      const verdict = ofRules[index]?.verdict;
      const redirected = verdict === "COMPLIANT" ? true : verdict === "UNDECIDED" ? "unknown" : false;
      return both(takesEverything(rule), redirected);
    }),
    uncertain ? "unknown" : false,
  );
  const byDefault = actionsOutcome(listener, "defaultActions");
  const settled =
    caught === "unknown" && byDefault.verdict === "NON_COMPLIANT"
      ? undecided(...byDefault.reasons)
      : byDefault;
  const unseen = {
    property: "defaultActions",
    found: "not all rules of the listener are known yet",
    fix: "redirect to HTTPS in every rule",
  };
  const outcome = all(
    caught === true ? compliant() : settled,
    ...ofRules,
    uncertain ? undecided(unseen) : notApplicable(),
  );
  if (outcome.verdict !== "NOT_APPLICABLE") return outcome;
  return violation({
    property: "defaultActions",
    found: "no action of the listener redirects to HTTPS",
    fix: "redirect to HTTPS",
  });
}

/** Every listener has a certificate of ACM. A listener of a load balancer elsewhere is judged by itself. */
function hasAcmCertificates(
  balancer: BalancerReader,
  allowed: readonly string[] | undefined,
  context: Context,
): Outcome {
  const { nodes, uncertain } = context.stack.referrers(context.node, LISTENER, "loadBalancerArn");
  const reason = { found: "not all listeners are known yet", fix: "give every listener an ACM certificate" };
  // The rule speaks of application and network load balancers; listeners of a gateway have no certificate.
  return unless(balancer.equals("loadBalancerType", "gateway"), () =>
    all(
      ...nodes.map((node) => acmCertificate(node.reader(LISTENER), "certificateArn", node, context, allowed)),
      uncertain ? undecided(reason) : notApplicable(),
    ),
  );
}

function aloneHasAcmCertificate(
  listener: ListenerReader,
  allowed: readonly string[] | undefined,
  context: Context,
): Outcome {
  const { stack, node } = context;
  const balancers = stack.targets(node, "loadBalancerArn", BALANCER);
  if (!stack.partial && someJudged([balancers])) return notApplicable();
  const kind = listenerKind(listener, context);
  if (kind === "gateway") return notApplicable();
  const outcome = acmCertificate(listener, "certificateArn", node, context, allowed);
  const mayBeSeen = !stack.partial && balancers.uncertain && stack.ofType(BALANCER).length > 0;
  return (mayBeSeen || kind === undefined) && outcome.verdict === "NON_COMPLIANT"
    ? undecided(...outcome.reasons)
    : outcome;
}

export const lbListeners: Policies = {
  ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK: stackPolicy("HTTP listeners redirect to HTTPS.", {
    [LISTENER]: (listener, _, context) =>
      when(protocolIs(listener, ["HTTP"], context), () => redirects(listener, context)),
  }),

  ELBV2_ACM_CERTIFICATE_REQUIRED: stackPolicy("Load balancers listen with certificates of ACM.", {
    [BALANCER]: (balancer, p, context) => hasAcmCertificates(balancer, p.AcmCertificatesAllowed, context),
    [LISTENER]: (listener, p, context) => aloneHasAcmCertificate(listener, p.AcmCertificatesAllowed, context),
  }),

  ELBV2_LISTENER_ENCRYPTION_IN_TRANSIT: stackPolicy("Listeners use HTTPS or TLS.", {
    [LISTENER]: (listener, _, context) => {
      const isGateway = listenerKind(listener, context) === "gateway";
      return isGateway ? notApplicable() : protocolIs(listener, ["HTTPS", "TLS"], context);
    },
  }),

  ELBV2_PREDEFINED_SECURITY_POLICY_SSL_CHECK: stackPolicy("Listeners use a wanted security policy.", {
    [LISTENER]: (listener, p, context) =>
      when(protocolIs(listener, ["HTTPS", "TLS"], context), () =>
        given(p.sslPolicies, (policies) => listener.oneOf("sslPolicy", policies)),
      ),
  }),
};
