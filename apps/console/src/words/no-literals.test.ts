/** Screens speak only through the catalogue, use every message that it has for them, and give each message its values. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createWords, messageValues, type WordsKey } from "@openjmc/words";
import { parseAst } from "vite";
import { describe, expect, it } from "vitest";

/** The catalogue as a file: the test looks at what lies in it, not through the package's door. */
const english = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../../packages/words/src/locales/en/console.json"), "utf8"),
) as Record<string, string>;

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const SOURCE = join(import.meta.dirname, "..");
const FILES = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
  .map((name) => join(SOURCE, name));

/** Attributes that people read or hear. */
const SPOKEN = new Set([
  "title",
  "alt",
  "placeholder",
  "label",
  "hint",
  "error",
  "aria-label",
  "aria-description",
  "aria-valuetext",
]);
/** Names of keys and signs that are the same in every language. */
const SIGNS = /^[\s·–▶◀×%°()/:,.→←?+-]*$/;
const KEY_NAMES = new Set([
  "Ctrl K",
  "Ctrl Enter",
  "D",
  "F",
  "J",
  "K",
  "O",
  "A",
  "I",
  "T",
  "X",
  "E",
  "N",
  "U",
  "Shift A",
  "L",
  "Esc",
  "Space",
  "Enter",
  "?",
  "←",
  "→",
]);

function walk(
  node: unknown,
  visit: (node: Node, parents: readonly Node[]) => void,
  parents: readonly Node[] = [],
): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit, parents);
  if (node === null || typeof node !== "object" || Array.isArray(node)) return;
  const here = node as Node;
  if (typeof here.type === "string") visit(here, parents);
  const below = typeof here.type === "string" ? [...parents, here] : parents;
  for (const value of Object.values(here)) walk(value, visit, below);
}

function parsed(file: string): unknown {
  return parseAst(readFileSync(file, "utf8"), { lang: file.endsWith("x") ? "tsx" : "ts" });
}

function nameOf(node: unknown): string {
  const { name } = node as { name?: string };
  return name ?? "";
}

/** Texts that a screen would show without asking the catalogue. */
function literalsIn(file: string): string[] {
  const found: string[] = [];
  const check = (text: string): void => {
    if (!SIGNS.test(text) && !KEY_NAMES.has(text.trim())) found.push(`${relative(SOURCE, file)}: ${text.trim()}`);
  };
  walk(parsed(file), (node, parents) => {
    if (node.type === "JSXText") check(String(node.value));
    if (node.type === "JSXExpressionContainer" && parents.at(-1)?.type === "JSXElement") {
      const inner = node.expression as Node;
      if (inner.type === "Literal" && typeof inner.value === "string") check(inner.value);
    }
    if (node.type === "JSXAttribute" && SPOKEN.has(nameOf(node.name))) {
      const value = node.value as Node | null;
      if (value?.type === "Literal") check(String(value.value));
    }
  });
  return found;
}

interface Call {
  readonly key: string;
  readonly values: readonly string[] | undefined;
  readonly place: string;
}

/** Calls of `say` with a key written out, and the names of the values given. */
function callsIn(file: string): Call[] {
  const calls: Call[] = [];
  walk(parsed(file), (node) => {
    if (node.type !== "CallExpression") return;
    const callee = node.callee as Node;
    const [key, values] = node.arguments as Node[];
    if (callee.type !== "MemberExpression" || nameOf(callee.property) !== "say" || key?.type !== "Literal") return;
    const properties = values?.type === "ObjectExpression" ? (values.properties as Node[]) : undefined;
    const names = properties?.map((property) => nameOf(property.key));
    calls.push({ key: String(key.value), values: values === undefined ? [] : names, place: relative(SOURCE, file) });
  });
  return calls;
}

describe("the console's words", () => {
  it("has files to look at", () => {
    expect(FILES.length).toBeGreaterThan(60);
  });

  it("shows no text that is not in the catalogue", () => {
    expect(FILES.filter((file) => file.endsWith("x")).flatMap(literalsIn)).toEqual([]);
  });

  it("gives every message the values that it needs", () => {
    const words = createWords("en");
    for (const call of FILES.flatMap(callsIn)) {
      expect(words.has(call.key), `${call.place}: ${call.key}`).toBe(true);
      const text = (english as Readonly<Record<string, string>>)[call.key.replace(/^console\./, "")];
      if (text === undefined || call.values === undefined) continue;
      expect(call.values.toSorted(), `${call.place}: ${call.key}`).toEqual(messageValues(text));
    }
  });

  it("keeps no message that no screen uses", () => {
    const source = FILES.map((file) => readFileSync(file, "utf8")).join("\n");
    const families = [...source.matchAll(/[`"]console\.([A-Za-z0-9.-]*)\$\{/g)].map((match) => match[1]!);
    const unused = Object.keys(english).filter(
      (key) => !source.includes(`"console.${key}"`) && !families.some((family) => key.startsWith(family)),
    );
    expect(unused).toEqual([]);
  });

  it("says every message in a screen's language without a fault", () => {
    const words = createWords("en");
    for (const [key, text] of Object.entries(english)) {
      const values = Object.fromEntries(messageValues(text).map((name) => [name, 2]));
      expect(words.say(`console.${key}` as WordsKey, values)).not.toBe("");
    }
  });
});
