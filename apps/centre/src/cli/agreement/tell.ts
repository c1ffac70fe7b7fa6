/** Obligations in words, for a terminal. */
import {
  type AgreementView,
  type Instant,
  MICROSECONDS_PER_DAY,
  type MissionView,
  type Names,
  type ObligationChange,
  type ObligationEvidence,
  type ObligationReadingView,
  type ObligationVariantView,
  type ObligationView,
  type TermView,
} from "@openjmc/model";
import type { Words } from "@openjmc/words";

/** One line for each obligation, then one for each reading of a term. */
export function statusLines(view: AgreementView, mission: MissionView, words: Words): string[] {
  const title = words.say("agreement.status.title", {
    name: nameOf(mission.names, words),
    valid: momentOf(view.validAt, mission, words),
    known: momentOf(view.knownAt, mission, words),
  });
  return [
    title,
    ...view.obligations.map((obligation) => obligationLine(obligation, mission, words)),
    ...view.terms.map((term) => termLine(term, words)),
  ];
}

function obligationLine(obligation: ObligationView, mission: MissionView, words: Words): string {
  const states = obligation.variants.map((variant) => `${textOf(variant, words)}: ${statesOf(variant.states, words)}`);
  const turns = obligation.flipsOn.length === 0 ? "" : ` — ${turnsOn(obligation.flipsOn, words)}`;
  return `  ${obligation.provision}  ${provisionName(obligation.provision, mission, words)}  [${states.join("; ")}]${turns}`;
}

/** Everything that is known of one obligation: variants, readings, facts, watch. */
export function explain(obligation: ObligationView, mission: MissionView, words: Words): string[] {
  const at = (instant: Instant): string => momentOf(instant, mission, words);
  return [
    `${obligation.provision}  ${provisionName(obligation.provision, mission, words)}`,
    ...obligation.variants.flatMap((variant) => [
      `  ${textOf(variant, words)}: ${statesOf(variant.states, words)}`,
      ...consentsOf(variant, words),
      ...variant.readings.flatMap((reading) => readingLine(reading, words)),
    ]),
    ...(obligation.flipsOn.length === 0 ? [] : [`  ${turnsOn(obligation.flipsOn, words)}`]),
    ...byStateLines(obligation, words),
    ...obligation.evidence.map(
      (fact) =>
        `  ${words.say("agreement.status.evidence", {
          kind: words.sayCode("fact", fact.kind),
          by: fact.by,
          occurred: occurredText(fact, mission, words),
          known: at(fact.recordedAt),
        })}${fact.isMonitored ? "" : `, ${words.say("agreement.status.never-monitored")}`}${fact.reference === undefined ? "" : ` (${fact.reference})`}`,
    ),
    ...watchLine(obligation, at, words),
  ];
}

/** Since when it stood how, and whether anybody watched. */
export function historyLines(changes: readonly ObligationChange[], mission: MissionView, words: Words): string[] {
  return changes.map(({ at, variants, isMonitored }) => {
    const said = variants.map(
      ({ amendment, states }) => `${amendment ?? words.say("agreement.status.text")}: ${statesOf(states, words)}`,
    );
    const watch = isMonitored ? "" : ` (${words.say("agreement.status.never-monitored")})`;
    return `  ${words.say("agreement.status.since", { at: momentOf(at, mission, words), states: said.join("; ") })}${watch}`;
  });
}

/** How each signatory reads it, where any reads it in a way of its own. */
export function byStateLines({ byState }: ObligationView, words: Words): string[] {
  return byState.map(({ state, amendment, states }) => {
    const by = amendment === undefined ? words.say("agreement.status.text") : amendment;
    return `  ${words.say("agreement.status.byState", { state, by, states: statesOf(states, words) })}`;
  });
}

/** A day where only the day was stated: its middle would look like knowledge. */
function occurredText({ occurredAt, clockError }: ObligationEvidence, mission: MissionView, words: Words): string {
  const isDay = (clockError ?? 0) >= MICROSECONDS_PER_DAY / 4;
  return isDay ? words.formats.date(occurredAt, { timeZone: mission.timeZone }) : momentOf(occurredAt, mission, words);
}

function readingLine({ deadline, states, slack }: ObligationReadingView, words: Words): string[] {
  if (deadline === undefined) return [];
  const when = words.say("agreement.status.deadline", {
    ...deadline,
    inclusive: String(deadline.inclusive),
    zone: deadline.timeZone,
  });
  const left =
    slack === undefined
      ? ""
      : ` (${words.say("agreement.status.slack", { length: words.formats.duration(Math.abs(slack)), late: String(slack < 0) })})`;
  return [`    ${when}: ${statesOf(states, words)}${left}`];
}

function consentsOf({ amendment }: ObligationVariantView, words: Words): string[] {
  if (!amendment) return [];
  const list = Object.entries(amendment.consents).map(
    ([who, consent]) => `${who} ${words.sayCode("consent", consent)}`,
  );
  return [`    ${words.say("agreement.status.consents", { list: words.formats.list(list) })}`];
}

function watchLine(
  { isMonitored, unmonitoredSince }: ObligationView,
  at: (instant: Instant) => string,
  words: Words,
): string[] {
  if (isMonitored) return [];
  return [
    `  ${
      unmonitoredSince === undefined
        ? words.say("agreement.status.never-monitored")
        : words.say("agreement.status.unmonitored", { since: at(unmonitoredSince) })
    }`,
  ];
}

export function termLine(term: TermView, words: Words): string {
  const { reading, period, state } = term;
  const how = words.formats.list(
    [reading.counted, reading.renewal, reading.noticeBy].map((code) => words.sayCode("termReading", code)),
  );
  const stands =
    state === "running" && period
      ? words.say("agreement.status.term-running", {
          number: period.number,
          from: period.from,
          until: period.until,
          notice: period.lastNoticeDay,
          days: term.daysLeft ?? 0,
        })
      : state === "ended"
        ? words.say("agreement.status.term-ended", { day: term.endsOn ?? "" })
        : words.say("agreement.status.term-not-begun");
  return `  ${words.say("agreement.status.term", { instrument: term.instrument })} (${how}): ${stands}`;
}

export function textOf({ amendment }: ObligationVariantView, words: Words): string {
  return amendment === undefined
    ? words.say("agreement.status.text")
    : words.say("agreement.status.amended", { amendment: amendment.id, accepted: String(amendment.isAccepted) });
}

export function statesOf(states: readonly string[], words: Words): string {
  return states.map((state) => words.sayCode("obligation", state)).join(" / ");
}

function turnsOn(flips: readonly string[], words: Words): string {
  return words.say("agreement.status.turns", {
    causes: words.formats.list(flips.map((cause) => words.sayCode("flip", cause))),
  });
}

export function provisionName(id: string, mission: MissionView, words: Words): string {
  const provision = mission.provisions.find((one) => one.id === id);
  return provision === undefined ? "" : nameOf(provision.names, words);
}

export function momentOf(at: Instant, mission: MissionView, words: Words): string {
  return words.formats.dateTime(at, { timeZone: mission.timeZone, seconds: false });
}

function nameOf(names: Names, words: Words): string {
  return names[words.locale] ?? names.en ?? Object.values(names)[0] ?? "";
}
