/**
 * Where a text stops being JSON. The parser's own messages name a place only for some errors, and differ between
 * versions of Node.js.
 */

const SPACE = /[ \t\r\n]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next: a value, a key, what follows a value, or nothing. */
type Wanted = "value" | "first value" | "key" | "first key" | "colon" | "more";

/** The offset of the first character that is wrong; the length of the text when it ends too early. */
export function errorOffset(text: string): number {
  const open: ("[" | "{")[] = [];
  let wanted: Wanted = "value";
  let offset = 0;
  for (;;) {
    offset = skip(SPACE, text, offset) ?? offset;
    const character = text.charAt(offset);
    if (character === "") return offset;
    const inside = open.at(-1);
    if (
      (character === "]" && inside === "[" && (wanted === "first value" || wanted === "more")) ||
      (character === "}" && inside === "{" && (wanted === "first key" || wanted === "more"))
    ) {
      open.pop();
      wanted = "more";
      offset++;
      continue;
    }
    switch (wanted) {
      case "value":
      case "first value":
        if (character === "[" || character === "{") {
          open.push(character);
          wanted = character === "[" ? "first value" : "first key";
          offset++;
        } else {
          const end = skip(SCALAR, text, offset);
          if (end === undefined) return unfinished(text, offset);
          wanted = "more";
          offset = end;
        }
        break;
      case "key":
      case "first key": {
        const end = character === '"' ? skip(SCALAR, text, offset) : undefined;
        if (end === undefined) return unfinished(text, offset);
        wanted = "colon";
        offset = end;
        break;
      }
      case "colon":
        if (character !== ":") return offset;
        wanted = "value";
        offset++;
        break;
      case "more":
        if (character !== "," || inside === undefined) return offset;
        wanted = inside === "[" ? "value" : "key";
        offset++;
        break;
    }
  }
}

function skip(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** A text or a word that the end of the file cuts off is no wrong character but an early end. */
function unfinished(text: string, offset: number): number {
  const rest = text.slice(offset, offset + 8).trimEnd();
  const isCut = rest.startsWith('"')
    ? !/"(?:[^"\\]+|\\.)*["\n]/sy.test(text.slice(offset))
    : offset + rest.length === text.trimEnd().length &&
      ["true", "false", "null", "-"].some((word) => word.startsWith(rest));
  return isCut ? text.length : offset;
}
