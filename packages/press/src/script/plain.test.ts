import { describe, expect, it } from "vitest";
import { plainText, unwrapped } from "./plain.ts";
import { lowerCase } from "./transliterate.ts";

function found(text: string, words: string): string {
  const { text: plain, placed } = plainText(text);
  const start = plain.indexOf(words);
  const span = placed({ start, end: start + words.length });
  return text.slice(span.start, span.end);
}

describe("plain text", () => {
  it("has composed letters, and points back at those that came apart", () => {
    expect(found("10 S\u0327ubat'ta Ag\u0306dam, o", "Ağdam")).toBe("Ag\u0306dam");
    expect(found("10 S\u0327ubat", "Şubat")).toBe("S\u0327ubat");
  });

  it("leaves out what cannot be seen, and points at all of a word that had it", () => {
    expect(found("in \u202eTar\u00adba\u200bjar\u202c today", "Tarbajar")).toBe("Tar\u00adba\u200bjar");
    expect(plainText("\u200b\ufeff").text).toBe("");
  });

  it("keeps halves of signs, and signs of two halves, in place", () => {
    expect(found("\ud800 a\u0301 \u{1f600} Tarbajar", "Tarbajar")).toBe("Tarbajar");
  });

  it("does not bear heaps of marks", () => {
    const heap = "\u0301\u0316".repeat(100_000);
    // Thirty marks stay on the letter, one of them composed with it.
    expect(plainText(`${heap}a${heap}b`).text).toHaveLength(31);
    expect(lowerCase(`A${heap}`, "en")).toBe(`a${heap}`);
    expect(found(`a${heap} Tarbajar`, "Tarbajar")).toBe("Tarbajar");
  });

  it("joins lines that were only wrapped, and no rows", () => {
    const long = "x".repeat(60);
    expect(unwrapped(`${long} 60\nsoldiers`)).toBe(`${long} 60 soldiers`);
    expect(unwrapped(`${long} 60\r\nsoldiers`)).toBe(`${long} 60  soldiers`);
    for (const text of ["tanks 28\nguns 8", `${long}.\nthen`, `${long}\nThen`, `${long}\n\nthen`])
      expect(unwrapped(text)).toBe(text);
  });
});
