/** Texts with their truth marked in them: `{d=2020-11-10|10 November}` for days, `n` quantities, `p` places, `P` persons, `o` organisations and outlets. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { FactDefinition } from "../claims/fact.ts";
import { entryOfPlace, type NamedPlace } from "../names/entry-of-place.ts";
import { Gazetteer, type GazetteerEntry, type NameKind } from "../names/gazetteer.ts";
import type { Reading } from "../read-text.ts";
import { overlap, type PressLanguage, type PressText, type Span } from "../text.ts";

export interface Mark extends Span {
  readonly kind: "date" | "quantity" | "place" | "person" | "organisation";
  /** A day, `1960 service-member`, or a code of the gazetteer. */
  readonly value: string;
}

export interface MarkedText extends PressText {
  readonly code: string;
  readonly outlet: string;
  readonly reprintOf?: string;
  readonly marks: readonly Mark[];
}

const KINDS: Readonly<Record<string, Mark["kind"]>> = {
  d: "date",
  n: "quantity",
  p: "place",
  P: "person",
  o: "organisation",
};

const HEAD = /^=== (?<code>\S+) (?<outlet>\S+) (?<at>\S+)(?: reprint-of=(?<of>\S+))?$/;

/** Every text of a folder with a file for each language. */
export function readMarkedTexts(folder: string, timeZone: string): MarkedText[] {
  return readdirSync(folder).flatMap((name) => {
    const language = name.slice(0, 2) as PressLanguage;
    const blocks = readFileSync(join(folder, name), "utf8").split(/^(?==== )/m);
    return blocks.filter((block) => block.trim() !== "").map((block) => markedText(block, language, timeZone));
  });
}

function markedText(block: string, language: PressLanguage, timeZone: string): MarkedText {
  const [first, ...rest] = block.trim().split("\n");
  const head = HEAD.exec(first!);
  if (head === null) throw new Error(`the head of a marked text is missing in: ${first}`);
  const { code, outlet, at, of } = head.groups!;
  const marks: Mark[] = [];
  let text = "";
  let reached = 0;
  const body = rest.join("\n");
  for (const match of body.matchAll(/\{(\w)=([^|}]+)\|([^}]+)\}/g)) {
    text += body.slice(reached, match.index);
    marks.push({ kind: KINDS[match[1]!]!, value: match[2]!, start: text.length, end: text.length + match[3]!.length });
    text += match[3];
    reached = match.index + match[0].length;
  }
  text += body.slice(reached);
  const publishedAt = Date.parse(at!) * 1000;
  return {
    code: code!,
    outlet: outlet!,
    language,
    text,
    publishedAt,
    timeZone,
    marks,
    ...(of !== undefined && { reprintOf: of }),
  };
}

export interface Score {
  found: number;
  right: number;
  truth: number;
  met: number;
  readonly wrong: string[];
  readonly missed: string[];
}

/** Suggestions of a kind against the marks: right where they lie on a mark of the same value. */
export function scoreOf(text: MarkedText, reading: Reading, kind: Mark["kind"], score: Score): void {
  const marks = text.marks.filter((mark) => mark.kind === kind);
  const found = suggestionsOf(reading, kind);
  for (const one of found) {
    score.found += 1;
    if (marks.some((mark) => overlap(mark, one) && agree(mark, one))) score.right += 1;
    else score.wrong.push(`${text.code}: ${text.text.slice(one.start, one.end)} = ${one.value}`);
  }
  for (const mark of marks) {
    score.truth += 1;
    if (found.some((one) => overlap(mark, one) && agree(mark, one))) score.met += 1;
    else score.missed.push(`${text.code}: ${text.text.slice(mark.start, mark.end)} = ${mark.value}`);
  }
}

const NAMES: Readonly<Partial<Record<Mark["kind"], readonly NameKind[]>>> = {
  place: ["place"],
  person: ["person"],
  organisation: ["organisation", "outlet"],
};

interface Suggestion extends Span {
  readonly value: string;
  readonly until?: string;
}

/** A range is found with both its days. */
function agree(mark: Mark, { value, until }: Suggestion): boolean {
  return mark.value === value || mark.value === until;
}

function suggestionsOf(reading: Reading, kind: Mark["kind"]): Suggestion[] {
  if (kind === "date") return reading.dates.map(({ day, ...span }) => ({ ...span, value: day }));
  if (kind === "quantity")
    return reading.quantities.map(({ start, end, value, unit }) => ({ start, end, value: `${value} ${unit}` }));
  return reading.names
    .filter((name) => NAMES[kind]!.includes(name.kind))
    .map(({ start, end, id, name }) => ({ start, end, value: id ?? name }));
}

interface NamedEntry {
  readonly id: string;
  readonly kind: NameKind;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** A mission's places and names as a gazetteer. */
export function readGazetteer(mission: string): Gazetteer {
  const { places } = parse(readFileSync(join(mission, "gazetteer.yaml"), "utf8")) as {
    places: NamedPlace[];
  };
  const { names } = parse(readFileSync(join(mission, "open-source/names.yaml"), "utf8")) as { names: NamedEntry[] };
  const entries: GazetteerEntry[] = [
    ...places.map(entryOfPlace),
    ...names.map(({ id, kind, names: own }) => ({ id, kind, names: spellings(own) })),
  ];
  return new Gazetteer(entries);
}

function spellings(names: Readonly<Record<string, readonly string[]>>): GazetteerEntry["names"] {
  return Object.entries(names).flatMap(([language, own]) =>
    own.map((name) => ({ name, language: language as PressLanguage })),
  );
}

export function readFacts(mission: string): FactDefinition[] {
  return (parse(readFileSync(join(mission, "open-source/facts.yaml"), "utf8")) as { facts: FactDefinition[] }).facts;
}
