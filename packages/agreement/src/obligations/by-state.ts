/** How each signatory reads an obligation: by the change that it takes for made, and by its own reading of the deadline. */
import type { InstrumentFile } from "../files/instrument-file.ts";
import type { Consent } from "./fact.ts";
import type { ObligationByState, ObligationVariant } from "./obligation.ts";

/** Who says so goes by it; who proposed it, is silent, or of whom nothing is known stands by the text. */
const GOES_BY: ReadonlySet<Consent> = new Set(["accepted", "announced"]);

/**
 * One line for each signatory; none where no amendment and no reading of a deadline is anybody's own, since then all read alike.
 * `codesOf` gives a state's code as a party beside its own.
 */
export function readByState(
  instrument: InstrumentFile,
  variants: readonly ObligationVariant[],
  codesOf: (state: string) => readonly string[] = (state) => [state],
): ObligationByState[] {
  const isOwn = variants.some(
    ({ amendment, readings }) => amendment || readings.some(({ deadline }) => (deadline?.readBy.length ?? 0) > 0),
  );
  if (!isOwn) return [];
  return instrument.signatories
    .filter(({ standing }) => standing !== "not-a-signatory")
    .map(({ state }) => lineOf(state, variants, codesOf(state)));
}

function lineOf(state: string, variants: readonly ObligationVariant[], codes: readonly string[]): ObligationByState {
  const variant = variants.findLast(({ amendment }) => isTakenFor(amendment, codes)) ?? variants[0]!;
  const own = variant.readings.filter(({ deadline }) => deadline?.readBy.some((by) => codes.includes(by)));
  const readings = own.length > 0 ? own : variant.readings;
  return {
    state,
    ...(variant.amendment ? { amendment: variant.amendment.id } : {}),
    states: [...new Set(readings.flatMap(({ states }) => states))],
  };
}

function isTakenFor(amendment: ObligationVariant["amendment"], codes: readonly string[]): boolean {
  if (!amendment) return false;
  return codes.some((code) => {
    const consent = amendment.consents[code];
    return consent !== undefined && GOES_BY.has(consent);
  });
}
