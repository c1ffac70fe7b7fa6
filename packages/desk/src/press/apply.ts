/** Replays what is stated at the open-source desk. */
import type {
  AdoptionRow,
  ClaimRow,
  ClaimStatedBody,
  Judgement,
  ReadingJudgedBody,
  TextReceivedBody,
  TextRow,
  ValueAdoptedBody,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { instantIn } from "../influence/times.ts";
import type { DeskState } from "../state.ts";
import { contentKey, type PressState } from "./state.ts";

const NOTHING_JUDGED = { accepted: 0, corrected: 0, rejected: 0, added: 0 };

/** Applies `text.received`. */
export function applyText(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { press } = state;
  const body = entry.body as unknown as TextReceivedBody;
  const row: TextRow = {
    id: entry.subject,
    body,
    publishedAt: instantIn(entry, "publishedAt"),
    judged: NOTHING_JUDGED,
    claims: 0,
    isPersonal: false,
    mark: markOf(entry),
  };
  press.byContent.set(contentKey(body.outlet, body.text), row.id);
  if (body.repeats !== undefined) press.repeats.set(row.id, body.repeats);
  if (body.cites !== undefined) press.cites.set(row.id, body.cites);
  return [putText(press, row)];
}

function putText(press: PressState, row: TextRow): RowChange {
  press.texts.set(row.id, row);
  return { view: "texts", key: row.id, at: row.publishedAt, row, tag: row.body.language };
}

/** Applies `reading.judged`: of one place and kind what was said last counts. */
export function applyJudged(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { press } = state;
  const row = press.texts.get(entry.subject);
  if (row === undefined) return [];
  const { judgements } = entry.body as unknown as ReadingJudgedBody;
  const known = press.judgements.get(row.id) ?? new Map<string, Judgement>();
  for (const one of judgements) {
    known.set(`${one.start} ${one.end} ${one.kind}`, one);
    if (one.kind === "reprint") follow(press.repeats, row.id, one);
    if (one.kind === "cites") follow(press.cites, row.id, one);
  }
  press.judgements.set(row.id, known);
  const judged = { ...NOTHING_JUDGED };
  for (const { verdict } of known.values()) judged[verdict] += 1;
  const isPersonal =
    row.isPersonal || [...known.values()].some(({ kind, verdict }) => kind === "person" && verdict !== "rejected");
  return [putText(press, { ...row, judged, isPersonal })];
}

function follow(links: Map<string, string>, id: string, { verdict, value }: Judgement): void {
  if (verdict === "rejected") links.delete(id);
  else links.set(id, value);
}

/** Applies `claim.stated`. */
export function applyClaim(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { press } = state;
  const body = entry.body as unknown as ClaimStatedBody;
  const text = press.texts.get(body.text);
  const isPersonal = body.speaker?.isPerson === true || isAPerson(press, body);
  const row: ClaimRow = {
    id: entry.subject,
    body,
    outlet: text?.body.outlet ?? "",
    language: text?.body.language ?? "",
    publishedAt: text?.publishedAt ?? entry.claimedAt,
    isPersonal,
    mark: markOf(entry),
  };
  press.claimsOfText.set(body.text, [...(press.claimsOfText.get(body.text) ?? []), row.id]);
  const changes = [putClaim(press, row)];
  if (text !== undefined)
    changes.push(putText(press, { ...text, claims: text.claims + 1, isPersonal: text.isPersonal || isPersonal }));
  return changes;
}

/** The words that hold the value were judged to name a person. */
function isAPerson(press: PressState, { text, start, end }: ClaimStatedBody): boolean {
  const judged = press.judgements.get(text)?.get(`${start} ${end} person`);
  return judged !== undefined && judged.verdict !== "rejected";
}

function putClaim(press: PressState, row: ClaimRow): RowChange {
  press.claims.set(row.id, row);
  return { view: "claims", key: row.id, at: row.publishedAt, row, tag: row.body.fact };
}

/** Applies `value.adopted`. */
export function applyAdopted(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as unknown as ValueAdoptedBody;
  return [putAdoption(state.press, { id: entry.subject, body, mark: markOf(entry) }, entry.recordedAt)];
}

function putAdoption(press: PressState, row: AdoptionRow, at: number): RowChange {
  press.adoptions.set(row.id, row);
  return { view: "adoptions", key: row.id, at, row, tag: row.body.fact };
}

/** Applies `statement.withdrawn` to a text, a claim or an adoption of the same component: it stays, marked. */
export function applyPressWithdrawal({ press }: DeskState, entry: RecordedEntry): RowChange[] {
  const target = String(entry.body.target);
  const withdrawn = markOf(entry);
  const isMeant = ({ mark }: { mark: TextRow["mark"] }): boolean =>
    mark.statement === target && mark.component === entry.component;
  const claim = press.claims.values().find(isMeant);
  if (claim !== undefined) return [putClaim(press, { ...claim, withdrawn })];
  const adoption = press.adoptions.values().find(isMeant);
  if (adoption !== undefined) return [putAdoption(press, { ...adoption, withdrawn }, adoption.mark.recordedAt)];
  const text = press.texts.values().find(isMeant);
  return text === undefined ? [] : [putText(press, { ...text, withdrawn })];
}
