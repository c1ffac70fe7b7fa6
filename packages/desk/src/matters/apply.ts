/** Windows of silence, self-declarations, restrictions and interference as rows, each with the steps on it. */
import type { DamageState, MatterRow, MatterStep, MatterTopic } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { instantIn, pointIn } from "../influence/times.ts";
import type { DeskState } from "../state.ts";

function put(state: DeskState, row: MatterRow): RowChange[] {
  state.matters.set(row.id, row);
  return [{ view: "matters", key: row.id, at: row.from, row, tag: row.topic }];
}

/** What begins a matter: its topic, and the field of its time. */
const BEGINNINGS: Readonly<Record<string, readonly [MatterTopic, string]>> = {
  "silence.agreed": ["silence", "from"],
  "own-act.declared": ["own-act", "occurredAt"],
  "access.restricted": ["restriction", "from"],
  "interference.reported": ["interference", "from"],
};

/** Applies what begins a matter. */
export function applyMatter(state: DeskState, entry: RecordedEntry): RowChange[] {
  const [topic, field] = BEGINNINGS[entry.kind]!;
  const from = instantIn(entry, field);
  return put(state, {
    id: entry.subject,
    topic,
    title: String(entry.body.title),
    body: entry.body as unknown as MatterRow["body"],
    from,
    ...(topic === "silence" ? { until: instantIn(entry, "until") } : {}),
    ...(topic === "own-act" ? { isAnnounced: entry.recordedAt < from } : {}),
    ...pointIn(entry),
    steps: [],
    mark: markOf(entry),
  });
}

type Step = (entry: RecordedEntry, row: MatterRow) => MatterStep;

const STEPS: Readonly<Record<string, Step>> = {
  "silence.guaranteed": (entry) => ({
    kind: "guarantee",
    by: String(entry.body.by),
    given: entry.body.given === "yes" ? "yes" : "no",
    text: String(entry.body.text),
    at: entry.recordedAt,
    mark: markOf(entry),
  }),
  "silence.breached": (entry, row) => {
    const at = instantIn(entry, "at");
    return {
      kind: "breach",
      text: String(entry.body.text),
      at,
      isInWindow: at >= row.from && at < (row.until ?? row.from),
      ...(entry.body.incident === undefined ? {} : { incident: String(entry.body.incident) }),
      mark: markOf(entry),
    };
  },
  "access.resolved": endOf,
  "interference.ended": endOf,
  "damage.stated": (entry) => ({
    kind: "damage",
    damage: entry.body.damage as DamageState,
    text: String(entry.body.text),
    repair: String(entry.body.repair),
    at: instantIn(entry, "at"),
    mark: markOf(entry),
  }),
};

function endOf(entry: RecordedEntry): MatterStep {
  const { how = "", text } = entry.body as Record<"how" | "text", string>;
  return { kind: "end", how, text, at: instantIn(entry, "at"), mark: markOf(entry) };
}

/** Applies a step. The time that a matter ends with is that of its latest end. */
export function applyMatterStep(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.matters.get(entry.subject);
  if (!row) return [];
  const step = STEPS[entry.kind]!(entry, row);
  return put(state, {
    ...row,
    ...(step.kind === "end" ? { until: step.at } : {}),
    steps: [...row.steps, step],
  });
}

/** Each side whose guarantee a window needs, with its latest word; undefined where it has said nothing. */
export function guaranteesOf(row: MatterRow): { readonly side: string; readonly given: "yes" | "no" | undefined }[] {
  const sides = "sides" in row.body ? row.body.sides : [];
  return sides.map((side) => {
    const words = row.steps.filter((step) => step.kind === "guarantee" && step.by === side);
    const last = words.at(-1);
    return { side, given: last?.kind === "guarantee" ? last.given : undefined };
  });
}
