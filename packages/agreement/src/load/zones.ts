/** Zones: file entries and their geometry become versions that can be judged and drawn. */
import { corridorPolygon } from "@openjmc/geo";
import type { Fault, FaultPlace, Geometry, Result, ZoneVersion } from "@openjmc/model";
import { geojsonFile } from "../files/geojson-file.ts";
import type { ZoneEntry, ZonesFile, ZoneVersionEntry } from "../files/zones-file.ts";
import { type MissionDocument, readMissionDocument } from "../shape/document.ts";
import { checkGeometry } from "./geometry.ts";
import { readMoment, readPrecision } from "./times.ts";

type Files = ReadonlyMap<string, string>;

/** All versions of all zones of one file; geometry names are relative to `folder`. */
export function readZones(
  document: MissionDocument<ZonesFile>,
  folder: string,
  files: Files,
  faults: Fault[],
): ZoneVersion[] {
  const fictional = folder !== "";
  return document.value.zones.flatMap((zone, zoneIndex) =>
    zone.versions.flatMap((version, versionIndex) => {
      const path = ["zones", zoneIndex, "versions", versionIndex];
      const place = (field: string): FaultPlace => document.place([...path, field]);
      const geometry = readGeometry(version, folder + version.geometry, files, place("geometry"), faults);
      const validFrom = take(readMoment(version.validFrom), place("validFrom"), faults);
      const validUntil =
        version.validUntil === undefined
          ? undefined
          : take(readMoment(version.validUntil), place("validUntil"), faults);
      if (!geometry || validFrom === undefined) return [];
      if (validUntil !== undefined && validUntil <= validFrom) faults.push(emptySpan(place("validUntil")));
      if ((version.floorMetres ?? -1e9) >= (version.ceilingMetres ?? 1e9))
        faults.push(emptyBand(place("ceilingMetres")));
      return [zoneVersion(zone, version, geometry, validFrom, validUntil, fictional)];
    }),
  );
}

function zoneVersion(
  zone: ZoneEntry,
  version: ZoneVersionEntry,
  geometry: Geometry,
  validFrom: number,
  validUntil: number | undefined,
  fictional: boolean,
): ZoneVersion {
  const { floorMetres, ceilingMetres, altitudeReference, exemptions, heldBy } = version;
  return {
    zone: zone.id,
    version: version.version,
    kind: zone.kind,
    names: zone.names,
    geometry,
    validFrom,
    ...(validUntil === undefined ? {} : { validUntil }),
    issuer: version.issuer,
    precisionMetres: readPrecision(version.precision),
    basis: version.basis,
    ...(floorMetres === undefined ? {} : { floorMetres }),
    ...(ceilingMetres === undefined ? {} : { ceilingMetres }),
    ...(altitudeReference === undefined ? {} : { altitudeReference }),
    ...(exemptions === undefined ? {} : { exemptions }),
    ...(heldBy === undefined ? {} : { heldBy }),
    fictional,
  };
}

function readGeometry(
  version: ZoneVersionEntry,
  file: string,
  files: Files,
  place: FaultPlace,
  faults: Fault[],
): Geometry | undefined {
  const content = files.get(file);
  if (content === undefined) {
    faults.push({ code: "mission.file-missing", what: "zone geometry", where: place, expected: file, got: "nothing" });
    return undefined;
  }
  const document = readMissionDocument(file, content, geojsonFile, faults);
  if (!document) return undefined;
  const geometry = document.value.type === "Feature" ? document.value.geometry : document.value;
  const flaws = checkGeometry(geometry, file);
  faults.push(...flaws);
  if (flaws.length > 0 || version.widthMetres === undefined) return geometry;
  if (geometry.type === "LineString") return corridorPolygon(geometry.coordinates, version.widthMetres);
  faults.push({
    code: "mission.zone-not-a-line",
    what: "corridor",
    where: place,
    expected: "a LineString as centreline",
    got: geometry.type,
  });
  return undefined;
}

/** The value, or its fault put into the list with its place. */
export function take<T>(result: Result<T>, where: FaultPlace, faults: Fault[]): T | undefined {
  if (result.ok) return result.value;
  faults.push({ ...result.fault, where });
  return undefined;
}

function emptySpan(where: FaultPlace): Fault {
  return { code: "mission.span-empty", what: "validity", where, expected: "an end after the beginning" };
}

function emptyBand(where: FaultPlace): Fault {
  return { code: "mission.band-empty", what: "altitude band", where, expected: "a ceiling above the floor" };
}
