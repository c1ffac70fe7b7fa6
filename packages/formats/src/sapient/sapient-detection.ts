import { present } from "../present.ts";
import type { SapientDetectionReport, SapientMessage, SapientRegistration } from "./messages.ts";
import { readLocation, readRangeBearing, type SapientBearing, type SapientPosition } from "./sapient-place.ts";

/** A node's detection in the project's units: a place or a bearing, never both. */
export interface SapientDetection {
  readonly nodeId: string;
  readonly reportId: string;
  readonly objectId: string;
  /** µs since 1970 by the node's clock. */
  readonly at: number;
  readonly position?: SapientPosition;
  readonly bearing?: SapientBearing;
  /** Metres per second. */
  readonly velocity?: { readonly east: number; readonly north: number; readonly up?: number };
  /** 0 to 1. */
  readonly confidence?: number;
  readonly classes: readonly { readonly type: string; readonly confidence?: number }[];
  readonly state?: string;
  /** Identity that the object itself tells, such as a registration mark. */
  readonly identity?: string;
}

const KILOMETRES_PER_HOUR = 1 / 3.6;

/**
 * The detection in a message; undefined where it holds none, or one without identity or a place that can be read.
 * @param registration of the node, which says in what unit it tells speeds; metres per second without it.
 */
export function sapientDetection(
  message: SapientMessage,
  registration?: SapientRegistration,
): SapientDetection | undefined {
  const { detection_report: report, node_id: nodeId, timestamp: at } = message;
  if (report === undefined || nodeId === undefined || at === undefined) return undefined;
  const { report_id: reportId, object_id: objectId } = report;
  const position = report.location && readLocation(report.location);
  const bearing = report.range_bearing && readRangeBearing(report.range_bearing);
  if (reportId === undefined || objectId === undefined || (position ?? bearing) === undefined) return undefined;
  return present<SapientDetection>({
    nodeId,
    reportId,
    objectId,
    at,
    position,
    bearing,
    velocity: readVelocity(report, registration),
    confidence: report.detection_confidence,
    classes: (report.classification ?? []).map(({ type, confidence }) =>
      present<{ type: string; confidence?: number }>({ type: type ?? "", confidence }),
    ),
    state: report.state,
    identity: report.id,
  });
}

function readVelocity(
  { enu_velocity: velocity }: SapientDetectionReport,
  registration: SapientRegistration | undefined,
) {
  if (velocity?.east_rate === undefined || velocity.north_rate === undefined) return undefined;
  const units = registration?.mode_definition
    ?.flatMap((mode) => mode.detection_definition ?? [])
    .find((definition) => definition.velocity_type?.enu_velocity_units !== undefined)
    ?.velocity_type?.enu_velocity_units;
  const flat = units?.east_north_rate_units === "SPEED_UNITS_KPH" ? KILOMETRES_PER_HOUR : 1;
  const upright =
    (units?.up_rate_units ?? units?.east_north_rate_units) === "SPEED_UNITS_KPH" ? KILOMETRES_PER_HOUR : 1;
  return present<{ east: number; north: number; up?: number }>({
    east: velocity.east_rate * flat,
    north: velocity.north_rate * flat,
    up: velocity.up_rate === undefined ? undefined : velocity.up_rate * upright,
  });
}
