import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { runTrack } from "./track.ts";

interface Line {
  readonly t: number;
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly pxx: number;
  readonly existence: number;
}

const header = JSON.stringify({
  sensors: [{ id: 3, x: 0, y: 0, sd_range: 50, sd_az: 0.0015, pd: 0.9, min_range: 500, max_range: 90_000 }],
  clutter_per_scan: 5,
});

/** One target that flies east at 100 m/s, seen with an error that turns from scan to scan. */
function scans(): string[] {
  return Array.from({ length: 30 }, (_, scan) => {
    const [east, north] = [-6_000 + 400 * scan, 20_000];
    const dets = scan === 12 ? [] : [[Math.hypot(east, north) + 60 * Math.sin(7 * scan), Math.atan2(east, north)]];
    return JSON.stringify({ t: 4 * scan, scan, sensor: 3, dets });
  });
}

function sink(): { readonly stream: Writable; text: string } {
  const kept = {
    text: "",
    stream: new Writable({
      write(chunk: Buffer, _encoding, done): void {
        kept.text += chunk.toString();
        done();
      },
    }),
  };
  return kept;
}

async function track(lines: readonly string[], smooth = false) {
  const [stdout, stderr] = [sink(), sink()];
  const input = (async function* () {
    yield new TextEncoder().encode(`${lines.join("\n")}\n`);
  })();
  const status = await runTrack({ input, stdout: stdout.stream, stderr: stderr.stream, smooth });
  const told = stdout.text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  return { status, told, errors: stderr.text };
}

const off = ({ t, x, y }: Line): number => Math.hypot(x - (-6_000 + 100 * t), y - 20_000);
const rms = (lines: readonly Line[]): number =>
  Math.sqrt(lines.reduce((sum, line) => sum + off(line) ** 2, 0) / lines.length);

describe("jmc track", () => {
  it("tells a track scan by scan, also where a plot is missing", async () => {
    const { status, told } = await track([header, ...scans()]);
    expect(status).toBe(0);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(told.some(({ t }) => t === 48)).toBe(true);
    expect(Math.max(...told.slice(3).map(off))).toBeLessThan(150);
  });

  it("smoothed, tells the whole course from the first plot on, nearer to the truth", async () => {
    const { told } = await track([header, ...scans()]);
    const { status, told: smoothed } = await track([header, ...scans()], true);
    expect(status).toBe(0);
    expect(smoothed.map(({ t }) => t)).toEqual(Array.from({ length: 30 }, (_, scan) => 4 * scan));
    expect(new Set(smoothed.map(({ id }) => id))).toEqual(new Set(told.map(({ id }) => id)));
    expect(rms(smoothed)).toBeLessThan(0.7 * rms(told));
    expect(smoothed[12]!.pxx).toBeGreaterThan(0);
  });

  it("names a bad line and goes on; without a header it refuses", async () => {
    const lines = [header, ...scans()];
    lines.splice(5, 0, '{"t":1,"sensor":9,"dets":[]}', "nonsense");
    const { status, told, errors } = await track(lines);
    expect(status).toBe(0);
    expect(told.length).toBeGreaterThan(20);
    expect(errors.trim().split("\n")).toHaveLength(2);
    expect((await track(["nonsense"])).status).toBe(2);
    expect((await track([])).status).toBe(2);
  });
});
