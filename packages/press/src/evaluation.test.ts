/** How well texts in five languages are read: against truth that stands in them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  claimsOf,
  conflictsOf,
  fingerprintOf,
  inversionsOf,
  originsOf,
  PRESS_LANGUAGES,
  ReprintIndex,
  readText,
  spellingsOf,
} from "./index.ts";
import { type Mark, readFacts, readGazetteer, readMarkedTexts, type Score, scoreOf } from "./testing/marked-texts.ts";

const mission = join(import.meta.dirname, "../../../missions/karabakh-2020");
const gazetteer = readGazetteer(mission);
const facts = readFacts(mission);

/** The texts that the reading was made with, those that were written apart from it, and ten more for which it was mended last. */
const SETS = ["texts", "texts-apart", "texts-told"]
  .map((name) => join(mission, "open-source", name))
  .filter((folder) => existsSync(folder));
const read = SETS.map((folder) =>
  readMarkedTexts(folder, "Asia/Baku").map((text) => ({ text, reading: readText(text, gazetteer) })),
);

describe.each(SETS.map((folder, place) => [folder.slice(mission.length + 1), read[place]!] as const))(
  "%s",
  (_, texts) => {
    it.each(["date", "quantity", "place", "person"] as const)("say enough to be measured by: %s", (kind) => {
      const marks = texts.flatMap(({ text }) => text.marks.filter((mark) => mark.kind === kind));
      expect(marks.length).toBeGreaterThan(20);
    });

    it.each(
      PRESS_LANGUAGES.flatMap((language) =>
        (["date", "quantity", "place", "person"] as const).map((kind) => [language, kind] as const),
      ),
    )("are read with a precision of 0.95 and a recall of 0.9: %s %s", (language, kind) => {
      const score: Score = { found: 0, right: 0, truth: 0, met: 0, wrong: [], missed: [] };
      for (const { text, reading } of texts) if (text.language === language) scoreOf(text, reading, kind, score);
      expect(score.right / score.found, score.wrong.join("\n")).toBeGreaterThanOrEqual(0.95);
      expect(score.met / score.truth, score.missed.join("\n")).toBeGreaterThanOrEqual(0.9);
    });

    it("are known again when they are printed again", () => {
      const index = new ReprintIndex();
      for (const { text } of texts) {
        const print = fingerprintOf(text.text, text.language);
        expect(index.reprintsOf(print), text.code).toEqual(text.reprintOf === undefined ? [] : [text.reprintOf]);
        index.add(text.code, print);
      }
    });
  },
);

describe.each(read.map((texts) => [texts[0]!.text.code, texts] as const))(
  "origins of the texts from %s on",
  (_, texts) => {
    it("are the outlets on whose word they tell it", () => {
      const told = texts.map(({ text: { code, outlet, publishedAt, text, language }, reading }) => ({
        ...{ code, outlet, publishedAt, reading },
        print: fingerprintOf(text, language),
      }));
      const cites = [...originsOf(told)].filter(([, { why }]) => why === "cites").map(([code]) => code);
      const isForeign = ({ kind, value }: Mark, outlet: string): boolean =>
        kind === "organisation" && value.startsWith("outlet-") && value !== outlet;
      const truth = texts
        .filter(({ text }) => text.reprintOf === undefined && text.marks.some((mark) => isForeign(mark, text.outlet)))
        .map(({ text }) => text.code);
      expect(cites.sort()).toEqual(truth.sort());
    });
  },
);

describe("conflicts of the texts", () => {
  const texts = read[0]!;
  const claims = texts.flatMap(({ text, reading }) =>
    claimsOf(text, reading, facts).map((claim) => ({ ...claim, text: text.code, origin: text.reprintOf ?? text.code })),
  );

  it("are those that stand in them, and no others", () => {
    const found = conflictsOf(claims, facts).map(({ fact, aspect, kind, values }) => ({
      fact,
      aspect,
      kind,
      values: values.map((one) => one.value).sort(),
    }));
    expect(found).toEqual([
      {
        fact: "memorandum",
        aspect: "signed",
        kind: "value-differs",
        values: ["2020-11-10", "2020-11-11", "2021-01-30"],
      },
      { fact: "centre-staff", aspect: undefined, kind: "per-side-or-total", values: ["120", "60 each"] },
      { fact: "centre-place", aspect: undefined, kind: "value-differs", values: ["PL-14", "PL-15"] },
    ]);
  });

  it.skipIf(read.length < 2)("are found in texts that were written apart, and no others", () => {
    const apart = read[1]!.flatMap(({ text, reading }) =>
      claimsOf(text, reading, facts).map((claim) => ({
        ...claim,
        text: text.code,
        origin: text.reprintOf ?? text.code,
      })),
    );
    expect(conflictsOf(apart, facts).map(({ fact, kind }) => `${fact} ${kind}`)).toEqual([
      "centre-staff per-side-or-total",
      "centre-place value-differs",
      "kalbajar-handover value-differs",
      // GAP: one more stands there, on a strength, in words that the mission's facts do not list yet.
    ]);
  });

  it("count a report told twice as one source", () => {
    const staff = conflictsOf(claims, facts).find((conflict) => conflict.fact === "centre-staff")!;
    const each = staff.values.find((one) => one.value === "60 each")!;
    expect(each.texts).toContain("tr-09");
    expect(each.origins).toBe(each.texts.length - 2);
  });

  it("are not those of spelling, which are told apart", () => {
    const named = texts.map(({ text, reading }) => ({
      text: text.code,
      language: text.language,
      names: reading.names,
    }));
    const marzili = spellingsOf(named).find((one) => one.id === "PL-14" && one.language === "en")!;
    expect(marzili.spellings.map((one) => one.spelling)).toEqual(["marzili", "merzili"]);
  });

  it("find quotations that were turned round", () => {
    const quotations = texts.flatMap(({ text, reading }) =>
      reading.quotations.map((quotation) => ({ text: text.code, language: text.language, quotation })),
    );
    expect(inversionsOf(quotations).map(({ left, right }) => [left.text, right.text])).toEqual([
      ["az-06", "az-07"],
      ["en-07", "en-08"],
      ["hy-06", "hy-07"],
      ["ru-07", "ru-08"],
      ["tr-07", "tr-08"],
    ]);
  });
});
