/** The facts of the evidence attached to an incident. */
import type { IncidentRow } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import type { KnownFacts } from "./finding-body.ts";
import { knownFacts } from "./known-facts.ts";

/** Undefined while what is attached is still on its way: a form must not begin with half of it. */
export function useKnownFacts(incident: IncidentRow): KnownFacts | undefined {
  const { mission } = useCentre();
  const alerts = useFreshRows("alerts");
  const events = useFreshRows("events");
  const tracks = useFreshRows("tracks");
  const sightings = useFreshRows("sightings");
  const coming = [alerts, events, tracks, sightings].some(
    ({ condition }) => condition.state === "loading" || condition.state === "empty",
  );
  if (coming) return undefined;
  const attached = <Row extends { readonly id: string }>(kind: string, rows: readonly Row[]): readonly Row[] =>
    rows.filter((row) => incident.evidence.some((item) => item.kind === kind && item.target === row.id));
  return knownFacts(
    {
      alerts: attached("alert", alerts.rows),
      events: attached("event", events.rows),
      tracks: attached("track", tracks.rows),
      sightings: attached("sighting", sightings.rows),
    },
    mission,
  );
}
