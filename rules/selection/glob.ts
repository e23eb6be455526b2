/**
 * Matches exemption patterns without regular expressions: a pattern comes from a file that anybody may propose a
 * change to, and no pattern may take more than (length of the pattern) x (length of the text) steps.
 */

type Token = { readonly kind: "literal"; readonly text: string } | { readonly kind: "star" | "globstar" };

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const part of pattern.split(/(\*+)/)) {
    if (part.startsWith("*")) tokens.push({ kind: part.length === 1 ? "star" : "globstar" });
    else for (const text of Array.from(part)) tokens.push({ kind: "literal", text });
  }
  return tokens;
}

/** `*` stands for anything but a slash, `**` for anything; a leading `**` followed by a slash also for nothing. */
export function matchesGlob(pattern: string, text: string): boolean {
  if (pattern.startsWith("**/") && matches(tokensOf(pattern.slice(3)), text)) return true;
  return matches(tokensOf(pattern), text);
}

function matches(tokens: readonly Token[], text: string): boolean {
  const characters = Array.from(text);
  // reachable[i]: the tokens so far match the first i characters.
  let reachable = characters.map(() => false);
  reachable.unshift(true);
  for (const token of tokens) {
    const next = reachable.map(() => false);
    for (let i = 0; i <= characters.length; i++) {
      if (token.kind === "literal")
        next[i] = i > 0 && reachable[i - 1] === true && characters[i - 1] === token.text;
      else
        next[i] =
          reachable[i] === true ||
          (i > 0 && next[i - 1] === true && (token.kind === "globstar" || characters[i - 1] !== "/"));
    }
    reachable = next;
  }
  return reachable[characters.length] === true;
}
