/** A misspelt file name would be passed over in silence: every file of a mission must be one that somebody reads. */
import type { Fault } from "@openjmc/model";
import { TERRAIN_FILE } from "./terrain.ts";

const BASE = [
  "mission",
  "zones",
  "rules",
  "gazetteer",
  "references",
  "amendments",
  "facts",
  "posts",
  "sources",
  "flights",
  "checks",
  "open-source/names",
  "open-source/facts",
];
const OVERLAY = ["exercise", "zones", "rules", "gazetteer", "sources", "flights"];

/** Faults: `mission.file-unknown`. Scenario files are read by their own player. */
export function checkFileNames(files: ReadonlyMap<string, string>): Fault[] {
  return [...files.keys()]
    .filter((name) => !isKnown(name))
    .map((name) => ({
      code: "mission.file-unknown",
      what: "mission folder",
      where: { file: name },
      expected: `one of ${[...BASE, ...OVERLAY.map((one) => `exercise/${one}`)].map((one) => `${one}.yaml`).join(", ")}, ${TERRAIN_FILE}, or a file in instruments/, zones/, scenarios/`,
      got: name,
    }));
}

function isKnown(name: string): boolean {
  if (name.startsWith("scenarios/") || name === TERRAIN_FILE) return true;
  const overlay = name.startsWith("exercise/");
  const rest = overlay ? name.slice("exercise/".length) : name;
  if (/^instruments\/[^/]+\.yaml$/.test(rest) || /^zones\/[^/]+\.geojson$/.test(rest)) return true;
  return rest.endsWith(".yaml") && (overlay ? OVERLAY : BASE).includes(rest.slice(0, -".yaml".length));
}
