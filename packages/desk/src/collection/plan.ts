/** The collection plan: what is asked to be watched, who agrees or declines, and what really pointed where. */
import type {
  CollectionAnsweredBody,
  CollectionReportedBody,
  CollectionRequestedBody,
  CollectionRow,
  CollectionState,
  CollectionTask,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { instantIn, pointIn } from "../influence/times.ts";
import type { DeskState } from "../state.ts";
import { listOf } from "./list-of.ts";

function put(state: DeskState, row: Omit<CollectionRow, "state">): RowChange[] {
  const whole: CollectionRow = { ...row, state: stateOf(row) };
  state.collection.set(row.id, whole);
  return [{ view: "collection", key: row.id, at: row.from, row: whole, tag: whole.state }];
}

/** What was reported last says how it came out; before, whoever declines stops it, and silence is no consent. */
function stateOf({ body, answers, reports }: Omit<CollectionRow, "state">): CollectionState {
  const outcome = reports.at(-1)?.outcome;
  if (outcome !== undefined) return outcome;
  if (answers.some(({ answer }) => answer === "declined")) return "declined";
  return listOf(body.asked).every((name) => answers.some(({ by }) => by === name)) ? "agreed" : "waiting";
}

/** Applies `collection.requested`. */
export function applyCollectionRequested(state: DeskState, entry: RecordedEntry): RowChange[] {
  return put(state, {
    id: entry.subject,
    body: entry.body as unknown as CollectionRequestedBody,
    from: instantIn(entry, "from"),
    until: instantIn(entry, "until"),
    ...pointIn(entry),
    answers: [],
    reports: [],
    mark: markOf(entry),
  });
}

/** Applies `collection.answered`: of each the latest word counts. */
export function applyCollectionAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.collection.get(entry.subject);
  if (!row) return [];
  const answer = { ...(entry.body as unknown as CollectionAnsweredBody), mark: markOf(entry) };
  return put(state, { ...row, answers: [...row.answers.filter(({ by }) => by !== answer.by), answer] });
}

/** Applies `collection.reported`. */
export function applyCollectionReported(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.collection.get(entry.subject);
  if (!row) return [];
  const said = entry.body as unknown as CollectionReportedBody;
  const report = {
    ...said,
    ...{ from: instantIn(entry, "from"), until: instantIn(entry, "until"), mark: markOf(entry) },
  };
  return put(state, { ...row, reports: [...row.reports, report] });
}

/** What the sensor lane goes by: when each source of the plan was to watch, and whether it might. */
export function collectionTasks(state: DeskState): CollectionTask[] {
  return [...state.collection.values()].flatMap(({ id, body, from, until, lon, lat, answers, state: stands }) => {
    if (body.source === undefined || stands === "waiting") return [];
    const may = !answers.some(({ answer }) => answer === "declined");
    const place = lon === undefined || lat === undefined ? {} : { lon, lat };
    return [{ source: body.source, from, until, may, line: id, target: body.target, ...place }];
  });
}
