import { describe, expect, it } from "vitest";
import { type FormField, formBody } from "./form-body.ts";

const NOW = Date.UTC(2030, 0, 1) * 1000;
const label = "console.state";
const FLOWN: readonly FormField[] = [
  {
    name: "zones",
    label,
    as: "several",
    choices: [
      { value: "n1", label },
      { value: "n2", label },
    ],
  },
  { name: "asked", label, as: "several", choices: [{ value: "P", label }], least: 1 },
  {
    ...{ name: "route", label, as: "lines", most: 9, optional: true },
    parts: [{ name: "lon", label, as: "degrees", limit: 180 }],
  },
];
const ASKS: FormField = {
  ...{ name: "asked", label, as: "lines", most: 2, optional: true },
  parts: [
    { name: "what", label, as: "text", most: 10 },
    { name: "by", label, as: "hours" },
  ],
};

describe("a form's body", () => {
  it("holds what was typed in the forms that are signed, and leaves out what was not", () => {
    const fields: FormField[] = [
      { name: "origin.name", label, as: "text", most: 10 },
      { name: "origin.chain", label, as: "text", most: 10, optional: true },
      { name: "at", label, as: "instant" },
      { name: "until", label, as: "hours" },
      { name: "sure", label, as: "percent" },
      { name: "place", label, as: "place", optional: true },
      { name: "number", label, as: "number", least: 0, most: 9 },
      { name: "demand", label, as: "numbered", choices: [{ value: "1", label: "2. the second" }] },
      ASKS,
    ];
    const values = {
      ...{ "origin.name": " post ", at: "2030-01-01T00:00:00Z", until: "1.5", sure: "85,5", number: "7", demand: "1" },
      ...{
        "place.lon": "46.5",
        "place.lat": "39.5",
        asked: JSON.stringify([{ what: "stop", by: "2" }, { what: " " }]),
      },
    };
    expect(formBody(fields, values, NOW)).toEqual({
      body: {
        origin: { name: "post" },
        at: "2030-01-01T00:00:00.000000Z",
        until: "2030-01-01T01:30:00.000000Z",
        sure: 855,
        place: { lon: "46.5000000", lat: "39.5000000", uncertaintyMetres: 500 },
        number: 7,
        demand: 1,
        asked: [{ what: "stop", by: "2030-01-01T02:00:00.000000Z" }],
      },
    });
  });

  it.each([
    [{ name: "x", label, as: "text", most: 3 }, { x: "long" }],
    [{ name: "x", label, as: "text", most: 3 }, {}],
    [{ name: "x", label, as: "choice", choices: [{ value: "a", label: "a" }] }, { x: "b" }],
    [{ name: "x", label, as: "instant" }, { x: "yesterday" }],
    [{ name: "x", label, as: "hours" }, { x: "0" }],
    [{ name: "x", label, as: "percent" }, { x: "101" }],
    [{ name: "x", label, as: "number", least: 1, most: 5 }, { x: "6" }],
    [{ name: "x", label, as: "place", optional: true }, { "x.lon": "46.5" }],
    [{ ...ASKS, name: "x" }, { x: JSON.stringify([{ what: "stop" }]) }],
  ] as [FormField, Record<string, string>][])("names the field that is wrong: %o with %o", (field, values) => {
    expect(formBody([field], values, NOW)).toEqual({ faults: ["x"] });
  });

  it("holds what was ticked of a list, and coordinates as they are signed", () => {
    const values = { zones: "n2,gone", asked: "P", route: JSON.stringify([{ lon: "46,5" }]) };
    expect(formBody(FLOWN, values, NOW)).toEqual({
      body: { zones: ["n2"], asked: ["P"], route: [{ lon: "46.5000000" }] },
    });
    expect(formBody(FLOWN, { route: JSON.stringify([{ lon: "181" }]) }, NOW)).toEqual({ faults: ["asked", "route"] });
  });

  it("takes damaged lines of a draft for none", () => {
    expect(formBody([ASKS], { asked: "{" }, NOW)).toEqual({ body: { asked: [] } });
  });
});
