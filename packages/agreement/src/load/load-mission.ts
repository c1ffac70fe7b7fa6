/** Reads a whole mission folder, given as texts, into a checked `Mission`. */
import type { Fault } from "@openjmc/model";
import { amendmentsFile } from "../files/amendments-file.ts";
import { checksFile } from "../files/checks-file.ts";
import { exerciseFile } from "../files/exercise-file.ts";
import { factsFile } from "../files/facts-file.ts";
import { flightsFile } from "../files/flights-file.ts";
import { gazetteerFile } from "../files/gazetteer-file.ts";
import { type InstrumentFile, instrumentFile } from "../files/instrument-file.ts";
import { missionFile } from "../files/mission-file.ts";
import { openSourceFactsFile, openSourceNamesFile } from "../files/open-source-file.ts";
import { postsFile } from "../files/posts-file.ts";
import { referencesFile } from "../files/references-file.ts";
import { rulesFile } from "../files/rules-file.ts";
import { sourcesFile } from "../files/sources-file.ts";
import { zonesFile } from "../files/zones-file.ts";
import type { Mission, MissionOptions } from "../mission.ts";
import { type MissionDocument, readMissionDocument } from "../shape/document.ts";
import type { Shape } from "../shape/shape.ts";
import { assembleMission } from "./assemble.ts";
import { checkFileNames } from "./check-file-names.ts";
import { checkPlaces } from "./check-places.ts";
import { checkReferences } from "./check-references.ts";
import { readFlights } from "./flights.ts";
import type { MissionParts, OverlayParts } from "./parts.ts";
import { readTerrain } from "./terrain.ts";
import { readMoment } from "./times.ts";
import { readZones, take } from "./zones.ts";

/** A mission, or every fault that was found. */
export type MissionResult =
  | { readonly ok: true; readonly value: Mission }
  | { readonly ok: false; readonly faults: readonly Fault[] };

type Files = ReadonlyMap<string, string>;

/**
 * Loads a mission from the texts of its folder, by path relative to the folder with `/` between names. The overlay in
 * `exercise/` is read only for an exercise. Faults name file, line, field and what was expected; all are given at once.
 */
export function loadMission(files: Files, options: MissionOptions): MissionResult {
  const faults: Fault[] = checkFileNames(files);
  const parts = readParts(files, faults);
  const overlay = options.exercise ? readOverlay(files, options, faults) : undefined;
  if (!parts || (options.exercise && !overlay)) return { ok: false, faults };
  faults.push(...checkReferences(parts, overlay));
  const mission = assembleMission(parts, overlay);
  if (parts.checks) faults.push(...checkPlaces(parts.checks, mission.view.zones, mission.view.places));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: mission };
}

function readParts(files: Files, faults: Fault[]): MissionParts | undefined {
  const mission = readFile(files, "mission.yaml", missionFile, faults);
  const zones = readFile(files, "zones.yaml", zonesFile, faults);
  const rules = readFile(files, "rules.yaml", rulesFile, faults);
  const places = readFile(files, "gazetteer.yaml", gazetteerFile, faults);
  const references = readFile(files, "references.yaml", referencesFile, faults);
  const amendments = readOptional(files, "amendments.yaml", amendmentsFile, faults);
  const facts = readOptional(files, "facts.yaml", factsFile, faults);
  const posts = readOptional(files, "posts.yaml", postsFile, faults);
  const instruments = readInstruments(files, "", faults);
  const sources = readOptional(files, "sources.yaml", sourcesFile, faults);
  const flights = readOptional(files, "flights.yaml", flightsFile, faults);
  const checks = readOptional(files, "checks.yaml", checksFile, faults);
  const openSourceNames = readOptional(files, "open-source/names.yaml", openSourceNamesFile, faults);
  const openSourceFacts = readOptional(files, "open-source/facts.yaml", openSourceFactsFile, faults);
  const terrain = readTerrain(mission, files, faults);
  const zoneVersions = zones ? readZones(zones, "", files, faults) : [];
  const notified = flights ? readFlights(flights, undefined, faults) : [];
  if (!mission || !zones || !rules || !places || !references || !instruments) return undefined;
  return {
    mission,
    zones,
    rules,
    places,
    references,
    zoneVersions,
    notified,
    instruments,
    ...(amendments ? { amendments } : {}),
    ...(facts ? { facts } : {}),
    ...(posts ? { posts } : {}),
    ...(sources ? { sources } : {}),
    ...(flights ? { flights } : {}),
    ...(checks ? { checks } : {}),
    ...(openSourceNames ? { openSourceNames } : {}),
    ...(openSourceFacts ? { openSourceFacts } : {}),
    ...(terrain ? { terrain } : {}),
  };
}

function readOverlay(files: Files, options: MissionOptions, faults: Fault[]): OverlayParts | undefined {
  const exercise = readFile(files, "exercise/exercise.yaml", exerciseFile, faults);
  const zones = readFile(files, "exercise/zones.yaml", zonesFile, faults);
  const rules = readFile(files, "exercise/rules.yaml", rulesFile, faults);
  const sources = readFile(files, "exercise/sources.yaml", sourcesFile, faults);
  const flights = readFile(files, "exercise/flights.yaml", flightsFile, faults);
  const places = readFile(files, "exercise/gazetteer.yaml", gazetteerFile, faults);
  const instruments = readInstruments(files, "exercise/", faults);
  if (!exercise || !zones || !rules || !sources || !flights || !places || !instruments) return undefined;
  const stated = take(readMoment(exercise.value.startsAt), exercise.place(["startsAt"]), faults);
  const startsAt = options.startsAt ?? stated;
  if (startsAt === undefined) return undefined;
  const zoneVersions = readZones(zones, "exercise/", files, faults);
  const notified = readFlights(flights, startsAt, faults);
  return { exercise, zones, rules, sources, flights, places, instruments, startsAt, zoneVersions, notified };
}

/** All instruments of a folder, in the order of their files' names; undefined if one of them could not be read. */
function readInstruments(files: Files, folder: string, faults: Fault[]): MissionDocument<InstrumentFile>[] | undefined {
  const inside = `${folder}instruments/`;
  const names = [...files.keys()].filter((name) => name.startsWith(inside) && name.endsWith(".yaml")).sort();
  const documents = names.map((name) => readFile(files, name, instrumentFile, faults));
  const read = documents.filter((document) => document !== undefined);
  return read.length === documents.length ? read : undefined;
}

function readOptional<T>(files: Files, name: string, shape: Shape<T>, faults: Fault[]): MissionDocument<T> | undefined {
  return files.has(name) ? readFile(files, name, shape, faults) : undefined;
}

function readFile<T>(files: Files, name: string, shape: Shape<T>, faults: Fault[]): MissionDocument<T> | undefined {
  const content = files.get(name);
  if (content !== undefined) return readMissionDocument(name, content, shape, faults);
  faults.push({
    code: "mission.file-missing",
    what: "mission folder",
    where: { file: name },
    expected: name,
    got: "nothing",
  });
  return undefined;
}
