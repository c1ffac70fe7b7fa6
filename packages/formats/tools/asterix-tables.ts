/**
 * Developer's tool: reads bit layouts of ASTERIX categories in the `.ast` form and writes the compact tables under
 * `src/asterix/tables`. Run by hand when a category or an edition is added:
 *
 *     node packages/formats/tools/asterix-tables.ts FOLDER_OF_SPECS
 *
 * Only names, widths, scales, limits and order are taken over; titles, meanings and remarks stay behind.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A line of an `.ast` file with the lines indented under it. */
interface Line {
  readonly text: string;
  readonly children: Line[];
}

/** Headings whose lines are prose. */
const PROSE = new Set(["definition", "description", "remark", "preamble"]);

const [specs] = process.argv.slice(2);
if (specs === undefined) throw new Error("give the folder of the .ast files");
const out = join(import.meta.dirname, "../src/asterix/tables");

for (const folder of readdirSync(specs)
  .filter((name) => /^cat\d{3}$/.test(name))
  .sort()) {
  const category = folder.slice(3);
  writeFileSync(join(out, `category-${category}.ts`), categoryFile(category, join(specs, folder)));
}

function categoryFile(category: string, folder: string): string {
  const files = readdirSync(folder).sort(byEdition);
  const items = new Map<string, Map<string, string[]>>();
  const profiles = new Map<string, string[]>();
  const expansions: [string, string][] = [];
  for (const file of files) {
    const [, kind, edition] = /^(cat|ref)-(\d+\.\d+)\.ast$/.exec(file)!;
    const lines = parseLines(readFileSync(join(folder, file), "utf8"));
    if (kind === "ref") {
      expansions.push([edition!, layoutOf(lines.filter((line) => /^(compound|group|extended)/.test(line.text)))]);
      continue;
    }
    for (const item of find(lines, "items").children) {
      const layouts = items.get(nameOf(item)) ?? new Map<string, string[]>();
      const layout = layoutOf(item.children);
      layouts.set(layout, [...(layouts.get(layout) ?? []), edition!]);
      items.set(nameOf(item), layouts);
    }
    const profile = profileOf(lines);
    profiles.set(profile, [...(profiles.get(profile) ?? []), edition!]);
  }
  return render(category, items, profiles, expansions);
}

function render(
  category: string,
  items: Map<string, Map<string, string[]>>,
  profiles: Map<string, string[]>,
  expansions: [string, string][],
): string {
  const rows = [...items]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, layouts]) =>
      [...layouts].map(([layout, editions]) => `["${name}", "${editions.join(" ")}", ${quote(layout)}],`),
    );
  return [
    `// Written by tools/asterix-tables.ts; see README.md beside for where the layouts come from.`,
    `import type { CategoryTable } from "../category-table.ts";`,
    ``,
    `export const category${category}: CategoryTable = {`,
    `category: ${Number(category)},`,
    `profiles: [`,
    ...[...profiles].map(([profile, editions]) => `["${editions.join(" ")}", ${quote(profile)}],`),
    `],`,
    `items: [`,
    ...rows,
    `],`,
    `expansions: [`,
    ...expansions.map(([edition, layout]) => `["${edition}", ${quote(layout)}],`),
    `],`,
    `};`,
    ``,
  ].join("\n");
}

