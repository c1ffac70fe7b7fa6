import { describe, expect, it } from "vitest";
import { soundAlike, soundsOf } from "../script/sound.ts";
import { transliterate } from "../script/transliterate.ts";
import type { PressLanguage } from "../text.ts";
import { entryOfPlace } from "./entry-of-place.ts";
import { Gazetteer } from "./gazetteer.ts";
import { namesOf } from "./names.ts";

const gazetteer = new Gazetteer([
  { id: "X-1", kind: "place", names: [{ name: "Velmira", language: "en" }] },
  { id: "X-2", kind: "place", names: [{ name: "Sho", language: "en" }] },
  { id: "W-1", kind: "person", names: [{ name: "Veliyev", language: "en" }] },
]);

function names(text: string, language: PressLanguage = "en"): string[] {
  return namesOf({ text, language, publishedAt: 0, timeZone: "UTC" }, gazetteer).map(
    ({ kind, id, name }) => `${kind} ${id ?? "?"} ${name}`,
  );
}

describe("names", () => {
  it.each<[PressLanguage, string]>([
    ["en", "in Velmira"],
    ["en", "in Welmira's north"],
    ["tr", "Velmira'da"],
    ["ru", "в Вельмире"],
    ["ru", "Вельмирский район"],
    ["az", "Vəlmiradan"],
    ["hy", "Վելմիրայում"],
  ])("are found in %s as they are spelt there: %s", (language, text) => {
    expect(names(text, language)[0]).toMatch(/^place X-1 /);
  });

  it("are not found where a short one only sounds alike, or a word is no name", () => {
    expect(names("a show, Shy and velmira")).toEqual([]);
  });

  it("join what stands before a family name, and know the person again by it alone", () => {
    expect(names("General Veliyev and Colonel Aram Petrosian met. Petrosian left.")).toEqual([
      "person W-1 Veliyev",
      "person ? Aram Petrosian",
      "person ? Aram Petrosian",
    ]);
  });

  it("of persons that nobody knows stand without the endings of a case", () => {
    expect(names("Գնդապետ Արամ Տորոսյանը լռել է։ Տորոսյանի խոսքով՝ ոչինչ չկա։", "hy")).toEqual([
      "person ? Արամ Տորոսյան",
      "person ? Արամ Տորոսյան",
    ]);
    expect(names("Albay Aram Torosoğlu'nun sözleri", "tr")).toEqual(["person ? Aram Torosoğlu"]);
  });

  it("of places are found under the names that the parties use", () => {
    const place = entryOfPlace({ code: "X-3", names: { en: "Tarbajar / Tarvan" }, partyNames: { P: "Թարվաճառ" } });
    expect(place.names).toEqual([
      { name: "Tarbajar", language: "en" },
      { name: "Tarvan", language: "en" },
      { name: "Թարվաճառ", language: "hy" },
    ]);
  });

  it("of places that nobody knows are told by the word beside them", () => {
    expect(names("shots near the village of Torbagar")).toEqual(["place ? Torbagar"]);
    expect(names("в селе Торбагар", "ru")).toEqual(["place ? Торбагар"]);
    expect(names("Torbagar köyünde", "tr")).toEqual(["place ? Torbagar"]);
  });
});

describe("sounds", () => {
  const sound = (word: string, language: PressLanguage): string => soundsOf(transliterate(word, language));
  it.each<[string, PressLanguage, string, PressLanguage]>([
    ["Tarbajar", "en", "Terbecer", "tr"],
    ["Tarbajar", "en", "Tarbjar", "en"],
    ["Тарбаджар", "ru", "Tərbəcər", "az"],
    ["Valiyev", "en", "Veliev", "en"],
    ["Շորշի", "hy", "Shorshi", "en"],
    ["Хаджиев", "ru", "Hacıyev", "tr"],
  ])("make %s (%s) and %s (%s) one", (left, ofLeft, right, ofRight) => {
    expect(soundAlike(sound(left, ofLeft), sound(right, ofRight))).toBe(true);
  });

  it.each<[string, string]>([
    ["Valiyev", "Aliyev"],
    ["Tarbajar", "Tarabakh"],
    ["Barda", "Board"],
  ])("keep %s and %s apart", (left, right) => {
    expect(soundAlike(sound(left, "en"), sound(right, "en"))).toBe(false);
  });
});
