import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missionSchema } from "./schema.ts";

test("the published schema is the one that the loader checks by (scripts/publish-mission-schema.ts writes it)", () => {
  const file = join(import.meta.dirname, "../../../missions/schema/mission.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(missionSchema())));
});
