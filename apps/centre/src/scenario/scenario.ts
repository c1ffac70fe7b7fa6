/** A scripted mission from its founding to its archives: a real centre, both components' processes, a clock that jumps. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ScenarioFile, ScenarioLink, ScenarioStep } from "@openjmc/agreement";
import { FaultError, type Instant, parseInstant } from "@openjmc/model";
import type { Centre } from "../centre.ts";
import { ADDRESSES_FILE } from "../escalation/addresses.ts";
import { estimateOf } from "../exercise/weather.ts";
import { pathsOf } from "../folder/index.ts";
import type { FoundingTerms } from "../founding/genesis.ts";
import { readPredecessor, successionTerms } from "../founding/predecessor.ts";
import { readMission } from "../mission/read.ts";
import { Mirrors, mirrorFolders, mirrorTerms } from "./mirrors.ts";
import { copyMission } from "./mission-copy.ts";
import { NightWatch, nightOf } from "./night.ts";
import { type PlayedStep, playStep, type Stage } from "./play.ts";
import { foundTheatre, inTheatre, signerFolders, type Theatre, type TheatreOptions } from "./theatre.ts";

export interface ScenarioOptions {
  readonly scenario: ScenarioFile;
  /** One way in which it goes on behind the steps; without it they are all. */
  readonly variant?: string;
  readonly missionFolder: string;
  /** Folder in which everything is made; the centre is `centre` in it. */
  readonly folder: string;
  /** The line between the components' processes and the centre. */
  readonly link?: ScenarioLink | undefined;
  readonly onStep: (step: PlayedStep) => void;
  /** Lets somebody else do what the script has an officer do, or look at what stands there now. */
  readonly direct?: Direction;
  readonly consoleFolder?: string;
}

/** How somebody takes part in a scenario: told of the stage before the first step, asked before each. */
export interface Direction {
  readonly opened?: (theatre: Theatre, stage: Stage) => Promise<void>;
  readonly players?: (players: Stage["players"]) => Stage["players"];
  readonly played?: (step: PlayedStep, stage: Stage) => Promise<void>;
}

export interface PlayedScenario {
  readonly steps: readonly PlayedStep[];
  readonly entries: number;
  /** Folder of the centre, which is stopped. */
  readonly centre: string;
}

const ORIGIN = "exercise.scenario";

/** Errors (thrown): those of founding and opening, `officer.unknown`. What is not as the scenario says is told by step. */
export async function playScenario(options: ScenarioOptions): Promise<PlayedScenario> {
  const { scenario, folder } = options;
  const startsAt = instantOf(scenario.startsAt);
  const mission = join(folder, "mission");
  copyMission(options.missionFolder, mission, scenario);
  const centre = join(folder, "centre");
  const steps = stepsOf(options);
  const hasMirrors = steps.some((step) => step.mirrors !== undefined);
  const terms = hasMirrors ? mirrorTerms(centre, ORIGIN, mission) : {};
  await foundTheatre({ folder: centre, missionFolder: mission, origin: ORIGIN, startsAt, terms });
  writeTokens(centre, scenario.recipients ?? {});
  const until = instantOf(scenario.sound?.until ?? steps.at(-1)!.at);
  const place = { folder: centre, mission, startsAt, until, hasMirrors };
  const played = await onStage(place, options, (stage) => playAll(stage, steps, options));
  const notes = scenario.annotations ?? [];
  if (notes.length === 0) return { ...played, centre };
  const noted = await annotate(centre, mission, options);
  return { ...played, steps: [...played.steps, ...noted.steps], centre };
}

/** Recipients who come with their token find their feed: as the operator would write it into the file of addresses. */
function writeTokens(centre: string, tokens: Readonly<Record<string, string>>): void {
  if (Object.keys(tokens).length === 0) return;
  const hashed = Object.entries(tokens).map(([recipient, token]) => {
    return [recipient, { capTokenSha256: createHash("sha256").update(token).digest("hex") }] as const;
  });
  const file = join(pathsOf(centre).keys, ADDRESSES_FILE);
  writeFileSync(file, JSON.stringify({ recipients: Object.fromEntries(hashed) }), { mode: 0o600 });
}

/** Errors (thrown): `scenario.variant`. */
function stepsOf({ scenario, variant }: ScenarioOptions): readonly ScenarioStep[] {
  if (variant === undefined) return scenario.steps;
  const found = scenario.variants?.find(({ id }) => id === variant);
  if (found) return [...scenario.steps, ...found.steps];
  throw new FaultError({
    ...{ code: "scenario.variant", what: "scenario", where: { field: "variants" }, got: variant },
    expected: scenario.variants?.map(({ id }) => id).join(", ") ?? "a scenario with variants",
  });
}

