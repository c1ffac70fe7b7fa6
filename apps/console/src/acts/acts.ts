/** The routine acts of an officer, as functions: each states one thing in the record under the tab's session key. */
import {
  type AlertRow,
  type AllegationRow,
  type ConclusionStatedBody,
  type EvidenceAttachedBody,
  type EvidenceItem,
  formatDegrees,
  formatInstant,
  type IncidentOpenedBody,
  type Instant,
} from "@openjmc/model";
import { storeAttachment } from "../api/endpoints.ts";
import { sealAct } from "../room/seal-act.ts";
import { newSubject, state } from "../sign/statement.ts";

export function acknowledgeAlert(alert: AlertRow, note: string) {
  return state({ kind: "alert.acknowledged", subject: alert.id, body: { note } });
}

export interface Opening {
  readonly title: string;
  readonly occurredAt: Instant;
  readonly alert?: string | undefined;
  readonly lon?: number | undefined;
  readonly lat?: number | undefined;
  /** Attached at once, besides the alert itself. */
  readonly evidence: readonly EvidenceTarget[];
}

export interface EvidenceTarget {
  readonly kind: EvidenceItem["kind"];
  readonly target: string;
  readonly title: string;
}

/** Opens an incident with its first evidence; gives the incident's id. */
export async function openIncident(opening: Opening): Promise<string> {
  const { lon, lat } = opening;
  const body: IncidentOpenedBody = {
    title: opening.title,
    ...(opening.alert === undefined ? {} : { alert: opening.alert }),
    occurredAt: formatInstant(opening.occurredAt),
    ...(lon === undefined || lat === undefined ? {} : { lon: formatDegrees(lon), lat: formatDegrees(lat) }),
  };
  const incident = newSubject();
  await state({ kind: "incident.opened", subject: incident, body });
  for (const target of opening.evidence) await attachEvidence(incident, target);
  return incident;
}

export function attachEvidence(
  incident: string,
  target: EvidenceTarget & { readonly mediaType?: string; readonly bytes?: number },
) {
  const body: EvidenceAttachedBody = { incident, ...target, title: target.title.slice(0, 200) };
  const refs = target.kind === "file" ? [{ rel: "attachment", sha256: target.target }] : [];
  return state({ kind: "evidence.attached", body, refs });
}

/** Stores a file at the centre by its hash and attaches it. */
export async function attachFile(incident: string, file: File) {
  const stored = await storeAttachment(file, file.name);
  return attachEvidence(incident, {
    kind: "file",
    target: stored.sha256,
    title: file.name,
    mediaType: file.type || "application/octet-stream",
    bytes: stored.bytes,
  });
}

export function noteIncident(incident: string, text: string) {
  return state({ kind: "incident.noted", subject: incident, body: { text } });
}

/** In the open: only where somebody's conclusion on the incident can be read already. */
export function stateConclusion(body: ConclusionStatedBody) {
  return state({ kind: "conclusion.stated", body });
}

/** Sealed in the component's own room until all are in or the deadline has passed. */
export function sealConclusion(body: ConclusionStatedBody, deadline: Instant) {
  const promise = { kind: "conclusion.stated", incident: body.incident, deadline: formatInstant(deadline) };
  return sealAct({ kind: "conclusion.stated", body }, promise);
}

/** Sealed in the component's own room, where it stays: nothing outside says which incident it is about. */
export function sealOwnNote(incident: string, text: string) {
  return sealAct({ kind: "room.noted", body: { incident, text } });
}

/** What an incident opened from an allegation begins with. */
export function openingOfAllegation(allegation: AllegationRow, title: string, occurredAt: Instant): Opening {
  const place = allegation.body.place;
  return {
    title,
    occurredAt,
    ...(place === undefined ? {} : { lon: Number(place.lon), lat: Number(place.lat) }),
    evidence: [
      { kind: "allegation", target: allegation.id, title },
      ...allegation.supportedBy.map((event) => ({ kind: "event" as const, target: event, title: event.slice(0, 12) })),
    ],
  };
}
