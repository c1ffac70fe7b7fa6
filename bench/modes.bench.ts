/**
 * Mode S frames fully decoded per second on one core, by the functions the feed uses: Beast bytes in, filled reports
 * out. Only frames that fill a report are counted; repeats within 0.3 s cost time and count nothing. `value` folds every
 * field of every report into a checksum inside the timed loop, and each pass must give the checksum of the run whose
 * output was compared with the golden SBS-1 lines. `withoutChecksum` is the same work without the folding, and that
 * is set against the npm package mode-s-decoder on the same frames, already cut out of the stream for it.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  AircraftReport,
  BeastFramer,
  encodeBeast,
  encodeSbs,
  type FrameSink,
  ModeSDecoder,
  type RawFrame,
  reportToSbs,
} from "@openjmc/formats";
import { type FormatBench, measure } from "./formats-measure.ts";
import { ReportChecksum } from "./report-checksum.ts";

const shared = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");
const capture = join(shared, "data/adsb/ulss7-1522782148.beast");
const golden = join(shared, "data/adsb/beast_decoded_sbs.txt");
const SECONDS = 5;

/** Undefined where the capture is absent. */
export function run(seconds = SECONDS): FormatBench | undefined {
  if (!existsSync(capture)) return undefined;
  const frames = distinctFrames();
  const stream = Buffer.concat(
    frames.map((frame) => encodeBeast({ bytes: frame.bytes, ticks: frame.ticks, signal: 0 })),
  );
  const expected = checkedPass(stream);
  const value = measure(seconds, () => {
    const { decoded, checksum } = pass(stream);
    if (checksum !== expected) throw new Error(`checksum ${checksum} of a timed pass, ${expected} of the golden one`);
    return decoded;
  });
  const withoutChecksum = measure(seconds, () => pass(stream, false).decoded);
  const reference = measureReference(
    frames.map((frame) => frame.bytes),
    seconds,
  );
  return {
    name: "Mode S: Beast bytes to filled reports, one core",
    value: Math.round(value),
    withoutChecksum: Math.round(withoutChecksum),
    unit: "frames/s",
    reference: Math.round(reference),
    ratio: withoutChecksum / reference,
    checksum: expected,
  };
}

/** The capture's Mode S frames, each once: it holds every one twice. Mode A/C frames, which decode to nothing, are left out. */
function distinctFrames(): { bytes: Uint8Array; ticks: number }[] {
  const frames = new Map<string, { bytes: Uint8Array; ticks: number }>();
  const sink: FrameSink = {
    frame(frame) {
      if (frame.length === 2) return;
      const bytes = frame.bytes.slice(frame.start, frame.start + frame.length);
      frames.set(`${Buffer.from(bytes).toString("hex")} ${frame.ticks}`, { bytes, ticks: frame.ticks });
    },
    fault(fault) {
      throw new Error(fault.code);
    },
  };
  new BeastFramer().push(readFileSync(capture), sink);
  return [...frames.values()];
}

class Pass implements FrameSink {
  readonly checksum = new ReportChecksum();
  readonly decoder = new ModeSDecoder();
  readonly report = new AircraftReport();
  readonly #folding: boolean;
  decoded = 0;

  constructor(folding: boolean) {
    this.#folding = folding;
  }

  frame(frame: Readonly<RawFrame>): void {
    const at = Math.round(frame.ticks / 12);
    if (this.decoder.decode(frame.bytes, frame.start, frame.length, at, this.report) !== "decoded") return;
    this.decoded += 1;
    if (this.#folding) this.checksum.fold(this.report);
  }

  fault(): void {
    throw new Error("the stream is intact");
  }
}

function pass(stream: Uint8Array, folding = true): { decoded: number; checksum: string } {
  const sink = new Pass(folding);
  new BeastFramer().push(stream, sink);
  return { decoded: sink.decoded, checksum: sink.checksum.value };
}

/** One pass whose every line is looked up among the golden ones; gives its checksum. */
function checkedPass(stream: Uint8Array): string {
  const sink = new Pass(true);
  const known = new Set(
    readFileSync(golden, "utf8")
      .split(/\r?\n/)
      .map((line) => identifying(line.split(","))),
  );
  new BeastFramer().push(stream, {
    frame(frame) {
      const before = sink.decoded;
      sink.frame(frame);
      const message = sink.decoded > before ? reportToSbs(sink.report) : undefined;
      if (message === undefined) return;
      const line = identifying(encodeSbs(message).split(","));
      if (!known.has(line)) throw new Error(`not among the golden lines: ${line}`);
    },
    fault: () => sink.fault(),
  });
  return sink.checksum.value;
}

/** Type, address, callsign, altitude, vertical rate and Mode A code of an SBS-1 line. */
function identifying(fields: readonly string[]): string {
  const code = fields[1] === "6" ? (fields[17] ?? "").padStart(4, "0") : fields[17];
  return [fields[1], fields[4], fields[10]?.trim(), fields[11], fields[16], code].join();
}

function measureReference(frames: readonly Uint8Array[], seconds: number): number {
  const Decoder = createRequire(import.meta.url)("mode-s-decoder") as new () => {
    parse(bytes: Uint8Array): { icao: number };
  };
  const decoder = new Decoder();
  let sum = 0;
  const rate = measure(seconds, () => {
    for (const frame of frames) sum = (sum + decoder.parse(frame).icao) | 0;
    return frames.length;
  });
  if (sum === 0) throw new Error("the reference decoded nothing");
  return rate;
}

if (import.meta.main) console.log(JSON.stringify(run() ?? { skipped: `${capture} is absent` }));
