/** What an examination, a backup or a restore has to say: codes and values, of which the words package makes sentences. */
import type { Fault } from "@openjmc/model";
import type { Words, WordsKey } from "@openjmc/words";

/** `good` is as it should be, `notice` is worth knowing, `wrong` wants somebody to act. */
export type FindingState = "good" | "notice" | "wrong";

export interface Finding {
  readonly area: string;
  readonly state: FindingState;
  /** Stable; the sentence is `maintenance.<code>` in the words package. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly fault?: Fault;
}

/** Makes the findings of one area. */
export function findingsOf(
  area: string,
): (state: FindingState, code: string, values?: Finding["values"], fault?: Fault) => Finding {
  return (state, code, values = {}, fault) => ({
    area,
    state,
    code,
    values,
    ...(fault === undefined ? {} : { fault }),
  });
}

/** One line for people: state, area, sentence, and the fault behind it. */
export function lineOf(finding: Finding, words: Words): string {
  const key = `maintenance.${finding.code}`;
  const sentence = words.has(key)
    ? words.say(key as WordsKey, finding.values)
    : `${finding.code} ${JSON.stringify(finding.values)}`;
  const fault = finding.fault === undefined ? "" : ` ${words.sayFault(finding.fault)}`;
  const state = words.say(`maintenance.state.${finding.state}`);
  return `${state.padEnd(8)} ${finding.area.padEnd(12)} ${sentence}${fault}`;
}
