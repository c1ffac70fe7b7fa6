/** What officers state: the statement around a body, signed by the tab's session key or made ready for the officer's own signer. */
import { type AppendedAnswer, FaultError, formatInstant, type Instant, makeUlid } from "@openjmc/model";
import {
  bytesToBase64,
  plainSha256,
  prepareStatement,
  type Reference,
  type StatementDraft,
  signStatement,
  type UnsignedStatement,
  utf8ToText,
} from "@openjmc/record";
import {
  type AnchorAnswer,
  appendPartyStatement,
  appendStatement,
  readAnchor,
  readPortalAnchor,
} from "../api/endpoints.ts";
import { centreNow } from "../clock/clock-store.ts";
import { type Session, session, sessionKey } from "../session/session.ts";

/** What is stated, before it is put into a statement. `subject` is given for acts on something that exists already. */
export interface Act {
  readonly kind: string;
  readonly body: object;
  readonly subject?: string;
  readonly revision?: number;
  readonly refs?: readonly Reference[];
}

/** A new subject's id; the client makes it, so that the same act sent twice is one act. */
export function newSubject(at: Instant = centreNow()): string {
  return makeUlid(at, crypto.getRandomValues(new Uint8Array(10)));
}

/** States a routine act under the session key. Throws `FaultError`: the centre's refusal, or `key.missing`. */
export async function state(act: Act): Promise<AppendedAnswer & { readonly subject: string }> {
  const key = await sessionKey();
  if (key === undefined) throw new FaultError({ code: "key.missing", what: "session key" });
  const who = holder();
  const isParty = who.party !== undefined;
  const draft = draftOf(act, who, await (isParty ? readPortalAnchor() : readAnchor()));
  const leaf = utf8ToText(await signStatement(plainSha256, key, draft));
  if (!leaf.ok) throw new FaultError(leaf.fault);
  const answer = await (isParty ? appendPartyStatement : appendStatement)(JSON.parse(leaf.value));
  return { ...answer, subject: draft.subject };
}

/** Makes a binding act ready: the very bytes that the officer's own signer will show and sign. Throws `FaultError`. */
export async function prepare(act: Act): Promise<UnsignedStatement> {
  const prepared = prepareStatement(plainSha256, draftOf(act, holder(), await readAnchor()));
  if (!prepared.ok) throw new FaultError(prepared.fault);
  return prepared.value;
}

/** Payload as the API takes it. */
export function payloadText(statement: UnsignedStatement): string {
  return bytesToBase64(statement.payload);
}

function holder(): Session {
  const held = session.get();
  if (held === undefined) throw new FaultError({ code: "session.unknown", what: "session" });
  return held;
}

/** The statement that a holder makes of an act. */
export function draftOf(act: Act, who: Pick<Session, "officer" | "component">, anchor: AnchorAnswer): StatementDraft {
  return {
    origin: anchor.origin,
    kind: act.kind,
    component: who.component,
    role: who.officer,
    subject: act.subject ?? newSubject(anchor.now),
    revision: act.revision ?? 0,
    at: formatInstant(anchor.now),
    refs: act.refs ?? [],
    anchor: { size: anchor.size, root: anchor.root },
    body: act.body,
  };
}
