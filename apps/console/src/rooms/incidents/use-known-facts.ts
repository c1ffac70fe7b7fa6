/** The facts of the evidence attached to an incident. */
import type { IncidentRow } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import type { KnownFacts } from "./finding-body.ts";
import { knownFacts } from "./known-facts.ts";

export function useKnownFacts(incident: IncidentRow): KnownFacts {
  const { mission } = useCentre();
  const alerts = useFreshRows("alerts").rows;
  const events = useFreshRows("events").rows;
  const tracks = useFreshRows("tracks").rows;
  const sightings = useFreshRows("sightings").rows;
  const attached = <Row extends { readonly id: string }>(kind: string, rows: readonly Row[]): readonly Row[] =>
    rows.filter((row) => incident.evidence.some((item) => item.kind === kind && item.target === row.id));
  return knownFacts(
    {
      alerts: attached("alert", alerts),
      events: attached("event", events),
      tracks: attached("track", tracks),
      sightings: attached("sighting", sightings),
    },
    mission,
  );
}
