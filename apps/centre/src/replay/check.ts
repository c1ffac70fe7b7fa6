/** `jmc replay --check`: the journal fused again gives the picture and the alerts that were sealed, byte for byte. */
import type { Instant } from "@openjmc/model";
import { readLeaf, type StatementBody } from "@openjmc/record";
import { isOfLane, type MachineAct } from "../acts/index.ts";
import type { FolderPaths } from "../folder/index.ts";
import { openJournalReader } from "../journal/index.ts";
import { checkSeals } from "../maintenance/doctor/check-seals.ts";
import { openPictureReader, type PictureLine } from "../picture/index.ts";
import { nodePrimitives } from "../primitives.ts";
import { readLeaves } from "../record/index.ts";
import { readHeadOf } from "../record/replay-record.ts";
import { type ActEntry, compareActs } from "./compare-acts.ts";
import { compareLines, type RunCheck } from "./compare-lines.ts";
import { startBefore } from "./find-start.ts";
import { finding, type ReplayFinding } from "./finding.ts";
import { type ReplayEvent, type ReplayedLine, replayRuns } from "./runs.ts";

/** What to compare: what came in within [from, until); everything without them. */
export interface ReplaySpan {
  readonly from?: Instant;
  readonly until?: Instant;
}

export interface ReplayCheck {
  readonly holds: boolean;
  readonly runs: readonly RunCheck[];
  /** Lines of tracks, events and so on, by what they speak of. */
  readonly lines: Readonly<Record<string, number>>;
  readonly acts: number;
  readonly owedActs: number;
  readonly unreplayable: number;
  /** Seals of the record whose minutes of journal and picture were hashed again. */
  readonly seals: number;
  readonly findings: readonly ReplayFinding[];
}

/** Reads the folder only. Throws `FaultError`s where journal, picture or record cannot be read. */
export async function checkReplay(paths: FolderPaths, span: ReplaySpan = {}): Promise<ReplayCheck> {
  const start = span.from === undefined ? 1 : await startBefore(paths.journal, span.from);
  const picture = openPictureReader(paths.picture);
  const lines: Record<string, number> = {};
  const acts: MachineAct[] = [];
  const count = (line: ReplayedLine): void => {
    const { t, row } = JSON.parse(line.text) as { readonly t: string; readonly row: unknown };
    lines[t] = (lines[t] ?? 0) + 1;
    if (t === "act") acts.push(row as MachineAct);
  };
  const replayed = within(replayRuns(openJournalReader(paths.journal), start), span);
  const compared = await compareLines(replayed, storedWithin(picture.readCausedAfter(start - 1), span), count);
  const isWhole = span.from === undefined && span.until === undefined;
  const recorded = compareActs(acts, [...actEntries(paths)], isWhole && !compared.hasGaps);
  const seals = isWhole ? await sealsOf(paths) : { count: 0, findings: [] };
  const late = recorded.owed > 0 && compared.runs.at(-1)?.clean === true;
  const findings = [
    ...compared.findings,
    ...recorded.findings,
    ...(late ? [finding("replay.acts-not-entered", { count: recorded.owed })] : []),
    ...seals.findings,
  ];
  return {
    holds: findings.length === 0,
    runs: compared.runs,
    lines,
    acts: recorded.acts,
    owedActs: recorded.owed,
    unreplayable: compared.unreplayable,
    seals: seals.count,
    findings,
  };
}

/** The part of a replay within a span. A run that goes on beyond it ends there, with everything written. */
async function* within(events: AsyncIterable<ReplayEvent>, { from, until }: ReplaySpan): AsyncGenerator<ReplayEvent> {
  let last: { readonly lastSequence: number; readonly at: Instant } | undefined;
  for await (const event of events) {
    const at = event.what === "line" ? event.line.at : event.what === "started" ? event.run.startedAt : undefined;
    if (until !== undefined && at !== undefined && at >= until) {
      if (last) yield { what: "ended", clean: true, ...last };
      return;
    }
    if (event.what === "started") last = { lastSequence: event.run.firstSequence, at: event.run.startedAt };
    if (event.what === "line") last = { lastSequence: event.line.journalSequence, at: event.line.at };
    if (event.what === "ended") last = undefined;
    if (event.what !== "line" || from === undefined || event.line.at >= from) yield event;
  }
}

async function* storedWithin(
  lines: AsyncIterable<PictureLine>,
  { from, until }: ReplaySpan,
): AsyncGenerator<PictureLine> {
  for await (const line of lines) {
    if (until !== undefined && line.at >= until) return;
    if (from === undefined || line.at >= from) yield line;
  }
}

function* actEntries(paths: FolderPaths): Generator<ActEntry> {
  let index = 0;
  for (const bytes of readLeaves(paths.record, readHeadOf(paths).size)) {
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    if (leaf.ok && isOfLane(leaf.value.statement)) yield entryOf(leaf.value.statement, index);
    index += 1;
  }
}

function entryOf({ kind, subject, revision, body }: StatementBody, index: number): ActEntry {
  return { kind, subject, revision, body, index };
}

async function sealsOf(paths: FolderPaths): Promise<{ count: number; findings: ReplayFinding[] }> {
  const findings: ReplayFinding[] = [];
  let count = 0;
  for await (const found of checkSeals({ paths, deep: true, live: false })) {
    if (found.state === "wrong") findings.push(finding(`replay.${found.code}`, found.values));
    if (found.code === "seals.checked") count = Number(found.values.seals);
  }
  return { count, findings };
}
