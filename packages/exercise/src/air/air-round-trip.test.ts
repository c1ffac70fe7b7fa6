import {
  AircraftReport,
  BeastFramer,
  decodeSbs,
  FLAG_NOT_DIRECT,
  HAS_ALTITUDE,
  HAS_GROUND_VELOCITY,
  HAS_IDENTIFICATION,
  HAS_POSITION,
  ModeSDecoder,
} from "@openjmc/formats";
import { metresPerDegree } from "@openjmc/geo";
import { describe, expect, it } from "vitest";
import { planEpisode } from "../episode/episode.ts";
import { createScenario } from "../scenario.ts";
import { setStage } from "../stage.ts";
import { TEST_START, testOptions } from "../testing/test-mission.ts";
import type { Aircraft } from "./aircraft.ts";
import { STATE_LENGTH } from "./flight-path.ts";

const options = testOptions("air-1");
const stage = setStage(options);
const episode = planEpisode(stage, 0);
const byAddress = new Map(episode.air.aircraft.map((aircraft) => [aircraft.icao, aircraft]));
const [jamming] = episode.jammings;
const FOOT = 0.3048;
const FROM = 330;
const UNTIL = 480;

const state = new Float64Array(STATE_LENGTH);
const scale = new Float64Array(2);

/** Metres between a place and where an aircraft was at a second. */
function missOf(aircraft: Aircraft, lon: number, lat: number, seconds: number): number {
  if (!aircraft.path.stateAt(seconds, state)) return Number.NaN;
  metresPerDegree(lat, scale);
  return Math.hypot((lon - state[0]!) * scale[0]!, (lat - state[1]!) * scale[1]!);
}

/** What the aircraft's own navigation may be wrong by, and the grid of compact positions. */
function toleranceOf(aircraft: Aircraft): number {
  return aircraft.transponder.wanderMetres * 1.4 + 6;
}

function isNearJamming(seconds: number): boolean {
  return jamming !== undefined && seconds > jamming.startSeconds - 5 && seconds < jamming.endSeconds + 5;
}

function bytesOf(source: string): { at: number; bytes: Uint8Array }[] {
  const list: { at: number; bytes: Uint8Array }[] = [];
  for (const item of createScenario(options).play(TEST_START + FROM * 1e6)) {
    if (item.at > TEST_START + UNTIL * 1e6) break;
    if (item.kind === "bytes" && item.source === source) list.push(item);
  }
  return list;
}

describe("a receiver's bytes, decoded again", () => {
  it("say of each aircraft in Beast frames what was true when it sent them", () => {
    const receiver = stage.receivers.find((candidate) => candidate.id === "r-1")!;
    const decoder = new ModeSDecoder();
    const framer = new BeastFramer();
    const report = new AircraftReport();
    const seen = { positions: 0, velocities: 0, names: 0, qualities: 0, broken: 0 };
    const sink = {
      // Only a jammed receiver's garbage may break the framing, and this stretch is free of it.
      fault: (fault: { code: string }) => {
        throw new Error(fault.code);
      },
      frame: (frame: Readonly<{ bytes: Uint8Array; start: number; length: number; ticks: number }>) => {
        const seconds = (frame.ticks - receiver.ticksAtStart) / receiver.ticksPerSecond;
        const disposition = decoder.decode(frame.bytes, frame.start, frame.length, TEST_START + seconds * 1e6, report);
        if (disposition === "bad-parity") seen.broken += 1;
        if (disposition !== "decoded" || report.flags & FLAG_NOT_DIRECT) return;
        const aircraft = byAddress.get(report.icao);
        if (aircraft && !isNearJamming(seconds)) check(aircraft, report, seconds, seen);
      },
    };
    for (const { bytes } of bytesOf("r-1")) framer.push(bytes, sink);
    expect(seen.positions).toBeGreaterThan(300);
    expect(seen.velocities).toBeGreaterThan(300);
    expect(seen.names).toBeGreaterThan(30);
    expect(seen.qualities).toBeGreaterThan(100);
    expect(seen.broken).toBeGreaterThan(3);
  });

  it("say the same in SBS-1 lines, to the format's rounding", () => {
    let positions = 0;
    const kinds = new Set<number>();
    for (const { at, bytes } of bytesOf("r-3")) {
      const seconds = (at - TEST_START) / 1e6;
      if (isNearJamming(seconds)) continue;
      const decoded = decodeSbs(new TextDecoder().decode(bytes).trimEnd());
      if (!decoded.ok) throw new Error(JSON.stringify(decoded.fault));
      const message = decoded.value;
      kinds.add(message.transmission!);
      const aircraft = byAddress.get(message.icao!);
      if (aircraft === undefined || message.latitude === null || message.longitude === null) continue;
      const received = (message.generatedAt! - TEST_START) / 1e6;
      const miss = missOf(
        aircraft,
        message.longitude,
        message.latitude,
        received - aircraft.transponder.latencySeconds,
      );
      // The line's time is in milliseconds.
      expect(miss).toBeLessThan(toleranceOf(aircraft) + 2);
      positions += 1;
    }
    expect(positions).toBeGreaterThan(200);
    expect([...kinds].sort()).toEqual([1, 3, 4, 8]);
  });
});

function check(
  aircraft: Aircraft,
  report: AircraftReport,
  seconds: number,
  seen: { positions: number; velocities: number; names: number; qualities: number },
): void {
  const sentOf = seconds - aircraft.transponder.latencySeconds;
  if (report.has & HAS_POSITION) {
    seen.positions += 1;
    expect(missOf(aircraft, report.longitude, report.latitude, sentOf)).toBeLessThan(toleranceOf(aircraft));
  }
  if (report.has & HAS_ALTITUDE && report.altitudeReference === "pressure") {
    aircraft.path.stateAt(sentOf, state);
    const pressure = state[2]! + stage.reference.pressureMinusSea + aircraft.transponder.altitudeError;
    expect(Math.abs(report.altitude - pressure)).toBeLessThan(12.5 * FOOT + 0.1);
  }
  if (report.has & HAS_GROUND_VELOCITY) {
    seen.velocities += 1;
    aircraft.path.stateAt(sentOf, state);
    expect(Math.abs(report.velocityEast - state[3]!)).toBeLessThan(0.3);
    expect(Math.abs(report.velocityNorth - state[4]!)).toBeLessThan(0.3);
  }
  if (report.has & HAS_IDENTIFICATION) {
    seen.names += 1;
    expect(report.callsign).toBe(aircraft.callsign);
  }
  if (report.positionAccuracyCategory >= 0) {
    seen.qualities += 1;
    expect(report.positionAccuracyCategory).toBe(aircraft.transponder.positionAccuracyCategory);
  }
}
