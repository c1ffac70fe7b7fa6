/**
 * ASTERIX CAT048 records fully decoded per second on one core, by the functions the feed uses: data blocks in, every
 * field of every record in the standard's units on the tape, a report in SI filled from it. `value` folds every field
 * into a checksum inside the timed loop; each pass must give the checksum of the run whose records were compared
 * with the expected ones. No peer installs from npm: the reference figures are jASTERIX's 52,000 records a second
 * and Croatia Control's 30,000, both to JSON.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AsterixDecoder,
  AsterixFramer,
  type AsterixRecord,
  AsterixReport,
  type AsterixSink,
  EditionCatalogue,
  fillAsterixReport,
} from "@openjmc/formats";
import { type FormatBench, measure } from "./formats-measure.ts";
import { TapeChecksum } from "./tape-checksum.ts";

const shared = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");
const capture = join(shared, "data/asterix/cat_034_048.pcap");
const expected = join(shared, "data/asterix/expected/cat_034_048.jsonl");
const CATEGORY = 48;
const REFERENCE = 52_000;
const SECONDS = 5;

/** Undefined where the capture is absent. */
export function run(seconds = SECONDS): FormatBench | undefined {
  if (!existsSync(capture)) return undefined;
  const blocks = blocksOf(CATEGORY);
  const golden = checkedPass(blocks);
  const value = measure(seconds, () => {
    const { records, checksum } = pass(blocks, true);
    if (checksum !== golden) throw new Error(`checksum ${checksum} of a timed pass, ${golden} of the golden one`);
    return records;
  });
  const withoutChecksum = measure(seconds, () => pass(blocks, false).records);
  return {
    name: "ASTERIX CAT048: blocks to fields and reports, one core",
    value: Math.round(value),
    withoutChecksum: Math.round(withoutChecksum),
    unit: "records/s",
    reference: REFERENCE,
    ratio: withoutChecksum / REFERENCE,
    checksum: golden,
  };
}

/** All blocks of a category in the capture, one behind the other, ten times over so that a pass is worth its start. */
function blocksOf(category: number): Uint8Array {
  const catalogue = new EditionCatalogue();
  const found: Uint8Array[] = [];
  const sink = {
    blocks(bytes: Uint8Array, start: number, end: number) {
      // A datagram may hold blocks of several categories.
      for (let at = start, next = at; at < end; at = next) {
        next = at + (bytes[at + 1]! << 8) + bytes[at + 2]!;
        if (bytes[at] === category) found.push(bytes.slice(at, next));
      }
    },
    fault: (fault: { code: string }) => {
      throw new Error(fault.code);
    },
  };
  const framer = new AsterixFramer((code) => catalogue.knows(code));
  framer.push(readFileSync(capture), sink);
  framer.end(sink);
  return Buffer.concat(Array.from({ length: 10 }, () => found).flat());
}

class Pass implements AsterixSink {
  readonly checksum = new TapeChecksum();
  readonly report = new AsterixReport();
  readonly #folding: boolean;
  records = 0;
  sum = 0;

  constructor(folding: boolean) {
    this.#folding = folding;
  }

  record(record: AsterixRecord): void {
    this.records += 1;
    fillAsterixReport(record, 1_462_406_400_000_000, this.report);
    if (!Number.isNaN(this.report.range)) this.sum += this.report.range;
    if (this.#folding) this.checksum.fold(record);
  }

  fault(fault: { code: string }): void {
    throw new Error(fault.code);
  }
}

const decoder = new AsterixDecoder();

function pass(blocks: Uint8Array, folding: boolean): { records: number; checksum: string } {
  const sink = new Pass(folding);
  decoder.decode(blocks, 0, blocks.length, 0, sink);
  if (!(sink.sum > 0)) throw new Error("no ranges were decoded");
  return { records: sink.records, checksum: sink.checksum.value };
}

/** One pass whose source, time, place and identity are compared with the expected records. */
function checkedPass(blocks: Uint8Array): string {
  const lines = readFileSync(expected, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  const records = lines.filter(({ cat }) => cat === CATEGORY).map(({ CAT048 }) => CAT048);
  const sink = new Pass(true);
  let index = 0;
  decoder.decode(blocks, 0, blocks.length, 0, {
    record(record) {
      sink.record(record);
      const wanted = records[index % records.length];
      const items = record.toObject() as Record<string, Record<string, unknown>>;
      const ours = [items["010"]?.SAC, items["010"]?.SIC, items["140"], items["070"]?.MODE3A, items["090"]?.FL];
      const theirs = [wanted.I010?.SAC, wanted.I010?.SIC, wanted.I140?.ToD, wanted.I070?.Mode3A, wanted.I090?.FL];
      if (JSON.stringify(ours) !== JSON.stringify(theirs))
        throw new Error(`record ${index}: ${ours} instead of ${theirs}`);
      index += 1;
    },
    fault: (fault) => sink.fault(fault),
  });
  return sink.checksum.value;
}

if (import.meta.main) console.log(JSON.stringify(run() ?? { skipped: `${capture} is absent` }));
