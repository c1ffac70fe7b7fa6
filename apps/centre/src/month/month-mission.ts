/** The mission that a month is played on: its exercise with the listening posts alone, each on a connection of its own. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FaultError } from "@openjmc/model";
import { parse, stringify } from "yaml";
import { readMissionFiles } from "../mission/read.ts";

const SOURCES = "exercise/sources.yaml";
const RULES = "exercise/rules.yaml";
const FLIGHTS = "exercise/flights.yaml";

interface Source {
  readonly format: string;
  readonly [name: string]: unknown;
}

/** Writes the copy. Error: `exercise.missing`: without sources of an exercise nobody listens. */
export function writeMonthMission(from: string, to: string): void {
  const files = new Map([...readMissionFiles(from)].filter(([name]) => !name.startsWith("scenarios/")));
  const text = files.get(SOURCES);
  if (text === undefined)
    throw new FaultError({
      ...{ code: "exercise.missing", what: "mission", where: { file: from } },
      expected: `${SOURCES} with listening posts`,
    });
  const { sources } = parse(text) as { readonly sources: readonly Source[] };
  files.set(SOURCES, stringify({ sources: sources.flatMap(postOf) }));
  if (files.has(FLIGHTS)) files.set(FLIGHTS, "flights: []\n");
  // The scripted officers answer what is heard; days of the agreement that come near are not theirs.
  const rules = parse(files.get(RULES) ?? "rules: []") as { readonly rules: readonly { readonly kind: string }[] };
  files.set(RULES, stringify({ ...rules, rules: rules.rules.filter(({ kind }) => kind !== "deadline") }));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), content);
  }
}

/** People stay; listening posts are reached over TCP, without passwords or gateways, so that one clock moves them all. */
function postOf(source: Source): Source[] {
  if (source.format === "sighting") return [source];
  if (source.format !== "arrivals") return [];
  return [{ ...source, link: { kind: "tcp-listener", host: "127.0.0.1", port: 0 }, authentication: "address-only" }];
}
