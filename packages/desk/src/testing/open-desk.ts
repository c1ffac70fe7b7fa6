/** A desk in a test: drafts are decided, entries replayed, with a log of its own. */

import { decide } from "../decide.ts";
import type { DecisionContext } from "../draft.ts";
import type { RecordedEntry, RowChange } from "../entry.ts";
import { project } from "../project.ts";
import { type DeskState, emptyDesk } from "../state.ts";

export const HOUR = 3_600_000_000;
export const NOON = Date.UTC(2030, 0, 10, 12) * 1000;
export const [FIRST, SECOND, INCIDENT] = [
  "01JH000000000000000000000A",
  "01JH000000000000000000000B",
  "01JH000000000000000000000C",
] as const;

export const CONTEXT: DecisionContext = {
  provisions: new Set(["text/1"]),
  authenticLanguages: [],
  parties: new Set(["P", "Q"]),
  signatories: new Map(),
  amendments: new Set(),
  attribution: { rule: "allowed", threshold: 0.8 },
};

export interface Given {
  readonly subject?: string;
  readonly at?: number;
  readonly component?: string;
  readonly statement?: string;
  readonly effect?: string;
}

export interface OpenDesk {
  readonly state: DeskState;
  /** Code of the refusal; `taken` where it is not refused. */
  refused(kind: string, body: object, given?: Given): string;
  /** Replays an entry without asking whether it makes sense. */
  project(kind: string, body: object, given?: Given): RowChange[];
  /** Decides, and replays what was taken. Throws on a refusal. */
  record(kind: string, body: object, given?: Given): RowChange[];
}

export function openDesk(context = CONTEXT): OpenDesk {
  const state = emptyDesk();
  let index = 0;
  const draft = (kind: string, body: object, { subject = FIRST, at = NOON, component = "A" }: Given = {}) => ({
    ...{ kind, subject, component, claimedAt: at },
    body: body as Readonly<Record<string, unknown>>,
  });
  const refused = (kind: string, body: object, given?: Given): string => {
    const result = decide(state, draft(kind, body, given), context);
    return result.ok
      ? "taken"
      : `${result.fault.code}${result.fault.code === "statement.field" ? ` ${result.fault.where?.field}` : ""}`;
  };
  const replay = (kind: string, body: object, given: Given = {}): RowChange[] => {
    const made = draft(kind, body, given);
    const entry = {
      ...made,
      ...{ index: index++, statement: given.statement ?? String(index).padStart(64, "0"), role: `${made.component}-1` },
      ...{ recordedAt: made.claimedAt, effect: given.effect ?? "recorded", revision: 0, keys: [] },
    };
    return project(state, entry as unknown as RecordedEntry);
  };
  return {
    ...{ state, refused, project: replay },
    record: (kind, body, given) => {
      const code = refused(kind, body, given);
      if (code !== "taken") throw new Error(`${kind} is refused: ${code}`);
      return replay(kind, body, given);
    },
  };
}
