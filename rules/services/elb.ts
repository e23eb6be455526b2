import type { ResourceArgs } from "../catalog/generated/resource-types";
import {
  all,
  check,
  given,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  textsOf,
  toBoolean,
  undecided,
  violation,
  when,
} from "../engine";
import type { Context, Outcome, Place, Policies, Reader, Reason } from "../engine";
import { countsZones } from "../views/balancer-zones";
import { acmCertificate } from "../views/certificates";

const BALANCER = "aws:elb/loadBalancer:LoadBalancer";
const POLICY = "aws:elb/loadBalancerPolicy:LoadBalancerPolicy";
const NEGOTIATION = "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy";

type BalancerReader = Reader<ResourceArgs[typeof BALANCER]>;

/** What a listener has that names no policy. */
const DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";

/** The attribute of a policy that names the predefined policy it is. */
const REFERENCE = "Reference-Security-Policy";

const ENCRYPTED = ["HTTPS", "SSL"];

/** One attribute of a negotiation policy; `undefined` where a part is not known yet. */
type Attribute = { readonly name: string; readonly value: string; readonly shown: string } | undefined;

/** The attributes of a policy, and where they are. */
interface Negotiation {
  readonly attributes: readonly Attribute[];
  readonly place: Place;
}

interface NegotiationPolicies {
  readonly policies: readonly Negotiation[];
  readonly complete: boolean;
}

function negotiationOf(reader: Reader<unknown>, path: string): Negotiation {
  const { items, complete } = (reader as Reader<Record<string, { name: string; value: string }[]>>).each(
    path,
  );
  const secrets = reader.secrets();
  const attributes = items.map((item): Attribute => {
    const [name, value] = [item.at("name"), item.at("value")].map((read) =>
      read.kind === "known" ? (textsOf(read.value).items[0] ?? "") : undefined,
    );
    if (name === undefined || value === undefined) return undefined;
    const shown = name === REFERENCE ? value : name;
    return { name, value, shown: secrets.includes(shown) ? "[secret]" : shown };
  });
  return {
    attributes: complete ? attributes : [...attributes, undefined],
    place: reader.place(path),
  };
}

/** Policies of a load balancer that negotiate TLS, in either form. */
function negotiationPolicies({ stack, node }: Context): NegotiationPolicies {
  const general = stack.referrers(node, POLICY, "loadBalancerName");
  const special = stack.referrers(node, NEGOTIATION, "loadBalancer");
  const ofType = general.nodes
    .map((one) => one.reader(POLICY))
    .filter((reader) => {
      const type = reader.value("policyTypeName");
      return isUnknown(type) || type === "SSLNegotiationPolicyType";
    });
  return {
    policies: [
      ...ofType.map((reader) => negotiationOf(reader, "policyAttributes")),
      ...special.nodes.map((one) => negotiationOf(one.reader(NEGOTIATION), "attributes")),
    ],
    complete: !general.uncertain && !special.uncertain,
  };
}

/** Judges every policy of a load balancer that listens by HTTPS or SSL; without one it has the default. */
function judgePolicies(
  balancer: BalancerReader,
  context: Context,
  fix: string,
  holds: (negotiation: Negotiation) => Outcome,
): Outcome {
  const encrypts = balancer.some(
    "listeners",
    (listener) => listener.oneOf("lbProtocol", ENCRYPTED, { ignoreCase: true }),
    fix,
  );
  return when(encrypts, () => {
    const { policies, complete } = negotiationPolicies(context);
    const unseen = undecided({ found: "not all policies of the load balancer are known yet", fix });
    const byDefault = holds({
      attributes: [{ name: REFERENCE, value: DEFAULT_POLICY, shown: DEFAULT_POLICY }],
      place: balancer.place("listeners"),
    });
    const own = policies.length > 0 ? all(...policies.map(holds)) : complete ? byDefault : unseen;
    return all(own, complete ? notApplicable() : unseen);
  });
}

