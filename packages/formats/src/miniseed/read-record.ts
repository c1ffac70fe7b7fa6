import { type Fault, fail, type Result, succeed } from "../result.ts";
import { crc32c } from "./crc32c.ts";
import { FIXED_HEADER, looksLikeVersion2, readHeader2 } from "./header-2.ts";
import { HEADER_3, lengthOfVersion3, looksLikeVersion3, readHeader3 } from "./header-3.ts";
import { readSamples } from "./read-samples.ts";
import type { WaveformHeader, WaveformRecord } from "./waveform-record.ts";

/**
 * Reads one whole record, of version 2 or 3, with its samples. Errors: `miniseed.not-a-record`, `miniseed.length-wrong`,
 * `miniseed.checksum-wrong`, `miniseed.header-wrong`, `miniseed.encoding-unknown`, `miniseed.samples-damaged`.
 * @param offset of the record, for faults.
 */
export function readMiniSeed(bytes: Uint8Array, start = 0, end = bytes.length, offset = start): Result<WaveformRecord> {
  const header = readMiniSeedHeader(bytes, start, end, offset);
  if (!header.ok) return header;
  const samples = readSamples(header.value, bytes, start);
  if ("wrong" in samples) return fail(miniSeedFault(samples.code, offset, samples.expected, samples.wrong));
  return succeed({ ...header.value, samples: samples.value });
}

/** Reads the head of one whole record alone. */
export function readMiniSeedHeader(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
  offset = start,
): Result<WaveformHeader> {
  const length = end - start;
  const version =
    length >= HEADER_3 && looksLikeVersion3(bytes, start)
      ? 3
      : length >= FIXED_HEADER && looksLikeVersion2(bytes, start)
        ? 2
        : 0;
  if (version === 0)
    return fail(miniSeedFault("not-a-record", offset, "a record of version 2 or 3", `${length} other octets`));
  if (version === 3) {
    if (lengthOfVersion3(bytes, start) !== length)
      return fail(miniSeedFault("length-wrong", offset, `${lengthOfVersion3(bytes, start)} octets`, `${length}`));
    const stated = new DataView(bytes.buffer, bytes.byteOffset + start, HEADER_3).getUint32(28, true);
    const sum = crc32c(bytes, start, end, start + 28);
    if (sum !== stated)
      return fail(miniSeedFault("checksum-wrong", offset, `CRC ${stated.toString(16)}`, sum.toString(16)));
  }
  const header = version === 3 ? readHeader3(bytes, start) : readHeader2(bytes, start, end);
  if (header === "more")
    return fail(miniSeedFault("length-wrong", offset, "blockettes within the record", `${length} octets`));
  if ("wrong" in header) return fail(miniSeedFault("header-wrong", offset, header.wrong, "another"));
  if (header.recordLength !== length)
    return fail(miniSeedFault("length-wrong", offset, `${header.recordLength} octets`, `${length}`));
  return succeed(header);
}

export function miniSeedFault(code: string, offset: number, expected: string, got: string): Fault {
  return { code: `miniseed.${code}`, what: "read a waveform record", where: { offset }, expected, got };
}
