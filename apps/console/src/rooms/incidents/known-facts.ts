/** What the attached evidence already says: the form of a finding begins with it. */
import type { AlertRow, EventRow, Means, MissionView, SightingRow, TrackRow } from "@openjmc/model";
import type { KnownFacts } from "./finding-body.ts";

export interface Attached {
  readonly alerts: readonly AlertRow[];
  readonly events: readonly EventRow[];
  readonly tracks: readonly TrackRow[];
  readonly sightings: readonly SightingRow[];
}

/** Located events are added up in their own unit; tracks count as flights; counts of different units are never added. */
export function knownFacts(
  { alerts, events, tracks, sightings }: Attached,
  mission: Pick<MissionView, "sources">,
): KnownFacts {
  const provision = alerts.find((alert) => alert.provision !== undefined)?.provision;
  const sourceIds = [...events.flatMap((event) => event.stations), ...tracks.flatMap((track) => track.sources)];
  const sensed = mission.sources.filter((source) => sourceIds.includes(source.id)).map((source) => source.means);
  const means: readonly Means[] = [...new Set([...sensed, ...sightings.map((sighting) => sighting.body.means)])];
  const base = { means, ...(provision === undefined ? {} : { provision }) };
  const event = events[0];
  if (event !== undefined) {
    const same = events.filter((one) => one.countUnit === event.countUnit);
    return {
      ...base,
      observation: event.kind,
      number: same.reduce((sum, one) => sum + one.count, 0),
      unit: event.countUnit,
      uncertaintyMetres: Math.max(...same.map((one) => one.ellipse.semiMajorMetres)),
    };
  }
  if (tracks.length > 0) return { ...base, observation: "overflight", number: tracks.length, unit: "flight" };
  const sighting = sightings[0];
  if (sighting === undefined) return base;
  return {
    ...base,
    observation: sighting.body.observation,
    number: sighting.body.count.number,
    unit: sighting.body.count.unit,
  };
}
