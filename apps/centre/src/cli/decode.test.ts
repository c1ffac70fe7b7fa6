import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import {
  EditionCatalogue,
  encodeAllCall,
  encodeArrival,
  encodeBeast,
  encodeBlock,
  encodeIdentification,
  encodeRecord,
} from "@openjmc/formats";
import { describe, expect, it } from "vitest";
import { parseSite } from "./decode/parse-site.ts";
import type { DecodeOptions } from "./decode/stream-decoder.ts";
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

async function decode(format: string, input: AsyncIterable<Uint8Array>, stats = true, options: DecodeOptions = {}) {
  const stdout = new Collector({ highWaterMark: 64 });
  const stderr = new Collector();
  const status = await runDecode({ format, input, stdout, stderr, stats, ...options });
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

  it("gives ASTERIX records, with their place where the radar's is known", async () => {
    const items = {
      "010": { SAC: 1, SIC: 2 },
      "140": 10,
      "040": { RHO: 60, THETA: 90 },
      "090": { V: 0, G: 0, FL: 100 },
    };
    const block = encodeBlock(48, [encodeRecord(new EditionCatalogue().edition(48), items)]);
    const bad = Uint8Array.of(48, 0, 4, 0);
    const site = { longitude: 10, latitude: 0, height: 0 };
    const { stdout, stderr } = await decode("asterix", chunks(Buffer.concat([block, bad, block]), 5), true, { site });
    expect(stdout.lines).toMatchObject([{ category: 48, edition: "1.32", offset: 3, items }, { items }]);
    const position = stdout.lines[0]!.position as { longitude: number; latitude: number };
    // 60 nautical miles along the equator, less a little for the height.
    expect(position.longitude).toBeCloseTo(10.997, 2);
    expect(position.latitude).toBeCloseTo(0, 6);
    expect(stderr.text).toContain(`byte ${block.length + 3}`);
  });

  it("takes editions by category, and refuses one that nobody knows", async () => {
    const items = {
      "010": { SAC: 1, SIC: 2 },
      "030": 5,
      "040": { DCR: 0, GBS: 0, SIM: 0, TST: 0, RAB: 0, SAA: 0, SPI: 0, ATP: 1, ARC: 1 },
    };
    const edition = new EditionCatalogue().edition(21, { editions: { 21: "0.26" } });
    const block = encodeBlock(21, [encodeRecord(edition, items)]);
    const { stdout } = await decode("asterix", chunks(block), false, { edition: "21:0.26" });
    expect(stdout.lines).toMatchObject([{ edition: "0.26", items }]);
    for (const unknown of ["21:9.9", "9.9", "256:1.0", "21:0.26,48:9.9"]) {
      const wrong = await decode("asterix", chunks(block), false, { edition: unknown });
      expect(wrong.status, unknown).toBe(2);
      expect(wrong.stderr.text).toContain("edition.unknown");
    }
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
