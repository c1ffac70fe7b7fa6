/** Whether a statement about a text makes sense beside what the desk knows. */
import {
  type ClaimStatedBody,
  type Fault,
  type Judgement,
  MICROSECONDS_PER_HOUR,
  parseInstant,
  type ReadingJudgedBody,
  type TextReceivedBody,
  type TextRow,
  type ValueAdoptedBody,
} from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";
import { contentKey, type PressState } from "./state.ts";

/**
 * Errors: `subject.taken`, `text.unknown`, `text.withdrawn`, `text.times`, `text.zone`, `text.translation`, `text.itself`,
 * `text.twice`, `text.differs`, `party.unknown`, `judgement.span`, `claim.span`, `claim.value`, `aspect.unknown`,
 * `fact.name`, `fact.unclaimed`, `claim.unknown`, `claim.other-fact`.
 */
export function checkPress(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  return CHECKS[draft.kind]?.(state.press, draft, context);
}

type Check = (press: PressState, draft: Draft, context: DecisionContext) => Fault | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
  "text.received": checkText,
  "reading.judged": (press, { subject, body }) => {
    const { text, judgements } = body as unknown as ReadingJudgedBody;
    const row = press.texts.get(subject);
    if (row === undefined) return refusal("text.unknown", "subject", "a text of the record", subject);
    if (row.withdrawn) return withdrawnText("subject", subject);
    if (row.body.text !== text) return refusal("text.differs", "body.text", row.body.text, text);
    const wrong = judgements.findIndex((one) => !isPlaced(one, row));
    if (wrong >= 0) return spanFault("judgement.span", `body.judgements[${wrong}]`, judgements[wrong]!, row);
    return judgements.map((one, index) => linkFault(press, one, index, subject)).find((fault) => fault !== undefined);
  },
  "claim.stated": checkClaim,
  "value.adopted": checkAdoption,
};

/** A day's difference of calendars is no contradiction. */
const MOST_AHEAD = 26 * MICROSECONDS_PER_HOUR;

function checkText(press: PressState, { subject, body }: Draft, context: DecisionContext): Fault | undefined {
  const stated = body as unknown as TextReceivedBody;
  if (press.texts.has(subject)) return refusal("subject.taken", "subject", "a new ULID", subject);
  const [published, retrieved] = [parseInstant(stated.publishedAt), parseInstant(stated.retrievedAt)];
  if (published.ok && retrieved.ok && published.value > retrieved.value + MOST_AHEAD)
    return refusal("text.times", "body.publishedAt", `a time before ${stated.retrievedAt}`, stated.publishedAt);
  if (!isTimeZone(stated.timeZone))
    return refusal("text.zone", "body.timeZone", "a time zone as Europe/Vienna", stated.timeZone);
  if (stated.side !== undefined && context.speakers && !context.speakers.has(stated.side))
    return refusal("party.unknown", "body.side", [...context.speakers].join(", "), stated.side);
  if (stated.translation === "original" && stated.translationOf !== undefined)
    return refusal("text.translation", "body.translationOf", "nothing, of an original", stated.translationOf);
  const known = press.byContent.get(contentKey(stated.outlet, stated.text));
  if (known !== undefined) return refusal("text.twice", "body.text", "a text that is not here yet", known);
  for (const field of ["translationOf", "repeats"] as const) {
    const other = stated[field];
    if (other !== undefined && !press.texts.has(other))
      return refusal("text.unknown", `body.${field}`, "a text of the record", other);
  }
  return undefined;
}

/** Zones that were asked for and are some: to make a clock of one takes longer than everything else here. */
const zones = new Set<string>();

