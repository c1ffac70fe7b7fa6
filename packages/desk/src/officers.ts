/** Officers, their keys and their sessions, as the replay of the record has established them. */
import type { OfficerRow } from "@openjmc/model";
import type { RecordedEntry, RecordedKey, RowChange } from "./entry.ts";
import type { DeskState } from "./state.ts";

/** Applies entries that enrol, rotate or end keys. */
export function applyOfficer(state: DeskState, entry: RecordedEntry): RowChange[] {
  const changed = new Set<string>();
  for (const key of entry.keys) {
    const name = officerName(key.component, key.holder);
    const row = state.officers.get(name);
    const next =
      key.tier === "binding"
        ? withOfficerKey(row, key, entry)
        : key.tier === "session" && row
          ? withSession(row, key, entry)
          : undefined;
    if (!next) continue;
    state.officers.set(name, next);
    changed.add(name);
  }
  return [...changed].map((name) => officerChange(state.officers.get(name)!));
}

/** The same name in two components is two officers. */
const officerName = (component: string, holder: string): string => `${component}/${holder}`;

/** Rows go by the officer's id alone, which the replay of the record keeps to one component. */
function officerChange(row: OfficerRow): RowChange {
  return { view: "officers", key: row.id, at: row.enrolledAt, row, tag: row.component };
}

function withOfficerKey(row: OfficerRow | undefined, key: RecordedKey, entry: RecordedEntry): OfficerRow {
  if (key.ended !== undefined)
    return row && row.keyid === key.keyId ? { ...row, revokedAt: key.ended } : (row ?? blank(key, entry));
  const { revokedAt: _revoked, ...rest } = row ?? blank(key, entry);
  // Roots give roles with every enrolment, and may give fewer than before; an officer who rotates his key gives himself none.
  const roles = entry.kind === "officer.enrolled" ? rolesIn(entry) : rest.roles;
  return { ...rest, roles, keyid: key.keyId, enrolledAt: key.from };
}

function blank(key: RecordedKey, entry: RecordedEntry): OfficerRow {
  const { component, holder: id, keyId: keyid, from: enrolledAt } = key;
  return { id, component, roles: rolesIn(entry), keyid, enrolledAt, sessions: [] };
}

function rolesIn({ body }: RecordedEntry): readonly string[] {
  return Array.isArray(body.roles) ? body.roles.map(String) : [];
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