/** What is said after the end stands in a log of annotations that succeeds the closed record. */
async function annotate(centre: string, mission: string, options: ScenarioOptions) {
  const notes = options.scenario.annotations!;
  const folder = join(options.folder, "annotations");
  const startsAt = instantOf(notes[0]!.at);
  const terms: Omit<FoundingTerms, "exercise"> = { purpose: "annotations", succeeds: await succession(centre) };
  takeKeysAlong(signerFolders(centre, mission), signerFolders(folder, mission));
  const origin = `${ORIGIN}.annotations`;
  await foundTheatre({ folder, missionFolder: mission, origin, startsAt, terms, predecessor: centre });
  const place = { folder, mission, startsAt, until: startsAt, hasMirrors: false };
  const { sound: _sound, ...silent } = options.scenario;
  return onStage(place, { ...options, scenario: silent }, (stage) => playAll(stage, notes, options));
}

/** The components keep their keys; receipts of the closed log stay with it. */
function takeKeysAlong(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): void {
  for (const [component, folder] of from)
    cpSync(folder, to.get(component)!, { recursive: true, filter: (path) => basename(path) !== "receipts" });
}

async function succession(centre: string): Promise<NonNullable<FoundingTerms["succeeds"]>> {
  const reason = "The record is closed; what is said of it afterwards stands here.";
  return successionTerms(await readPredecessor(centre), { reason, acceptsUnsealed: true });
}

interface Place {
  readonly folder: string;
  readonly mission: string;
  readonly startsAt: Instant;
  readonly until: Instant;
  readonly hasMirrors: boolean;
}

async function onStage(
  { folder, mission, startsAt, until, hasMirrors }: Place,
  { scenario: { sound, recipients = {} }, link, direct, consoleFolder }: ScenarioOptions,
  play: (stage: Stage) => Promise<readonly PlayedStep[]>,
): Promise<{ readonly steps: readonly PlayedStep[]; readonly entries: number }> {
  const night = sound && nightOf(sound, missionOf(mission), startsAt);
  const more: TheatreOptions = {
    ...(night ? { weather: estimateOf(night.weatherAt(startsAt)) } : {}),
    ...(consoleFolder === undefined ? {} : { consoleFolder }),
    link,
  };
  return inTheatre(
    { folder, missionFolder: mission, startsAt },
    async (theatre) => {
      const { centre, players, clock } = theatre;
      const watch = night && (await NightWatch.open({ centre, clock, folder }, night, sound!, until));
      const mirrors = hasMirrors ? Mirrors.start(centre, folder, clock) : undefined;
      try {
        const stage: Stage = {
          ...{ url: centre.url, tokens: recipients, saved: new Map(), peoplesEntries: () => peoplesEntries(centre) },
          players: direct?.players?.(players) ?? players,
          advance: async (to) => {
            await (watch ? watch.advance(to, () => mirrors?.tellClock(clock)) : clock.moveTo(to));
            mirrors?.tellClock(clock);
          },
          filesWith: (texts) =>
            filesWith([folder, ...signerFolders(folder, mission).values(), ...mirrorFolders(folder, mission)], texts),
          mirrored: async (kinds) => mirrors?.entriesOf(kinds, () => centre.registrar.size) ?? [],
        };
        await direct?.opened?.(theatre, stage);
        const steps = await play(stage);
        return { steps, entries: centre.registrar.size };
      } finally {
        await watch?.stop();
        await mirrors?.stop();
      }
    },
    more,
  );
}

function missionOf(folder: string) {
  const mission = readMission(folder, { exercise: true });
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  return mission.value.view;
}

function filesWith(folders: readonly string[], texts: readonly string[]): readonly string[] {
  const patterns = texts.flatMap((text) => ["-e", text]);
  const { stdout } = spawnSync("grep", ["-rlF", ...patterns, ...folders], { encoding: "utf8" });
  return stdout.split("\n").filter(Boolean);
}

function peoplesEntries({ registrar }: Centre): number {
  return [...registrar.desk.life.actedAt.values()].reduce((sum, times) => sum + times.length, 0);
}

async function playAll(
  stage: Stage,
  steps: ScenarioFile["steps"],
  { onStep, direct }: ScenarioOptions,
): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = [];
  for (const step of steps) {
    const result = await playStep(stage, step);
    played.push(result);
    onStep(result);
    await direct?.played?.(result, stage);
  }
  return played;
}

function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new FaultError(parsed.fault);
  return parsed.value;
}
