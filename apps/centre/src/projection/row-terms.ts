/** By which words rows are found: what people wrote, and the codes of what they chose, in every language in which they may ask. */
import type { AllegationRow, IncidentRow, SightingRow, ViewName } from "@openjmc/model";
import { termsOf } from "@openjmc/press";
import { createReportWords, REPORT_LOCALES } from "@openjmc/words";
import type { StoredRow } from "../store/index.ts";

/** Languages that write in Latin letters are heard differently; what stands in other letters is told by them. */
const HEARD_AS = ["en", "tr"] as const;

/** Terms of a row and the entry that made it; undefined for a view that is not searched. */
export function wordsOfRow(view: ViewName, row: object): StoredRow["words"] | undefined {
  switch (view) {
    case "sightings":
      return ofSighting(row as SightingRow);
    case "incidents":
      return ofIncident(row as IncidentRow);
    case "allegations":
      return ofAllegation(row as AllegationRow);
    default:
      return undefined;
  }
}

function ofSighting({ body, mark }: SightingRow): StoredRow["words"] {
  const codes = (["observation", "means", "weapon", "direction", "visibility"] as const).flatMap((group) =>
    termsOfCode(group, body[group]),
  );
  return { terms: distinct([...heard(`${body.remark} ${mark.role}`), ...codes]), entry: mark.index };
}

function ofIncident({ number, title, notes, openedBy }: IncidentRow): StoredRow["words"] {
  return { terms: distinct(heard([number, title, ...notes.map(({ text }) => text)].join(" "))), entry: openedBy.index };
}

function ofAllegation({ body, mark }: AllegationRow): StoredRow["words"] {
  const { what, harm = "", basis = "", observation } = body;
  const codes = observation === undefined ? [] : termsOfCode("observation", observation);
  return { terms: distinct([...heard(`${what} ${harm} ${basis}`), ...codes]), entry: mark.index };
}

const heard = (text: string): string[] => HEARD_AS.flatMap((language) => termsOf(text, language));

const ofCodes = new Map<string, readonly string[]>();

/** Thousands of rows share a few codes: each is put into words once. */
function termsOfCode(group: "observation" | "means" | "weapon" | "direction" | "visibility", code: string) {
  const key = `${group} ${code}`;
  const known = ofCodes.get(key);
  if (known !== undefined) return known;
  const told = REPORT_LOCALES.flatMap((locale) => termsOf(createReportWords(locale).sayCode(group, code), locale));
  const terms = distinct([...heard(code), ...told]);
  ofCodes.set(key, terms);
  return terms;
}

const distinct = (terms: readonly string[]): string[] => [...new Set(terms)];
