/** The small tools behind `jmc`: standard streams in and out, exit codes as everywhere. */
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Mission, MissionResult } from "@openjmc/agreement";
import { FaultError, unwrap } from "@openjmc/model";
import { wallClock } from "../clock.ts";
import { runBackup, runDoctor, runRestore } from "../maintenance/index.ts";
import { readMission } from "../mission/read.ts";
import { parseSite } from "./decode/parse-site.ts";
import { runDecode } from "./decode.ts";
import { missionFolderOf } from "./init/flags.ts";
import { runMissionCheck } from "./mission.ts";

/** A file's bytes, or standard input. Error: `file.unreadable`. */
async function* inputOf(file: string | undefined): AsyncGenerator<Uint8Array> {
  const stream =
    file === undefined || file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    throw new FaultError({
      code: "file.unreadable",
      what: "input",
      where: { file: file ?? "-" },
      expected: "a readable file",
      cause: (error as Error).message,
    });
  }
}

export async function decode(
  format: string,
  file: string | undefined,
  flags: { readonly stats?: boolean; readonly site?: string; readonly edition?: string },
): Promise<number> {
  return runDecode({
    format,
    input: inputOf(file),
    stdout: process.stdout,
    stderr: process.stderr,
    ...(flags.stats === undefined ? {} : { stats: flags.stats }),
    ...(flags.site === undefined ? {} : { site: unwrap(parseSite(flags.site)) }),
    ...(flags.edition === undefined ? {} : { edition: flags.edition }),
  });
}

export async function track(file: string | undefined, flags: { readonly smooth?: boolean } = {}): Promise<number> {
  const { runTrack } = await import("./track.ts");
  const smooth = flags.smooth === true;
  return runTrack({ input: inputOf(file), stdout: process.stdout, stderr: process.stderr, smooth });
}

export async function locate(file: string | undefined): Promise<number> {
  const { runLocate } = await import("./locate.ts");
  return runLocate({ input: inputOf(file), stdout: process.stdout, stderr: process.stderr });
}

export async function pick(
  files: readonly string[],
  flags: {
    readonly stations?: string;
    readonly scale?: string;
    readonly weather?: string;
    readonly infrasound?: boolean;
    readonly lines?: string;
    readonly stats?: boolean;
  },
): Promise<number> {
  const { runPick } = await import("./pick.ts");
  const names = files.length === 0 ? ["-"] : files;
  return runPick({
    inputs: names.map((name) => ({ name, bytes: () => inputOf(name) })),
    stdout: process.stdout,
    stderr: process.stderr,
    ...flags,
  });
}

export async function stations(
  file: string,
  flags: { readonly seedlink?: string; readonly folder?: string; readonly operator?: string; readonly range?: string },
): Promise<number> {
  const { runStations } = await import("./stations.ts");
  return runStations({ file, stdout: process.stdout, stderr: process.stderr, ...flags });
}

export async function heights(
  files: readonly string[],
  flags: { readonly box?: string; readonly step?: string },
): Promise<number> {
  const { runHeights } = await import("./heights.ts");
  return runHeights({ files, stdout: process.stdout, stderr: process.stderr, ...flags });
}

export async function press(
  file: string | undefined,
  flags: { readonly mission?: string; readonly compare?: boolean },
): Promise<number> {
  const { runPress } = await import("./press.ts");
  const mission = unwrapMission(readMission(missionFolderOf(flags), { exercise: false }));
  const streams = { input: inputOf(file), stdout: process.stdout, stderr: process.stderr };
  return runPress({ ...streams, mission, compare: flags.compare === true });
}

/** @throws FaultError the first fault of a mission that does not hold. */
function unwrapMission(read: MissionResult): Mission {
  if (read.ok) return read.value;
  throw new FaultError(read.faults[0]!);
}

export async function missionCheck(folder: string, flags: { readonly json?: boolean }): Promise<number> {
  return runMissionCheck(
    resolve(folder),
    process.stdout,
    process.stderr,
    flags.json === undefined ? {} : { json: flags.json },
  );
}

const json = (flags: { readonly json?: boolean }) => (flags.json === undefined ? {} : { json: flags.json });

export async function doctor(
  folder: string,
  flags: { readonly json?: boolean; readonly deep?: boolean },
): Promise<number> {
  return runDoctor({
    folder: resolve(folder),
    stdout: process.stdout,
    ...json(flags),
    ...(flags.deep === undefined ? {} : { deep: flags.deep }),
  });
}

export async function backup(folder: string, target: string, flags: { readonly json?: boolean }): Promise<number> {
  return runBackup({
    folder: resolve(folder),
    target: resolve(target),
    now: wallClock().now(),
    stdout: process.stdout,
    ...json(flags),
  });
}

export async function restore(source: string, folder: string, flags: { readonly json?: boolean }): Promise<number> {
  return runRestore({ backup: resolve(source), target: resolve(folder), stdout: process.stdout, ...json(flags) });
}
