import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { encodeAllCall, encodeArrival, encodeBeast, encodeIdentification } from "@openjmc/formats";
import { describe, expect, it } from "vitest";
import { parseSite } from "./decode/parse-site.ts";
import { runDecode } from "./decode.ts";

class Collector extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
  get lines(): Record<string, unknown>[] {
    return this.text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

async function* chunks(bytes: Uint8Array, size = 100): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function decode(format: string, input: AsyncIterable<Uint8Array>, stats = true) {
  const stdout = new Collector({ highWaterMark: 64 });
  const stderr = new Collector();
  const status = await runDecode({ format, input, stdout, stderr, stats });
  return { status, stdout, stderr };
}

const beast = (bytes: Uint8Array, ticks: number) => encodeBeast({ bytes, ticks, signal: 100 });

describe("jmc decode", () => {
  it("writes a line a message, complains of bad ones by byte offset, and goes on", async () => {
    const good = beast(encodeIdentification({ icao: 0xabcdef, callsign: "TEST1" }), 12_000_000);
    const bad = good.slice();
    bad[12]! ^= 1;
    const next = beast(encodeAllCall({ icao: 0xabcdef }), 24_000_000);
    const { status, stdout, stderr } = await decode("beast", chunks(Buffer.concat([good, bad, good, next]), 7));
    expect(status).toBe(0);
    expect(stdout.lines).toMatchObject([
      { offset: 0, kind: "identification", icao: "abcdef", callsign: "TEST1", ticks: 12_000_000 },
      { offset: 2 * good.length + bad.length, kind: "all-call" },
    ]);
    const complaints = stderr.text.trim().split("\n");
    expect(complaints[0]).toContain(`byte ${good.length}`);
    expect(JSON.parse(complaints.at(-1)!)).toMatchObject({
      format: "beast",
      records: 2,
      faults: 1,
      decoded: 2,
      duplicate: 1,
      "bad-parity": 1,
      faultsByCode: { "modes.parity-wrong": 1 },
    });
  });

  it("names line and offset of a bad station line", async () => {
    const line = encodeArrival({ kind: "heartbeat", station: "S1", sequence: 1, boot: 1, at: 0, noiseDecibels: 30 });
    const text = `${line}\n\n{"v":1}\n${line}\n`;
    const { stdout, stderr } = await decode("arrivals", chunks(new TextEncoder().encode(text), 11), false);
    expect(stdout.lines).toHaveLength(2);
    expect(stderr.text).toMatch(new RegExp(`line 3.*byte ${line.length + 2}`));
  });

  it("passes over what is no text", async () => {
    const { stdout, stderr } = await decode("sbs", chunks(Buffer.from([0xff, 0xfe, 0x0a])), false);
    expect(stdout.text).toBe("");
    expect(stderr.text).toContain("sbs.not-text");
  });

  it("ends with status 2 for an unknown format, an unreadable input, and an input of which nothing can be read", async () => {
    expect(await decode("morse", chunks(new Uint8Array(0)))).toMatchObject({ status: 2 });
    expect(await decode("beast", chunks(new Uint8Array(500).fill(9)))).toMatchObject({ status: 2 });
    // biome-ignore lint/correctness/useYield: an input that fails at once yields nothing.
    const broken = (async function* (): AsyncGenerator<Uint8Array> {
      throw new Error("the disk is gone");
    })();
    const { status, stderr } = await decode("beast", broken);
    expect(status).toBe(2);
    expect(stderr.text).toContain("the disk is gone");
  });

  it("reads a site, and refuses what is none", () => {
    expect(parseSite("40.1, 44.5,1000")).toEqual({
      ok: true,
      value: { latitude: 40.1, longitude: 44.5, height: 1000 },
    });
    for (const text of ["", "40,44", "91,0,0", "0,181,0", "a,b,c", "1,2,3,4"]) expect(parseSite(text).ok).toBe(false);
  });
});

const capture = join(
  process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../../../../shared"),
  "data/adsb/ulss7-1522782148.beast",
);

describe.skipIf(!existsSync(capture))(`jmc decode beast on a capture (needs ${capture})`, () => {
  it("decodes each frame once and leaves nothing uncounted", async () => {
    const { stdout, stderr } = await decode("beast", chunks(readFileSync(capture), 65_536));
    const stats = JSON.parse(stderr.text) as Record<string, number>;
    expect(stats.frames).toBe(13_954);
    expect(stats.decoded! + stats.duplicate! + stats["mode-ac"]! + stats["unknown-address"]!).toBe(13_954);
    expect(stdout.lines).toHaveLength(stats.decoded!);
    expect(new Set(stdout.lines.map((line) => line.icao)).size).toBe(11);
  });
});
