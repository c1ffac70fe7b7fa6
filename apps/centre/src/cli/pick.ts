/** `jmc pick FILE…`: waveforms → arrivals, one JSON object a line. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Writable } from "node:stream";
import { type BlockSidecar, decodeSidecar } from "@openjmc/formats";
import { bad, describeFault, type Fault, good, type Result } from "@openjmc/model";
import { mergeBlocks, type NamedInput } from "./pick/merge-blocks.ts";
import { PickBook, type PickWeather } from "./pick/pick-book.ts";
import { type PickSites, readSites } from "./pick/sites.ts";

export interface PickRun {
  readonly inputs: readonly { readonly name: string; readonly bytes: () => AsyncIterable<Uint8Array> }[];
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** A StationXML file. */
  readonly stations?: string;
  readonly scale?: string;
  readonly weather?: string;
  readonly infrasound?: boolean;
  readonly lines?: string;
  readonly stats?: boolean;
}

interface Settings {
  readonly sites?: PickSites;
  readonly scale?: number;
  readonly weather?: PickWeather;
  readonly lines: "locate" | "station";
}

const UNREADABLE = 2;

/**
 * Picks all files, their blocks in order of time. What cannot be read is told on stderr and counted, and the rest goes on; arrivals
 * are written in order of time once all is read.
 * @returns the exit status: 0, or 2 where the options are wrong or nothing could be picked from.
 */
export async function runPick(run: PickRun): Promise<number> {
  const settings = settingsOf(run);
  if (!settings.ok) return refuse(run, settings.fault);
  const { sites, scale, lines, weather } = settings.value;
  const faults: Record<string, number> = {};
  const onFault = (fault: Fault, file?: string): void => {
    faults[fault.code] = (faults[fault.code] ?? 0) + 1;
    run.stderr.write(`${describeFault(file === undefined ? fault : { ...fault, where: { file, ...fault.where } })}\n`);
  };
  for (const fault of sites?.faults ?? []) onFault(fault, run.stations);
  const book = new PickBook({
    isInfrasound: run.infrasound === true,
    onFault,
    ...(sites === undefined ? {} : { sites }),
    ...(scale === undefined ? {} : { scale }),
  });
  const inputs = run.inputs.flatMap((input): NamedInput[] => {
    const sidecar = sidecarOf(input.name);
    if (sidecar?.ok !== false) return [{ ...input, ...(sidecar === undefined ? {} : { sidecar: sidecar.value }) }];
    onFault(sidecar.fault, input.name);
    return [];
  });
  for await (const block of mergeBlocks(inputs, onFault)) book.take(block);
  book.finish();
  for (const line of lines === "locate" ? book.locateLines(sites!, weather) : book.stationLines())
    if (!run.stdout.write(`${line}\n`)) await once(run.stdout, "drain");
  if (run.stats === true)
    run.stderr.write(
      `${JSON.stringify({ picks: book.count, samples: book.samples, faults, stations: book.stats() })}\n`,
    );
  return book.samples === 0 && Object.keys(faults).length > 0 ? UNREADABLE : 0;
}

function settingsOf(run: PickRun): Result<Settings> {
  const sites = run.stations === undefined ? undefined : sitesOf(run.stations);
  if (sites?.ok === false) return sites;
  const scale = run.scale === undefined ? undefined : Number(run.scale);
  if (scale !== undefined && !(scale > 0)) return bad(wrong("--scale", "a number above nought", run.scale!));
  const weather = run.weather === undefined ? undefined : run.weather.split(",").map(Number);
  if (weather !== undefined && (weather.length !== 3 || !weather.every(Number.isFinite)))
    return bad(wrong("--weather", "degrees Celsius, wind to the east, wind to the north", run.weather!));
  const lines = run.lines ?? (sites === undefined ? "station" : "locate");
  if (lines !== "locate" && lines !== "station") return bad(wrong("--lines", "locate or station", lines));
  if (lines === "locate" && sites === undefined)
    return bad(wrong("--lines", "--stations beside it: a locator must know where the stations are", lines));
  return good({
    lines,
    ...(sites === undefined ? {} : { sites: sites.value }),
    ...(scale === undefined ? {} : { scale }),
    ...(weather === undefined
      ? {}
      : { weather: { celsius: weather[0]!, windEast: weather[1]!, windNorth: weather[2]! } }),
  });
}

function sitesOf(file: string): Result<PickSites> {
  try {
    return readSites(readFileSync(file));
  } catch (error) {
    const cause = (error as Error).message;
    return bad({ code: "file.unreadable", what: "stations", where: { file }, expected: "a StationXML file", cause });
  }
}

/** A WAV file's sidecar lies beside it; where there is none, the file says so when it turns out to be one. */
function sidecarOf(name: string): Result<BlockSidecar> | undefined {
  if (!/\.wav$/i.test(name)) return undefined;
  for (const file of [`${name}.json`, name.replace(/\.wav$/i, ".json")]) {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch {
      continue;
    }
    return decodeSidecar(text);
  }
  return undefined;
}

function wrong(option: string, expected: string, got: string): Fault {
  return { code: "option.wrong", what: "jmc pick", where: { field: option }, expected, got: got.slice(0, 64) };
}

function refuse(run: PickRun, fault: Fault): number {
  run.stderr.write(`${describeFault(fault)}\n`);
  return UNREADABLE;
}
