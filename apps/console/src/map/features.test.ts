import type { ContingentView, EntryMark } from "@openjmc/model";
import { createWords } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { postShapes } from "./features.ts";

const at = Date.UTC(2031, 4, 2, 12) * 1000;
const filed = { names: { en: "Filed" }, by: "S", lon: 10, lat: 0, uncertaintyMetres: 3000 };
const view = {
  at,
  posts: [
    {
      ...{ code: "D", name: "Declared", by: "S", lon: 11, lat: 1, uncertaintyMetres: 0, from: at },
      mark: {} as EntryMark,
    },
  ],
  filed: {
    counts: [],
    posts: [
      { code: "F", ...filed, from: "2031-05-02", until: "2031-05-02" },
      { code: "old", ...filed, until: "2031-05-01" },
      { code: "coming", ...filed, from: "2031-05-03" },
      { code: "unknown", names: { en: "Somewhere" }, by: "S" },
      { code: "D", ...filed },
    ],
  },
} as unknown as ContingentView;

describe("posts on the map", () => {
  const { features } = postShapes(view, (code) => `State ${code}`, createWords("en"));

  it("are those declared, and of the files those whose place is known and which stand then, each once", () => {
    const points = features.filter(({ geometry }) => geometry.type === "Point");
    expect(points.map(({ properties }) => [properties?.id, properties?.label])).toEqual([
      ["D", "Declared (by State S)"],
      ["F", "Filed (by State S)"],
    ]);
  });

  it("have a ring as wide as the place is unsure, and none where it is sure", () => {
    const rings = features.filter(({ geometry }) => geometry.type === "Polygon");
    expect(rings.map(({ properties }) => properties?.id)).toEqual(["F"]);
  });

  it("are none before anything is known", () => {
    expect(postShapes(undefined, String, createWords("en")).features).toEqual([]);
  });
});
