/** `gazetteer.yaml`: places with a neutral code and each party's own name. */
import { list, record, type ShapeType, table, text, whole } from "../shape/shape.ts";
import { code, latitude, longitude, names } from "./common.ts";

export const gazetteerFile = record("places", {
  places: list(
    record(
      "a place",
      { code, lon: longitude, lat: latitude, names },
      {
        partyNames: table(text("name that the party uses"), "names by party"),
        uncertaintyMetres: whole("how far the position may be wrong", 0),
        note: text("what must be said about it"),
      },
    ),
  ),
});
export type GazetteerFile = ShapeType<typeof gazetteerFile>;