function isTimeZone(name: string): boolean {
  if (zones.has(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
  } catch {
    return false;
  }
  zones.add(name);
  return true;
}

const OF_WHOLE_TEXT: ReadonlySet<string> = new Set(["reprint", "cites"]);

function isPlaced({ start, end, kind }: Judgement, row: TextRow): boolean {
  if (OF_WHOLE_TEXT.has(kind)) return start === 0 && end === 0;
  return start < end && end <= row.body.characters;
}

function spanFault(code: string, field: string, span: { start: number; end: number }, row: TextRow): Fault {
  return refusal(code, field, `places within 0 to ${row.body.characters}`, `${span.start} to ${span.end}`);
}

/** What is said to repeat must be here, and not itself. */
function linkFault(press: PressState, one: Judgement, index: number, subject: string): Fault | undefined {
  if (one.kind !== "reprint" || one.verdict === "rejected") return undefined;
  const field = `body.judgements[${index}].value`;
  if (one.value === subject) return refusal("text.itself", field, "another text", one.value);
  return press.texts.has(one.value) ? undefined : refusal("text.unknown", field, "a text of the record", one.value);
}

function withdrawnText(field: string, id: string): Fault {
  return refusal("text.withdrawn", field, "a text that stands", id);
}

function checkClaim(press: PressState, { subject, body }: Draft, context: DecisionContext): Fault | undefined {
  const stated = body as unknown as ClaimStatedBody;
  if (press.claims.has(subject)) return refusal("subject.taken", "subject", "a new ULID", subject);
  const row = press.texts.get(stated.text);
  if (row === undefined) return refusal("text.unknown", "body.text", "a text of the record", stated.text);
  if (row.withdrawn) return withdrawnText("body.text", stated.text);
  if (!(stated.start < stated.end && stated.end <= row.body.characters))
    return spanFault("claim.span", "body.start", stated, row);
  const { validFrom, validUntil } = stated;
  if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom)
    return refusal("span.backwards", "body.validUntil", `${validFrom} or later`, validUntil);
  return checkValue(stated, context);
}

type Valued = Pick<ClaimStatedBody, "fact" | "aspect" | "value" | "of">;

/** The value has the form that its fact demands. A fact of the analysts' own takes any. */
function checkValue({ fact, aspect, value }: Valued, context: DecisionContext): Fault | undefined {
  const followed = context.mission?.openSource.facts.find(({ id }) => id === fact);
  if (followed === undefined)
    return /^[\p{Ll}\p{Lo}\d]+(?:-[\p{Ll}\p{Lo}\d]+)*$/u.test(fact)
      ? undefined
      : refusal("fact.name", "body.fact", "small letters and digits, parted by hyphens", fact);
  const aspects = Object.keys(followed.aspects ?? {});
  if (aspect === undefined ? aspects.length > 0 : !aspects.includes(aspect))
    return refusal("aspect.unknown", "body.aspect", aspects.join(", ") || "none", aspect ?? "none");
  const form = FORMS[followed.value];
  return form === undefined || form.pattern.test(value)
    ? undefined
    : refusal("claim.value", "body.value", form.expected, value);
}

const FORMS: Readonly<Record<string, { readonly pattern: RegExp; readonly expected: string }>> = {
  date: { pattern: /^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/, expected: "a day or month, 2021-03-01" },
  quantity: { pattern: /^\d{1,12}(?:\.\d{1,6})?$/, expected: "a number" },
};

function checkAdoption(press: PressState, { subject, body }: Draft, context: DecisionContext): Fault | undefined {
  const stated = body as unknown as ValueAdoptedBody;
  if (press.adoptions.has(subject)) return refusal("subject.taken", "subject", "a new ULID", subject);
  for (const [index, id] of stated.claims.entries()) {
    const claim = press.claims.get(id);
    if (claim === undefined) return refusal("claim.unknown", `body.claims[${index}]`, "a claim of the record", id);
    if (claim.body.fact !== stated.fact)
      return refusal("claim.other-fact", `body.claims[${index}]`, `a claim about ${stated.fact}`, claim.body.fact);
  }
  const isClaimed = [...press.claims.values()].some(({ body: claim }) => claim.fact === stated.fact);
  if (!isClaimed) return refusal("fact.unclaimed", "body.fact", "a fact that a claim speaks of", stated.fact);
  return checkValue(stated, context);
}
