/** A mission of the test's own: the project's first one, with its sensors elsewhere. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceDescription } from "@openjmc/model";
import { parse, stringify } from "yaml";

const MISSIONS = join(import.meta.dirname, "../../missions");

/** Copies a mission without its exercise, moves its map and gives it these sources; `more` is put into mission.yaml. */
export function missionWith(
  folder: string,
  centre: { readonly lon: number; readonly lat: number },
  sources: readonly SourceDescription[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const names = readdirSync(MISSIONS).sort();
  const from = join(MISSIONS, names.find((name) => existsSync(join(MISSIONS, name, "mission.yaml")))!);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== "exercise") cpSync(join(from, name), join(folder, name), { recursive: true });
  }
  const file = join(folder, "mission.yaml");
  const mission = parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(file, stringify({ ...mission, map: { ...centre, zoom: 8 }, ...more }));
  writeFileSync(join(folder, "sources.yaml"), stringify({ sources }));
  return folder;
}

/** Copies a mission with its exercise, and gives the exercise these sources besides its own. */
export function exerciseWith(folder: string, more: readonly SourceDescription[]): string {
  const name = readdirSync(MISSIONS)
    .sort()
    .find((each) => existsSync(join(MISSIONS, each, "exercise/sources.yaml")));
  cpSync(join(MISSIONS, name!), folder, { recursive: true });
  const file = join(folder, "exercise/sources.yaml");
  const { sources } = parse(readFileSync(file, "utf8")) as { readonly sources: readonly SourceDescription[] };
  writeFileSync(file, stringify({ sources: [...sources, ...more] }));
  return folder;
}

/** Folder of the project's first mission. */
export function firstMission(): string {
  const names = readdirSync(MISSIONS).sort();
  return join(MISSIONS, names.find((name) => existsSync(join(MISSIONS, name, "mission.yaml")))!);
}
