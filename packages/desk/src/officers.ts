/** Officers, their keys and their sessions, as the replay of the record has established them. */
import type { OfficerRow } from "@openjmc/model";
import type { RecordedEntry, RecordedKey, RowChange } from "./entry.ts";
import { putOfficer } from "./people.ts";
import type { DeskState } from "./state.ts";

/** Applies entries that enrol, rotate or end keys. */
export function applyOfficer(state: DeskState, entry: RecordedEntry): RowChange[] {
  const changed = new Set<string>();
  for (const key of entry.keys) {
    const row = state.officers.get(key.holder);
    const next =
      key.tier === "binding"
        ? withOfficerKey(row, key, entry)
        : key.tier === "session" && row
          ? withSession(row, key, entry)
          : undefined;
    if (!next) continue;
    state.officers.set(next.id, next);
    changed.add(next.id);
  }
  return [...changed].map((id) => putOfficer(state, state.officers.get(id)!));
}

function withOfficerKey(row: OfficerRow | undefined, key: RecordedKey, entry: RecordedEntry): OfficerRow {
  if (key.ended !== undefined)
    return row && row.keyid === key.keyId ? { ...row, revokedAt: key.ended } : (row ?? blank(key, entry));
  const { revokedAt: _revoked, ...rest } = row ?? blank(key, entry);
  return { ...rest, keyid: key.keyId, enrolledAt: key.from };
}

function blank(key: RecordedKey, entry: RecordedEntry): OfficerRow {
  const roles = Array.isArray(entry.body.roles) ? entry.body.roles.map(String) : [];
  return { id: key.holder, component: key.component, roles, keyid: key.keyId, enrolledAt: key.from, sessions: [] };
}

function withSession(row: OfficerRow, key: RecordedKey, entry: RecordedEntry): OfficerRow {
  const old = row.sessions.find((session) => session.keyid === key.keyId);
  const session = {
    keyid: key.keyId,
    from: old?.from ?? entry.claimedAt,
    until: key.until ?? old?.until ?? entry.claimedAt,
    ended: key.ended !== undefined,
  };
  return { ...row, sessions: [...row.sessions.filter((other) => other.keyid !== key.keyId), session].slice(-20) };
}
