/** Which row each view gives, what names a row within its view, and how a view is ordered. */
import type {
  AdoptionRow,
  AlarmHoldRow,
  AlertRow,
  AllegationRow,
  ClaimRow,
  CollectionRow,
  CoordinationRow,
  CoverageRow,
  CueRow,
  EntryRow,
  EscalationRow,
  EventRow,
  FindingRow,
  FlownRow,
  HotlineRow,
  IncidentRow,
  Instant,
  ListRow,
  MatterRow,
  NoticeRow,
  NotifiedFlight,
  OfficerRow,
  PreferenceRow,
  ProtestRow,
  ReportRow,
  SightingRow,
  SortieRow,
  SourceRow,
  SourceTieRow,
  TextRow,
  TrackRow,
  ViewName,
  WarningRow,
  WeatherRow,
} from "@openjmc/model";

export interface RowOf {
  readonly sources: SourceRow;
  readonly coverage: CoverageRow;
  readonly collection: CollectionRow;
  readonly sorties: SortieRow;
  readonly flown: FlownRow;
  readonly tracks: TrackRow;
  readonly events: EventRow;
  readonly "event-versions": EventRow;
  readonly cues: CueRow;
  readonly preferences: PreferenceRow;
  readonly weather: WeatherRow;
  readonly alerts: AlertRow;
  readonly holds: AlarmHoldRow;
  readonly incidents: IncidentRow;
  readonly findings: FindingRow;
  readonly sightings: SightingRow;
  readonly allegations: AllegationRow;
  readonly officers: OfficerRow;
  readonly entries: EntryRow;
  readonly flights: NotifiedFlight;
  readonly reports: ReportRow;
  readonly hotline: HotlineRow;
  readonly warnings: WarningRow;
  readonly coordination: CoordinationRow;
  readonly notices: NoticeRow;
  readonly protests: ProtestRow;
  readonly escalations: EscalationRow;
  readonly matters: MatterRow;
  readonly lists: ListRow;
  readonly texts: TextRow;
  readonly claims: ClaimRow;
  readonly adoptions: AdoptionRow;
  readonly ties: SourceTieRow;
}

interface Shape<Row> {
  /** The row's key, the same that the stream gives. */
  key(row: Row): string;
  /** Newest first where this is a time; by name where it is a text. */
  order(row: Row): Instant | string;
}

type Shapes = { readonly [View in ViewName]: Shape<RowOf[View]> };

/** Human numbers and record indexes are padded, so that texts sort as numbers do. */
export const SHAPES: Shapes = {
  sources: { key: (row) => row.id, order: (row) => row.id },
  coverage: { key: (row) => row.key, order: (row) => row.from },
  collection: { key: (row) => row.id, order: (row) => row.from },
  sorties: { key: (row) => row.id, order: (row) => row.from },
  flown: { key: (row) => row.id, order: (row) => row.from },
  tracks: { key: (row) => row.id, order: (row) => row.firstAt },
  events: { key: (row) => row.id, order: (row) => row.originTime },
  "event-versions": { key: (row) => `${row.id}.${row.version}`, order: (row) => row.originTime },
  cues: { key: (row) => row.id, order: (row) => row.at },
  preferences: { key: (row) => `${row.event}.${row.component}`, order: (row) => row.mark.index },
  weather: { key: (row) => row.id, order: (row) => row.at },
  alerts: { key: (row) => row.id, order: (row) => row.raisedAt },
  holds: { key: (row) => row.id, order: (row) => row.proposed.index },
  incidents: { key: (row) => row.id, order: (row) => row.openedBy.index },
  findings: { key: (row) => findingKey(row), order: (row) => row.proposedBy.index },
  sightings: { key: (row) => row.id, order: (row) => row.occurredAt },
  allegations: { key: (row) => row.id, order: (row) => row.receivedAt },
  officers: { key: (row) => row.id, order: (row) => row.id },
  entries: { key: (row) => String(row.index).padStart(12, "0"), order: (row) => row.index },
  flights: { key: (row) => row.id, order: (row) => row.from },
  reports: { key: (row) => row.id, order: (row) => row.date },
  hotline: { key: (row) => row.id, order: (row) => row.startedAt },
  warnings: { key: (row) => row.id, order: (row) => row.raisedAt },
  coordination: { key: (row) => row.id, order: (row) => row.askedAt },
  notices: { key: (row) => row.id, order: (row) => row.from },
  protests: { key: (row) => row.id, order: (row) => row.mark.index },
  escalations: { key: (row) => row.id, order: (row) => row.mark.index },
  matters: { key: (row) => row.id, order: (row) => row.from },
  lists: { key: (row) => row.id, order: (row) => row.from },
  texts: { key: (row) => row.id, order: (row) => row.publishedAt },
  claims: { key: (row) => row.id, order: (row) => row.publishedAt },
  adoptions: { key: (row) => row.id, order: (row) => row.mark.index },
  ties: { key: (row) => row.id, order: (row) => row.mark.index },
};

/** Every revision of a finding is a row of its own. */
export function findingKey(row: { readonly id: string; readonly revision: number }): string {
  return `${row.id}.${row.revision}`;
}

/** Rows in their view's order. */
export function ordered<View extends ViewName>(view: View, rows: Iterable<RowOf[View]>): RowOf[View][] {
  const shape = SHAPES[view] as Shape<RowOf[View]>;
  return [...rows].sort((left, right) => {
    const a = shape.order(left);
    const b = shape.order(right);
    if (typeof a === "number" && typeof b === "number" && a !== b) return b - a;
    if (typeof a === "string" && typeof b === "string" && a !== b) return a < b ? -1 : 1;
    return shape.key(left) < shape.key(right) ? -1 : 1;
  });
}
