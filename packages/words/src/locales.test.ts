import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "./locale.ts";
import en from "./locales/en/index.ts";
import ru from "./locales/ru/index.ts";
import tr from "./locales/tr/index.ts";

/** What this test needs of a parsed message's elements (numbers of ICU MessageFormat's parser). */
interface Element {
  readonly type: number;
  readonly value?: string;
  readonly pluralType?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
  readonly children?: readonly Element[];
}
const TYPE = { literal: 0, plural: 6, pound: 7 };

function parse(text: string): readonly Element[] {
  return new IntlMessageFormat(text, "en").getAst() as readonly Element[];
}

type Areas = Readonly<Record<string, Readonly<Record<string, string>>>>;
const ALL: Readonly<Record<Locale, Areas>> = { en, tr, ru };
const AREAS = Object.keys(en) as (keyof typeof en)[];

/** Every argument with its kind, and every tag, as sorted text. */
function argumentsOf(text: string): string[] {
  const found = new Set<string>();
  const walk = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(`${element.type}:${element.value}`);
      for (const option of Object.values(element.options ?? {})) walk(option.value);
      walk(element.children ?? []);
    }
  };
  walk(parse(text));
  return [...found].sort();
}

/** Plural categories that a message offers, per plural argument. */
function pluralsOf(text: string): string[][] {
  const found: string[][] = [];
  const walk = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.plural && element.pluralType !== "ordinal")
        found.push(Object.keys(element.options ?? {}));
      for (const option of Object.values(element.options ?? {})) walk(option.value);
    }
  };
  walk(parse(text));
  return found;
}

describe.each(LOCALES)("the catalogue in %s", (locale) => {
  it.each(AREAS)("has exactly the English keys in %s", (area) => {
    expect(Object.keys(ALL[locale][area] ?? {}).sort()).toEqual(Object.keys(en[area]).sort());
  });

  it.each(AREAS)("has no empty message and no message that cannot be parsed in %s", (area) => {
    for (const [key, text] of Object.entries(ALL[locale][area] ?? {})) {
      expect(text.trim(), key).not.toBe("");
      expect(() => parse(text), key).not.toThrow();
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
