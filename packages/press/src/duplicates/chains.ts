/** Who tells what from whom: one report told twice is one source. */
import type { Instant } from "@openjmc/model";
import type { Reading } from "../read-text.ts";
import { type Fingerprint, ReprintIndex } from "./near-duplicates.ts";

/** A text as far as its origin turns on it. */
export interface ToldText {
  readonly code: string;
  /** The gazetteer's code of its outlet, or its name. */
  readonly outlet: string;
  readonly publishedAt: Instant;
  readonly print: Fingerprint;
  readonly reading: Reading;
}

export interface Origin {
  /** The text that told it first; of a text that only cites an outlet, `outlet:CODE`. */
  readonly origin: string;
  readonly why: "own" | "reprint" | "cites";
  /** The text it repeats, where it is a reprint. */
  readonly of?: string;
}

/** Each text's origin, by code. A reprint's is that of the earliest text it repeats; who cites an outlet tells what that outlet told. */
export function originsOf(texts: readonly ToldText[]): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  const index = new ReprintIndex();
  const inTime = [...texts].sort(
    (left, right) => left.publishedAt - right.publishedAt || (left.code < right.code ? -1 : 1),
  );
  for (const text of inTime) {
    const [first] = index.reprintsOf(text.print);
    origins.set(text.code, originOf(text, first, origins));
    index.add(text.code, text.print);
  }
  return origins;
}

function originOf(text: ToldText, repeated: string | undefined, origins: ReadonlyMap<string, Origin>): Origin {
  if (repeated !== undefined) return { origin: origins.get(repeated)!.origin, why: "reprint", of: repeated };
  const cited = citedOutlet(text);
  return cited === undefined ? { origin: text.code, why: "own" } : { origin: `outlet:${cited}`, why: "cites" };
}

/** The outlet on whose word the text tells something; its own does not count. */
export function citedOutlet({ outlet, reading }: Pick<ToldText, "outlet" | "reading">): string | undefined {
  const cited = reading.speech.find(
    ({ speaker }) => speaker?.kind === "outlet" && (speaker.id ?? speaker.name) !== outlet,
  )?.speaker;
  return cited === undefined ? undefined : (cited.id ?? cited.name);
}
