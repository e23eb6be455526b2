/**
 * Matches a pattern with `*` (any text) and `?` (any character), as IAM writes them. No regular expression is built,
 * so that no pattern can take more than (length of the pattern) x (length of the text) steps.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** Whether some text matches both patterns, e.g. `s3:Get*` and `s3:*Object`. */
export function patternsOverlap(a: string, b: string): boolean {
  // reachable[j]: the patterns so far can produce a common text with the first j characters of b.
  let reachable = new Array<boolean>(b.length + 1).fill(false);
  reachable[0] = true;
  for (let j = 0; j < b.length && b[j] === "*"; j++) reachable[j + 1] = true;
  for (const character of a) {
    const next = new Array<boolean>(b.length + 1).fill(false);
    for (let j = 0; j <= b.length; j++) {
      const other = b[j];
      if (character === "*") {
        if (reachable[j] === true || (j > 0 && next[j - 1] === true)) next[j] = true;
      } else {
        const same = other !== undefined && (character === "?" || other === "?" || other === character);
        if (reachable[j] === true && other === "*") next[j] = true;
        if (reachable[j] === true && same) next[j + 1] = true;
      }
      if (next[j] === true && other === "*") next[j + 1] = true;
    }
    reachable = next;
  }
  return reachable[b.length] === true;
}
