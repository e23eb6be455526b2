import { printable } from "../engine/values";

/** https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html */
const LONGEST = 256;
const CUT = "...";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A text as AWS Config takes it: 256 UTF-16 units at most, which is at most 256 characters however they are counted.
 * A longer one is cut between two characters as people see them. `undefined` for an empty text, which AWS Config
 * refuses.
 */
export function annotationOf(text: string): string | undefined {
  const clean = printable(text.trim().replace(/\p{Surrogate}/gu, "\ufffd"));
  if (clean === "") return undefined;
  if (clean.length <= LONGEST) return clean;
  let end = 0;
  for (const { segment, index } of graphemes.segment(clean)) {
    if (index + segment.length > LONGEST - CUT.length) break;
    end = index + segment.length;
  }
  // One letter with hundreds of marks on it has no boundary to cut at.
  if (end === 0) return CUT;
  return `${clean.slice(0, end).trimEnd()}${CUT}`;
}
