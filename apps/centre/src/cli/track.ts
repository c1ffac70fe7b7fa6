/** `jmc track [FILE|-]`: scans of radars, one JSON object a line after a header → tracks, one line per track and scan. */
import { once } from "node:events";
import type { Writable } from "node:stream";
import { PLANE_TRACKER_OPTIONS, type PlaneTrack, PlaneTracker } from "@openjmc/fusion";
import { describeFault, type Fault } from "@openjmc/model";
import { linesOf } from "./locate/lines.ts";
import { createScanBuffer, parseScanLine } from "./track/scan-line.ts";
import { parseScansHeader, type ScansHeader } from "./track/scans-header.ts";

export interface TrackRun {
  readonly input: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Tells whole courses once the input has ended, each plot weighed with those before and after it, instead of scan by scan. */
  readonly smooth?: boolean;
}

const UNREADABLE = 2;
/** Characters collected before they are written. */
const CHUNK = 1 << 16;

/**
 * Tracks the whole input, scan by scan as it comes: what is told at a scan's time rests on nothing later. A bad line is reported
 * on stderr with its number and counted, and the rest goes on.
 * @returns the exit status: 0, or 2 where the header or every line could not be read.
 */
export async function runTrack(run: TrackRun): Promise<number> {
  let pass: TrackPass | undefined;
  for await (const line of linesOf(run.input)) {
    if (pass !== undefined) {
      pass.scan(line);
      if (pass.text.length > CHUNK) await write(run.stdout, pass);
      continue;
    }
    const header = parseScansHeader(line);
    if (!header.ok) return refuse(run, header.fault);
    pass = new TrackPass(header.value, run.stderr, run.smooth === true);
  }
  if (pass === undefined)
    return refuse(run, {
      code: "input.empty",
      what: "scans",
      expected: "a header and scans, one JSON object a line",
      got: "nothing",
    });
  await write(run.stdout, pass);
  if (run.smooth) await writeSmoothed(run.stdout, pass);
  return pass.good === 0 && pass.bad > 0 ? UNREADABLE : 0;
}

/** One file's scans on their way through the tracker. */
class TrackPass {
  good = 0;
  bad = 0;
  text = "";
  readonly #header: ScansHeader;
  readonly #stderr: Writable;
  readonly #tracker: PlaneTracker;
  readonly #buffer = createScanBuffer();
  readonly #smooth: boolean;
  readonly #existence = new Map<number, number>();
  #line = 1;
  #time = "";

  constructor(header: ScansHeader, stderr: Writable, smooth: boolean) {
    this.#header = header;
    this.#stderr = stderr;
    this.#smooth = smooth;
    this.#tracker = new PlaneTracker(header.sensors, PLANE_TRACKER_OPTIONS, smooth);
  }

  scan(line: string): void {
    this.#line++;
    const scan = parseScanLine(line, this.#line, this.#header, this.#buffer);
    if (!scan.ok) {
      this.bad++;
      this.#stderr.write(`${describeFault(scan.fault)}\n`);
      return;
    }
    this.good++;
    const { sensor, at, ranges, azimuths, count } = scan.value;
    this.#tracker.scan(sensor, at, ranges, azimuths, count);
    this.#time = JSON.stringify(at);
    this.#tracker.tell(at, this.#tell);
  }

  readonly #tell = (track: Readonly<PlaneTrack>): void => {
    if (!this.#smooth) this.text += lineOf(this.#time, track);
    else this.#existence.set(track.id, Math.max(track.existence, this.#existence.get(track.id) ?? 0));
  };

  /** One course after the other, as lines of text; existence is the highest that the track ever had. */
  *courses(): Generator<string> {
    for (const { id, points } of this.#tracker.smoothed()) {
      const existence = this.#existence.get(id)!;
      yield points
        .map(({ at, moments }) => lineOf(JSON.stringify(at), { id, existence, ...placeOf(moments) }))
        .join("");
    }
  }
}

function placeOf(moments: Float64Array): Omit<PlaneTrack, "id" | "existence" | "nis"> {
  const [x, y, vx, vy, pxx, pxy, , , pyy] = moments as unknown as FirstMoments;
  return { x, y, vx, vy, pxx, pxy, pyy };
}

type FirstMoments = readonly [number, number, number, number, number, number, number, number, number];

function lineOf(time: string, track: Omit<PlaneTrack, "nis">): string {
  return (
    `{"t":${time},"id":${track.id},"x":${tenths(track.x)},"y":${tenths(track.y)},` +
    `"vx":${thousandths(track.vx)},"vy":${thousandths(track.vy)},"pxx":${tenths(track.pxx)},` +
    `"pxy":${tenths(track.pxy)},"pyy":${tenths(track.pyy)},"existence":${thousandths(track.existence)}}\n`
  );
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

async function writeSmoothed(stdout: Writable, pass: TrackPass): Promise<void> {
  for (const course of pass.courses()) if (!stdout.write(course)) await once(stdout, "drain");
}

async function write(stdout: Writable, pass: TrackPass): Promise<void> {
  const { text } = pass;
  pass.text = "";
  if (text !== "" && !stdout.write(text)) await once(stdout, "drain");
}

function refuse(run: TrackRun, fault: Fault): number {
  run.stderr.write(`${describeFault(fault)}\n`);
  return UNREADABLE;
}
