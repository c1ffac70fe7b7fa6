/** Tables that people bring, read before anything is signed: what of them can be taken, and why the rest cannot. */
import { checkTotal, previewSightings, readTally } from "@openjmc/desk";
import {
  COUNT_UNITS,
  OBSERVATION_KINDS,
  type SightingBody,
  type SightingPreview,
  type SightingRow,
  type TallyPreview,
  type TallyWord,
} from "@openjmc/model";
import { unwrap } from "@openjmc/record";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";

const LARGEST_TABLE_BYTES = 2 * 1024 * 1024;

const table = {
  type: "object",
  required: ["text"],
  additionalProperties: false,
  properties: {
    text: { type: "string", minLength: 1 },
    zone: { type: "string", pattern: "^[+-]\\d\\d:\\d\\d$", description: "Offset of times that name no zone" },
  },
} as const;

const list = {
  ...table,
  properties: {
    ...table.properties,
    words: {
      type: "array",
      maxItems: 40,
      items: {
        type: "object",
        required: ["word", "unit"],
        additionalProperties: false,
        properties: {
          word: { type: "string", minLength: 1, maxLength: 80 },
          unit: { type: "string", enum: COUNT_UNITS },
          observation: { type: "string", enum: OBSERVATION_KINDS },
        },
      },
    },
  },
} as const;

/** What a withdrawn sighting said may be said again. */
function* standing(rows: Iterable<SightingRow>): Generator<SightingBody> {
  for (const row of rows) if (row.withdrawn === undefined) yield row.body;
}

export function registerImportRoutes(app: FastifyInstance, context: ApiContext): void {
  const options = (summary: string, body: object) => ({
    config: { release: "inside" as const, rateLimit: { max: 60, timeWindow: "1 minute" } },
    bodyLimit: LARGEST_TABLE_BYTES,
    schema: { summary, tags: ["imports"], body },
  });
  app.post(
    "/api/v1/imports/sightings",
    options("Read a table of sightings: rows ready to be signed, and each refused row with its faults", table),
    async (request): Promise<SightingPreview> => {
      const { text, zone } = request.body as { text: string; zone?: string };
      return unwrap(previewSightings(text, standing(context.registrar.desk.sightings.values()), zone));
    },
  );
  app.post(
    "/api/v1/imports/lists",
    options(
      "Read a side's list: its rows in this centre's units, its sums, and each refused row with its faults",
      list,
    ),
    async (request): Promise<TallyPreview> => {
      const { text, ...more } = request.body as { text: string; zone?: string; words?: TallyWord[] };
      const { rows, refused, parts, typedTotal } = unwrap(readTally(text, more));
      const times = rows.map((row) => row.at).sort((a, b) => a - b);
      const fault = checkTotal(parts, typedTotal);
      return {
        ...{ rows: rows.length, parts, refused },
        ...(times.length === 0 ? {} : { from: times[0]!, until: times.at(-1)! }),
        ...(typedTotal === undefined ? {} : { typedTotal }),
        ...(fault === undefined ? {} : { fault }),
      };
    },
  );
}
