/** A text cut at the borders of its marks, so that each part is drawn once; marks of direction become signs that are seen. */

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly key: string;
}

export interface Part {
  readonly start: number;
  readonly text: string;
  /** The innermost mark over these words. */
  readonly mark?: string;
  /** A sign that shows nothing by itself, by its name. */
  readonly sign?: string;
}

const SIGN_NAMES: Readonly<Record<string, string>> = {
  ...{
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u061c": "ALM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
  },
  ...{
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\u200b": "ZWSP",
    "\u00ad": "SHY",
  },
};
const SIGN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Of marks that overlap the shorter lies on top. */
export function partsOf(text: string, from: number, until: number, marks: readonly Mark[]): Part[] {
  const over = marks.filter(({ start, end }) => start < until && end > from);
  const cuts = new Set([from, until]);
  for (const { start, end } of over) cuts.add(Math.max(from, start)).add(Math.min(until, end));
  const places = [...cuts].sort((left, right) => left - right);
  const shortestFirst = over.toSorted((left, right) => left.end - left.start - (right.end - right.start));
  return places.slice(0, -1).flatMap((start, index) => {
    const end = places[index + 1]!;
    const mark = shortestFirst.find((one) => one.start <= start && one.end >= end)?.key;
    return withSigns(text.slice(start, end), start).map((part) => (mark === undefined ? part : { ...part, mark }));
  });
}

function withSigns(text: string, start: number): Part[] {
  if (!SIGN.test(text)) return text === "" ? [] : [{ start, text }];
  let place = start;
  return text.split(/([\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069])/).flatMap((piece) => {
    const at = place;
    place += piece.length;
    const sign = SIGN_NAMES[piece];
    return piece === "" ? [] : [{ start: at, text: piece, ...(sign === undefined ? {} : { sign }) }];
  });
}

/** A short text on one line: signs that would hide or turn what stands beside it are shown by name. */
export function withSignsShown(text: string): string {
  return withSigns(text, 0)
    .map(({ text: words, sign }) => (sign === undefined ? words : `⟨${sign}⟩`))
    .join("");
}
