import { expect, it } from "vitest";
import { encodeMiniSeed } from "./encode-miniseed.ts";
import { readMiniSeedHeader } from "./read-record.ts";
import { WaveformContinuity } from "./waveform-continuity.ts";

it("tells gaps and overlaps, source by source", () => {
  const continuity = new WaveformContinuity();
  const step = (seconds: number, channel = "Z") => {
    const samples = new Int32Array(100);
    const [record] = encodeMiniSeed({
      sourceId: `FDSN:XX_A__H_H_${channel}`,
      startAt: seconds * 1e6,
      sampleRate: 100,
      samples,
    });
    const header = readMiniSeedHeader(record!);
    return header.ok ? continuity.accept(header.value) : expect.unreachable();
  };
  expect(step(10)).toEqual({ kind: "first" });
  expect(step(11)).toEqual({ kind: "contiguous" });
  expect(step(12.004)).toEqual({ kind: "contiguous" });
  expect(step(20, "N")).toEqual({ kind: "first" });
  expect(step(14)).toEqual({ kind: "gap", from: 13_004_000, to: 14_000_000 });
  expect(step(14.5)).toEqual({ kind: "overlap", from: 14_500_000, to: 15_000_000 });
  expect(step(11)).toEqual({ kind: "overlap", from: 11_000_000, to: 12_000_000 });
  expect(step(15.5)).toEqual({ kind: "contiguous" });
});
