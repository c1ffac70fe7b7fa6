/** Fields that bodies of several kinds share. */
import { COUNT_QUALIFIERS, COUNT_UNITS } from "@openjmc/model";
import type { Field, Fields } from "./shape.ts";

/** A place in a signed payload. */
export const place: Fields = {
  lon: { type: "degrees", limit: 180 },
  lat: { type: "degrees", limit: 90 },
  uncertaintyMetres: { type: "integer", least: 0, most: 200_000 },
};

/** How many of which unit, and how firmly. */
export const count: Fields = {
  number: { type: "integer", least: 0, most: 1_000_000 },
  unit: { type: "code", list: COUNT_UNITS },
  qualifier: { type: "code", list: COUNT_QUALIFIERS },
};

export const text = (most: number, least = 1) => ({ type: "text", most, least }) as const;
export const optionalText = (most: number) => ({ type: "text", most, optional: true }) as const;
export const code = (list: readonly string[]) => ({ type: "code", list }) as const;
export const language = text(8, 2);

/** What is asked of whom by when. */
export const asks: Field = {
  type: "list",
  most: 20,
  of: { type: "body", fields: { of: text(80), what: text(1_000), by: { type: "instant" } } },
};

/** Where a report came from. */
export const origin: Fields = {
  name: text(200),
  owner: optionalText(200),
  nation: optionalText(80),
  chain: optionalText(200),
  original: optionalText(200),
};
