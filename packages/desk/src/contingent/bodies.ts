/** Field tables of what a contingent's speakers declare. */
import type { Field, Fields } from "../shape.ts";

const text = (most: number, least = 1): Field => ({ type: "text", most, least });
const number: Field = { type: "integer", least: 0, most: 1_000_000 };
const place: Fields = {
  lon: { type: "degrees", limit: 180 },
  lat: { type: "degrees", limit: 90 },
  uncertaintyMetres: { type: "integer", least: 0, most: 200_000 },
};

export const CONTINGENT_BODIES: Readonly<Record<string, Fields>> = {
  "strength.declared": {
    provision: text(80),
    by: text(40),
    from: { type: "instant" },
    until: { type: "instant", optional: true },
    post: { type: "text", most: 64, optional: true },
    counts: { type: "list", of: { type: "body", fields: { what: text(120), number } }, most: 40, least: 1 },
    note: text(4_000, 0),
  },
  "post.declared": {
    name: text(120),
    by: text(40),
    place: { type: "body", fields: place },
    from: { type: "instant" },
    until: { type: "instant", optional: true },
  },
  "rotation.declared": {
    provision: text(80),
    by: text(40),
    at: { type: "instant" },
    what: text(120),
    left: number,
    came: number,
    note: text(4_000, 0),
  },
};
