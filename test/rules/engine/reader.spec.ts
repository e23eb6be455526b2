import * as assert from "node:assert/strict";
import { Reader, mark } from "../../../rules";
import type { Outcome } from "../../../rules";
import { unknown } from "../../../rules/cases/build";

interface Args {
  readonly flag?: boolean;
  readonly count?: number;
  readonly name?: string;
  readonly names?: readonly string[];
  readonly block?: { readonly inner?: string };
  readonly blocks?: { readonly on?: boolean }[];
}

const reader = (inputs: object): Reader<Args> => new Reader<Args>("test:index:Thing", mark(inputs));
const verdict = ({ verdict: word }: Outcome): string => word;
const message = ({ reasons: [reason] }: Outcome): string => `${reason?.found ?? ""}; ${reason?.fix ?? ""}`;

describe("a reader", () => {
  it("tells known, unknown and absent apart", () => {
    assert.deepEqual(reader({ flag: true }).read("flag"), { kind: "known", value: true });
    assert.deepEqual(reader({ flag: unknown }).read("flag"), { kind: "unknown" });
    assert.deepEqual(reader({}).read("flag"), { kind: "absent" });
    assert.deepEqual(reader({ flag: null }).read("flag"), { kind: "absent" });
    assert.deepEqual(reader({ block: unknown }).read("block.inner"), { kind: "unknown" });
  });

  it("reads a documented default where a property is absent", () => {
    const volume = new Reader<{ encrypted?: boolean }>("aws:ebs/volume:Volume", {});
    assert.deepEqual(volume.read("encrypted"), { kind: "absent", default: false });
  });

  it("steps into a list of one block", () => {
    assert.deepEqual(reader({ block: [{ inner: "x" }] }).read("block.inner"), { kind: "known", value: "x" });
    assert.deepEqual(reader({ block: [] }).read("block.inner"), { kind: "absent" });
  });

  it("takes booleans and numbers also as text", () => {
    assert.equal(verdict(reader({ flag: "true" }).isTrue("flag")), "COMPLIANT");
    assert.equal(verdict(reader({ flag: "False" }).isFalse("flag")), "COMPLIANT");
    assert.equal(verdict(reader({ flag: "yes" }).isTrue("flag")), "NON_COMPLIANT");
    assert.equal(verdict(reader({ count: "35" }).atLeast("count", 35)), "COMPLIANT");
    assert.equal(verdict(reader({ count: "" }).atLeast("count", 0)), "NON_COMPLIANT");
    assert.equal(verdict(reader({ name: 7 }).equals("name", "7")), "COMPLIANT");
  });

  it("counts a value that is not known yet as present, but not as non-empty or absent", () => {
    assert.equal(verdict(reader({ name: unknown }).present("name")), "COMPLIANT");
    assert.equal(verdict(reader({ names: unknown }).nonEmpty("names")), "UNDECIDED");
    assert.equal(verdict(reader({ name: unknown }).absent("name")), "UNDECIDED");
    assert.equal(verdict(reader({ name: "" }).present("name")), "NON_COMPLIANT");
    assert.equal(verdict(reader({ names: [] }).nonEmpty("names")), "NON_COMPLIANT");
  });

  it("does not take a property of a block that is not known yet for present", () => {
    assert.equal(verdict(reader({ block: unknown }).present("block.inner")), "UNDECIDED");
    assert.equal(verdict(reader({ block: { inner: unknown } }).present("block.inner")), "COMPLIANT");
  });

  it("finds an absent property equal to nothing", () => {
    assert.equal(verdict(reader({}).oneOf("name", ["a"])), "NON_COMPLIANT");
    assert.equal(verdict(reader({}).noneOf("name", ["a"])), "COMPLIANT");
    assert.equal(verdict(reader({}).atMost("count", 5)), "NON_COMPLIANT");
  });

  it("judges each block of a list, and is undecided by those that are not known", () => {
    const on = (inputs: object): Outcome => reader(inputs).every("blocks", (block) => block.isTrue("on"));
    assert.equal(verdict(on({ blocks: [{ on: true }, { on: true }] })), "COMPLIANT");
    assert.equal(verdict(on({ blocks: [{ on: true }, unknown] })), "UNDECIDED");
    assert.equal(verdict(on({ blocks: [{ on: false }, unknown] })), "NON_COMPLIANT");
    assert.equal(verdict(on({})), "NOT_APPLICABLE");
    assert.equal(
      message(on({ blocks: [{ on: true }, {}] })),
      '"blocks[1].on" is not set; set "blocks[1].on" to true',
    );
  });

  it("needs one block that satisfies", () => {
    const some = (inputs: object): Outcome =>
      reader(inputs).some("blocks", (block) => block.isTrue("on"), "turn one on");
    assert.equal(verdict(some({ blocks: [{}, { on: true }] })), "COMPLIANT");
    assert.equal(verdict(some({ blocks: [{}, unknown] })), "UNDECIDED");
    assert.equal(verdict(some({})), "NON_COMPLIANT");
  });

  it("explains what it found and what to set", () => {
    assert.equal(message(reader({ name: "x" }).equals("name", "y")), '"name" is x; set "name" to "y"');
    assert.equal(
      message(reader({}).isTrue("block.inner")),
      '"block.inner" is not set; set "block.inner" to true',
    );
    assert.equal(
      message(reader({ flag: unknown }).isTrue("flag")),
      '"flag" is not known yet; set "flag" to true',
    );
  });

  it("never reads inherited properties", () => {
    const hostile = new Reader<{ constructor?: { name?: string } }>("test:index:Thing", {});
    assert.deepEqual(hostile.at("constructor.name"), { kind: "absent" });
  });
});
