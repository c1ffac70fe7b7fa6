/** The mission that a scenario is played on: its own texts, and of the exercise's overlay no more than the scenario needs. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ScenarioFile } from "@openjmc/agreement";
import { FaultError } from "@openjmc/model";
import { parse, stringify } from "yaml";
import { readMissionFiles } from "../mission/read.ts";

const SOURCES = "exercise/sources.yaml";
const SETTINGS = "mission.yaml";

/** Without it nothing is heard or seen in the scenario: what happens is stated by people. */
const BARE: Readonly<Record<string, string>> = {
  "exercise/zones.yaml": "zones: []\n",
  "exercise/rules.yaml": "rules: []\n",
  [SOURCES]: "sources: []\n",
  "exercise/flights.yaml": "flights: []\n",
  "exercise/gazetteer.yaml": "places: []\n",
};

interface Source {
  readonly id: string;
  readonly format: string;
  readonly [name: string]: unknown;
}

/** Writes the copy. Errors: `exercise.missing`: without an overlay nobody is named who could play; `exercise.station-unknown`. */
export function copyMission(
  from: string,
  to: string,
  { without = [], sound, settings }: Pick<ScenarioFile, "without" | "sound" | "settings">,
): void {
  if (!existsSync(join(from, "exercise/exercise.yaml")))
    throw new FaultError({
      ...{ code: "exercise.missing", what: "mission", where: { file: from } },
      expected: "exercise/exercise.yaml, which names the officers who play",
    });
  const isKept = (name: string): boolean =>
    !name.startsWith("scenarios/") &&
    !without.includes(name) &&
    (sound !== undefined || !name.startsWith("exercise/") || name === "exercise/exercise.yaml");
  const files = new Map([...readMissionFiles(from)].filter(([name]) => isKept(name)));
  if (sound === undefined) for (const [name, text] of Object.entries(BARE)) files.set(name, text);
  else {
    files.set(SOURCES, stationsOf(files.get(SOURCES) ?? "sources: []", sound.stations));
    files.set("exercise/flights.yaml", "flights: []\n");
  }
  if (settings) files.set(SETTINGS, stringify({ ...(parse(files.get(SETTINGS)!) as object), ...settings }));
  for (const [name, text] of files) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), text);
  }
}

/** People stay; of the stations those that are named, over TCP and without passwords or gateways, so that one clock moves them. */
function stationsOf(text: string, stations: readonly string[]): string {
  const { sources } = parse(text) as { readonly sources: readonly Source[] };
  const missing = stations.filter((id) => !sources.some((source) => source.id === id && source.format === "arrivals"));
  if (missing.length > 0)
    throw new FaultError({
      ...{ code: "exercise.station-unknown", what: "scenario", where: { field: "sound.stations" } },
      ...{ expected: "acoustic stations of the exercise", got: missing.join(", ") },
    });
  const standing = sources.filter(({ id, format }) => format === "sighting" || stations.includes(id));
  return stringify({ sources: standing.map(plain) });
}

function plain(source: Source): Source {
  if (source.format === "sighting") return source;
  return { ...source, link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 }, authentication: "address-only" };
}
