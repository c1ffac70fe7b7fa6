/** Who speaks in this tab. Each tab has its own session, so both components can be open in one browser. */

import { token, whenSessionIsLost } from "../api/centre.ts";
import { endSession } from "../api/endpoints.ts";
import { forgetCentre } from "../centre/keep-centre.ts";
import { createStore, useStore } from "../state/store.ts";
import { dropSessionKey, findSessionKey, type SessionKey } from "./key-store.ts";

export interface Session {
  readonly officer: string;
  readonly component: string;
  readonly token: string;
  readonly keyid: string;
  /** The party for which a liaison officer speaks; undefined for the components' own officers. */
  readonly party?: string;
}

const KEPT = "openjmc-session";

export const session = createStore<Session | undefined>(readKept());
let key: SessionKey | undefined;

token.set(session.get()?.token);
whenSessionIsLost(() => closeSession());

function readKept(): Session | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as Session | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Begins a session: with the key that the officer's signer has enrolled, or with one that this browser may still hold. */
export function beginSession(next: Session, withKey?: SessionKey): void {
  key = withKey;
  sessionStorage.setItem(KEPT, JSON.stringify(next));
  token.set(next.token);
  session.set(next);
}

/** The session's key: in memory, or from this browser's store after a reload. Undefined when the browser has lost it. */
export async function sessionKey(): Promise<SessionKey | undefined> {
  const held = session.get();
  if (held === undefined) return undefined;
  if (key?.keyid !== held.keyid) key = await findSessionKey(held.keyid);
  return key;
}

/** Ends the session at the centre and here, and its key. The centre may be out of reach: the tab forgets it all the same. */
export async function signOut(): Promise<void> {
  const held = session.get();
  try {
    await endSession();
  } finally {
    closeSession();
    if (held !== undefined) void dropSessionKey(held.keyid).catch(() => undefined);
  }
}

/** The centre knows the token no more. The key stays: until its watch is over a passkey opens the door to it again. */
function closeSession(): void {
  sessionStorage.removeItem(KEPT);
  forgetCentre();
  token.set(undefined);
  session.set(undefined);
  key = undefined;
}

export function useSession(): Session | undefined {
  return useStore(session);
}

/** The session, on screens that are only shown while there is one. */
export function useOfficer(): Session {
  const held = useStore(session);
  if (held === undefined) throw new Error("no session");
  return held;
}
