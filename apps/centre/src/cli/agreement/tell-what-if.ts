/** What would follow from a supposition, in words, for a terminal. */
import type { MissionView, ObligationView, TermView, WhatIfView } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { byStateLines, momentOf, provisionName, statesOf, termLine, textOf } from "./tell.ts";

/** The supposition, what changes under it, and what is tied to it. */
export function whatIfLines(view: WhatIfView, mission: MissionView, words: Words): string[] {
  const { obligations, terms, dependent } = view;
  const nothing = obligations.length + terms.length === 0 ? [`  ${words.say("agreement.whatIf.nothing")}`] : [];
  return [
    `${supposedText(view, mission, words)} ${words.say("agreement.whatIf.at", { at: momentOf(view.validAt, mission, words) })}`,
    ...nothing,
    ...obligations.flatMap(({ provision, before, after }) => [
      `  ${provision}  ${provisionName(provision, mission, words)}`,
      `    ${words.say("agreement.whatIf.before")}: ${obligationText(before, words)}`,
      `    ${words.say("agreement.whatIf.after")}: ${obligationText(after, words)}`,
      ...byStateLines(after, words),
    ]),
    ...terms.flatMap(({ before, after }) => termLines(before, after, words)),
    ...dependent.map(
      (id) => `  ${words.say("agreement.whatIf.tied", { provision: `${id} ${provisionName(id, mission, words)}` })}`,
    ),
  ];
}

function supposedText({ supposition }: WhatIfView, mission: MissionView, words: Words): string {
  switch (supposition.kind) {
    case "notice":
      return words.say("agreement.whatIf.notice", supposition);
    case "slip":
      return words.say("agreement.whatIf.slip", {
        days: supposition.days,
        provision: provisionName(supposition.provision, mission, words),
      });
    case "consent":
      return words.say("agreement.whatIf.consent", {
        amendment: supposition.amendment,
        by: words.formats.list(supposition.by),
      });
  }
}

function obligationText({ variants }: ObligationView, words: Words): string {
  return variants.map((variant) => `${textOf(variant, words)}: ${statesOf(variant.states, words)}`).join("; ");
}

function termLines(before: TermView, after: TermView, words: Words): string[] {
  const end = after.endsOn === undefined ? "" : ` — ${words.say("agreement.whatIf.ends", { day: after.endsOn })}`;
  return [
    `  ${words.say("agreement.whatIf.before")}: ${termLine(before, words).trim()}`,
    `  ${words.say("agreement.whatIf.after")}: ${termLine(after, words).trim()}${end}`,
  ];
}
