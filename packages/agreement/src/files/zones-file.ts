/** `zones.yaml`: zones in versions, their geometry in GeoJSON files beside it. */
import { decimal, flag, list, record, type ShapeType, text, whole, word } from "../shape/shape.ts";
import { code, heightReference, moment, names, precision, told } from "./common.ts";

export const ZONE_KINDS = [
  "contact-line",
  "corridor",
  "buffer",
  "separation",
  "limitation",
  "withdrawal-line",
  "no-fly",
  "disengagement",
  "ceasefire-area",
  "area-of-responsibility",
  "handover",
] as const;

const zoneVersion = record(
  "one version of a zone",
  {
    version: whole("rises with each change", 1),
    geometry: text("GeoJSON file within the mission's folder", "\\.geojson$"),
    validFrom: moment,
    issuer: text("who drew or stated it"),
    precision,
    basis: told("what the drawing rests on"),
  },
  {
    validUntil: moment,
    widthMetres: decimal("the geometry is a centreline, and the zone this wide", 1),
    floorMetres: decimal("lower edge of the altitude band"),
    ceilingMetres: decimal("upper edge of the altitude band"),
    altitudeReference: heightReference,
    exemptions: list(
      record(
        "who may fly there without notice",
        { what: told("who, and why") },
        {
          icao: text("address, hexadecimal", "^[0-9A-Fa-f]{6}$"),
          callsign: text("beginning of the callsign"),
          serial: text("serial number that the aircraft tells of itself"),
        },
      ),
    ),
    heldBy: code,
    open: list(told("what is not known of this version")),
  },
);

export const zonesFile = record("zones in versions", {
  zones: list(
    record(
      "a zone",
      { id: code, kind: word(ZONE_KINDS), names, versions: list(zoneVersion, "its versions", 1) },
      { fictional: flag("made up for an exercise"), provision: code },
    ),
  ),
});
export type ZonesFile = ShapeType<typeof zonesFile>;
export type ZoneEntry = ZonesFile["zones"][number];
export type ZoneVersionEntry = ZoneEntry["versions"][number];