function isPredefined({ attributes, place }: Negotiation, wanted: string): Outcome {
  const known = attributes.filter((attribute) => attribute !== undefined);
  const named = known.find(({ name }) => name === REFERENCE);
  const reason: Reason = {
    ...place,
    found:
      named === undefined
        ? "the listeners have a custom policy"
        : `the listeners have the policy ${named.shown}`,
    fix: `give them the predefined policy ${wanted}`,
  };
  if (named === undefined && known.length < attributes.length) return undecided(reason);
  return check(named?.value === wanted, reason);
}

function isCustom({ attributes, place }: Negotiation, allowed: ReadonlySet<string>): Outcome {
  const known = attributes.filter((attribute) => attribute !== undefined);
  const on = known.filter(({ name, value }) => name === REFERENCE || toBoolean(value) === true);
  const wrong = on.filter(({ name }) => !allowed.has(name.toLowerCase()));
  const reason: Reason = {
    ...place,
    found: `the listeners allow ${wrong.map(({ shown }) => shown).join(", ")}`,
    fix: "give them a policy with the wanted protocols and ciphers only",
  };
  if (wrong.length > 0) return violation(reason);
  const empty = { ...reason, found: "not every protocol and cipher of the listeners is known yet" };
  return known.length < attributes.length
    ? undecided(empty)
    : check(on.length > 0, { ...empty, found: "the listeners allow no protocol or cipher" });
}

const namesIn = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );

export const elb: Policies = {
  CLB_DESYNC_MODE_CHECK: policy("Classic Load Balancers handle desync attacks in the wanted mode.", {
    [BALANCER]: (balancer, p) =>
      given(p.desyncMode, (modes) => balancer.oneOf("desyncMitigationMode", modes, { ignoreCase: true })),
  }),

  CLB_MULTIPLE_AZ: stackPolicy("Classic Load Balancers span several Availability Zones.", {
    [BALANCER]: (balancer, p, context) =>
      countsZones(balancer, [["availabilityZones"], ["subnets"]], context, p.minAvailabilityZones ?? 2),
  }),

  ELB_ACM_CERTIFICATE_REQUIRED: stackPolicy("Classic Load Balancers listen with certificates of ACM.", {
    [BALANCER]: (balancer, _, context) =>
      balancer.every("listeners", (listener) =>
        acmCertificate(listener, "sslCertificateId", context.node, context),
      ),
  }),

  ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED: policy("Classic Load Balancers balance across zones.", {
    [BALANCER]: (balancer) => balancer.isTrue("crossZoneLoadBalancing"),
  }),

  ELB_CUSTOM_SECURITY_POLICY_SSL_CHECK: stackPolicy(
    "Classic Load Balancers use wanted protocols and ciphers only.",
    {
      [BALANCER]: (balancer, p, context) =>
        given(p.sslProtocolsAndCiphers, (names) =>
          judgePolicies(balancer, context, "give the listeners a custom policy", (negotiation) =>
            isCustom(negotiation, namesIn(names)),
          ),
        ),
    },
  ),

  ELB_INTERNAL_SCHEME_CHECK: policy("Classic Load Balancers are internal.", {
    [BALANCER]: (balancer) => balancer.isTrue("internal"),
  }),

  ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK: stackPolicy(
    "Classic Load Balancers use the wanted predefined policy.",
    {
      [BALANCER]: (balancer, p, context) =>
        given(p.predefinedPolicyName, (name) =>
          judgePolicies(balancer, context, `give the listeners the policy ${name}`, (negotiation) =>
            isPredefined(negotiation, name),
          ),
        ),
    },
  ),

  ELB_TLS_HTTPS_LISTENERS_ONLY: policy("Classic Load Balancers listen by HTTPS or SSL only.", {
    [BALANCER]: (balancer) =>
      balancer.every("listeners", (listener) =>
        listener.oneOf("lbProtocol", ENCRYPTED, { ignoreCase: true }),
      ),
  }),
};
