import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { geodesicBetween } from "@openjmc/geo";
import { describe, expect, it } from "vitest";
import { runLocate } from "./locate.ts";

const shared = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../../../../shared");
const scenario = join(shared, "data/bench/E1.picks.jsonl");

class Collected extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function locate(text: string): Promise<{ status: number; events: Record<string, unknown>[]; errors: string }> {
  const stdout = new Collected();
  const stderr = new Collected();
  async function* input(): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    for (let offset = 0; offset < bytes.length; offset += 1000) yield bytes.subarray(offset, offset + 1000);
  }
  const status = await runLocate({ input: input(), stdout, stderr });
  const events = stdout.text.split("\n").filter((line) => line !== "");
  return { status, events: events.map((line) => JSON.parse(line)), errors: stderr.text };
}

const HEADER = JSON.stringify({
  sensors: Array.from({ length: 9 }, (_, id) => ({ id, x: (id % 3) * 6000 + id * 100, y: Math.floor(id / 3) * 5000 })),
  met: { T: 10, wind: [0, 0], sd_T: 0.1, sd_wind: 0.1 },
  pick_sd: { A: 0.02 },
});

/** Arrivals of one shot at 7000 m east, 4000 m north, at second 20, heard by every sensor in still air of 10 degrees. */
function shot(): string[] {
  const speed = 331.3 * Math.sqrt(1 + 10 / 273.15);
  const { sensors } = JSON.parse(HEADER) as { sensors: { id: number; x: number; y: number }[] };
  return sensors
    .map(({ id, x, y }) => {
      const distance = Math.hypot(x - 7000, y - 4000);
      const amp = 122 - 20 * Math.log10(distance / 1000) - distance / 4000;
      return { t: 20 + distance / speed, s: id, ph: "A", amp, f: 14 };
    })
    .sort((one, other) => one.t - other.t)
    .map((arrival) => JSON.stringify(arrival));
}

describe("runLocate", () => {
  it("writes one event for one shot, with its arrivals", async () => {
    const { status, events } = await locate([HEADER, ...shot()].join("\n"));
    expect(status).toBe(0);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ n: 9, picks: [0, 1, 2, 3, 4, 5, 6, 7, 8], cls: "artillery" });
    expect(Math.hypot((events[0]!.x as number) - 7000, (events[0]!.y as number) - 4000)).toBeLessThan(5);
    expect(Math.abs((events[0]!.t as number) - 20)).toBeLessThan(0.02);
  });

  it("reports bad lines by number and goes on", async () => {
    const lines = shot();
    lines.splice(3, 0, "{", '{"t":1,"s":99,"ph":"A"}', '{"t":1,"s":1,"ph":"X"}', '{"s":1,"ph":"A"}', "null");
    const { status, events, errors } = await locate([HEADER, ...lines].join("\n"));
    expect(status).toBe(0);
    expect(events).toHaveLength(1);
    expect(errors.trim().split("\n")).toHaveLength(5);
    expect(errors).toContain("line 5");
    expect(errors).toContain("arrival.unknown");
  });

  it.each([
    ["nothing", "", "input.empty"],
    ["no JSON", "hello", "header.malformed"],
    ["no sensors", '{"met":{"T":1,"wind":[0,0]}}', "header.incomplete"],
    ["no weather", HEADER.replace('"met"', '"mat"'), "header.incomplete"],
  ])("refuses %s with one line", async (_name, text, code) => {
    const { status, errors } = await locate(text);
    expect(status).toBe(2);
    expect(errors).toContain(code);
    expect(errors.trim().split("\n")).toHaveLength(1);
  });

  describe("what far arrays heard", () => {
    const source = { lon: 24, lat: 43 };
    const sensors = [
      { id: 1, lon: 20, lat: 45 },
      { id: 2, lon: 31, lat: 43 },
      { id: 3, lon: 24, lat: 38 },
      { id: 4, lon: 16, lat: 40 },
    ];
    const arrivals = sensors.map((sensor) => {
      const { distanceMetres, azimuth } = geodesicBetween(sensor, source);
      return { t: 100 + distanceMetres / 310, s: sensor.id, ph: "I", az: azimuth };
    });
    const astray = { t: 900, s: 2, ph: "I", az: 0.4 };

    it("is placed on the globe by bearings and times, what belongs to nothing left out", async () => {
      const lines = [{ sensors, pick_sd: { I: 5 }, az_sd: 0.03 }, ...arrivals, astray];
      const { status, events } = await locate(lines.map((line) => JSON.stringify(line)).join("\n"));
      expect(status).toBe(0);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({ n: 4, picks: [0, 1, 2, 3], cls: "undetermined" });
      const { t, lon, lat, cov } = events[0] as { t: number; lon: number; lat: number; cov: readonly number[] };
      expect(geodesicBetween({ lon, lat }, source).distanceMetres).toBeLessThan(1000);
      expect(Math.abs(t - 100)).toBeLessThan(5);
      expect(cov).toHaveLength(3);
    });

    it("stands beside what was heard near by, and needs a bearing and a place on the globe", async () => {
      const origin = [24.5, 43.2];
      const withOrigin = JSON.stringify({ ...JSON.parse(HEADER), origin, pick_sd: { A: 0.02, I: 5 } });
      const far = { t: 30, s: 0, ph: "I" };
      const { events, errors } = await locate([withOrigin, ...shot(), JSON.stringify(far)].join("\n"));
      expect(events).toHaveLength(1);
      expect(errors).toContain("az of infrasound");
      const nowhere = JSON.stringify({ ...JSON.parse(HEADER), pick_sd: { A: 0.02, I: 5 } });
      const told = await locate([nowhere, JSON.stringify({ ...far, az: 1 })].join("\n"));
      expect(told.status).toBe(2);
      expect(told.errors).toContain("an origin");
    });
  });

  describe.skipIf(!existsSync(scenario))("scenario E1 (needs ../shared/data/bench)", () => {
    it("finds its first ten minutes of events", async () => {
      const [header, ...lines] = readFileSync(scenario, "utf8").trim().split("\n");
      const truth = readFileSync(scenario.replace("picks", "events"), "utf8").trim().split("\n").slice(1);
      const wanted = truth
        .map((line) => JSON.parse(line) as { t: number; x: number; y: number; n: number })
        .filter((event) => event.t < 600 && event.n >= 5);
      const early = lines.filter((line) => (JSON.parse(line) as { t: number }).t < 760);
      const { events } = await locate([header, ...early].join("\n"));
      const found = wanted.filter((event) =>
        events.some(
          ({ t, x, y }) =>
            Math.abs((t as number) - event.t) < 0.5 &&
            Math.hypot((x as number) - event.x, (y as number) - event.y) < 250,
        ),
      );
      expect(wanted.length).toBeGreaterThan(40);
      expect(found.length / wanted.length).toBeGreaterThan(0.95);
    });
  });
});
