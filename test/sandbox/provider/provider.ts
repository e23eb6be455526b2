import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { check, type Checked, type CheckQuestion } from "./check";
import { diff, type Difference, type DiffQuestion } from "./diff";
import { type Facts, type TypeFacts } from "./facts";
import { describe, InitializationFailed, isGone } from "./failures";
import { functionOf } from "./functions";
import { carryOver, inputsFromLive, withOwnTags } from "./reconcile";
import { type AnyResourceType } from "./resource-type";
import { resourceTypeOf } from "./resources";
import { Session } from "./session";
import { readSettings } from "./settings";
import { plain, UNKNOWN, type Properties } from "./values";
import { type Urn } from "./urn";

/** A resource as the engine stores it. */
export interface Stored {
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

/** The provider: what each call of the engine means, apart from how it travels. */
export class Provider {
  private session: Session | undefined;

  constructor(
    private readonly facts: Facts,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** Takes the provider's configuration. */
  async configure(config: Properties): Promise<void> {
    const session = new Session(readSettings(config, this.environment));
    await session.checkAccount();
    this.session = session;
  }

  /** Answers a function of the provider. */
  async invoke(token: string, args: Properties): Promise<Properties> {
    const answer = functionOf(token);
    if (!answer)
      throw new Error(`The function ${token} is not part of the sandbox provider; add it to functions/.`);
    return answer(this.sessionFor(args), plain(args));
  }

  /** Completes and judges the inputs of a resource. */
  async check(question: CheckQuestion): Promise<Checked> {
    const { settings } = this.sessionFor({});
    return check(
      question,
      settings,
      this.facts,
      this.factsOf(question.token),
      await resourceTypeOf(question.token),
    );
  }

  /** Compares the inputs with what was deployed. */
  async diff(question: DiffQuestion): Promise<Difference> {
    return diff(question, this.facts, this.factsOf(question.token), await resourceTypeOf(question.token));
  }

  /** What a resource will look like, as far as it is known before it is created. */
  previewCreate(token: string, inputs: Properties): Properties {
    const facts = this.factsOf(token);
    const unknown = [...facts.always].map((name) => [name, UNKNOWN] as const);
    return { ...Object.fromEntries(unknown), ...plain(inputs) };
  }

  /** What a resource will look like after an update; what AWS computed before is expected to stay. */
  previewUpdate(token: string, state: Properties, news: Properties): Properties {
    const facts = this.factsOf(token);
    const computed = [...facts.computed].flatMap((name) =>
      state[name] === undefined ? [] : [[name, state[name]] as const],
    );
    return { ...Object.fromEntries(computed), ...plain(carryOver(news, state, facts)) };
  }

  /**
   * Creates a resource.
   *
   * @throws InitializationFailed when the resource exists but is not complete
   */
  async create(urn: Urn, inputs: Properties): Promise<Stored> {
    const type = await this.realType(urn.type, "created");
    const facts = this.factsOf(urn.type);
    const session = this.sessionFor(inputs);
    const args = plain(inputs);
    await this.wait(urn);
    const id = await type.create(session, args);
    try {
      await type.configure?.(session, id, args, undefined);
      const live = await type.read(session, id, args);
      if (!live) throw new Error(`${urn.type} "${id}" is gone right after it was created.`);
      return { id, inputs, state: stateOf(id, args, live, facts) };
    } catch (error) {
      const created = { id, inputs, state: stateOf(id, args, {}, facts) };
      throw new InitializationFailed(`completing ${urn.type} "${urn.name}"`, created, error);
    }
  }

  /** Reads a resource; `undefined` when it is gone. Without inputs, as in an import, all that AWS holds becomes input. */
  async read(
    token: string,
    givenId: string,
    inputs: Properties,
    state: Properties,
  ): Promise<Stored | undefined> {
    const type = await this.realType(token, "read");
    const facts = this.factsOf(token);
    const { id, region } = splitRegion(givenId, facts);
    const session = this.sessionFor({ ...state, ...inputs, ...(region === undefined ? {} : { region }) });
    const known = plain({ ...state, ...inputs });
    const found = await type.read(session, id, known).catch((error: unknown) => {
      if (isGone(error)) return undefined;
      throw error;
    });
    if (!found) return undefined;
    const live = facts.inputs.has("region") ? { region: session.region, ...found } : found;
    const seen = withOwnTags(live, inputs, session.settings.defaultTags);
    return {
      id,
      inputs: inputsFromLive(inputs, seen, facts),
      state: stateOf(id, plain(state), seen, facts),
    };
  }

  /** Brings a resource to new inputs. */
  async update(token: string, old: Stored, news: Properties): Promise<Properties> {
    const type = await this.realType(token, "updated");
    const facts = this.factsOf(token);
    const session = this.sessionFor(news);
    const args = plain(carryOver(news, old.state, facts));
    const before = plain(carryOver(old.inputs, old.state, facts));
    if (type.update || type.configure) {
      await type.update?.(session, old.id, args, before);
      await type.configure?.(session, old.id, args, before);
    } else {
      await type.create(session, args);
    }
    const live = await type.read(session, old.id, args);
    if (!live)
      throw new Error(`${token} "${old.id}" is gone; run "pulumi refresh" to take it out of the state.`);
    return stateOf(old.id, args, live, facts);
  }

  /** Deletes a resource; one that is gone already counts as deleted. */
  async delete(token: string, old: Stored): Promise<void> {
    const type = await this.realType(token, "deleted");
    try {
      await type.delete(this.sessionFor(old.state), old.id, plain({ ...old.inputs, ...old.state }));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  private factsOf(token: string): TypeFacts {
    const facts = this.facts.type(token);
    if (facts) return facts;
    throw new Error(`@pulumi/aws ${this.facts.version} has no resource type ${token}.`);
  }

  private async realType(token: string, what: string): Promise<AnyResourceType> {
    this.factsOf(token);
    const type = await resourceTypeOf(token);
    if (type) return type;
    throw new Error(
      `The sandbox provider previews ${token} only, so it cannot be ${what}; ` +
        "leave it out of the program, or add the type to test/sandbox/provider/services/.",
    );
  }

  private sessionFor(properties: Properties): Session {
    if (!this.session) throw new Error("The provider is not configured yet.");
    const region = properties["region"];
    return typeof region === "string" && region !== UNKNOWN ? this.session.in(region) : this.session;
  }

  // With a seed, resources that do not depend on each other are created in an order that differs from seed to seed.
  private async wait(urn: Urn): Promise<void> {
    const seed = this.environment["COMPLIANCE_SANDBOX_SEED"];
    if (seed === undefined || seed === "") return;
    await sleep(createHash("sha256").update(`${seed}${urn.text}`).digest().readUInt8(0));
  }
}

/** Describes a failed call by what was done to what. */
export function withContext(action: string, error: unknown): Error {
  if (error instanceof InitializationFailed) return error;
  return new Error(`${action}: ${describe(error)}`, { cause: error });
}

function stateOf(id: string, known: Properties, live: Properties, facts: TypeFacts): Properties {
  const seen = inputsFromLive({ ...known, id }, live, facts);
  const rest = Object.entries(live).filter(([name, value]) => !(name in known) && value !== undefined);
  return { ...Object.fromEntries(rest), ...seen };
}

// An id may name its region, as in "name@eu-west-1", when a resource of another region is imported.
function splitRegion(id: string, facts: TypeFacts): { readonly id: string; readonly region?: string } {
  const [, local, region] = /^(.+)@([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(id) ?? [];
  return local !== undefined && region !== undefined && facts.inputs.has("region")
    ? { id: local, region }
    : { id };
}
