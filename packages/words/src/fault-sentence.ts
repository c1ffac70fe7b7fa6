/** Faults as sentences. A code with a message of its own gets it; every other code is told from its parts. */
import type { WordsKey } from "./catalogue.ts";
import type { Values, ReportWords as Words } from "./words.ts";

/** The part of a fault that a sentence needs; every room's fault type fits. */
export interface FaultLike {
  readonly code: string;
  readonly what: string;
  readonly where?: {
    readonly file?: string;
    readonly source?: string;
    readonly line?: number;
    readonly field?: string;
    readonly offset?: number;
  };
  readonly expected?: string;
  readonly got?: string;
  readonly cause?: string;
}

/**
 * One sentence, then where, what was expected, what came and why, as far as the fault says.
 * GAP: `what`, `expected`, `got` and `cause` come in the English of the code that met the fault. Saying them in every
 * language needs codes for them in every room.
 */
export function faultSentence(fault: FaultLike, words: Words): string {
  const own = `faults.${fault.code}`;
  const values: Values = {
    what: fault.what,
    expected: fault.expected ?? "",
    got: fault.got ?? "",
    cause: fault.cause ?? "",
    place: placeText(fault, words),
  };
  const first = words.has(own)
    ? words.say(own as WordsKey, values)
    : words.say("faults.generic", { code: fault.code, ...values });
  return [first, ...detailsOf(fault, words)].join(" ");
}

function detailsOf(fault: FaultLike, words: Words): string[] {
  const details: string[] = [];
  const place = placeText(fault, words);
  if (place !== "") details.push(words.say("faults.where", { place }));
  if (fault.expected !== undefined) details.push(words.say("faults.expected", { expected: fault.expected }));
  if (fault.got !== undefined) details.push(words.say("faults.got", { got: fault.got }));
  if (fault.cause !== undefined) details.push(words.say("faults.cause", { cause: fault.cause }));
  return details;
}

function placeText(fault: FaultLike, words: Words): string {
  const where = fault.where;
  if (where === undefined) return "";
  const parts = [where.file ?? where.source];
  if (where.line !== undefined) parts.push(words.say("faults.line", { line: where.line }));
  if (where.field !== undefined) parts.push(words.say("faults.field", { field: where.field }));
  if (where.offset !== undefined) parts.push(words.say("faults.offset", { offset: where.offset }));
  return parts.filter((part) => part !== undefined).join(", ");
}
