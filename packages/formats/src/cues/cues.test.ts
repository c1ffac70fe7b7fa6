import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../testing/torture.ts";
import type { CameraCue } from "./camera-cue.ts";
import { decodeCue, encodeCue } from "./decode-cue.ts";

const CUE: CameraCue = {
  ...{ station: "cam-1", sequence: 4, boot: 2, at: 1_772_344_800_250_000, sight: "flash" },
  clock: { source: "gnss", errorMicroseconds: 20 },
  ...{ bearing: 1.25, bearingError: 0.01 },
};

describe("cues of cameras", () => {
  it("come back from their own line, with the still that goes with them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (rest) => {
        const bytes = Uint8Array.from([0xff, 0xd8, 0xff, ...rest]);
        const cue: CameraCue = { ...CUE, confidence: 0.75, still: { mediaType: "image/jpeg", bytes } };
        const read = decodeCue(encodeCue(cue));
        expect(read.ok && read.value.still?.bytes).toEqual(bytes);
        expect(read.ok && read.value.bearing).toBeCloseTo(CUE.bearing, 12);
      }),
    );
  });

  it("are refused where the still is no picture of the type that it says", () => {
    const line = JSON.parse(encodeCue(CUE)) as object;
    for (const base64 of [btoa("<svg onload=alert(1)>"), "====", "not base64", ""])
      for (const mediaType of ["image/jpeg", "image/png", "image/webp", "image/svg+xml"])
        expect(decodeCue(JSON.stringify({ ...line, still: { mediaType, base64 } })).ok).toBe(false);
  });

  it("of any other kind are refused and never throw", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(decodeCue(text).ok).toBe(false);
      }),
      fuzzRuns(500),
    );
  });
});
