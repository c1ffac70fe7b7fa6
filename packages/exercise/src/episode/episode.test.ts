import { describe, expect, it } from "vitest";
import { createScenario } from "../scenario.ts";
import { TEST_START, testOptions } from "../testing/test-mission.ts";
import { isFindable } from "../truth/findable.ts";

const SEEDS = ["1", "2", "three", "40005", "-6", "7e7"];

describe.each(SEEDS)("an episode of seed %s", (seed) => {
  const episode = createScenario(testOptions(seed)).episode(0);
  const { air, sound, people, truth, jammings, table } = episode;
  const fire = truth.filter((record) => record.type === "fire");
  const stays = truth.filter((record) => record.type === "zone-stay");

  it("has civil overflights, one intruder and one notified flight", () => {
    const count = (role: string) => air.aircraft.filter((aircraft) => aircraft.role === role).length;
    expect(count("civil")).toBeGreaterThanOrEqual(10);
    expect(count("civil")).toBeLessThanOrEqual(20);
    expect([count("intruder"), count("notified")]).toEqual([1, 1]);
  });

  it("lets only those two into the no-fly zone, the intruder once and long enough to be seen", () => {
    const [intruder, ...others] = stays.filter((stay) => !stay.notified);
    expect(others).toEqual([]);
    expect(intruder!.beyondDoubtSeconds).toBeGreaterThan(120);
    const notified = stays.filter((stay) => stay.notified);
    expect(notified).toHaveLength(1);
    expect(notified[0]!.enteredAt).toBeGreaterThan(TEST_START + 300e6);
    expect(notified[0]!.leftAt).toBeLessThan(TEST_START + 1500e6);
  });

  it("expects exactly one zone alert, due within the episode", () => {
    const expected = truth.filter((record) => record.type === "expected-alert" && record.rule === "no-fly-entry");
    expect(expected).toHaveLength(1);
    expect(expected[0]!.at).toBeLessThan(TEST_START + table.durationSeconds * 1e6);
  });

  it("has single shots, bursts of 0.2 to 3 s spacing and fire that overlaps elsewhere", () => {
    expect(fire.length).toBeGreaterThan(25);
    const bursts = sound.fire.filter((event) => event.rounds.length > 2 && event.blast.class !== "impact");
    expect(bursts.length).toBeGreaterThan(3);
    expect(sound.fire.some((event) => event.rounds.length === 1)).toBe(true);
    for (const { rounds } of bursts)
      rounds.slice(1).forEach((round, index) => {
        expect(round.seconds - rounds[index]!.seconds).toBeGreaterThanOrEqual(0.2 - 1e-9);
        expect(round.seconds - rounds[index]!.seconds).toBeLessThanOrEqual(3 + 1e-9);
      });
    const overlaps = sound.fire.filter((event, index) => {
      const next = sound.fire[index + 1];
      return next && next.rounds[0]!.seconds - event.rounds[0]!.seconds < 4;
    });
    expect(overlaps.length).toBeGreaterThan(1);
  });

  it("has its fire heard by eight stations or more, most rounds of it, however the wind blows", () => {
    for (const { rounds } of fire) {
      const well = rounds.filter((round) => round.heardBy.length >= 8);
      expect(well.length).toBeGreaterThanOrEqual(0.75 * rounds.length);
    }
    expect(fire.every(isFindable)).toBe(true);
  });

  it("has missed, false and echoed arrivals", () => {
    const causes = [...sound.soundscape.arrivals.values()].flat().map((arrival) => arrival.cause.kind);
    const share = (kind: string) => causes.filter((cause) => cause === kind).length / causes.length;
    expect(share("direct")).toBeGreaterThan(0.45);
    expect(share("wind")).toBeGreaterThan(0.02);
    expect(share("echo")).toBeGreaterThan(0.02);
    const loud = fire.filter((record) => record.class === "howitzer" || record.class === "impact");
    const missed = loud.flatMap((record) => record.rounds).filter((round) => round.heardBy.length < 12);
    expect(missed.length).toBeGreaterThan(0);
  });

  it("has a jammed receiver, a station that dies, sightings, and an allegation of what was not", () => {
    expect(jammings).toHaveLength(1);
    expect(sound.death).toBeDefined();
    const dead = sound.soundscape.arrivals.get(sound.death!.station)!;
    expect(dead.every((arrival) => arrival.seconds < sound.death!.seconds)).toBe(true);
    const kinds = people.acts.map((act) => act.statementKind);
    expect(kinds.filter((kind) => kind === "allegation.received")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "sighting.reported").length).toBeGreaterThanOrEqual(1);
    const claim = people.allegation;
    const near = fire.filter(
      (record) =>
        Math.abs(record.occurredAt - claim.occurredAt) < 120e6 &&
        Math.hypot((record.lon - claim.lon) * 89_500, (record.lat - claim.lat) * 111_000) < 3000,
    );
    expect(near).toEqual([]);
  });

  it("keeps fire away from the ceasefire area's edge, so that inside is inside", () => {
    expect(fire.every((record) => record.zones.length <= 1)).toBe(true);
    expect(fire.filter((record) => record.zones.includes("c1")).length).toBeGreaterThan(0);
  });
});

it.each(Array.from({ length: 25 }, (_, index) => `many-${index}`))(
  "seed %s gives two episodes full of fire that is heard",
  (seed) => {
    const scenario = createScenario(testOptions(seed));
    for (const number of [0, 1]) {
      const fire = scenario.episode(number).truth.filter((record) => record.type === "fire");
      expect(fire.length).toBeGreaterThan(20);
      expect(
        Math.min(...fire.map(({ rounds }) => Math.max(...rounds.map((round) => round.heardBy.length)))),
      ).toBeGreaterThanOrEqual(8);
    }
  },
);
