/** Sessions, passkeys and drafts behind `local.db`: read once at start, written behind; a lost last second costs a sign-in, nothing more. */
import type { DraftStore } from "../api/context.ts";
import type { Passkey, PasskeyKeeping } from "../passkeys/passkeys.ts";
import type { LocalStore } from "../store/index.ts";
import type { Session, SessionKeeping } from "./sessions.ts";

type OnTrouble = (error: unknown) => void;

/** Sessions of earlier runs, and where new ones are kept. */
export async function keepSessions(local: LocalStore, onTrouble: OnTrouble): Promise<SessionKeeping> {
  const known = (await local.list<Session>("sessions")).map(({ key, value }) => ({ tokenHash: key, session: value }));
  return {
    list: () => known,
    put: (tokenHash, session) => void local.put("sessions", tokenHash, session).catch(onTrouble),
    delete: (tokenHash) => void local.delete("sessions", tokenHash).catch(onTrouble),
  };
}

/** Officers' passkeys. */
export async function keepPasskeys(local: LocalStore, onTrouble: OnTrouble): Promise<PasskeyKeeping> {
  const known = (await local.list<Passkey>("passkeys")).map(({ value }) => value);
  return {
    list: () => known,
    put: (passkey) => void local.put("passkeys", passkey.id, passkey).catch(onTrouble),
    delete: (id) => void local.delete("passkeys", id).catch(onTrouble),
  };
}

/** So many drafts of one officer are kept; nobody fills the disk with what he never sends. */
const MOST_DRAFTS = 200;

/** Officers' drafts. The longest unchanged of one who has too many goes. */
export async function keepDrafts(local: LocalStore, onTrouble: OnTrouble): Promise<DraftStore> {
  const drafts = new Map((await local.list<string>("drafts")).map(({ key, value }) => [key, value]));
  const keyOf = (officer: string, name: string): string => `${officer}/${name}`;
  return {
    get: (officer, name) => drafts.get(keyOf(officer, name)),
    put: (officer, name, text) => {
      drafts.delete(keyOf(officer, name));
      drafts.set(keyOf(officer, name), text);
      void local.put("drafts", keyOf(officer, name), text).catch(onTrouble);
      const own = [...drafts.keys()].filter((key) => key.startsWith(keyOf(officer, "")));
      for (const key of own.slice(0, Math.max(0, own.length - MOST_DRAFTS))) {
        drafts.delete(key);
        void local.delete("drafts", key).catch(onTrouble);
      }
    },
    delete: (officer, name) => {
      drafts.delete(keyOf(officer, name));
      void local.delete("drafts", keyOf(officer, name)).catch(onTrouble);
    },
  };
}
