/** Opening an incident from what is on the screen, and going there. */
import type { AlertRow, EventRow, TrackRow } from "@openjmc/model";
import { type Opening, openIncident } from "../../acts/acts.ts";
import { openRoom } from "../../url/view-store.ts";

export async function openAndGo(opening: Opening): Promise<void> {
  openRoom("incidents", await openIncident(opening));
}

/** The alert itself becomes evidence by the act of opening; what it speaks of is attached beside it. */
export function openIncidentOfAlert(alert: AlertRow, title: string): Promise<void> {
  const { kind, id } = alert.subject;
  return openAndGo({
    title: title.slice(0, 200),
    occurredAt: alert.raisedAt,
    alert: alert.id,
    lon: alert.lon,
    lat: alert.lat,
    evidence: kind === "source" || kind === "obligation" ? [] : [{ kind, target: id, title: title.slice(0, 200) }],
  });
}

export function openIncidentOfTrack(track: TrackRow, title: string): Promise<void> {
  return openAndGo({
    title,
    occurredAt: track.at,
    lon: track.lon,
    lat: track.lat,
    evidence: [{ kind: "track", target: track.id, title }],
  });
}

export function openIncidentOfEvent(event: EventRow, title: string): Promise<void> {
  return openAndGo({
    title,
    occurredAt: event.originTime,
    lon: event.lon,
    lat: event.lat,
    evidence: [{ kind: "event", target: event.id, title }],
  });
}
