/**
 * SAPIENT detections fully decoded per second on one core, by the functions the feed uses: a connection's bytes in, every field
 * of the message in an object, the detection in the project's units beside. Each pass folds every field and must give the
 * checksum of the run whose message was compared with the expected one. No peer installs from npm: the reference figure is that of
 * Python's protobuf, 402,000 detections a second, which leaves them in its own memory.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  decodeSapient,
  SapientFramer,
  type SapientMessage,
  type SapientSink,
  sapientDetection,
} from "@openjmc/formats";
import { FieldChecksum, type FormatBench, measure } from "./formats-measure.ts";

const shared = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");
const file = join(shared, "data/sapient/golden_v2/detection.bin");
const expected = join(shared, "data/sapient/golden_v2/detection.json");
const REFERENCE = 402_000;
const MESSAGES = 1000;

/** Undefined where the sample is absent. */
export function run(seconds = 5): FormatBench | undefined {
  if (!existsSync(file)) return undefined;
  const message = readFileSync(file);
  const stream = Buffer.concat(Array.from({ length: MESSAGES }, () => message));
  const golden = checkedPass(stream);
  const value = measure(seconds, () => {
    const { messages, checksum } = pass(stream, true);
    if (checksum !== golden) throw new Error(`checksum ${checksum} of a timed pass, ${golden} of the golden one`);
    return messages;
  });
  const withoutChecksum = measure(seconds, () => pass(stream, false).messages);
  return {
    name: "SAPIENT: connection to detections, one core",
    value: Math.round(value),
    withoutChecksum: Math.round(withoutChecksum),
    unit: "detections/s",
    reference: REFERENCE,
    ratio: withoutChecksum / REFERENCE,
    checksum: golden,
  };
}

class Pass implements SapientSink {
  readonly checksum = new FieldChecksum();
  readonly #folding: boolean;
  messages = 0;
  last: SapientMessage | undefined;

  constructor(folding: boolean) {
    this.#folding = folding;
  }

  message(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const decoded = decodeSapient(bytes.subarray(start, end), "2", offset);
    if (!decoded.ok) throw new Error(decoded.fault.code);
    const detection = sapientDetection(decoded.value.message);
    if (detection === undefined) throw new Error("no detection");
    this.last = decoded.value.message;
    this.messages += 1;
    if (this.#folding) fold(this.checksum, [decoded.value.message, detection]);
  }

  fault(fault: { code: string }): void {
    throw new Error(fault.code);
  }
}

/** Every name, number and text inside a value. */
function fold(checksum: FieldChecksum, value: unknown): void {
  if (typeof value === "number") checksum.number(value);
  else if (typeof value === "string") checksum.text(value);
  else if (typeof value === "object" && value !== null)
    for (const name in value) {
      checksum.text(name);
      fold(checksum, (value as Record<string, unknown>)[name]);
    }
}

function pass(stream: Uint8Array, folding: boolean) {
  const sink = new Pass(folding);
  new SapientFramer().push(stream, sink);
  return { messages: sink.messages, checksum: sink.checksum.value };
}

function checkedPass(stream: Uint8Array): string {
  const wanted = JSON.parse(readFileSync(expected, "utf8")) as { detection_report: unknown };
  const sink = new Pass(true);
  new SapientFramer().push(stream, {
    message(...place) {
      sink.message(...place);
      if (JSON.stringify(sink.last!.detection_report) !== JSON.stringify(wanted.detection_report))
        throw new Error("not the expected detection");
    },
    fault: (fault) => sink.fault(fault),
  });
  if (sink.messages !== MESSAGES) throw new Error(`${sink.messages} messages instead of ${MESSAGES}`);
  return sink.checksum.value;
}

if (import.meta.main) console.log(JSON.stringify(run() ?? { skipped: `${file} is absent` }));
