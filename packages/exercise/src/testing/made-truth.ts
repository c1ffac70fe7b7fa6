import type { Instant } from "@openjmc/model";
import type { ObservedEvent, ObservedExercise, ObservedTrack } from "../score/observed.ts";
import { type ExerciseTruth, gatherTruth } from "../truth/truth.ts";
import type { FireRecord, StateRecord, TruthRecord } from "../truth/truth-record.ts";

/** A small truth made by hand: half an hour, aircraft on straight courses, fire at known places, one intrusion. */
export const MADE_START: Instant = 1_700_000_000_000_000;
export const MADE_END: Instant = MADE_START + 1800e6;

const at = (seconds: number): Instant => MADE_START + Math.round(seconds * 1e6);
const STATIONS = ["a", "b", "c", "d", "e"];

function states(aircraft: string, index: number, from: number, until: number): StateRecord[] {
  const list: StateRecord[] = [];
  for (let seconds = from; seconds <= until; seconds += 5)
    list.push({
      type: "state",
      at: at(seconds),
      aircraft,
      lon: 10 + (200 * (seconds - from)) / 100_000,
      lat: 45 + 0.2 * index,
      heightMetres: 5000,
      pressureMetres: 5000,
      velocityEast: (200 * 78_847) / 100_000,
      velocityNorth: 0,
      velocityUp: 0,
      receivableBy: ["r"],
    });
  return list;
}

function fire(index: number, seconds: number, rounds: number, heard: number): FireRecord {
  return {
    type: "fire",
    at: at(seconds + rounds + 60),
    event: `fire-${index}`,
    class: "howitzer",
    observation: "shot",
    occurredAt: at(seconds),
    lon: 10.5 + 0.05 * index,
    lat: 45.5,
    rounds: Array.from({ length: rounds }, (_, round) => ({
      at: at(seconds + round),
      heardBy: STATIONS.slice(0, heard),
    })),
    zones: ["c1"],
  };
}

export function madeRecords(): TruthRecord[] {
  const flights = Array.from({ length: 10 }, (_, index) => `civil-${index}`);
  return [
    {
      type: "scenario",
      at: MADE_START,
      version: 1,
      seed: "made",
      mission: "m",
      startsAt: MADE_START,
      episodeSeconds: 1800,
    },
    { type: "progress", at: MADE_START, resumed: true, speed: 1 },
    ...["uav", ...flights].flatMap((aircraft, index): TruthRecord[] => [
      {
        type: "aircraft",
        at: at(0),
        aircraft,
        role: index === 0 ? "intruder" : "civil",
        icao: `F1000${index.toString(16).toUpperCase()}`,
        callsign: `C${index}`,
      },
      ...states(aircraft, index, 100, 700),
    ]),
    ...Array.from({ length: 20 }, (_, index) =>
      fire(index, 100 + 60 * index, index % 3 === 0 ? 4 : 1, index === 19 ? 3 : 5),
    ),
    {
      type: "zone-stay",
      at: at(500),
      aircraft: "uav",
      zone: "n1",
      version: 1,
      enteredAt: at(300),
      leftAt: at(500),
      notified: false,
      beyondDoubtSeconds: 150,
    },
    {
      type: "expected-alert",
      at: at(450),
      rule: "no-fly-entry",
      subject: "uav",
      zone: "n1",
      from: at(300),
      until: at(500),
    },
    { type: "progress", at: MADE_END },
  ];
}

export function madeTruth(): ExerciseTruth {
  return gatherTruth(madeRecords())!;
}

/** What a centre without fault would have made of it. */
export function perfectObservation(truth: ExerciseTruth): ExerciseObservation {
  return {
    tracks: truth.aircraft.map((aircraft) => ({
      id: `t-${aircraft.aircraft}`,
      icao: aircraft.icao,
      points: aircraft.states.map(({ at: instant, lon, lat }) => ({ at: instant, lon, lat, altitudeMetres: 5000 })),
    })),
    events: truth.fire.flatMap((record) =>
      record.rounds
        .filter((round) => round.heardBy.length >= 4)
        .map((round, index) => ({
          id: `${record.event}/${index}`,
          originTime: round.at + 20_000,
          lon: record.lon + 0.0003,
          lat: record.lat,
          count: 1,
        })),
    ),
    alerts: [
      {
        id: "alert-1",
        ruleKind: "no-fly-entry",
        subjectKind: "track",
        subjectId: "t-uav",
        zone: "n1",
        raisedAt: at(315),
      },
    ],
  };
}

/** Observed exercise whose lists a test may change. */
export interface ExerciseObservation extends ObservedExercise {
  tracks: ObservedTrack[];
  events: ObservedEvent[];
  alerts: ObservedExercise["alerts"][number][];
}
