import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "./locale.ts";
import en from "./locales/en/index.ts";
import ru from "./locales/ru/index.ts";
import tr from "./locales/tr/index.ts";
import { ELEMENT, elementsOf, parseMessage } from "./message-values.ts";

type Areas = Readonly<Record<string, Readonly<Record<string, string>>>>;
const ALL: Readonly<Record<Locale, Areas>> = { en, tr, ru };
const AREAS = Object.keys(en) as (keyof typeof en)[];

/** Every argument with its kind, and every tag, as sorted text. */
function argumentsOf(text: string): string[] {
  const elements = [...elementsOf(parseMessage(text))];
  const asked = elements.filter((element) => element.type !== ELEMENT.literal && element.type !== ELEMENT.pound);
  return [...new Set(asked.map((element) => `${element.type}:${element.value}`))].sort();
}

/** Plural categories that a message offers, per plural argument. */
function pluralsOf(text: string): string[][] {
  return [...elementsOf(parseMessage(text))]
    .filter((element) => element.type === ELEMENT.plural && element.pluralType !== "ordinal")
    .map((element) => Object.keys(element.options ?? {}));
}

describe.each(LOCALES)("the catalogue in %s", (locale) => {
  it.each(AREAS)("has exactly the English keys in %s", (area) => {
    expect(Object.keys(ALL[locale][area] ?? {}).sort()).toEqual(Object.keys(en[area]).sort());
  });

  it.each(AREAS)("has no empty message and no message that cannot be parsed in %s", (area) => {
    for (const [key, text] of Object.entries(ALL[locale][area] ?? {})) {
      expect(text.trim(), key).not.toBe("");
      expect(() => parseMessage(text), key).not.toThrow();
    }
  });

  it.each(AREAS)("asks for the same values as the English message in %s", (area) => {
    const english: Readonly<Record<string, string>> = en[area];
    for (const [key, text] of Object.entries(ALL[locale][area] ?? {}))
      expect(argumentsOf(text), key).toEqual(argumentsOf(english[key] ?? ""));
  });

  it.each(AREAS)("offers every plural form that the language has in %s", (area) => {
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(ALL[locale][area] ?? {}))
      for (const offered of pluralsOf(text)) expect(offered, key).toEqual(expect.arrayContaining([...needed]));
  });

  it("is written in its own script", () => {
    const letters = locale === "ru" ? /[А-Яа-яЁё]/ : /[A-Za-z]/;
    const messages = Object.values(ALL[locale]).flatMap((area) => Object.values(area));
    const own = messages.filter((text) => letters.test(text.replaceAll(/\{[^{}]*\}/g, "")));
    expect(own.length / messages.length).toBeGreaterThan(0.9);
  });
});
