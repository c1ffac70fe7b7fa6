import { describe, expect, it } from "vitest";
import { parseInstant } from "../instant.ts";
import type { Fault } from "../result.ts";
import { hasSharedData, sharedBytes, sharedLines } from "../testing/shared-data.ts";
import { klvChecksum } from "./checksum.ts";
import { type Footprint, footprintOf } from "./footprint.ts";
import { centerFromAngles } from "./footprint-from-angles.ts";
import { KlvFramer } from "./klv-framer.ts";
import { UasDecoder } from "./uas-decoder.ts";
import { uasMessage } from "./uas-message.ts";
import { UasReport } from "./uas-report.ts";

const SAMPLES = ["klv/Cheyenne.bin", "klv/Cheyenne.jsonl"] as const;
/** A packet whose checksum is wrong as it was published. */
const MISSUMMED = ["klv/DynamicConstantMISMMSPacketData.bin", "klv/DynamicConstantMISMMSPacketData.jsonl"] as const;
const present = hasSharedData(...SAMPLES, ...MISSUMMED);
const TIMES = new Set(["2", "72"]);

/** Decodes a file packet by packet. */
function each(
  bytes: Uint8Array,
  visit: (report: UasReport, index: number) => void,
): { count: number; faults: Fault[] } {
  const faults: Fault[] = [];
  const decoder = new UasDecoder();
  const report = new UasReport();
  let count = 0;
  const framer = new KlvFramer();
  const sink = {
    packet(buffer: Uint8Array, start: number, end: number) {
      expect(decoder.decode(buffer, start, end, report)).toBe("decoded");
      visit(report, count);
      count += 1;
    },
    fault: (fault: Fault) => faults.push(fault),
  };
  framer.push(bytes, sink);
  framer.end(sink);
  return { count, faults };
}

/** The reference writes times as Python does. */
function timeOf(text: string): number {
  const [, moment, fraction = ""] = /^([\d-]+ [\d:]+)(?:\.(\d+))?\+00:00$/.exec(text)!;
  return parseInstant(`${moment!.replace(" ", "T")}.${fraction.padEnd(6, "0")}Z`)!;
}

type Items = Record<string, string[]>;

/** Compares every item of a packet with the reference's; how many there were. */
function compare(report: UasReport, wanted: Items): number {
  const ours = new Set(Array.from(report.items.subarray(0, report.count), String));
  let compared = 0;
  for (const [item, fields] of Object.entries(wanted)) {
    if (item === "1") continue;
    const text = fields[3]!;
    const value = report.values[Number(item)]!;
    expect(ours.delete(item), `item ${item}`).toBe(true);
    if (Number.isNaN(value)) expect(report.texts[Number(item)] ?? "").toBe(text);
    else if (TIMES.has(item)) expect(value).toBe(timeOf(text));
    else expect(Math.abs(value - Number(text))).toBeLessThanOrEqual(1e-9 * Math.abs(Number(text)));
    compared += 1;
  }
  // The reference has no nested sets and no core identifier; nothing else may be ours alone.
  expect([...ours].filter((item) => item !== "48" && item !== "94")).toEqual([]);
  expect(report.malformedItems).toBe(0);
  return compared;
}

/** Whether a place lies on the same side of all four edges. */
function isInside(corners: Footprint["corners"], longitude: number, latitude: number): boolean {
  const sides = corners.map(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % 4]!;
    return Math.sign((nextX - x) * (latitude - y) - (nextY - y) * (longitude - x));
  });
  return new Set(sides).size === 1;
}

describe.skipIf(!present)("recorded metadata packets (needs ../shared/data/klv)", () => {
  it("equal the reference's output in every item, all 407", () => {
    const expected = sharedLines(SAMPLES[1]).map((line) => JSON.parse(line).md as Items);
    let compared = 0;
    const { count, faults } = each(sharedBytes(SAMPLES[0]), (report, index) => {
      compared += compare(report, expected[index]!);
    });
    expect([count, faults, compared]).toEqual([407, [], 407 * 35]);
  });

  it("whose checksum is wrong are refused; rightly summed, they equal the reference's output too", () => {
    const bytes = sharedBytes(MISSUMMED[0]);
    const never = () => expect.unreachable("the checksum is wrong");
    expect(each(bytes, never).faults).toMatchObject([{ code: "klv.checksum-wrong", where: { offset: 0 } }]);
    const sum = klvChecksum(bytes, 0, bytes.length - 2);
    bytes.set([sum >> 8, sum & 0xff], bytes.length - 2);
    const expected = JSON.parse(sharedLines(MISSUMMED[1])[0]!).md as Items;
    expect(each(bytes, (report) => expect(compare(report, expected)).toBe(22))).toEqual({ count: 1, faults: [] });
  });

  it("show their ground: stated corners lie around the frame's centre, and the angles point there too", () => {
    let checked = 0;
    each(sharedBytes(SAMPLES[0]), (report) => {
      const footprint = footprintOf(report)!;
      expect(footprint.source).toBe("offsets");
      const [latitude, longitude] = [report.values[23]!, report.values[24]!];
      expect(isInside(footprint.corners, longitude, latitude)).toBe(true);
      const pointed = centerFromAngles(report)!;
      const metres = Math.hypot((pointed[1] - latitude) * 111_000, (pointed[0] - longitude) * 83_600);
      expect(metres).toBeLessThan(0.06 * report.values[21]!);
      checked += 1;
    });
    expect(checked).toBe(407);
  });

  it("say how they are marked", () => {
    each(sharedBytes(SAMPLES[0]), (report, index) => {
      if (index > 0) return;
      expect(uasMessage(report).security).toMatchObject({
        classification: "unclassified",
        classifyingCountry: expect.stringMatching(/^\/\/[A-Z]{2}$/),
        version: 5,
      });
    });
  });
});
