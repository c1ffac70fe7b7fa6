/** `jmc replay`: the journal fused again; `--check` compares with the picture and the record, byte for byte. */
import { once } from "node:events";
import { resolve } from "node:path";
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { createWords, type WordsKey } from "@openjmc/words";
import { type FolderPaths, livingHolder, pathsOf } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { openJournalReader } from "../journal/index.ts";
import { missionOfCentre } from "../mission/read.ts";
import { checkReplay, type ReplayCheck, type ReplaySpan } from "../replay/check.ts";
import { courseOf } from "../replay/course.ts";
import { startBefore } from "../replay/find-start.ts";
import { replayRuns } from "../replay/runs.ts";
import { lastInstantOf } from "../reports/last-instant.ts";
import { CHECK_FAILED, DONE, print } from "./terminal.ts";
import { readTime } from "./times.ts";

export interface ReplayFlags {
  readonly check?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly json?: boolean;
  readonly course?: string;
}

export async function runReplay(folder: string, flags: ReplayFlags): Promise<number> {
  const paths = pathsOf(resolve(folder));
  const { startsAt } = readCentreFile(paths);
  const asked = spanOf(paths, flags);
  if (flags.course !== undefined) {
    for (const point of await courseOf(paths.journal, flags.course, asked)) print(JSON.stringify(point));
    return DONE;
  }
  if (!flags.check) return writeLines(paths.journal, asked);
  const span = await settledPart(paths, asked, startsAt);
  const check = await checkReplay(paths, span);
  if (flags.json) print(JSON.stringify({ ...check, ...(span.until === undefined ? {} : { until: span.until }) }));
  else tell(check, asked.until === undefined ? span.until : undefined);
  return check.holds ? DONE : CHECK_FAILED;
}

/** How far behind its newest record a centre at work may be with the lines of it, in the centre's own time: seconds at 60 times. */
const UNSETTLED = 120 * MICROSECONDS_PER_SECOND;

/** Beside a centre at work journal, picture and record end at different instants: what is older than all of them is compared. */
async function settledPart(paths: FolderPaths, span: ReplaySpan, startsAt: Instant | undefined): Promise<ReplaySpan> {
  if (span.until !== undefined || livingHolder(paths.lock) === undefined) return span;
  return { ...span, until: (await lastInstantOf(paths, startsAt ?? 0)) - UNSETTLED };
}

/** `--from` and `--until` of a command on a centre's folder. Error: `time.malformed`. */
export function spanOf(paths: FolderPaths, flags: { readonly from?: string; readonly until?: string }): ReplaySpan {
  const timeZone = (): string => missionOfCentre(paths, readCentreFile(paths)).view.timeZone;
  return {
    ...(flags.from === undefined ? {} : { from: readTime(flags.from, "--from", timeZone) }),
    ...(flags.until === undefined ? {} : { until: readTime(flags.until, "--until", timeZone) }),
  };
}

async function writeLines(journalFolder: string, { from, until }: ReplaySpan): Promise<number> {
  const start = from === undefined ? 1 : await startBefore(journalFolder, from);
  for await (const event of replayRuns(openJournalReader(journalFolder), start)) {
    if (event.what !== "line" || event.line.at < (from ?? 0)) continue;
    if (event.line.at >= (until ?? Number.POSITIVE_INFINITY)) break;
    if (!process.stdout.write(`${event.line.text}\n`)) await once(process.stdout, "drain");
  }
  return DONE;
}

function tell(check: ReplayCheck, horizon: Instant | undefined): void {
  const words = createWords("en");
  const say = (code: string, values: Readonly<Record<string, string | number>>): void =>
    print(words.say(`archive.${code}` as WordsKey, values));
  const time = (at: Instant): string => new Date(at / 1000).toISOString();
  if (horizon !== undefined) say("replay.at-work", { until: time(horizon) });
  for (const run of check.runs) {
    say(run.clean ? "replay.run" : "replay.run-broken", {
      ...{ from: time(run.startedAt), until: time(run.endedAt), lines: run.lines, lost: run.lostAtEnd },
    });
  }
  for (const [kind, count] of Object.entries(check.lines)) say("replay.lines", { kind, count });
  say("replay.acts", { count: check.acts });
  if (check.owedActs > 0) say("replay.acts-owed", { count: check.owedActs });
  if (check.unreplayable > 0) say("replay.unreplayable", { count: check.unreplayable });
  if (check.seals > 0) say("replay.seals", { count: check.seals });
  for (const { code, values } of check.findings) say(code, values);
  say(check.holds ? "replay.holds" : "replay.fails", {});
}
