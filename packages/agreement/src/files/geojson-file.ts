/** GeoJSON (RFC 7946) as zones use it: one feature or bare geometry, of one of four types. */
import type { Geometry } from "@openjmc/model";
import type { JsonSchema, Shape } from "../shape/shape.ts";

const point: JsonSchema = {
  type: "array",
  description: "longitude, latitude",
  prefixItems: [
    { type: "number", minimum: -360, maximum: 360 },
    { type: "number", minimum: -90, maximum: 90 },
  ],
  minItems: 2,
  maxItems: 2,
};
const line: JsonSchema = { type: "array", items: point, minItems: 2 };
const ring: JsonSchema = { type: "array", items: point, minItems: 4 };
const polygon: JsonSchema = { type: "array", items: ring, minItems: 1 };

function geometry(type: string, coordinates: JsonSchema): JsonSchema {
  return {
    type: "object",
    properties: { type: { type: "string", const: type }, coordinates },
    required: ["type", "coordinates"],
  };
}

const anyGeometry: JsonSchema = {
  anyOf: [
    geometry("Polygon", polygon),
    geometry("MultiPolygon", { type: "array", items: polygon, minItems: 1 }),
    geometry("LineString", line),
    geometry("Point", point),
  ],
};

const feature: JsonSchema = {
  type: "object",
  properties: { type: { type: "string", const: "Feature" }, properties: { type: "object" }, geometry: anyGeometry },
  required: ["type", "geometry"],
};

/** A file of one feature, or of one bare geometry. */
export const geojsonFile: Shape<Geometry | { readonly type: "Feature"; readonly geometry: Geometry }> = {
  schema: { anyOf: [feature, ...anyGeometry.anyOf!] },
};
