/** Alerts: raised, grown and ended by the machine; acknowledged by officers; where they are not, both heads are called. */
import {
  type AlertRow,
  clocksOf,
  type DeskClocks,
  holdStands,
  type Instant,
  isHeldBy,
  MICROSECONDS_PER_DAY,
  MICROSECONDS_PER_MINUTE,
  parseDegrees,
  parseInstant,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "./entry.ts";
import type { DeskState } from "./state.ts";

const degrees = (value: unknown, limit: 90 | 180): number | undefined => {
  const result = parseDegrees(String(value), limit);
  return result.ok ? result.value : undefined;
};

/** Applies `alert.*` entries. */
export function applyAlert(state: DeskState, entry: RecordedEntry): RowChange[] {
  const next = nextAlert(state.alerts.get(entry.subject), entry);
  return next ? [putAlert(state, next)] : [];
}

/** Stores a changed alert row and tells it. */
export function putAlert(state: DeskState, row: AlertRow): RowChange {
  state.alerts.set(row.id, row);
  return { view: "alerts", key: row.id, at: row.raisedAt, row, tag: row.state };
}

function nextAlert(old: AlertRow | undefined, entry: RecordedEntry): AlertRow | undefined {
  if (entry.kind === "alert.raised") return raisedAlert(entry);
  if (!old) return undefined;
  switch (entry.kind) {
    case "alert.grown":
      return { ...old, count: Number(entry.body.count) };
    case "alert.ended": {
      const ended = parseInstant(String(entry.body.endedAt));
      return {
        ...old,
        endedAt: ended.ok ? ended.value : entry.claimedAt,
        state: old.state === "raised" ? "ended" : old.state,
      };
    }
    case "alert.acknowledged":
      return {
        ...old,
        acknowledged: [...old.acknowledged, markOf(entry)],
        state: old.state === "in-incident" || old.state === "dismissed" ? old.state : "acknowledged",
      };
    case "heads.called":
      return { ...old, headsCalled: { silent: wordsIn(entry.body.silent), mark: markOf(entry) } };
    default:
      return undefined;
  }
}

const wordsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** After an outage of the centre nobody is called about what is older. */
const CALLED_WITHIN = MICROSECONDS_PER_DAY;
/** Severities of which nobody is called out of bed. */
const CAN_WAIT: ReadonlySet<string> = new Set(["caution", "information"]);

/** An alert that it is time to call both heads about, with the components that have not acknowledged it. */
export interface UnansweredAlert {
  readonly alert: string;
  readonly silent: readonly string[];
}

/**
 * Alerts that some component has left unanswered for longer than the mission bears (ANSI/ISA-18.2: no alarm without an answer), and of
 * which the heads have not been called; none that both keep quiet.
 */
export function unansweredAlerts(
  state: DeskState,
  components: readonly string[],
  now: Instant,
  { headsMinutes }: Pick<DeskClocks, "headsMinutes"> = clocksOf({}),
): UnansweredAlert[] {
  const found: UnansweredAlert[] = [];
  const holds = [...state.holds.values()].filter((hold) => holdStands(hold, now));
  for (const row of state.alerts.values()) {
    const age = now - row.mark.recordedAt;
    if (row.headsCalled || row.state === "dismissed" || CAN_WAIT.has(row.severity)) continue;
    if (age < headsMinutes * MICROSECONDS_PER_MINUTE || age > CALLED_WITHIN) continue;
    if (holds.some((hold) => isHeldBy(row, hold))) continue;
    const silent = components.filter((code) => !hasAnswered(state, row, code));
    if (silent.length > 0) found.push({ alert: row.id, silent });
  }
  return found;
}

/** Whoever opened an incident from it has seen it. */
function hasAnswered(state: DeskState, row: AlertRow, code: string): boolean {
  const opened = state.incidents.get(row.incident ?? "")?.openedBy.component;
  return opened === code || row.acknowledged.some(({ component }) => component === code);
}

function raisedAlert(entry: RecordedEntry): AlertRow {
  const body = entry.body;
  const at = parseInstant(String(body.occurredAt));
  const lon = degrees(body.lon, 180);
  const lat = degrees(body.lat, 90);
  return {
    id: entry.subject,
    rule: String(body.rule),
    severity: String(body.severity),
    raisedAt: at.ok ? at.value : entry.claimedAt,
    subject: { kind: body.subjectKind as AlertRow["subject"]["kind"], id: String(body.subjectId) },
    ...(body.zone === undefined ? {} : { zone: String(body.zone) }),
    ...(body.zoneVersion === undefined ? {} : { zoneVersion: Number(body.zoneVersion) }),
    ...(body.provision === undefined ? {} : { provision: String(body.provision) }),
    ...(body.altitudeMetres === undefined ? {} : { altitudeMetres: Number(body.altitudeMetres) }),
    ...(lon === undefined || lat === undefined ? {} : { lon, lat }),
    probability: Number(body.probabilityPerMille) / 1000,
    ...(body.capped === "unauthenticated" ? { capped: body.capped } : {}),
    ...(body.grouped === "source" ? { grouped: body.grouped } : {}),
    outline: (body.outline ?? {}) as AlertRow["outline"],
    count: 1,
    acknowledged: [],
    state: "raised",
    mark: markOf(entry),
  };
}
