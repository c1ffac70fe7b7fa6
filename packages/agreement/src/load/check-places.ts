/** Holds a mission's drawings to its own `checks.yaml`. */
import { prepareArea } from "@openjmc/geo";
import type { Fault, Place, ZoneVersion } from "@openjmc/model";
import type { ChecksFile } from "../files/checks-file.ts";
import type { MissionDocument } from "../shape/document.ts";

type PlaceCheck = ChecksFile["places"][number];

/** Faults: `mission.reference-unknown`, `mission.place-misplaced`. */
export function checkPlaces(
  checks: MissionDocument<ChecksFile>,
  zones: readonly ZoneVersion[],
  places: readonly Place[],
): Fault[] {
  return checks.value.places.flatMap((check, index) => {
    const zone = zones.find((one) => one.zone === check.zone && one.version === check.version);
    const place = places.find((one) => one.code === check.place);
    if (!zone || !place) {
      const where = checks.place(["places", index, place ? "zone" : "place"]);
      const got = place ? `${check.zone} version ${check.version}` : check.place;
      return [
        { code: "mission.reference-unknown", what: "reference", where, expected: "a zone and a place that exist", got },
      ];
    }
    const lies = whereItLies(zone, place);
    if (lies === check.lies) return [];
    const where = checks.place(["places", index, "lies"]);
    return [{ code: "mission.place-misplaced", what: sayCheck(check), where, expected: check.lies, got: lies }];
  });
}

/** Inside or outside for sure, or closer to the drawn edge than its precision. */
export function whereItLies(zone: ZoneVersion, place: { lon: number; lat: number }): PlaceCheck["lies"] {
  const distance = prepareArea(zone.geometry).signedDistanceMetres(place.lon, place.lat);
  if (Math.abs(distance) < zone.precisionMetres) return "undetermined";
  return distance < 0 ? "inside" : "outside";
}

function sayCheck({ place, zone, version }: PlaceCheck): string {
  return `${place} in ${zone} version ${version}`;
}
