import { type ArrivalMessage, decodeArrival } from "@openjmc/formats";
import { describe, expect, it } from "vitest";
import { planEpisode } from "../episode/episode.ts";
import { createScenario } from "../scenario.ts";
import { setStage } from "../stage.ts";
import { TEST_START, testOptions } from "../testing/test-mission.ts";

const options = testOptions("sound-1");
const stage = setStage(options);
const episode = planEpisode(stage, 0);
const UNTIL = 420;

function arrivalsOnTheWire(): { lines: number; bySource: Map<string, ArrivalMessage[]>; sentBefore: number } {
  const bySource = new Map<string, ArrivalMessage[]>();
  const sequences = new Map<string, number>();
  let lines = 0;
  let sentBefore = 0;
  for (const item of createScenario(options).play()) {
    if (item.at > TEST_START + UNTIL * 1e6) break;
    if (item.kind !== "bytes" || !item.source.startsWith("s-")) continue;
    const text = new TextDecoder().decode(item.bytes);
    expect(text.endsWith("\n")).toBe(true);
    const decoded = decodeArrival(text.slice(0, -1));
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.fault));
    const message = decoded.value;
    expect(message.station).toBe(item.source);
    expect(message.sequence).toBe((sequences.get(item.source) ?? 0) + 1);
    sequences.set(item.source, message.sequence);
    lines += 1;
    if (message.at > item.at + 100_000) sentBefore += 1;
    if (message.kind === "arrival") bySource.set(item.source, [...(bySource.get(item.source) ?? []), message]);
  }
  return { lines, bySource, sentBefore };
}

describe("stations' lines", () => {
  const wire = arrivalsOnTheWire();

  it("decode, in sequence, and none leaves before it was heard", () => {
    expect(wire.lines).toBeGreaterThan(500);
    expect(wire.sentBefore).toBe(0);
  });

  it("hold every arrival of the plan, at the time that the station's clock showed", () => {
    for (const station of stage.stations) {
      const planned = episode.sound.soundscape.arrivals
        .get(station.id)!
        .filter((arrival) => arrival.seconds < UNTIL - 10);
      const sent = wire.bySource.get(station.id) ?? [];
      expect(sent.length).toBeGreaterThanOrEqual(planned.length);
      planned.forEach((arrival, index) => {
        const error = sent[index]!.at - TEST_START - arrival.seconds * 1e6;
        expect(Math.abs(error - station.clock.error(arrival.seconds) * 1e6)).toBeLessThan(2);
        expect(Math.abs(error)).toBeLessThan(4 * station.clock.claimMicroseconds);
        expect(sent[index]!.amplitudeDecibels).toBeCloseTo(arrival.levelDecibel, 0);
      });
    }
  });

  it("carry direct sound at between 320 and 365 metres a second from where it was made", () => {
    const fire = new Map(episode.sound.fire.map((event) => [event.id, event]));
    let checked = 0;
    for (const station of stage.stations) {
      for (const arrival of episode.sound.soundscape.arrivals.get(station.id)!) {
        if (arrival.cause.kind !== "direct") continue;
        const round = fire.get(arrival.cause.event)!.rounds[arrival.cause.round]!;
        const distance = Math.hypot(round.point.east - station.point.east, round.point.north - station.point.north);
        if (distance < 1000) continue;
        const speed = distance / (arrival.seconds - round.seconds);
        expect(speed).toBeGreaterThan(320);
        expect(speed).toBeLessThan(365);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(200);
  });

  it("are no inverse of a locator's uniform wind: a best fit leaves tens of milliseconds", () => {
    const residual = uniformWindResidual();
    expect(residual).toBeGreaterThan(0.01);
    expect(residual).toBeLessThan(0.2);
  });
});

/** Root mean square of what a uniform wind and temperature, fitted with all places known, cannot explain, in seconds. */
function uniformWindResidual(): number {
  const rows: { distance: number; east: number; north: number; seconds: number }[] = [];
  const fire = new Map(episode.sound.fire.map((event) => [event.id, event]));
  for (const station of stage.stations) {
    for (const arrival of episode.sound.soundscape.arrivals.get(station.id)!) {
      if (arrival.cause.kind !== "direct") continue;
      const round = fire.get(arrival.cause.event)!.rounds[arrival.cause.round]!;
      const [east, north] = [station.point.east - round.point.east, station.point.north - round.point.north];
      const distance = Math.hypot(east, north);
      rows.push({ distance, east: east / distance, north: north / distance, seconds: arrival.seconds - round.seconds });
    }
  }
  let [speed, windEast, windNorth] = [340, 0, 0];
  // Coordinate descent on a convex sum: slow, simple and nobody else's code.
  for (let pass = 0; pass < 60; pass++) {
    const misfit = (row: (typeof rows)[number]) =>
      row.distance / row.seconds - speed - windEast * row.east - windNorth * row.north;
    const weigh = (of: (row: (typeof rows)[number]) => number) => {
      const sums = rows.reduce(
        (sum, row) => {
          const weight = row.seconds ** 4 / row.distance ** 2;
          return { top: sum.top + weight * of(row) * misfit(row), bottom: sum.bottom + weight * of(row) ** 2 };
        },
        { top: 0, bottom: 0 },
      );
      return sums.top / sums.bottom;
    };
    speed += weigh(() => 1);
    windEast += weigh((row) => row.east);
    windNorth += weigh((row) => row.north);
  }
  const squares = rows.map(
    (row) => (row.seconds - row.distance / (speed + windEast * row.east + windNorth * row.north)) ** 2,
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
