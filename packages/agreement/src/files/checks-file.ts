/** `checks.yaml`: what must hold of the mission's own drawings, so that an edited sketch cannot silently lose its meaning. */
import { decimal, list, record, type ShapeType, text, whole, word } from "../shape/shape.ts";
import { code } from "./common.ts";

const placeCheck = record(
  "where a place of the gazetteer lies",
  {
    place: code,
    zone: code,
    version: whole("version of the zone", 1),
    lies: word(["inside", "outside", "undetermined"], "with the zone's precision taken into account"),
  },
  { because: text("why it must") },
);

const overlapCheck = record("how well a sketch fits an outline in the data kept beside the project", {
  zone: code,
  version: whole("version of the zone", 1),
  file: text("GeoJSON file within that data"),
  feature: text("id of the feature"),
  name: text("name of the feature, since ids are not always unique"),
  sharedAtLeast: decimal("common area over united area", 0, 1),
});

export const checksFile = record(
  "what must hold",
  { places: list(placeCheck, "places") },
  { overlaps: list(overlapCheck, "outlines; looked at by the project's tests only") },
);
export type ChecksFile = ShapeType<typeof checksFile>;
