/** What is claimed of days, in the order of the days: every version where texts disagree, what was adopted marked, nothing picked. */
import type { ClaimRow, TimelineEntry } from "@openjmc/model";
import { type FactContext, factView } from "./facts.ts";
import { type PressState, standingClaims } from "./state.ts";

/** The oldest day first; of one day in the order of the facts' names. Claims whose day nobody says stand at the day they were told. */
export function timelineOf(press: PressState, context: FactContext): TimelineEntry[] {
  const facts = [...new Set(standingClaims(press).map(({ body }) => body.fact))];
  return facts
    .flatMap((fact) => entriesOf(press, context, fact))
    .sort((left, right) => compared(left.day, right.day) || compared(keyOf(left), keyOf(right)));
}

const compared = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const keyOf = ({ fact, aspect = "", value }: TimelineEntry): string => `${fact} ${aspect} ${value}`;

function entriesOf(press: PressState, context: FactContext, fact: string): TimelineEntry[] {
  const view = factView(press, context, fact)!;
  return view.versions.flatMap(({ aspect, value, of, claims, denials, adoptedBy }): TimelineEntry[] => {
    const rivals = view.isEvent === true ? [] : view.versions.filter((one) => one.aspect === aspect);
    const days = Map.groupBy([...claims, ...denials], (claim) => dayOf(view.value, claim));
    return [...days].map(([day, own]) => ({
      ...{ fact, ...(aspect === undefined ? {} : { aspect }), value, ...(of === undefined ? {} : { of }), day },
      basis: basisOf(view.value, own[0]!),
      claims: own.map((claim) => claim.id),
      outlets: [...new Set(own.map(({ outlet }) => outlet))].sort(),
      quote: own[0]!.body.quote,
      language: own[0]!.language,
      text: own[0]!.body.text,
      isDenied: own.every(({ body }) => body.certainty === "denied"),
      isPersonal: own.some(({ isPersonal }) => isPersonal),
      adoptedBy,
      rivals: rivals.filter((one) => one.value !== value || one.of !== of).map((one) => one.value),
    }));
  });
}

function basisOf(kind: string, { body }: ClaimRow): TimelineEntry["basis"] {
  return kind === "date" ? "value" : body.validFrom === undefined ? "told" : "valid";
}

function dayOf(kind: string, claim: ClaimRow): string {
  if (kind === "date") return claim.body.value;
  return claim.body.validFrom ?? new Date(claim.publishedAt / 1_000).toISOString().slice(0, 10);
}
