/** `jmc track [FILE|-]`: scans of radars, one JSON object a line after a header → tracks, one line per track and scan. */
import { once } from "node:events";
import type { Writable } from "node:stream";
import { type PlaneTrack, PlaneTracker } from "@openjmc/fusion";
import { describeFault, type Fault } from "@openjmc/model";
import { linesOf } from "./locate/lines.ts";
import { createScanBuffer, parseScanLine } from "./track/scan-line.ts";
import { parseScansHeader, type ScansHeader } from "./track/scans-header.ts";

export interface TrackRun {
  readonly input: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
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
    pass = new TrackPass(header.value, run.stderr);
  }
  if (pass === undefined)
    return refuse(run, {
      code: "input.empty",
      what: "scans",
      expected: "a header and scans, one JSON object a line",
      got: "nothing",
    });
  await write(run.stdout, pass);
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
  #line = 1;
  #time = "";

  constructor(header: ScansHeader, stderr: Writable) {
    this.#header = header;
    this.#stderr = stderr;
    this.#tracker = new PlaneTracker(header.sensors);
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
    this.text +=
      `{"t":${this.#time},"id":${track.id},"x":${tenths(track.x)},"y":${tenths(track.y)},` +
      `"vx":${thousandths(track.vx)},"vy":${thousandths(track.vy)},"pxx":${tenths(track.pxx)},` +
      `"pxy":${tenths(track.pxy)},"pyy":${tenths(track.pyy)},"existence":${thousandths(track.existence)}}\n`;
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
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
