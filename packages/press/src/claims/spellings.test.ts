import { describe, expect, it } from "vitest";
import type { NameKind } from "../names/gazetteer.ts";
import type { PressLanguage } from "../text.ts";
import { type NamedText, spellingsOf } from "./spellings.ts";

let place = 0;

function told(text: string, name: string, kind: NameKind, id?: string, language: PressLanguage = "en"): NamedText {
  place += 1;
  return { text, language, names: [{ kind, start: place, end: place + 1, name, ...(id !== undefined && { id }) }] };
}

const found = (texts: readonly NamedText[]): string[] =>
  spellingsOf(texts).map(({ id, spellings }) => `${id}: ${spellings.map((one) => one.spelling).join(" ")}`);

describe("spellings", () => {
  it("of a place that is known are told apart, the commonest first", () => {
    const texts = [
      told("a", "Tarbjar", "place", "X-1"),
      told("b", "Tarbajar", "place", "X-1"),
      told("c", "Tarbajar", "place", "X-1"),
    ];
    expect(found(texts)).toEqual(["X-1: tarbajar tarbjar"]);
  });

  it("are not its forms: the endings of cases make no other spelling", () => {
    const forms = [told("a", "Torbacar'da", "place", "X-1", "tr"), told("b", "Torbacar'ın", "place", "X-1", "tr")];
    expect(found(forms)).toEqual([]);
    expect(found([...forms, told("c", "Törbacar", "place", "X-1", "tr")])).toEqual(["X-1: torbacar törbacar"]);
  });

  it("of a person whom nobody knows are brought together by sound", () => {
    const texts = [
      told("a", "Anar Valiyev", "person"),
      told("b", "Colonel Veliev", "person"),
      told("c", "Anar Aliyev", "person"),
    ];
    expect(found(texts)).toEqual(["valiyev: valiyev veliev"]);
  });

  it("are of one language, and of places and persons alone", () => {
    expect(found([told("a", "Tarbajar", "place", "X-1"), told("b", "Tərbəcər", "place", "X-1", "az")])).toEqual([]);
    expect(found([told("a", "Ministry", "organisation", "O"), told("b", "MoD", "organisation", "O")])).toEqual([]);
    expect(found([told("a", "Valiyev", "person"), told("b", "Veliev", "place")])).toEqual([]);
  });
});
