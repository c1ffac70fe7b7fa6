import {
  AsterixDecoder,
  type AsterixRecord,
  AsterixReport,
  BeastFramer,
  decodeRemoteId,
  decodeRemoteIdLine,
  decodeSbs,
  fillAsterixReport,
} from "@openjmc/formats";
import { metresPerDegree } from "@openjmc/geo";
import { describe, expect, it } from "vitest";
import { planEpisode } from "../episode/episode.ts";
import type { BytesItem } from "../play/item.ts";
import { createScenario } from "../scenario.ts";
import { setStage } from "../stage.ts";
import { TEST_EPISODE, TEST_START, testOptions, watchedMission } from "../testing/test-mission.ts";
import type { ExpectedAlertRecord, StateRecord, TruthRecord } from "../truth/truth-record.ts";
import { STATE_LENGTH } from "./flight-path.ts";
import { lookAt, type RadarLook } from "./radar.ts";

const options = testOptions("watched-1", TEST_EPISODE, watchedMission());
const stage = setStage(options);
const episode = planEpisode(stage, 0);
const radar = stage.radars[0]!;
const [SECONDS_FROM, SECONDS_UNTIL] = [600, 1100];
const ghost = episode.air.aircraft.find(({ role }) => role === "ghost")!;

const bytes: BytesItem[] = [];
const truth: TruthRecord[] = [];
for (const item of createScenario(options).play(TEST_START + SECONDS_FROM * 1e6)) {
  if (item.at > TEST_START + SECONDS_UNTIL * 1e6) break;
  if (item.kind === "bytes") bytes.push(item);
  if (item.kind === "truth") truth.push(item.record);
}
const state = new Float64Array(STATE_LENGTH);
const look: RadarLook = { range: 0, azimuth: 0, isVisible: false };

function reports(): AsterixReport[] {
  const decoder = new AsterixDecoder({ editions: { 48: "1.30" } });
  const list: AsterixReport[] = [];
  for (const item of bytes.filter(({ source }) => source === "rd-1"))
    decoder.decode(item.bytes, 0, item.bytes.length, 0, {
      record: (record: AsterixRecord) => {
        const report = new AsterixReport();
        fillAsterixReport(record, item.at, report);
        list.push(report);
      },
      fault: (fault) => expect.unreachable(JSON.stringify(fault)),
    });
  return list;
}

describe("a radar's blocks, decoded again", () => {
  const all = reports();
  const plots = all.filter(({ category }) => category === 48);

  it("tell of each target what the radar's errors make of the truth", () => {
    const named = plots.filter(({ icao }) => icao >= 0);
    expect(named.length).toBeGreaterThan(300);
    for (const report of named) {
      const aircraft = episode.air.aircraft.find(({ icao }) => icao === report.icao);
      if (!aircraft) continue;
      const seconds = (report.at - TEST_START) / 1e6 - radar.timeBias;
      aircraft.path.stateAt(seconds, state);
      lookAt(radar, state[0]!, state[1]!, state[2]! + stage.reference.ellipsoidMinusSea, look);
      expect(Math.abs(report.range - look.range - radar.rangeBias)).toBeLessThan(6 * radar.rangeDeviation + 10);
      const turn = report.azimuth - look.azimuth - radar.azimuthBias;
      const off = Math.abs(turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)));
      expect(off).toBeLessThan(6 * radar.azimuthDeviation + 1e-4);
      expect(report).toMatchObject({ callsign: aircraft.callsign, modeA: aircraft.squawk, sac: 3, sic: 4 });
    }
  });

  it("miss some looks and some replies, and tell of nothing now and then, as stated", () => {
    const nameless = plots.filter(({ icao }) => icao < 0);
    const turns = (SECONDS_UNTIL - SECONDS_FROM) / radar.periodSeconds;
    expect(nameless.length).toBeGreaterThan(turns * radar.falsePlotsPerPeriod * 0.7);
    const north = all.filter(({ category }) => category === 34);
    expect(Math.abs(north.length - turns)).toBeLessThan(2);
    expect(north[0]).toMatchObject({ messageType: 1, rotationPeriod: radar.periodSeconds });
    const states = truth.filter(
      (record): record is StateRecord => record.type === "state" && record.receivableBy.includes("rd-1"),
    );
    const looks = (states.length * 5) / radar.periodSeconds;
    const detected = plots.length - turns * radar.falsePlotsPerPeriod;
    expect(detected / looks).toBeGreaterThan(radar.detectionProbability - 0.05);
    expect(detected / looks).toBeLessThan(radar.detectionProbability + 0.05);
  });

  it("never tell of the aircraft that is not there, which receivers hear all the same", () => {
    expect(plots.some(({ icao }) => icao === ghost.icao)).toBe(false);
    const heard = new Set<number>();
    for (const item of bytes.filter(({ source }) => source === "r-1" || source === "r-2"))
      new BeastFramer().push(item.bytes, {
        frame: ({ bytes: frame, start }) => {
          heard.add((frame[start + 1]! << 16) | (frame[start + 2]! << 8) | frame[start + 3]!);
        },
        fault: () => undefined,
      });
    for (const item of bytes.filter(({ source }) => source === "r-3")) {
      const line = decodeSbs(new TextDecoder().decode(item.bytes).trimEnd());
      if (line.ok) heard.add(line.value.icao ?? -1);
    }
    expect(heard.has(ghost.icao)).toBe(true);
    const expected = episode.truth.find(
      (record): record is ExpectedAlertRecord =>
        record.type === "expected-alert" && record.rule === "contradicts-radar",
    );
    expect(expected).toMatchObject({ subject: ghost.id });
  });
});

describe("a receiver's lines of Remote ID, decoded again", () => {
  it("say where each unmanned aircraft was, and name it alike each time", () => {
    const serials = new Map<string, number>();
    for (const item of bytes.filter(({ source }) => source === "ri-1")) {
      const line = decodeRemoteIdLine(new TextDecoder().decode(item.bytes).trimEnd());
      if (!line.ok) throw new Error(JSON.stringify(line.fault));
      const messages = decodeRemoteId(line.value.payload);
      if (!messages.ok) throw new Error(JSON.stringify(messages.fault));
      const [identity, location] = messages.value;
      if (identity?.kind !== "basic-id" || location?.kind !== "location") throw new Error("not as sent");
      const icao = Number.parseInt(line.value.transmitter.slice(2), 16);
      const aircraft = episode.air.aircraft.find((one) => one.icao === icao)!;
      serials.set(identity.id, icao);
      aircraft.path.stateAt((line.value.at - TEST_START) / 1e6 - 0.01, state);
      const scale = new Float64Array(2);
      metresPerDegree(state[1]!, scale);
      const miss = Math.hypot(
        (location.longitude! - state[0]!) * scale[0]!,
        (location.latitude! - state[1]!) * scale[1]!,
      );
      expect(miss).toBeLessThan(20);
    }
    expect(serials.size).toBeGreaterThan(0);
    expect(new Set(serials.values()).size).toBe(serials.size);
  });
});
