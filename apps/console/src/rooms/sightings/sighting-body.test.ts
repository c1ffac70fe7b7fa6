import { describe, expect, it } from "vitest";
import { allegationBody, FIRST_ALLEGATION } from "../allegations/allegation-body.ts";
import { FIRST_SIGHTING, type SightingFields, sightingBody } from "./sighting-body.ts";

const FIELDS: SightingFields = {
  ...FIRST_SIGHTING,
  observerLon: "10.5",
  observerLat: "-20",
  occurredAt: "2021-04-06T03:40:05Z",
};

describe("the form of a sighting", () => {
  it("makes a body without what was not given", () => {
    const made = sightingBody(FIELDS);
    expect(made).toMatchObject({
      body: {
        observer: { lon: "10.5000000", lat: "-20.0000000", uncertaintyMetres: 50 },
        occurredAt: "2021-04-06T03:40:05.000000Z",
      },
    });
    expect("body" in made && "bearingDegrees" in made.body).toBe(false);
  });

  it("gives a bearing and a range their uncertainties", () => {
    const made = sightingBody({ ...FIELDS, bearingDegrees: "240", rangeMetres: "3000" });
    expect(made).toMatchObject({
      body: { bearingDegrees: 240, bearingUncertaintyDegrees: 5, rangeMetres: 3000, rangeUncertaintyMetres: 1500 },
    });
  });

  it.each([
    ["observer", { observerLon: "" }],
    ["observer", { observerLat: "91" }],
    ["occurredAt", { occurredAt: "" }],
    ["number", { number: "-1" }],
    ["bearingDegrees", { bearingDegrees: "360" }],
    ["rangeMetres", { rangeMetres: "far" }],
  ] as const)("names %s when it is wrong", (fault, change) => {
    expect(sightingBody({ ...FIELDS, ...change })).toEqual({ faults: [fault] });
  });
});

describe("the form of an allegation", () => {
  const fields = { ...FIRST_ALLEGATION, accuser: "P", language: "en", what: " Shelling " };

  it("fills in nothing that the party has not said", () => {
    expect(allegationBody(fields)).toEqual({
      body: { accuser: "P", via: "hotline", what: "Shelling", language: "en" },
    });
  });

  it("names what is wrong in what was said", () => {
    const wrong = { ...fields, accuser: "", occurredAt: "noon", lon: "5", number: "x" };
    expect(allegationBody(wrong)).toEqual({ faults: ["accuser", "occurredAt", "place", "number"] });
  });
});
