import { describe, expect, it } from "vitest";
import { createWords, loadWords } from "./create.ts";
import { matchLocale } from "./locale.ts";

describe("words", () => {
  it("counts as each language counts", () => {
    const shots = (locale: "en" | "tr" | "ru", count: number): string =>
      createWords(locale).say("codes.unit.shot", { count });
    expect([1, 2].map((count) => shots("en", count))).toEqual(["1 shot", "2 shots"]);
    expect([1, 2].map((count) => shots("tr", count))).toEqual(["1 tek atış", "2 tek atış"]);
    expect([1, 3, 5, 21, 22, 111].map((count) => shots("ru", count))).toEqual([
      "1 выстрел",
      "3 выстрела",
      "5 выстрелов",
      "21 выстрел",
      "22 выстрела",
      "111 выстрелов",
    ]);
  });

  it("shows a code that has no name as it stands", () => {
    const words = createWords("tr");
    expect(words.sayCode("means", "saw")).toBe("görüldü");
    expect(words.sayCode("means", "divining-rod")).toBe("divining-rod");
    expect(words.sayCode("means", "constructor")).toBe("constructor");
  });

  it("refuses to say a message without the values it needs", () => {
    expect(() => createWords("en").say("codes.unit.shot")).toThrow();
  });

  it("tells a fault from its own message, and an unknown one from its parts", () => {
    const words = createWords("en");
    const known = words.sayFault({ code: "instant.malformed", what: "time", got: "noon" });
    expect(known).toBe("This is not a time in the expected form. Came: noon.");
    const unknown = words.sayFault({
      code: "lamp.broken",
      what: "Lighting the lamp",
      where: { file: "lamps.yaml", line: 12, field: "bulb", offset: 4096 },
      expected: "a bulb",
      cause: "it is dark",
    });
    expect(unknown).toContain("This could not be used or done: Lighting the lamp (lamp.broken).");
    expect(unknown).toContain("lamps.yaml, line 12, field bulb, byte 4,096");
    expect(unknown).toContain("Expected: a bulb.");
    expect(unknown).toContain("Reason: it is dark.");
  });

  it("loads one language alone and says the same", async () => {
    const loaded = await loadWords("ru");
    expect(loaded.say("codes.means.radar")).toBe(createWords("ru").say("codes.means.radar"));
  });

  it("matches wishes to languages", () => {
    expect(matchLocale(["hy-AM", "ru-RU", "tr"])).toBe("ru");
    expect(matchLocale(["TR"])).toBe("tr");
    expect(matchLocale([])).toBe("en");
  });
});
