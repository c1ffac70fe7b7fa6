/** The mission that a scenario is played on: its own texts without the exercise's fictional zones, flights and sources. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FaultError } from "@openjmc/model";
import { readMissionFiles } from "../mission/read.ts";

const EMPTY: Readonly<Record<string, string>> = {
  "exercise/zones.yaml": "zones: []\n",
  "exercise/rules.yaml": "rules: []\n",
  "exercise/sources.yaml": "sources: []\n",
  "exercise/flights.yaml": "flights: []\n",
  "exercise/gazetteer.yaml": "places: []\n",
};

/** Writes the copy. Error: `exercise.missing`: without an overlay nobody is named who could play. */
export function copyMission(from: string, to: string, without: readonly string[]): void {
  if (!existsSync(join(from, "exercise/exercise.yaml")))
    throw new FaultError({
      ...{ code: "exercise.missing", what: "mission", where: { file: from } },
      expected: "exercise/exercise.yaml, which names the officers who play",
    });
  const files = new Map(
    [...readMissionFiles(from)].filter(
      ([name]) =>
        (!name.startsWith("exercise/") || name === "exercise/exercise.yaml") &&
        !name.startsWith("scenarios/") &&
        !without.includes(name),
    ),
  );
  for (const [name, text] of [...files, ...Object.entries(EMPTY)]) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), text);
  }
}
