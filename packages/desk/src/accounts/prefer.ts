/** Which account of an event a component prefers: the latest word of each stands, beside the rule's choice and the other's. */
import { ACCOUNT_KINDS, type AccountPreferredBody, type Fault, type PreferenceRow } from "@openjmc/model";
import type { Draft } from "../draft.ts";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { code, text } from "../fields.ts";
import { refusal } from "../refusal.ts";
import type { Fields } from "../shape.ts";

export const ACCOUNT_BODIES: Readonly<Record<string, Fields>> = {
  "account.preferred": { kind: code(ACCOUNT_KINDS), id: text(64), reason: text(2_000) },
};

/** Events have ids of the machine. Errors: `event.unknown`. */
export function checkPreference({ subject }: Draft): Fault | undefined {
  return /^[0-9a-f]{32}$/.test(subject)
    ? undefined
    : refusal("event.unknown", "subject", "an event's id, 32 hexadecimal digits", subject);
}

export function applyPreference(entry: RecordedEntry): RowChange[] {
  const { kind, id, reason } = entry.body as unknown as AccountPreferredBody;
  const { subject: event, component } = entry;
  const row: PreferenceRow = { event, component, kind, id, reason, mark: markOf(entry) };
  return [{ view: "preferences", key: `${event}.${component}`, at: entry.recordedAt, row, tag: event }];
}
