/** The published JSON Schema of mission files: the very shapes that the loader checks by. */
import { amendmentsFile } from "./files/amendments-file.ts";
import { checksFile } from "./files/checks-file.ts";
import { exerciseFile } from "./files/exercise-file.ts";
import { factsFile } from "./files/facts-file.ts";
import { flightsFile } from "./files/flights-file.ts";
import { gazetteerFile } from "./files/gazetteer-file.ts";
import { geojsonFile } from "./files/geojson-file.ts";
import { instrumentFile } from "./files/instrument-file.ts";
import { missionFile } from "./files/mission-file.ts";
import { postsFile } from "./files/posts-file.ts";
import { referencesFile } from "./files/references-file.ts";
import { rulesFile } from "./files/rules-file.ts";
import { scenarioFile } from "./files/scenario-file.ts";
import { sourcesFile } from "./files/sources-file.ts";
import { zonesFile } from "./files/zones-file.ts";
import type { JsonSchema } from "./shape/shape.ts";

/** A JSON Schema (draft 2020-12) with one definition per kind of file, as `#/$defs/zones`. */
export interface MissionSchema {
  readonly $schema: string;
  readonly $id: string;
  readonly title: string;
  readonly anyOf: readonly { readonly $ref: string }[];
  readonly $defs: Readonly<Record<string, JsonSchema>>;
}

/** Makes the schema; `missions/schema/mission.schema.json` holds it. */
export function missionSchema(): MissionSchema {
  const $defs = {
    mission: missionFile.schema,
    zones: zonesFile.schema,
    rules: rulesFile.schema,
    gazetteer: gazetteerFile.schema,
    references: referencesFile.schema,
    instrument: instrumentFile.schema,
    amendments: amendmentsFile.schema,
    facts: factsFile.schema,
    posts: postsFile.schema,
    sources: sourcesFile.schema,
    flights: flightsFile.schema,
    checks: checksFile.schema,
    exercise: exerciseFile.schema,
    geometry: geojsonFile.schema,
    scenario: scenarioFile.schema,
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:openjmc:mission:1",
    title: "Files of an OpenJMC mission",
    anyOf: Object.keys($defs).map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs,
  };
}
