import { Writable } from "node:stream";
import {
  encodeBlockMessage,
  encodeCotXml,
  encodeMiniSeed,
  encodeRemoteId,
  encodeSapient,
  encodeStationXml,
  encodeUas,
  encodeWav,
  frameSapient,
} from "@openjmc/formats";
import { describe, expect, it } from "vitest";
import { runDecode } from "./decode.ts";

class Collector extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function decode(format: string, parts: readonly (Uint8Array | string)[], edition?: string) {
  const input = (async function* () {
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
    for (let start = 0; start < bytes.length; start += 97) yield bytes.subarray(start, start + 97);
  })();
  const [stdout, stderr] = [new Collector(), new Collector()];
  const status = await runDecode({
    format,
    input,
    stdout,
    stderr,
    stats: true,
    ...(edition === undefined ? {} : { edition }),
  });
  const lines = stderr.text.trim().split("\n");
  const records = stdout.text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    status,
    records,
    complaints: lines.slice(0, -1),
    stats: JSON.parse(lines.at(-1)!) as Record<string, number>,
  };
}

const samples = Int32Array.of(1, 2, 3);
const node = { timestamp: 1e15, node_id: "4f1c7c2e-0b1d-4d0a-9c63-2a7f3c5c9e01" };
const report = { alert_id: "01M80E21DHJMQ2F7P2C93SQEPH", description: "seen" };
const message = frameSapient(encodeSapient({ ...node, alert: report }, "2"));
const location = {
  kind: "location",
  status: "airborne",
  heightAboveWhat: "ground",
  longitude: 1,
  latitude: 2,
} as const;
const event = { uid: "J-1", type: "a-u-G", how: "h-e", at: 0, startAt: 0, staleAt: 1e6, longitude: 1, latitude: 2 };
const [record] = encodeMiniSeed({ sourceId: "FDSN:XX_A__H_H_Z", startAt: 0, sampleRate: 1, samples });
const clock = { source: "gnss", errorMicroseconds: 1 } as const;
const sidecar = {
  station: "S",
  sequence: 1,
  boot: 1,
  at: 0,
  clock,
  encoding: "s16le",
  sampleRate: 10,
  channels: 1,
} as const;
const broken = record!.with(75, record![75]! ^ 1);
const packet = encodeUas({ precisionTimeStamp: 1, missionId: "M" });
const line = "40,45,2020-10-05,931,h";

/** By format: a good record, what it becomes, a bad one as long as its offset tells. */
const CASES = [
  ["klv", packet, { precisionTimeStamp: 1, missionId: "M" }, packet.with(30, 0xff)],
  ["sapient", message, { alert: report }, Uint8Array.of(2, 0, 0, 0, 0xff, 0xff)],
  ["remote-id", encodeRemoteId(location), { messages: [location] }, encodeRemoteId(location).with(8, 0x7f)],
  ["cot", encodeCotXml(event), event, encodeCotXml({ ...event, latitude: 99 })],
  ["miniseed", record!, { samples: [1, 2, 3] }, broken],
  [
    "seedlink",
    Buffer.concat([Buffer.from("SL00000A"), record!]),
    { sequence: "10", station: "XX_A" },
    Buffer.concat([Buffer.from("SL00000B"), broken]),
  ],
  ["wav", encodeBlockMessage(sidecar, Uint8Array.of(1, 0)), { station: "S", samples: [[1]] }, "{}\n"],
] as const;

describe("jmc decode", () => {
  it.each(CASES)(
    "%s writes a line a record, names the offset of a bad one, and goes on",
    async (format, good, expected, bad) => {
      const { status, records, complaints, stats } = await decode(format, [good, bad, good]);
      expect(status).toBe(0);
      expect(records).toMatchObject([
        { offset: 0, ...expected },
        { offset: good.length + bad.length, ...expected },
      ]);
      expect(complaints).toHaveLength(1);
      expect(Number(/byte (\d+)/.exec(complaints[0]!)?.[1])).toBeGreaterThanOrEqual(good.length);
      expect(stats).toMatchObject({ format, records: 2, faults: 1, bytes: 2 * good.length + bad.length });
    },
  );

  it("reads heat spots, stations and a WAV file alone", async () => {
    const header = "latitude,longitude,acq_date,acq_time,confidence";
    const spots = await decode("firms", [`${header}\n${line}\nx\n${line}\n`]);
    expect(spots.records).toMatchObject([{ latitude: 40, confidence: "high" }, { longitude: 45 }]);
    expect(spots.complaints[0]).toContain(`line 3, byte ${header.length + line.length + 2}`);
    const channel = {
      sourceId: "FDSN:XX_A__H_H_Z",
      longitude: 1,
      latitude: 2,
      elevationMsl: 3,
      depth: 0,
      polesZeros: [],
    };
    expect((await decode("stationxml", [encodeStationXml([channel], "s", 0)])).records).toMatchObject([channel]);
    expect((await decode("wav", [encodeWav({ sampleRate: 10, channels: [samples] })])).records).toMatchObject([
      { samples: [[1, 2, 3]] },
    ]);
    expect(await decode("stationxml", ["<a/>"])).toMatchObject({ status: 2, records: [] });
  });

  it("takes the version of SAPIENT, and refuses one that nobody knows", async () => {
    const first = frameSapient(
      encodeSapient({ ...node, error: { packet: Uint8Array.of(7), error_message: ["no"] } }, "1"),
    );
    expect((await decode("sapient", [first], "1")).records).toMatchObject([
      { error: { packet: "07", error_message: ["no"] } },
    ]);
    const [stdout, stderr] = [new Collector(), new Collector()];
    const input = (async function* () {
      yield first;
    })();
    expect(await runDecode({ format: "sapient", input, stdout, stderr, edition: "7" })).toBe(2);
    expect(stderr.text).toContain("edition.unknown");
  });
});
