/** Claims as they are handed out: JSON or CSV, with their sources. Originals and texts stay inside. */
import { type FactContext, factSummaries, factView, originOf, type PressState } from "@openjmc/desk";
import { type ClaimRow, type ExportedClaim, type FactVersion, type FactView, formatInstant } from "@openjmc/model";
import { csvCell } from "@openjmc/report";

/**
 * Every claim that stands, fact by fact. For others than the components: only facts that all components have settled, and neither
 * names nor words of persons.
 */
export function exportedClaims(press: PressState, context: FactContext, isInside: boolean): ExportedClaim[] {
  return factSummaries(press, context)
    .filter(({ claims, state }) => claims > 0 && (isInside || state === "settled"))
    .flatMap(({ fact }) => {
      const view = factView(press, context, fact)!;
      return view.versions.flatMap((version) =>
        [...version.claims, ...version.denials].map((claim) => exported(press, view, version, claim, isInside)),
      );
    });
}

function exported(
  press: PressState,
  view: FactView,
  version: FactVersion,
  { body, outlet, language, publishedAt, isPersonal, mark }: ClaimRow,
  isInside: boolean,
): ExportedClaim {
  const text = press.texts.get(body.text);
  const isOfPerson = view.value === "person" || (isPersonal && body.speaker?.isPerson !== true);
  const isHidden = !isInside && (isPersonal || isOfPerson);
  return {
    ...{
      fact: view.fact,
      aspect: version.aspect ?? "",
      value: isHidden && isOfPerson ? "" : version.value,
      of: version.of ?? "",
    },
    ...{ factState: view.state, adoptedBy: version.adoptedBy.join(" "), outlet, language, publishedAt },
    title: isHidden ? "" : withMarksShown(text?.body.title ?? "").slice(0, isInside ? undefined : LONGEST_TITLE),
    address: text?.body.address ?? "",
    speaker: isHidden ? "" : (body.speaker?.code ?? body.speaker?.name ?? ""),
    isPersonal: isPersonal || isOfPerson,
    ...{ form: body.form, certainty: body.certainty, certaintyWords: body.certaintyWords ?? "" },
    framing: body.framing?.join(", ") ?? "",
    quote: isHidden ? "" : withMarksShown(body.quote),
    origin: originOf(press, body.text).origin,
    original: text?.body.original ?? "",
    statement: mark.statement,
  };
}

/** A headline; a title that somebody wrote as long as a text is none. */
const LONGEST_TITLE = 160;

/** Marks of direction would turn whatever stands beside the quotation. */
function withMarksShown(text: string): string {
  return text.replace(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

const COLUMNS = [
  ..."fact aspect value of factState adoptedBy outlet language publishedAt title address speaker isPersonal".split(" "),
  ..."form certainty certaintyWords framing quote origin original statement".split(" "),
] as (keyof ExportedClaim)[];

/** RFC 4180 with a byte order mark. */
export function csvOfClaims(claims: readonly ExportedClaim[]): string {
  const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;
  const cellOf = (claim: ExportedClaim, column: keyof ExportedClaim): string =>
    column === "publishedAt" ? formatInstant(claim.publishedAt) : String(claim[column] ?? "");
  return `\ufeff${line(COLUMNS)}${claims.map((claim) => line(COLUMNS.map((column) => cellOf(claim, column)))).join("")}`;
}
