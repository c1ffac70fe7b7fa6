import { expect, it } from "vitest";
import { Gazetteer } from "../names/gazetteer.ts";
import { readText } from "../read-text.ts";
import { certaintyWordsOf, framingOf } from "./framing.ts";

it("keeps words of doubt and of a side as they stand", () => {
  const text = { language: "en", publishedAt: 0, timeZone: "UTC" } as const;
  const written = "The so-called Aggressors allegedly left the village. The road is open.";
  const sentence = { start: 0, end: 53 };
  const reading = readText({ ...text, text: written }, new Gazetteer([]));
  expect(framingOf({ ...text, text: written }, sentence)).toEqual(["so-called", "Aggressors"]);
  expect(certaintyWordsOf({ ...text, text: written }, sentence, reading)).toBe("allegedly");
  expect(framingOf({ ...text, text: written }, { start: 53, end: written.length })).toEqual([]);
  expect(certaintyWordsOf({ ...text, text: written }, { start: 53, end: written.length }, reading)).toBeUndefined();
});
