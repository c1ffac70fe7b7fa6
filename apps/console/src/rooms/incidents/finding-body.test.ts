import type { AlertRow, EventRow, IncidentRow, MissionView, SightingRow, TrackRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { type FindingFields, findingBody, firstFields } from "./finding-body.ts";
import { knownFacts } from "./known-facts.ts";

const MISSION = {
  authenticLanguages: ["xa", "xb"],
  lapseHours: 48,
  provisions: [{ id: "p/1" }],
  reportUnit: {},
  sources: [
    { id: "s1", means: "acoustic" },
    { id: "s2", means: "acoustic" },
    { id: "r1", means: "ads-b" },
  ],
} as unknown as MissionView;
const INCIDENT = { id: "I", title: "Bursts", occurredAt: 1_617_680_405_000_000, lon: 10.5, lat: 20.25 } as IncidentRow;
const FIELDS: FindingFields = {
  ...firstFields(INCIDENT, MISSION, { means: ["acoustic"], provision: "p/1" }, undefined),
  texts: { xa: "a ", xb: "b" },
};
const body = (change: Partial<FindingFields> = {}) =>
  findingBody("I", { ...FIELDS, ...change }, ["xa", "xb"], 1_617_680_500_000_000);

describe("the form of a finding", () => {
  it("makes the body that is signed: degrees as strings, whole numbers, times with six digits", () => {
    expect(body()).toEqual({
      body: {
        incident: "I",
        question: "Bursts",
        texts: { xa: "a", xb: "b" },
        occurredAt: "2021-04-06T03:40:05.000000Z",
        place: { lon: "10.5000000", lat: "20.2500000", uncertaintyMetres: 500 },
        observation: "explosion",
        count: { number: 1, unit: "explosion", qualifier: "exact" },
        means: ["acoustic"],
        provision: "p/1",
        judgement: "recorded",
        unknowns: "",
        deadline: "2021-04-08T03:41:40.000000Z",
      },
    });
  });

  it.each([
    ["texts", { texts: { xa: "only one" } }],
    ["question", { question: " " }],
    ["occurredAt", { occurredAt: "yesterday" }],
    ["place", { lon: "200" }],
    ["place", { lat: "" }],
    ["number", { number: "1.5" }],
    ["number", { number: "" }],
    ["means", { means: [] }],
    ["provision", { provision: "" }],
    ["deadlineHours", { deadlineHours: "0" }],
  ] as const)("names %s when it is wrong", (fault, change) => {
    expect(body(change)).toEqual({ faults: [fault] });
  });

  it("leaves the place out when both coordinates are empty", () => {
    const made = body({ lon: "", lat: "" });
    expect("body" in made && "place" in made.body).toBe(false);
  });
});

describe("what the evidence already says", () => {
  const event = (count: number, countUnit: string): EventRow =>
    ({
      kind: "explosion",
      count,
      countUnit,
      stations: ["s1", "s2"],
      ellipse: { semiMajorMetres: count * 100 },
    }) as unknown as EventRow;
  const nothing = { alerts: [], events: [], tracks: [], sightings: [] };

  it("adds up located events in one unit and never across units", () => {
    const facts = knownFacts(
      { ...nothing, events: [event(2, "explosion"), event(3, "explosion"), event(9, "round")] },
      MISSION,
    );
    expect(facts).toEqual({
      means: ["acoustic"],
      observation: "explosion",
      number: 5,
      unit: "explosion",
      uncertaintyMetres: 300,
    });
  });

  it("counts tracks as flights and takes the alert's provision", () => {
    const facts = knownFacts(
      {
        ...nothing,
        tracks: [{ sources: ["r1"] }] as unknown as TrackRow[],
        alerts: [{ provision: "p/7" }] as AlertRow[],
      },
      MISSION,
    );
    expect(facts).toEqual({ means: ["ads-b"], provision: "p/7", observation: "overflight", number: 1, unit: "flight" });
  });

  it("falls back to what an observer reported", () => {
    const sighting = {
      body: { means: "heard", observation: "burst", count: { number: 4, unit: "round" } },
    } as unknown as SightingRow;
    expect(knownFacts({ ...nothing, sightings: [sighting] }, MISSION)).toEqual({
      means: ["heard"],
      observation: "burst",
      number: 4,
      unit: "round",
    });
  });
});
