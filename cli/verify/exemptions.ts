import { componentPath, covers, identitiesOf, judge, policyOf, tokensOfConfigType } from "../../rules";
import type { Exemption, ResourceNode, Result, Selection } from "../../rules";
import { quoted } from "./wording";
import { textOf } from "./states";
import type { StackState } from "./states";
import type { Violation } from "./types";

/** Where a violation is. */
export interface Place {
  readonly region: string;
  readonly account: string | undefined;
}

/** A violation of a control, somewhere. */
export interface Occurrence {
  readonly control: string;
  readonly violation: Violation;
  readonly place: Place;
}

/** What the selection and the stacks say of a violation. */
export interface Judged {
  readonly exemption: Exemption | undefined;
  readonly urn: string | undefined;
}

/** A resource of a stack. */
interface Located {
  readonly state: StackState;
  readonly node: ResourceNode;
}

const ACCOUNT = "AWS::::Account";
const STACK = "pulumi:pulumi:Stack";

/** Names by which AWS Config knows resources, beside id, ARN and name. */
const FURTHER_IDENTITIES = [
  // The users, groups, roles and policies of IAM.
  "uniqueId",
  "policyId",
  // Databases and their clusters.
  "resourceId",
  "clusterResourceId",
  "dbiResourceId",
];

/**
 * Applies the exemptions of a selection to what AWS Config reports. An exemption names a resource as Pulumi does, or as
 * AWS Config does: `TYPE/ID`, the id or the name. The stacks' states say which resource is which.
 */
export class Exemptions {
  private readonly used = new Set<Exemption>();
  private readonly judgements = new Map<StackState, readonly Result[]>();
  private index: ReadonlyMap<string, readonly Located[]> | undefined;
  private occurrences: readonly Occurrence[] = [];
  private readonly meanings = new Map<Exemption, readonly string[]>();

  public constructor(
    private readonly selection: Selection,
    private readonly states: readonly StackState[],
  ) {}

  /** Exemptions that covered nothing so far. */
  public get unused(): readonly Exemption[] {
    return this.selection.exemptions.filter((exemption) => !this.used.has(exemption));
  }

  /** Says of what there is to judge: a name alone covers nothing when it could mean several of it. */
  public expect(occurrences: readonly Occurrence[]): void {
    this.occurrences = occurrences;
    this.meanings.clear();
  }

  /** What to tell of exemptions by a name that could mean several resources: one sentence each. */
  public get ambiguous(): readonly string[] {
    return this.selection.exemptions.flatMap((exemption) => {
      const meant = isBare(exemption) ? this.meaningsOf(exemption) : [];
      if (meant.length < 2) return [];
      return [
        `The exemption of ${exemption.control} for ${quoted(exemption.resource)} covers nothing, since the name could mean ${meant.map(quoted).join(" or ")}. Write the one that is meant.`,
      ];
    });
  }

  public judge(control: string, violation: Violation, place: Place): Judged {
    const located = this.locate(violation, place);
    const exemption = this.exemptionFor(control, violation, located);
    if (exemption !== undefined) this.used.add(exemption);
    const judged = policyOf(control)?.checks;
    const shown = located.find(({ node }) => [...(judged?.keys() ?? [])].some((type) => type === node.type));
    return { exemption, urn: (shown ?? located[0])?.node.urn };
  }

  private exemptionFor(
    control: string,
    violation: Violation,
    located: readonly Located[],
  ): Exemption | undefined {
    const subjects = subjectsOf(violation, located);
    const candidates = this.selection.exemptions.filter(
      (exemption) =>
        exemption.control === control && (!isBare(exemption) || this.meaningsOf(exemption).length < 2),
    );
    return (
      candidates.find(
        (exemption) =>
          exemption.key === undefined &&
          subjects.some((subject) => covers(exemption, { ...subject, control, key: "" })),
      ) ?? this.exemptionByKey(control, candidates, located)
    );
  }

  /** What a name alone could mean: resources that violate the control, and others of the stacks of the same type. */
  private meaningsOf(exemption: Exemption): readonly string[] {
    const before = this.meanings.get(exemption);
    if (before !== undefined) return before;
    const meant = new Set<string>();
    for (const { control, violation, place } of this.occurrences) {
      if (control !== exemption.control) continue;
      const located = this.locate(violation, place);
      const isMeant = subjectsOf(violation, located).some((subject) =>
        covers(exemption, { ...subject, control, key: exemption.key ?? "" }),
      );
      if (!isMeant) continue;
      meant.add(`${violation.resourceType}/${violation.resourceId}`);
      const own = new Set(located.map(({ node }) => node.urn));
      const tokens = tokensOfConfigType(violation.resourceType);
      for (const { graph } of this.states) {
        for (const node of graph.nodes) {
          if (node.name === exemption.resource && tokens.has(node.type) && !own.has(node.urn))
            meant.add(node.urn);
        }
      }
    }
    const found = [...meant];
    this.meanings.set(exemption, found);
    return found;
  }

