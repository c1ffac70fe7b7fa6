/** Incidents at the same place before: where the same happens again, what was asked for has not helped. */
import type { IncidentRow } from "@openjmc/model";

const NEAR_METRES = 2_000;
const METRES_PER_DEGREE = 111_195;

/** Earlier incidents within two kilometres, the latest first. */
export function incidentsNear(incident: IncidentRow, rows: readonly IncidentRow[]): IncidentRow[] {
  const { lon, lat } = incident;
  if (lon === undefined || lat === undefined) return [];
  return rows
    .filter((row) => row.id !== incident.id && row.occurredAt < incident.occurredAt)
    .filter(
      (row) => row.lon !== undefined && row.lat !== undefined && metres(lon, lat, row.lon, row.lat) <= NEAR_METRES,
    )
    .sort((a, b) => b.occurredAt - a.occurredAt);
}

function metres(lon: number, lat: number, otherLon: number, otherLat: number): number {
  const east = (otherLon - lon) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, (otherLat - lat) * METRES_PER_DEGREE);
}
