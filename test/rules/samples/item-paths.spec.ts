import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import type { Source } from "../../../rules/custom/control";
import type { RegisteredControl } from "../../../rules/custom/register";
import { customControls } from "../../../rules/custom/registered";
import { isPublished, JSON_TEXTS } from "./published";

/** What mappings of custom controls read of configuration items, by the names that AWS publishes. */

const itemsFile = ts.createSourceFile(
  "items.ts",
  readFileSync(join(__dirname, "../../../rules/custom/items.ts"), "utf8"),
  ts.ScriptTarget.ES2022,
);

const interfaces = new Map(
  itemsFile.statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one] as const),
);

/** Every path of a type that is written in the file: scalars and lists of scalars. */
function* pathsOf(node: ts.Node, path: string): Generator<string> {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) {
    for (const member of node.members) {
      assert.ok(ts.isPropertySignature(member) && member.type !== undefined, `${path} has another member`);
      assert.ok(ts.isIdentifier(member.name) || ts.isStringLiteral(member.name));
      yield* pathsOf(member.type, `${path}.${member.name.text}`);
    }
  } else if (ts.isIntersectionTypeNode(node)) {
    for (const part of node.types) yield* pathsOf(part, path);
  } else if (ts.isTypeOperatorNode(node)) {
    yield* pathsOf(node.type, path);
  } else if (ts.isArrayTypeNode(node)) {
    yield* pathsOf(node.elementType, path);
  } else if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
    const named = interfaces.get(node.typeName.text);
    assert.ok(named, `${node.typeName.text} is not written in the file`);
    yield* pathsOf(named, path);
  } else {
    yield path;
  }
}

/** The types whose configuration is typed, each with its own part of the file. */
const typed = new Map(
  (interfaces.get("ItemConfigurations")?.members ?? []).map((member) => {
    assert.ok(ts.isPropertySignature(member) && member.type !== undefined);
    assert.ok(ts.isStringLiteral(member.name));
    return [member.name.text, member.type] as const;
  }),
);

/** Types that share an interface: each of them has some of its properties. */
const sharing = [...typed].flatMap(([type, node]) =>
  node.getText(itemsFile).includes("IdentityConfiguration") ? [type] : [],
);

const isKnown = (type: string, path: string): boolean =>
  isPublished(type, path) || Object.hasOwn(JSON_TEXTS, `${type} ${path}`);

function sourcesOf({ sources }: RegisteredControl["control"]): readonly Source[] {
  const all: readonly Source[] = Object.values(sources);
  return all;
}

describe("the paths of configuration items", () => {
  it("are published, or name their page, where a configuration is typed", () => {
    assert.ok(typed.size >= 11);
    assert.ok(sharing.length >= 4);
    for (const [type, node] of typed) {
      const paths = [...pathsOf(node, "configuration")];
      assert.ok(paths.length > 0, type);
      for (const path of paths) {
        const holders = sharing.includes(type) ? [type, ...sharing] : [type];
        assert.ok(
          holders.some((holder) => isKnown(holder, path)),
          `${type} ${path}`,
        );
      }
    }
  });

  for (const { control } of customControls) {
    it(`are published, or name their page, where ${control.name} reads a fact`, () => {
      for (const source of sourcesOf(control)) {
        if (source.from !== "item") continue;
        assert.ok(
          control.resourceTypes.every((type) => isKnown(type, source.path)),
          `${control.resourceTypes.join(" ")} ${source.path}`,
        );
      }
    });
  }

  it("need no page where they are published, or where nothing reads them", () => {
    const read = new Set([
      ...[...typed].flatMap(([type, node]) =>
        [...pathsOf(node, "configuration")].map((path) => `${type} ${path}`),
      ),
      ...customControls.flatMap(({ control }) =>
        sourcesOf(control).flatMap((source) =>
          source.from === "item" ? control.resourceTypes.map((type) => `${type} ${source.path}`) : [],
        ),
      ),
    ]);
    for (const place of Object.keys(JSON_TEXTS)) {
      const [type = "", path = ""] = place.split(" ");
      assert.equal(isPublished(type, path), false, place);
      assert.ok(read.has(place), place);
    }
  });
});