  /**
   * AWS Config has one result for a resource where a policy has several findings. Exemptions of single findings cover
   * the result only when the resource, as the stack declares it, has no finding beside them.
   */
  private exemptionByKey(
    control: string,
    candidates: readonly Exemption[],
    located: readonly Located[],
  ): Exemption | undefined {
    if (candidates.every(({ key }) => key === undefined)) return undefined;
    const found = located.flatMap(({ state, node }) =>
      this.judgementOf(state).filter((result) => result.control === control && result.urn === node.urn),
    );
    const open = found.filter(({ verdict }) => verdict === "NON_COMPLIANT" || verdict === "UNDECIDED");
    if (open.some(({ exemption }) => exemption === undefined)) return undefined;
    for (const { exemption } of open) if (exemption !== undefined) this.used.add(exemption);
    return open[0]?.exemption;
  }

  private judgementOf(state: StackState): readonly Result[] {
    const before = this.judgements.get(state);
    if (before !== undefined) return before;
    const { results } = judge(state.graph, this.selection);
    this.judgements.set(state, results);
    return results;
  }

  /** The resources of the stacks that AWS Config means; several where a resource is made of parts. */
  private locate({ resourceType, resourceId }: Violation, place: Place): readonly Located[] {
    if (resourceType === ACCOUNT) {
      return this.states
        .filter(isIn(place))
        .flatMap((state) =>
          state.graph.nodes.filter((node) => node.type === STACK).map((node) => ({ state, node })),
        );
    }
    const tokens = tokensOfConfigType(resourceType);
    // The search services put the account before the name.
    const id = resourceId.replace(/^\d{12}\//, "");
    this.index ??= indexOf(this.states);
    const named = [...new Set([resourceId, id])].flatMap((name) => this.index?.get(name) ?? []);
    return named.filter(
      ({ state, node }) =>
        (tokens.has(node.type) || isArnOf(node, resourceId)) && isIn(place)(state) && isAt(node, place),
    );
  }
}

/** The texts by which an exemption may name a violation. */
function subjectsOf({ resourceType, resourceId, resourceName }: Violation, located: readonly Located[]) {
  return [
    ...located.map(({ state, node }) => ({ urn: node.urn, path: componentPath(state.graph, node.urn) })),
    ...[resourceId, resourceName ?? resourceId].map((name) => ({
      urn: `${resourceType}/${name}`,
      path: [resourceType, name],
    })),
  ];
}

/** Whether an exemption is by a name alone. Patterns and paths say themselves how much they mean. */
const isBare = ({ resource }: Exemption): boolean => !/[/*?:[{]/.test(resource);

function indexOf(states: readonly StackState[]): ReadonlyMap<string, readonly Located[]> {
  const index = new Map<string, Located[]>();
  for (const state of states) {
    for (const node of state.graph.nodes) {
      if (node.facts.passive === true) continue;
      const further = FURTHER_IDENTITIES.map((property) => textOf(node, property));
      const names = [...identitiesOf(node), ...further.filter((name) => name !== undefined)];
      for (const name of new Set(names)) {
        const same = index.get(name);
        if (same === undefined) index.set(name, [{ state, node }]);
        else same.push({ state, node });
      }
    }
  }
  return index;
}

/** An ARN is nobody else's, whatever type has it. */
const isArnOf = (node: ResourceNode, id: string): boolean =>
  id.startsWith("arn:") && textOf(node, "arn") === id;

/** Whether a stack has anything in the account, as far as its state tells. */
const isIn =
  ({ account }: Place) =>
  ({ accounts }: StackState): boolean =>
    account === undefined || accounts.size === 0 || accounts.has(account);

/** Whether a resource is in a region of an account, as far as the state tells: names repeat between them. */
function isAt(node: ResourceNode, { region, account }: Place): boolean {
  const [, , , arnRegion = "", arnAccount = ""] = (textOf(node, "arn") ?? "").split(":");
  const ownRegion = textOf(node, "region") ?? arnRegion;
  return (
    (ownRegion === "" || ownRegion === region) &&
    (arnAccount === "" || account === undefined || arnAccount === account)
  );
}
