import type { SapientLocation, SapientRegistration, SapientTask } from "./messages.ts";

/** What a node is asked to watch: when, and where if that is told. Times in µs since 1970, degrees of WGS 84. */
export interface SapientWatch {
  /** ULID: the same when it is asked again or called off. */
  readonly id: string;
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly place?: { readonly longitude: number; readonly latitude: number };
}

/** The standard holds names to this. */
const LONGEST_NAME = 100;
/** An area of interest about a place, in degrees of latitude: half its side, some five hundred metres. */
const HALF_SIDE = 0.0045;
const DEGREE = Math.PI / 180;

/**
 * The task by which a node watches (BSI Flex 335, task): it looks at the place where it has said that it can be told to, else the place
 * is an area of interest; without a place it is asked to watch as it does.
 */
export function watchTask(watch: SapientWatch, registration: SapientRegistration): SapientTask & { task_id: string } {
  const { id, name, from, until, place } = watch;
  const common = {
    ...{ task_id: id, task_name: name.slice(0, LONGEST_NAME), control: "CONTROL_START" as const },
    ...{ task_start_time: from, task_end_time: until },
  };
  if (!place) return { ...common, command: { request: "Start" } };
  const point = locationOf(place.longitude, place.latitude);
  if (looksWhereTold(registration))
    return { ...common, command: { look_at: { location_list: { locations: [point] } } } };
  return {
    ...common,
    region: [
      {
        ...{ type: "REGION_TYPE_AREA_OF_INTEREST" as const, region_id: id, region_name: name.slice(0, LONGEST_NAME) },
        region_area: { location_list: { locations: squareAbout(place.longitude, place.latitude) } },
      },
    ],
  };
}

/** Calls a watch off. */
export function endWatchTask(id: string): SapientTask & { task_id: string } {
  return { task_id: id, control: "CONTROL_STOP" };
}

function looksWhereTold({ mode_definition }: SapientRegistration): boolean {
  return (mode_definition ?? []).some(({ task }) =>
    (task?.command ?? []).some(({ type }) => type === "COMMAND_TYPE_LOOK_AT"),
  );
}

function squareAbout(longitude: number, latitude: number): SapientLocation[] {
  const across = HALF_SIDE / Math.max(0.01, Math.cos(latitude * DEGREE));
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const;
  return corners.map(([east, north]) => locationOf(longitude + east * across, latitude + north * HALF_SIDE));
}

function locationOf(longitude: number, latitude: number): SapientLocation {
  return {
    ...{ x: longitude, y: latitude },
    coordinate_system: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
    datum: "LOCATION_DATUM_WGS84_E",
  };
}
