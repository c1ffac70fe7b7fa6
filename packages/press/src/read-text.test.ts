import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gazetteer } from "./names/gazetteer.ts";
import { type Reading, readText } from "./read-text.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "./testing/torture.ts";
import { PRESS_LANGUAGES, type PressLanguage, type Span } from "./text.ts";

const gazetteer = new Gazetteer([
  { id: "X-1", kind: "place", names: [{ name: "Velmira", language: "en" }] },
  { id: "O-1", kind: "outlet", names: [{ name: "Agency X", language: "en" }] },
]);

function read(text: string, language: PressLanguage = "en"): Reading {
  return readText({ text, language, publishedAt: 1_605_000_000_000_000, timeZone: "UTC" }, gazetteer);
}

const spansOf = (reading: Reading): Span[] => Object.values(reading).flat() as Span[];

/** Pieces that texts are made of, so that chance makes dates, numbers and names out of them. */
const piece = fc.constantFrom(
  ...[
    "10",
    "1,960",
    "00:00",
    "ноября",
    "Kasım",
    "noyabrın",
    "նոյեմբերի",
    "Velmira",
    "General",
    "«",
    "”",
    "said",
    "İ",
    "ß",
  ],
  ...[
    "по словам",
    "göre",
    ", ",
    ". ",
    " ",
    "\n",
    "’da",
    "\u202e",
    "\ud800",
    "\u0306",
    "\u00ad",
    "\r\n",
    "— ",
    "days ago",
    "yüzde ",
    "tanks: ",
    "60 ",
    "killed",
    "each",
    "Agency X",
    "-",
    "2020",
  ],
);

describe("a reading", () => {
  it(
    "of any text points into it, and comes out the same again",
    () => {
      fc.assert(
        fc.property(
          fc.array(fc.oneof(piece, fc.string({ unit: "grapheme", maxLength: 6 })), { maxLength: 40 }),
          fc.constantFrom(...PRESS_LANGUAGES),
          (pieces, language) => {
            const text = pieces.join("");
            const reading = read(text, language);
            for (const { start, end } of spansOf(reading)) {
              expect(start).toBeGreaterThanOrEqual(0);
              expect(end).toBeGreaterThan(start);
              expect(end).toBeLessThanOrEqual(text.length);
            }
            expect(read(text, language)).toEqual(reading);
          },
        ),
        fuzzRuns(300),
      );
    },
    FUZZ_TIMEOUT,
  );

  it.each(["a", "A ", "1 ", "10 November ", "«", "General ", "1,", "Velmira", " \n", "А́", "one "])(
    "of a quarter of a million signs of %j ends",
    (sign) => {
      for (const language of PRESS_LANGUAGES) read(sign.repeat(250_000 / sign.length), language);
    },
    60_000,
  );

  const words =
    "Dün Velmira yakınlarında en az 60 asker görüldü, 10 Şubat'ta ise kırk dakika boyunca on iki patlama duyulduğu söylendi.";
  it.each<[string, string]>([
    ["wrapped lines", words.replace("kırk ", "kırk\n")],
    ["spaces of another width", words.replaceAll(" ", "\u00a0")],
    ["letters and their marks apart", words.normalize("NFD")],
    ["signs that cannot be seen", words.replace("Velmira", "\u202eVel\u00admi\u200bra\u202c")],
  ])("is the same of %s", (_, changed) => {
    const told = (text: string): string[] => {
      const { dates, quantities, names } = read(text, "tr");
      return [
        ...dates.map(({ day }) => day),
        ...quantities.map(({ value, unit }) => `${value} ${unit}`),
        ...names.map(({ kind, id }) => `${kind} ${id}`),
      ];
    };
    expect(told(words).length).toBe(6);
    expect(told(changed)).toEqual(told(words));
  });

  it("tells who says it", () => {
    const { speech } = read(
      "Colonel Aram Petrosian said on Tuesday that it was quiet. According to Agency X, shots fell.",
    );
    expect(speech.map(({ manner, speaker }) => [manner, speaker?.id ?? speaker?.name])).toEqual([
      ["said", "Aram Petrosian"],
      ["according-to", "O-1"],
    ]);
  });
});
