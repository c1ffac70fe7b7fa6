/**
 * Metadata packets (MISB ST 0601) fully decoded per second on one core, by the functions the feed uses: a stream in,
 * checksums tried, every item of every packet in a filled report. Each pass folds all of them and must give the checksum
 * of the run whose items were compared with the reference's output. No peer installs from npm: the reference figure is
 * klvdata's 6,100 packets a second.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KlvFramer, type KlvSink, UAS_ITEM_COUNT, UasDecoder, UasReport } from "@openjmc/formats";
import { FieldChecksum, type FormatBench, measure } from "./formats-measure.ts";

const shared = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");
const stream = join(shared, "data/klv/Cheyenne.bin");
const expected = join(shared, "data/klv/Cheyenne.jsonl");
const REFERENCE = 6_100;

/** Undefined where the recording is absent. */
export function run(seconds = 5): FormatBench | undefined {
  if (!existsSync(stream)) return undefined;
  const bytes = readFileSync(stream);
  const golden = checkedPass(bytes);
  const value = measure(seconds, () => {
    const { packets, checksum } = pass(bytes, true);
    if (checksum !== golden) throw new Error(`checksum ${checksum} of a timed pass, ${golden} of the golden one`);
    return packets;
  });
  const withoutChecksum = measure(seconds, () => pass(bytes, false).packets);
  return {
    name: "MISB ST 0601: stream to items, one core",
    value: Math.round(value),
    withoutChecksum: Math.round(withoutChecksum),
    unit: "packets/s",
    reference: REFERENCE,
    ratio: withoutChecksum / REFERENCE,
    checksum: golden,
  };
}

const decoder = new UasDecoder();
const report = new UasReport();

class Pass implements KlvSink {
  readonly checksum = new FieldChecksum();
  readonly #folding: boolean;
  packets = 0;

  constructor(folding: boolean) {
    this.#folding = folding;
  }

  packet(bytes: Uint8Array, start: number, end: number): void {
    if (decoder.decode(bytes, start, end, report) !== "decoded") throw new Error("a packet was refused");
    this.packets += 1;
    if (this.#folding) fold(this.checksum);
  }

  fault(fault: { code: string }): void {
    throw new Error(fault.code);
  }
}

/** Every item: its value or text; the octets of what is nested. */
function fold(checksum: FieldChecksum): void {
  for (let index = 0; index < report.count; index += 1) {
    const item = report.items[index]!;
    checksum.word(item);
    const text = item < UAS_ITEM_COUNT ? report.texts[item] : undefined;
    if (text !== undefined) checksum.text(text);
    else if (item < UAS_ITEM_COUNT && !Number.isNaN(report.values[item]!)) checksum.number(report.values[item]!);
    else
      for (let at = 0; at < report.lengths[index]!; at += 1) checksum.word(report.bytes[report.starts[index]! + at]!);
  }
}

function pass(bytes: Uint8Array, folding: boolean): { packets: number; checksum: string } {
  const sink = new Pass(folding);
  new KlvFramer().push(bytes, sink);
  return { packets: sink.packets, checksum: sink.checksum.value };
}

/** One pass whose every number and text is compared with the reference's output. */
function checkedPass(bytes: Uint8Array): string {
  const lines = readFileSync(expected, "utf8").trim().split("\n");
  const sink = new Pass(true);
  new KlvFramer().push(bytes, {
    packet(buffer, start, end) {
      const wanted = JSON.parse(lines[sink.packets]!).md as Record<string, string[]>;
      sink.packet(buffer, start, end);
      for (const [item, fields] of Object.entries(wanted)) {
        const text = fields[3]!;
        const ours = report.texts[Number(item)] ?? report.values[Number(item)]!;
        const isTime = item === "2" || item === "72";
        const isSame =
          typeof ours === "string" ? ours === text : isTime || Math.abs(ours - Number(text)) <= 1e-9 * Math.abs(ours);
        if (item !== "1" && text !== "" && !isSame)
          throw new Error(`packet ${sink.packets}, item ${item}: ${ours} instead of ${text}`);
      }
    },
    fault: (fault) => sink.fault(fault),
  });
  if (sink.packets !== lines.length) throw new Error(`${sink.packets} packets instead of ${lines.length}`);
  return sink.checksum.value;
}

if (import.meta.main) console.log(JSON.stringify(run() ?? { skipped: `${stream} is absent` }));
