/** Recorded violations as GeoJSON (RFC 7946): a feature for each row, without a geometry where it has no place. */
import { formatInstant } from "@openjmc/model";
import type { DailyReport, ViolationLine } from "./daily.ts";

export function renderGeoJson(report: DailyReport): string {
  const { mission, period, kind, audience, record } = report;
  return `${JSON.stringify({
    type: "FeatureCollection",
    report: kind,
    mission: mission.id,
    exercise: mission.exercise,
    audience,
    from: formatInstant(period.from),
    until: formatInstant(period.until),
    record,
    features: report.violations.map(featureOf),
  })}\n`;
}

function featureOf(line: ViolationLine): object {
  const { lon, lat, at, observer: _observer, ...rest } = line;
  return {
    type: "Feature",
    id: line.id,
    geometry: lon === undefined || lat === undefined ? null : { type: "Point", coordinates: [lon, lat] },
    properties: { at: formatInstant(at), ...rest },
  };
}
