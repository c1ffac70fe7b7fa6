/** An alert of a node (BSI Flex 335) as the lane takes it. */
import { readLocation, readRangeBearing, type SapientAlert } from "@openjmc/formats";
import { destinationOf } from "@openjmc/geo";
import type { Instant, LonLat, SourceDescription } from "@openjmc/model";
import type { NodeAlert } from "./node-alerts.ts";
import { oneLine } from "./one-line.ts";

const SEVERITIES: Readonly<Record<string, NodeAlert["severity"]>> = {
  ALERT_TYPE_CRITICAL: "urgent",
  ALERT_TYPE_FATAL: "urgent",
  ALERT_TYPE_WARNING: "warning",
  ALERT_TYPE_ERROR: "caution",
};
/** States in which a node no longer stands by its alert. */
const OVER: ReadonlySet<unknown> = new Set(["ALERT_STATUS_CLEAR", "ALERT_STATUS_IGNORE", "ALERT_STATUS_REJECT"]);
const LONGEST_TEXT = 200;

/** Undefined where it has no name to be known by. */
export function nodeAlertOf(
  alert: SapientAlert,
  source: SourceDescription,
  at: Instant,
  heardAt: Instant,
): NodeAlert | undefined {
  const { alert_id: name, alert_type: type, status, description, confidence } = alert;
  if (name === undefined || name === "") return undefined;
  const text = oneLine(description ?? "", LONGEST_TEXT);
  const isShare = confidence !== undefined && confidence >= 0 && confidence <= 1;
  return {
    ...{ source: source.id, name, at, heardAt, isOver: OVER.has(status) },
    severity: SEVERITIES[String(type)] ?? "information",
    ...placeOf(alert, source),
    ...(text === "" ? {} : { text }),
    ...(isShare ? { confidence } : {}),
  };
}

function placeOf({ location, range_bearing: bearing }: SapientAlert, source: SourceDescription): LonLat | object {
  const place = location && readLocation(location);
  if (place) return { lon: place.longitude, lat: place.latitude };
  const seen = bearing && readRangeBearing(bearing);
  if (seen?.north !== "true" || seen.range === undefined || !(seen.range <= source.rangeMetres)) return {};
  return destinationOf(source, seen.azimuth, Math.max(0, seen.range));
}
