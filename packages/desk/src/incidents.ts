/** Incidents: the cases, with their evidence, notes and each component's own conclusion. */
import { type Derivation, type EvidenceItem, type IncidentRow, parseDegrees, parseInstant } from "@openjmc/model";
import { putAlert } from "./alerts.ts";
import { linkAllegation } from "./docket/apply.ts";
import { markOf, type RecordedEntry, type RowChange } from "./entry.ts";
import type { DeskState } from "./state.ts";

/** Stores a changed incident row and tells it. */
export function putIncident(state: DeskState, row: IncidentRow): RowChange {
  state.incidents.set(row.id, row);
  return { view: "incidents", key: row.id, at: row.occurredAt, row, tag: row.state };
}

/** Applies `incident.opened`. Its human number is given in log order within the year of its claimed time. */
export function applyIncidentOpened(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body;
  const occurred = parseInstant(String(body.occurredAt));
  const lon = parseDegrees(String(body.lon), 180);
  const lat = parseDegrees(String(body.lat), 90);
  const row: IncidentRow = {
    id: entry.subject,
    number: nextNumber(state, entry),
    title: String(body.title),
    occurredAt: occurred.ok ? occurred.value : entry.claimedAt,
    ...(lon.ok && lat.ok ? { lon: lon.value, lat: lat.value } : {}),
    state: "open",
    openedBy: markOf(entry),
    evidence: [],
    notes: [],
    conclusions: [],
    findings: [],
  };
  const alert = state.alerts.get(String(body.alert ?? ""));
  const first = putIncident(state, alert ? { ...row, evidence: [alertEvidence(entry, alert.id, alert.rule)] } : row);
  return alert ? [first, putAlert(state, { ...alert, incident: row.id, state: "in-incident" })] : [first];
}

function alertEvidence(entry: RecordedEntry, alert: string, rule: string): EvidenceItem {
  return { id: entry.subject, kind: "alert", target: alert, title: rule, mark: markOf(entry) };
}

function nextNumber(state: DeskState, entry: RecordedEntry): string {
  const year = new Date(entry.claimedAt / 1000).getUTCFullYear();
  const number = (state.numbers.get(year) ?? 0) + 1;
  state.numbers.set(year, number);
  return `J-${year}-${String(number).padStart(4, "0")}`;
}

/** Whether a file is evidence of some incident, or was handed in with an allegation. */
export function isEvidenceFile(state: DeskState, sha256: string): boolean {
  for (const { files = [] } of state.allegations.values()) if (files.some(({ file }) => file === sha256)) return true;
  for (const { evidence } of state.incidents.values())
    if (evidence.some(({ kind, target }) => kind === "file" && target === sha256)) return true;
  return false;
}

/** Applies `incident.noted`. */
export function applyIncidentNoted(state: DeskState, entry: RecordedEntry): RowChange[] {
  const incident = state.incidents.get(entry.subject);
  if (!incident) return [];
  return [
    putIncident(state, {
      ...incident,
      notes: [...incident.notes, { text: String(entry.body.text), mark: markOf(entry) }],
    }),
  ];
}

/** Applies `evidence.attached`; links the attached sighting, alert or allegation back to the incident. */
export function applyEvidenceAttached(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body;
  const incident = state.incidents.get(String(body.incident));
  if (!incident) return [];
  const item: EvidenceItem = {
    id: entry.subject,
    kind: body.kind as EvidenceItem["kind"],
    target: String(body.target),
    title: String(body.title),
    ...(body.mediaType === undefined ? {} : { mediaType: String(body.mediaType) }),
    ...(body.bytes === undefined ? {} : { bytes: Number(body.bytes) }),
    ...(body.derivation === undefined ? {} : { derivation: body.derivation as Derivation }),
    ...(body.kind === "file" ? custodyFromParties(state, String(body.target)) : {}),
    mark: markOf(entry),
  };
  return [
    putIncident(state, { ...incident, evidence: [...incident.evidence, item] }),
    ...linkBack(state, item, incident.id),
  ];
}

/** What parties said of a file's way when they handed it in: with that its custody begins. */
function custodyFromParties(state: DeskState, sha256: string): Pick<EvidenceItem, "custody"> {
  const handed = [...state.allegations.values()].flatMap(({ files = [] }) =>
    files.filter(({ file }) => file === sha256),
  );
  const custody = handed.map(({ custody: own, mark }) => ({ step: "obtained" as const, ...own, mark }));
  return custody.length === 0 ? {} : { custody };
}

function linkBack(state: DeskState, item: EvidenceItem, incident: string): RowChange[] {
  if (item.kind === "sighting") {
    const row = state.sightings.get(item.target);
    if (!row) return [];
    const next = { ...row, incident };
    state.sightings.set(row.id, next);
    return [{ view: "sightings", key: row.id, at: row.occurredAt, row: next, tag: next.body.observation }];
  }
  if (item.kind === "allegation") return linkAllegation(state, item.target, incident);
  const alert = item.kind === "alert" ? state.alerts.get(item.target) : undefined;
  return alert ? [putAlert(state, { ...alert, incident, state: "in-incident" })] : [];
}
