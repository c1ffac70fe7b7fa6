/** What the components have stated of sources in general: that two names stand for one source. It holds in every incident at once. */
import type { CasualtyLine, EvidenceItem, IncidentRow, Origin, SourceTiedBody, SourceTieRow } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { putIncident } from "../incidents.ts";
import type { DeskState } from "../state.ts";
import { independentSources, sourceGroups } from "./independence.ts";

/** Ties that stand. */
export function tiesOf({ ties }: Pick<DeskState, "ties">): SourceTiedBody[] {
  return [...ties.values()].filter(({ withdrawn }) => withdrawn === undefined).map(({ body }) => body);
}

/** Applies `source.tied`. */
export function applySourceTied(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row: SourceTieRow = {
    id: entry.subject,
    body: entry.body as unknown as SourceTiedBody,
    mark: markOf(entry),
  };
  return [put(state, row), ...countAnew(state)];
}

/** Applies `statement.withdrawn` to a tie of the same component: it stays, marked. */
export function applyTieWithdrawn(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = [...state.ties.values()].find(({ mark }) => mark.statement === entry.body.target);
  if (row === undefined || row.withdrawn !== undefined || row.mark.component !== entry.component) return [];
  const withdrawn = { reason: String(entry.body.reason), mark: markOf(entry) };
  return [put(state, { ...row, withdrawn }), ...countAnew(state)];
}

function put(state: DeskState, row: SourceTieRow): RowChange {
  state.ties.set(row.id, row);
  return { view: "ties", key: row.id, at: row.mark.recordedAt, row, tag: row.body.tie };
}

/** Incidents in which the count of sources is another one now. */
function countAnew(state: DeskState): RowChange[] {
  const ties = tiesOf(state);
  return [...state.incidents.values()].flatMap((incident) => {
    const next = withSources(incident, ties);
    return JSON.stringify(next) === JSON.stringify(incident) ? [] : [putIncident(state, next)];
  });
}

/** The incident with its sources counted: of its graded evidence, and of each statement on casualties. */
export function withSources(incident: IncidentRow, ties: readonly SourceTiedBody[]): IncidentRow {
  const origins = incident.evidence.flatMap(originOf);
  return {
    ...incident,
    ...(origins.length === 0
      ? {}
      : { independentSources: independentSources(origins, ties), sourceGroups: sourceGroups(origins, ties) }),
    ...(incident.casualties === undefined
      ? {}
      : { casualties: incident.casualties.map((line) => recounted(line, ties)) }),
  };
}

/** Where a piece of evidence came from, by the latest grade. */
const originOf = ({ grades }: EvidenceItem): Origin[] => {
  const last = grades?.at(-1)?.origin;
  return last === undefined ? [] : [last];
};

const recounted = (line: CasualtyLine, ties: readonly SourceTiedBody[]): CasualtyLine => ({
  ...line,
  independentSources: independentSources(line.sources, ties),
});
