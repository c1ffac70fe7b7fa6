/** Writes the JSON Schema of mission files to `missions/schema/mission.schema.json`. Run after changing a shape. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missionSchema } from "@openjmc/agreement";

const folder = join(import.meta.dirname, "../missions/schema");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "mission.schema.json"), `${JSON.stringify(missionSchema(), undefined, 2)}\n`);
