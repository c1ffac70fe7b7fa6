import type { InstrumentFile } from "@openjmc/agreement";
import { describe, expect, it } from "vitest";
import { at, stamp, TestDesk } from "../testing/desk.ts";
import { contingentView } from "./view.ts";

const STRENGTHS = [
  { what: "people", number: 1960, readings: ["exact", "ceiling"] as const },
  { what: "carriers", number: 90, readings: ["exact", "ceiling"] as const },
  { what: "vehicles", number: 380, readings: ["exact", "ceiling"] as const },
];
const instruments = [{ provisions: [{ id: "text/3", strengths: STRENGTHS }] }] as unknown as InstrumentFile[];
const FROM = "2030-01-01T00:00:00Z";

const desk = () =>
  new TestDesk("2030-01-02T00:00:00Z", {
    provisions: new Set(["text/1", "text/3"]),
    strengths: new Map([["text/3", STRENGTHS.map(({ what }) => what)]]),
    speakers: new Set(["S", "P"]),
  });
const counts = (people: number, carriers = 90, vehicles = 380) => [
  { what: "people", number: people },
  { what: "carriers", number: carriers },
  { what: "vehicles", number: vehicles },
];
const body = (more: object) => ({
  provision: "text/3",
  by: "S",
  from: stamp(FROM),
  counts: counts(1960),
  note: "",
  ...more,
});
const post = (more: object = {}) => ({
  name: "Post one",
  by: "S",
  place: { lon: "46.0000000", lat: "40.0000000", uncertaintyMetres: 500 },
  from: stamp(FROM),
  ...more,
});

describe("a declaration of strength", () => {
  it.each([
    [1960, 90, 380, [true, true], [true, true], [true, true]],
    [1850, 90, 381, [false, true], [true, true], [false, false]],
    [2000, 89, 380, [false, false], [false, true], [true, true]],
  ])("of %i, %i and %i is measured as exact strength and as ceiling", (people, carriers, vehicles, ...agrees) => {
    const test = desk();
    test.act("A-Duty-1", "strength.declared", body({ counts: counts(people, carriers, vehicles) }));
    const [declaration] = contingentView(test.state, instruments, test.now).declarations;
    expect(declaration!.lines.map(({ readings }) => readings.map((one) => one.agrees))).toEqual(agrees);
    expect(declaration).toMatchObject({ by: "S", lines: [{ mark: { role: "A-Duty-1" } }, {}, {}] });
  });

  it("by posts is a sum, says so, and gives way to a later number for the whole; what was not declared is not zero", () => {
    const test = desk();
    for (const [code, number] of [
      ["P-1", 40],
      ["P-2", 30],
    ] as const) {
      expect(test.act("A-Duty-1", "post.declared", post(), code)).toHaveLength(64);
      test.act("A-Duty-1", "strength.declared", body({ post: code, counts: [{ what: "people", number }] }));
    }
    const read = () => contingentView(test.state, instruments, test.now).declarations[0];
    expect(read()).toMatchObject({
      lines: [{ what: "people", declared: 70, counted: "posts", posts: [{ number: 40 }, { number: 30 }] }],
      undeclared: ["carriers", "vehicles"],
    });
    test.act("A-Duty-1", "strength.declared", body({ counts: [{ what: "people", number: 1900 }] }));
    expect(read()!.lines).toMatchObject([{ declared: 1900, counted: "whole", posts: { length: 2 } }]);
  });

  it("of two speakers stands side by side, each in its own time and from when it was known", () => {
    const test = desk();
    test.act("A-Duty-1", "strength.declared", body({ until: stamp("2030-02-01T00:00:00Z") }));
    test.now = at("2030-01-03T00:00:00Z");
    test.act("B-Duty-1", "strength.declared", body({ by: "P", counts: counts(2400) }));
    const by = (when: string, known?: string) =>
      contingentView(test.state, instruments, at(when), known === undefined ? undefined : at(known)).declarations.map(
        (one) => one.by,
      );
    expect(by("2030-01-05T00:00:00Z")).toEqual(["P", "S"]);
    expect(by("2030-01-05T00:00:00Z", "2030-01-02T12:00:00Z")).toEqual(["S"]);
    expect(by("2030-03-01T00:00:00Z")).toEqual(["P"]);
  });

  it.each([
    ["provision.unknown", body({ provision: "text/9" })],
    ["strength.not-stated", body({ provision: "text/1" })],
    ["strength.what", body({ counts: [{ what: "boats", number: 1 }] })],
    ["strength.twice", body({ counts: [...counts(1), ...counts(2)] })],
    ["speaker.unknown", body({ by: "Z" })],
    ["post.unknown", body({ post: "P-9" })],
    ["span.empty", body({ until: stamp(FROM) })],
  ])("is refused: %s", (code, wrong) => {
    expect(desk().act("A-Duty-1", "strength.declared", wrong)).toBe(code);
  });
});

describe("posts and rotations", () => {
  it("are shown with who declared them, as they stood", () => {
    const test = desk();
    test.act("A-Duty-1", "post.declared", post(), "P-1");
    test.act(
      "A-Duty-1",
      "post.declared",
      post({ from: stamp("2030-01-10T00:00:00Z"), until: stamp("2030-02-01T00:00:00Z") }),
      "P-1",
    );
    const rotation = {
      provision: "text/3",
      by: "S",
      at: stamp("2030-01-05T00:00:00Z"),
      what: "people",
      left: 400,
      came: 390,
      note: "",
    };
    test.act("A-Duty-1", "rotation.declared", rotation);
    const view = (when: string) => contingentView(test.state, instruments, at(when));
    expect(view("2030-01-06T00:00:00Z")).toMatchObject({
      posts: [{ code: "P-1", by: "S", lon: 46, lat: 40 }],
      rotations: [{ left: 400, came: 390, by: "S", mark: { component: "A" } }],
    });
    expect(view("2030-02-02T00:00:00Z").posts).toEqual([]);
    expect(view("2030-01-04T00:00:00Z").rotations).toEqual([]);
    expect(test.act("A-Duty-1", "post.declared", post(), "Post no. 1")).toBe("post.code");
    expect(test.act("A-Duty-1", "rotation.declared", { ...rotation, what: "boats" })).toBe("strength.what");
  });
});
