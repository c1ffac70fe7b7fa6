import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ScenarioItem } from "./play/item.ts";
import { createScenario } from "./scenario.ts";
import { TEST_START, testMission, testOptions } from "./testing/test-mission.ts";

const SECOND = 1_000_000;

function itemsBetween(seed: string, fromSeconds: number, untilSeconds: number, playFrom = 0): ScenarioItem[] {
  const items: ScenarioItem[] = [];
  for (const item of createScenario(testOptions(seed)).play(TEST_START + playFrom * SECOND)) {
    if (item.at >= TEST_START + untilSeconds * SECOND) break;
    if (item.at >= TEST_START + fromSeconds * SECOND) items.push(item);
  }
  return items;
}

function digest(items: readonly ScenarioItem[]): string {
  const hash = createHash("sha256");
  for (const item of items) {
    if (item.kind === "bytes") hash.update(`${item.at} ${item.source} `).update(item.bytes);
    else hash.update(JSON.stringify(item));
  }
  return hash.digest("hex");
}

describe("a scenario", () => {
  it("gives the same items for the same seed and others for another, in order of time", () => {
    const items = itemsBetween("11", 0, 60);
    expect(items.length).toBeGreaterThan(1000);
    expect(items.map((item) => item.at)).toEqual(items.map((item) => item.at).sort((a, b) => a - b));
    expect(digest(itemsBetween("11", 0, 60))).toBe(digest(items));
    expect(digest(itemsBetween("12", 0, 60))).not.toBe(digest(items));
  });

  it("can begin anywhere and then plays what a play from the start would", () => {
    const tail = (playFrom: number) =>
      itemsBetween("14", 300, 330, playFrom).filter((item) => item.kind !== "truth" || item.record.type !== "aircraft");
    const late = tail(300);
    expect(late.length).toBeGreaterThan(1000);
    expect(digest(late)).toBe(digest(tail(0)));
  });

  it("introduces aircraft that are aloft when it begins late", () => {
    const items = itemsBetween("14", -3600, 310, 300);
    const introduced = new Set<string>();
    for (const item of items) {
      if (item.kind !== "truth") continue;
      if (item.record.type === "aircraft") introduced.add(item.record.aircraft);
      if (item.record.type === "state") expect(introduced).toContain(item.record.aircraft);
    }
    expect(introduced.size).toBeGreaterThan(2);
  });

  it("goes on from episode to episode with other flights and fire, and stations that start anew", () => {
    const scenario = createScenario(testOptions("15", 600));
    const [first, second] = [scenario.episode(0), scenario.episode(1)];
    expect(second.sound.fire[0]!.lon).not.toBe(first.sound.fire[0]!.lon);
    const addresses = new Set([...first.air.aircraft, ...second.air.aircraft].map((aircraft) => aircraft.icao));
    expect(addresses.size).toBe(first.air.aircraft.length + second.air.aircraft.length);
    const boots = new Set<number>();
    for (const item of scenario.play(TEST_START + 560 * SECOND)) {
      if (item.at > TEST_START + 640 * SECOND) break;
      if (item.kind === "bytes" && item.source === "s-01")
        boots.add((JSON.parse(new TextDecoder().decode(item.bytes)) as { boot: number }).boot);
    }
    expect([...boots]).toEqual([1, 2]);
  });

  it("refuses a mission with nothing to hear by, and says what is missing", () => {
    const mission = testMission();
    const deaf = { ...mission, sources: mission.sources.filter((source) => source.format !== "arrivals") };
    expect(() => createScenario({ ...testOptions("1"), mission: deaf })).toThrow(/exercise.mission-lacks.*stations/);
    const free = { ...mission, zones: mission.zones.filter((zone) => zone.kind !== "no-fly") };
    expect(() => createScenario({ ...testOptions("1"), mission: free }).episode(0)).toThrow(/no-fly zone/);
  });
});
