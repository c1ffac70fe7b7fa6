/** The open-source desk as it is replayed from the record. What stands in a text is not here: only what is stated of it. */
import type { AdoptionRow, ClaimRow, Judgement, TextOrigin, TextRow } from "@openjmc/model";

export interface PressState {
  readonly texts: Map<string, TextRow>;
  /** Texts by outlet and content: the same is not taken in twice. */
  readonly byContent: Map<string, string>;
  /** What was said of a text's words, the latest of each place and kind. */
  readonly judgements: Map<string, Map<string, Judgement>>;
  /** What a text repeats, and whom it cites, as the last who looked says. */
  readonly repeats: Map<string, string>;
  readonly cites: Map<string, string>;
  readonly claims: Map<string, ClaimRow>;
  readonly claimsOfText: Map<string, string[]>;
  readonly adoptions: Map<string, AdoptionRow>;
}

export function emptyPress(): PressState {
  return {
    texts: new Map(),
    byContent: new Map(),
    judgements: new Map(),
    repeats: new Map(),
    cites: new Map(),
    claims: new Map(),
    claimsOfText: new Map(),
    adoptions: new Map(),
  };
}

export function contentKey(outlet: string, text: string): string {
  return `${text} ${outlet}`;
}

/** Whence a text has what it tells: it goes along what it repeats to the one that repeats nothing. */
export function originOf(press: PressState, id: string): TextOrigin {
  const passed = new Set<string>([id]);
  let first = id;
  for (let next = press.repeats.get(first); next !== undefined && !passed.has(next); next = press.repeats.get(first)) {
    passed.add(next);
    first = next;
  }
  const cited = press.cites.get(first);
  const origin = cited === undefined ? first : `outlet:${cited}`;
  const of = press.repeats.get(id);
  if (of !== undefined) return { origin, why: "reprint", of };
  return { origin, why: cited === undefined ? "own" : "cites" };
}

/** Claims that stand: neither they nor their texts are withdrawn. */
export function standingClaims(press: PressState): ClaimRow[] {
  return [...press.claims.values()].filter(
    (claim) => claim.withdrawn === undefined && press.texts.get(claim.body.text)?.withdrawn === undefined,
  );
}

/** What each component holds now of a fact and aspect: its latest adoption that it has not withdrawn. */
export function adoptionsInForce(press: PressState): AdoptionRow[] {
  const latest = new Map<string, AdoptionRow>();
  for (const row of press.adoptions.values())
    if (row.withdrawn === undefined) latest.set(`${row.body.fact} ${row.body.aspect ?? ""} ${row.mark.component}`, row);
  return [...latest.values()];
}
