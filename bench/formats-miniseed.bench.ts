/**
 * miniSEED records (version 2, Steim 2) fully decoded per second on one core, by the functions the feed uses: a file in,
 * heads read, samples decompressed and tried against the last. Each pass folds head and samples and must give the checksum of the
 * run whose records were compared with the reference's output. No peer loads in Node: the reference figure is libmseed's
 * 293,000 records a second (82 million samples a second).
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MiniSeedFramer, type MiniSeedSink, readMiniSeed, type WaveformRecord } from "@openjmc/formats";
import { FieldChecksum, type FormatBench, measure } from "./formats-measure.ts";

const shared = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");
const name = "CH.BALST..LHE.D.2025.314";
const file = join(shared, "data/seismic/mseed", name);
const expected = join(shared, "data/seismic/expected", `${name}.jsonl`);
const REFERENCE = 293_000;

export interface MiniSeedBench extends FormatBench {
  readonly samplesPerSecond: number;
}

/** Undefined where the file is absent. */
export function run(seconds = 5): MiniSeedBench | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const golden = checkedPass(bytes);
  const value = measure(seconds, () => {
    const { records, checksum } = pass(bytes, true);
    if (checksum !== golden.checksum)
      throw new Error(`checksum ${checksum} of a timed pass, ${golden.checksum} of the golden one`);
    return records;
  });
  const withoutChecksum = measure(seconds, () => pass(bytes, false).records);
  return {
    name: "miniSEED: file to heads and samples, one core",
    value: Math.round(value),
    withoutChecksum: Math.round(withoutChecksum),
    samplesPerSecond: Math.round((withoutChecksum * golden.samples) / golden.records),
    unit: "records/s",
    reference: REFERENCE,
    ratio: withoutChecksum / REFERENCE,
    checksum: golden.checksum,
  };
}

class Pass implements MiniSeedSink {
  readonly checksum = new FieldChecksum();
  readonly #folding: boolean;
  records = 0;
  samples = 0;
  last: WaveformRecord | undefined;

  constructor(folding: boolean) {
    this.#folding = folding;
  }

  record(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const read = readMiniSeed(bytes, start, end, offset);
    if (!read.ok) throw new Error(read.fault.code);
    this.last = read.value;
    this.records += 1;
    this.samples += read.value.sampleCount;
    if (this.#folding) fold(this.checksum, read.value);
  }

  fault(fault: { code: string }): void {
    throw new Error(fault.code);
  }
}

function fold(checksum: FieldChecksum, record: WaveformRecord): void {
  checksum.text(record.sourceId);
  for (const number of [
    record.startAt,
    record.sampleRate,
    record.sampleCount,
    record.encoding,
    record.publicationVersion,
  ])
    checksum.number(number);
  const samples = record.samples as Int32Array;
  for (let index = 0; index < samples.length; index += 1) checksum.word(samples[index]!);
}

function pass(bytes: Uint8Array, folding: boolean) {
  const sink = new Pass(folding);
  new MiniSeedFramer().push(bytes, sink);
  return { records: sink.records, samples: sink.samples, checksum: sink.checksum.value };
}

function checkedPass(bytes: Uint8Array) {
  const lines = readFileSync(expected, "utf8").trim().split("\n");
  const sink = new Pass(true);
  new MiniSeedFramer().push(bytes, {
    record(...place) {
      sink.record(...place);
      const wanted = JSON.parse(lines[sink.records - 1]!) as Record<string, unknown>;
      const { sourceId, sampleCount, samples } = sink.last!;
      const values = samples as Int32Array;
      const ours = [sourceId, sampleCount, values[0], values.at(-1), values.reduce((sum, value) => sum + value, 0)];
      const theirs = [wanted.sid, wanted.nsamp, wanted.first, wanted.last, wanted.sum];
      if (ours.join() !== theirs.join()) throw new Error(`record ${sink.records}: ${ours} instead of ${theirs}`);
    },
    fault: (fault) => sink.fault(fault),
  });
  if (sink.records !== lines.length) throw new Error(`${sink.records} records instead of ${lines.length}`);
  return { records: sink.records, samples: sink.samples, checksum: sink.checksum.value };
}

if (import.meta.main) console.log(JSON.stringify(run() ?? { skipped: `${file} is absent` }));
