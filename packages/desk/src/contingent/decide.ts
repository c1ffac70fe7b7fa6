/** Whether a declaration speaks of numbers that the text states, by somebody whom the mission knows. */
import { type Fault, type PostBody, parseInstant, type RotationBody, type StrengthBody } from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/**
 * Errors: `provision.unknown`, `strength.not-stated`, `strength.what`, `strength.twice`, `speaker.unknown`, `post.unknown`,
 * `span.empty`.
 */
export function checkDeclaration(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const { by, from, until } = draft.body as { by: string; from?: string; until?: string };
  const { speakers } = context;
  if (speakers && !speakers.has(by)) return refusal("speaker.unknown", "body.by", [...speakers].join(", "), by);
  if (from !== undefined && until !== undefined && micros(until) <= micros(from))
    return refusal("span.empty", "body.until", `a time after ${from}`, until);
  if (draft.kind === "post.declared") return postFault(draft);
  return draft.kind === "strength.declared"
    ? checkStrength(state, draft.body as unknown as StrengthBody, context)
    : whatFault((draft.body as unknown as RotationBody).provision, [draft.body.what as string], context);
}

function checkStrength(state: DeskState, body: StrengthBody, context: DecisionContext): Fault | undefined {
  const whats = body.counts.map(({ what }) => what);
  const twice = whats.find((what, index) => whats.indexOf(what) !== index);
  if (twice !== undefined) return refusal("strength.twice", "body.counts", "each kind once", twice);
  if (body.post !== undefined && !state.contingent.posts.some(({ code }) => code === body.post))
    return refusal("post.unknown", "body.post", "a post of the record", body.post);
  return whatFault(body.provision, whats, context);
}

function whatFault(provision: string, whats: readonly string[], context: DecisionContext): Fault | undefined {
  if (!context.provisions.has(provision))
    return refusal("provision.unknown", "body.provision", "a provision of the mission", provision);
  const stated = context.strengths?.get(provision);
  if (!stated) return refusal("strength.not-stated", "body.provision", "a provision that states numbers", provision);
  const stranger = whats.findIndex((what) => !stated.includes(what));
  return stranger < 0
    ? undefined
    : refusal("strength.what", `body.counts[${stranger}].what`, stated.join("; "), whats[stranger]!);
}

/** A post's code is a word that people can say, not an id of the machine. */
function postFault({ subject, body }: Draft): Fault | undefined {
  const { name } = body as unknown as PostBody;
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(subject)
    ? undefined
    : refusal("post.code", "subject", "a short code of letters, digits, dots and dashes", `${subject} (${name})`);
}

function micros(text: string): number {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : Number.NaN;
}
