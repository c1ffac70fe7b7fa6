import { FIELD_MODELS } from "@openjmc/fusion";
import type { CoverageRow, SourceRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { Coverage } from "./coverage.ts";
import { hearingOf } from "./hearing.ts";
import { Tasking } from "./tasking.ts";

const MINUTE = 60_000_000;
const weather = { temperature: 10, windEast: 0, windNorth: 0, temperatureError: 1, windError: 1 };

const camera = (more: Partial<SourceRow> = {}) =>
  ({
    ...{ id: "uav", format: "klv", means: "uav-mid", link: { kind: "udp" }, state: "never-heard", rangeMetres: 1000 },
    onRequest: true,
    ...more,
  }) as SourceRow;

function tasked(...spans: (readonly [from: number, until: number, may: boolean])[]): Tasking {
  const tasking = new Tasking();
  tasking.setTasks(
    spans.map(([from, until, may]) => ({ source: "uav", from: from * MINUTE, until: until * MINUTE, may })),
  );
  return tasking;
}

describe("a source that watches on request", () => {
  it("is not tasked where no line of the plan asks it to watch, and then says why it may not", () => {
    const tasking = tasked([10, 20, true], [30, 40, false]);
    const idle = (minute: number) => tasking.mark(camera(), minute * MINUTE).idle;
    expect([5, 15, 20, 35, 45].map(idle)).toEqual(["not-tasked", undefined, "not-tasked", "denial", "not-tasked"]);
  });

  it("may watch where one line allows what another was refused", () => {
    expect(tasked([0, 10, false], [0, 10, true]).mark(camera(), MINUTE).idle).toBeUndefined();
  });

  it("is one of them only if the mission says so", () => {
    expect(tasked().mark(camera({ onRequest: false }), MINUTE)).not.toHaveProperty("idle");
  });
});

describe("its coverage", () => {
  it("tells not tasked, then out of service while it was to watch, then watched, each from its own time on", () => {
    const tasking = tasked([10, 40, true]);
    const book = new Coverage((row) => hearingOf(row, { stations: [], weather, models: FIELD_MODELS }));
    const spans: Record<string, CoverageRow> = {};
    const at = (minute: number, more: Partial<SourceRow>): void => {
      for (const row of book.observe(tasking.mark(camera(more), minute * MINUTE), minute * MINUTE))
        spans[row.key] = row;
    };
    at(0, {});
    at(12, {});
    at(20, { state: "live", lastMessageAt: 20 * MINUTE });
    at(38, { state: "down", lastMessageAt: 37 * MINUTE });
    at(41, { state: "down", lastMessageAt: 37 * MINUTE });
    const told = Object.values(spans).map(({ from, watching, cause }) => [from / MINUTE, watching, cause]);
    expect(told).toEqual([
      [0, false, "not-tasked"],
      [12, false, "link"],
      [20, true, undefined],
      [37, false, "down"],
      [41, false, "not-tasked"],
    ]);
  });
});
