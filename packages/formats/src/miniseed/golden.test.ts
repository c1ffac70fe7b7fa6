import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatInstant } from "../instant.ts";
import { SHARED_DATA, sharedBytes, sharedLines } from "../testing/shared-data.ts";
import { MiniSeedFramer } from "./miniseed-framer.ts";
import { readMiniSeed } from "./read-record.ts";
import type { WaveformRecord } from "./waveform-record.ts";

const folder = join(SHARED_DATA, "seismic/mseed");
const present = existsSync(folder);
const files = present ? readdirSync(folder) : [];

/** Time as the reference writes it: no fraction, six digits or nine. */
function timeOf({ startAt, startNanoseconds }: WaveformRecord): string {
  const text = formatInstant(startAt);
  if (startNanoseconds > 0) return text.replace("Z", `${String(startNanoseconds).padStart(3, "0")}Z`);
  return text.replace(".000000Z", "Z");
}

/** What the reference tells of a record, of ours. */
function summary(record: WaveformRecord): Record<string, unknown> {
  const { samples } = record;
  const head = {
    sid: record.sourceId,
    start: timeOf(record),
    rate: record.sampleRate,
    enc: record.encoding,
    reclen: record.recordLength,
    fmt: record.version,
    pubver: record.publicationVersion,
    nsamp: record.sampleCount,
  };
  if (typeof samples === "string") return { ...head, type: "t" };
  const values = Array.from(samples);
  return {
    ...head,
    type: samples instanceof Int32Array ? "i" : samples instanceof Float32Array ? "f" : "d",
    first: values[0],
    last: values.at(-1),
    sum: values.reduce((sum, value) => sum + value, 0),
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

describe.skipIf(!present)("waveform files (needs ../shared/data/seismic)", () => {
  it.each(files)("%s equals the reference's output record by record", (file) => {
    const expected = sharedLines(`seismic/expected/${file}.jsonl`).map(
      (line) => JSON.parse(line) as Record<string, unknown>,
    );
    const found: Record<string, unknown>[] = [];
    const framer = new MiniSeedFramer();
    const sink = {
      record(bytes: Uint8Array, start: number, end: number, offset: number) {
        const record = readMiniSeed(bytes, start, end, offset);
        expect(record).toMatchObject({ ok: true });
        if (record.ok) found.push(summary(record.value));
      },
      fault: (fault: { code: string }) => expect.unreachable(fault.code),
    };
    const bytes = sharedBytes(`seismic/mseed/${file}`);
    // Cut where no record ends.
    for (let at = 0; at < bytes.length; at += 1000) framer.push(bytes.subarray(at, at + 1000), sink);
    framer.end(sink);
    expect(found).toHaveLength(expected.length);
    for (const [index, wanted] of expected.entries()) {
      for (const [name, value] of Object.entries(wanted)) {
        const ours = found[index]![name];
        // The reference writes real numbers with nine digits.
        if (wanted.type === "f" && typeof value === "number")
          expect(Math.abs((ours as number) - value)).toBeLessThanOrEqual(1e-8 * Math.abs(value));
        else expect(ours, `${name} of record ${index}`).toBe(value);
      }
    }
  });
});
