/** `jmc press [FILE|-]`: texts of the press, one JSON object a line → what was read in each, and where they conflict. */
import type { Writable } from "node:stream";
import type { Mission } from "@openjmc/agreement";
import { describeFault } from "@openjmc/model";
import {
  type Claim,
  claimsOf,
  conflictsOf,
  fingerprintOf,
  inversionsOf,
  originsOf,
  type Reading,
  readText,
  spellingsOf,
} from "@openjmc/press";
import { clocksOf, factsOf, gazetteerOf } from "../press/mission-names.ts";
import { linesOf } from "./locate/lines.ts";
import { type OutletText, parseTextLine } from "./press/text-line.ts";

export interface PressRun {
  readonly input: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly mission: Mission;
  /** Ends with what the texts say together: origins, conflicts, quotations turned round, spellings. */
  readonly compare: boolean;
}

interface ReadOne {
  readonly text: OutletText;
  readonly reading: Reading;
  readonly claims: readonly Claim[];
}

const UNREADABLE = 2;

/**
 * Reads every text. A bad line is reported on stderr with its number and what was expected, and the rest goes on.
 * @returns the exit status: 0, or 2 where no line could be read.
 */
export async function runPress(run: PressRun): Promise<number> {
  const gazetteer = gazetteerOf(run.mission);
  const facts = factsOf(run.mission);
  const read: ReadOne[] = [];
  let [good, number] = [0, 0];
  for await (const line of linesOf(run.input)) {
    const text = parseTextLine(line, ++number, run.mission.view.timeZone);
    if (!text.ok) {
      run.stderr.write(`${describeFault(text.fault)}\n`);
      continue;
    }
    good += 1;
    const localTimeZone = run.mission.view.timeZone;
    const reading = readText({ ...text.value, localTimeZone }, gazetteer, clocksOf(run.mission));
    const claims = claimsOf(text.value, reading, facts);
    write(run.stdout, { id: text.value.id, ...withWords(text.value, reading), claims });
    if (run.compare) read.push({ text: text.value, reading, claims });
  }
  if (run.compare) for (const told of comparisonOf(read, run.mission)) write(run.stdout, told);
  return good === 0 ? UNREADABLE : 0;
}

function write(stdout: Writable, value: unknown): void {
  stdout.write(`${JSON.stringify(value)}\n`);
}

/** Each suggestion with the words it points at. */
function withWords({ text }: OutletText, reading: Reading): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(reading).map(([kind, found]: [string, readonly { start: number; end: number }[]]) => [
      kind,
      found.map((one) => ({ ...one, words: text.slice(one.start, one.end) })),
    ]),
  );
}

function comparisonOf(read: readonly ReadOne[], mission: Mission): unknown[] {
  const origins = originsOf(
    read.map(({ text, reading }) => ({
      code: text.id,
      outlet: text.outlet,
      publishedAt: text.publishedAt,
      print: fingerprintOf(text.text, text.language),
      reading,
    })),
  );
  const claims = read.flatMap(({ text, claims: own }) =>
    own.map((claim) => ({ ...claim, text: text.id, origin: origins.get(text.id)!.origin })),
  );
  const quotations = read.flatMap(({ text, reading }) =>
    reading.quotations.map((quotation) => ({ text: text.id, language: text.language, quotation })),
  );
  const named = read.map(({ text, reading }) => ({ text: text.id, language: text.language, names: reading.names }));
  return [
    ...[...origins].map(([text, origin]) => ({ comparison: "origin", text, ...origin })),
    ...conflictsOf(claims, factsOf(mission)).map((conflict) => ({ comparison: "conflict", ...conflict })),
    ...inversionsOf(quotations).map(({ left, right, likeness }) => ({
      comparison: "inversion",
      texts: [left.text, right.text],
      quotations: [left.quotation.words, right.quotation.words],
      likeness,
    })),
    ...spellingsOf(named).map((spellings) => ({ comparison: "spelling", ...spellings })),
  ];
}