function quote(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

function byEdition(a: string, b: string): number {
  const key = (name: string) => name.match(/\d+/g)!.map(Number);
  const [majorA, minorA] = key(a) as [number, number];
  const [majorB, minorB] = key(b) as [number, number];
  return a.slice(0, 3) === b.slice(0, 3) ? majorA - majorB || minorA - minorB : a < b ? -1 : 1;
}

/** Builds the tree that the indentation means, leaving out prose. */
function parseLines(text: string): Line[] {
  const root: Line = { text: "", children: [] };
  const open: { indent: number; line: Line }[] = [{ indent: -1, line: root }];
  for (const raw of text.split("\n")) {
    if (raw.trim() === "") continue;
    const indent = raw.length - raw.trimStart().length;
    while (open.at(-1)!.indent >= indent) open.pop();
    const line = { text: raw.trim(), children: [] };
    open.at(-1)!.line.children.push(line);
    open.push({ indent, line });
  }
  const withoutProse = (lines: Line[]): Line[] =>
    lines
      .filter((line) => !PROSE.has(line.text))
      .map(({ text: own, children }) => ({ text: own, children: withoutProse(children) }));
  return withoutProse(root.children);
}

function find(lines: readonly Line[], text: string): Line {
  const found = lines.find((line) => line.text === text);
  if (found === undefined) throw new Error(`no ${text}`);
  return found;
}

function nameOf(line: Line): string {
  return line.text.split(" ")[0]!;
}

/** The layout that one of the lines under a name gives. */
function layoutOf(lines: readonly Line[]): string {
  const line = lines.find(({ text }) => /^(element|group|extended|repetitive|compound|explicit|case)\b/.test(text));
  if (line === undefined) throw new Error(`no layout among ${lines.map(({ text }) => text).join("; ")}`);
  const [keyword, argument] = line.text.split(" ");
  switch (keyword) {
    case "element":
      return `${argument}${contentOf(line.children)}`.replace(` ?0-${2 ** Number(argument) - 1}`, "");
    case "group":
      return `{ ${line.children.map(fieldOf).join(", ")} }`;
    case "extended":
      return `extended { ${extendedParts(line.children)} }`;
    case "repetitive":
      return `repeat ${argument} ${repeated(line.children)}`;
    case "compound":
      return `compound${argument === undefined ? "" : ` ${argument}`} { ${line.children.map(fieldOf).join(", ")} }`;
    case "explicit":
      return argument === undefined ? "explicit" : `explicit ${argument}`;
    default:
      return alternativeOf(line);
  }
}

/** Layouts that depend on a value elsewhere are kept as the raw bits that they all take. */
function alternativeOf(line: Line): string {
  const widths = line.children.map((choice) => widthOf(choice.children[0]!));
  if (new Set(widths).size !== 1) throw new Error(`alternatives of different widths: ${line.text}`);
  return `${widths[0]}`;
}

function widthOf(line: Line): number {
  const [keyword, argument] = line.text.split(" ");
  if (keyword === "element" || keyword === "spare") return Number(argument);
  const inner = keyword === "group" ? line.children : line.children.slice(0, 1);
  return inner.reduce((sum, child) => sum + widthOf(child), 0);
}

function repeated(lines: readonly Line[]): string {
  const layout = layoutOf(lines);
  return layout.startsWith("{") ? layout : `{ ${layout} }`;
}

function fieldOf(line: Line): string {
  if (line.text === "-") return "-";
  if (line.text.startsWith("spare ")) return `_ ${line.text.slice(6)}`;
  return `${nameOf(line)} ${layoutOf(line.children)}`;
}

/** Parts of an extended item; a dash is the bit that says whether another part follows. */
function extendedParts(lines: readonly Line[]): string {
  return lines
    .map((line) => (line.text === "-" ? "|" : fieldOf(line)))
    .join(", ")
    .replaceAll(", |", " |")
    .replaceAll("|, ", "| ");
}

function contentOf(lines: readonly Line[]): string {
  const line = lines[0]!;
  const { text } = line;
  if (text === "raw" || text.startsWith("bds")) return "";
  if (text === "table") return tableOf(line.children);
  if (text.startsWith("string ")) return ` ${text.slice(7)}`;
  if (text.startsWith("case ")) return caseOf(line);
  const integer = /^(unsigned|signed) integer(.*)$/.exec(text);
  if (integer) return ` ${integer[1]![0]}${limits(integer[2]!)}`;
  const quantity = /^(unsigned|signed) quantity (\S+) "([^"]*)"(.*)$/.exec(text);
  if (!quantity) throw new Error(`content not understood: ${text}`);
  const [, sign, step, unit, rest] = quantity;
  return ` ${sign![0]}${fraction(step!)}${unit === "" ? "" : ` "${unit}"`}${limits(rest!)}`;
}

/** `1/2^8` as `1/256`. */
function fraction(text: string): string {
  return text.replace(/(\d+)\^(\d+)/g, (_, base: string, power: string) => `${Number(base) ** Number(power)}`);
}

function limits(text: string): string {
  return [...text.matchAll(/(>=|<=|<|>)\s*(\S+)/g)]
    .map(([, sign, value]) => {
      const [numerator, denominator] = fraction(value!).split("/").map(Number) as [number, number | undefined];
      return ` ${sign}${numerator / (denominator ?? 1)}`;
    })
    .join("");
}

/** Codes that have a meaning, where not all have one. */
function tableOf(lines: readonly Line[]): string {
  const codes = lines
    .map(({ text }) => Number(/^(\d+):/.exec(text)?.[1] ?? Number.NaN))
    .filter((code) => !Number.isNaN(code));
  const ranges: string[] = [];
  for (let index = 0; index < codes.length; ) {
    let end = index;
    while (codes[end + 1] === codes[end]! + 1) end += 1;
    ranges.push(end === index ? `${codes[index]}` : `${codes[index]}-${codes[end]}`);
    index = end + 1;
  }
  return ` ?${ranges.join(";")}`;
}

/** A quantity whose scale depends on a flag beside it: `case IM 0:u1/16384 "NM/s" 1:u1/1000 "Mach"`. */
function caseOf(line: Line): string {
  const flag = line.text.slice(5).split("/").at(-1)!;
  const choices = line.children
    .filter((choice) => /^\d+:$/.test(choice.text))
    .map((choice) => ({ value: choice.text.slice(0, -1), content: contentOf(choice.children).trim() }));
  if (choices.some(({ content }) => content.startsWith("?"))) return "";
  return ` case ${flag} ${choices.map(({ value, content }) => `${value}:${content}`).join(" ")}`;
}

/** Order of items in a record; variants by the value of an item as `TYP=0:plot,1:track plot(…) track(…)`. */
function profileOf(lines: readonly Line[]): string {
  const simple = lines.find(({ text }) => text === "uap");
  const order = (line: Line) => line.children.map(({ text }) => text).join(" ");
  if (simple !== undefined) return order(simple);
  const { children } = find(lines, "uaps");
  const choice = children.find(({ text }) => text.startsWith("case "))!;
  const variants = find(children, "variations").children.map((line) => `${line.text} ( ${order(line)} )`);
  const cases = choice.children.map(({ text }) => text.replace(": ", "="));
  return `by ${choice.text.slice(5)} ${cases.join(" ")} ${variants.join(" ")}`;
}
