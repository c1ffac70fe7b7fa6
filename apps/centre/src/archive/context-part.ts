/** What an archive needs to be understood by: rules, code lists, configuration by instant, dismissed alerts, refused input. */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mission } from "@openjmc/agreement";
import * as model from "@openjmc/model";
import { formatInstant, type Instant, type SourceRow } from "@openjmc/model";
import type { FolderPaths } from "../folder/index.ts";
import { openJournalReader } from "../journal/index.ts";
import { changeOf, configurationOf } from "../lane/lane-configuration.ts";
import { readMissionFiles } from "../mission/read.ts";
import { itemOf, openPictureReader } from "../picture/index.ts";
import { release } from "../release/gate.ts";
import type { BagWriter } from "./bag-writer.ts";
import type { LogPart } from "./log-part.ts";
import { audienceOf, type LevelRule } from "./release-entry.ts";

export interface ContextSource {
  readonly paths: FolderPaths;
  readonly mission: Mission;
  readonly log: LogPart;
  readonly level: LevelRule;
  /** What a fuller archive says of it, where there is no journal and picture to ask. */
  readonly known?: { readonly fusion: readonly object[]; readonly refused: object };
}

/** Kinds that say by what rules the centre worked from then on. */
const CONFIGURING = new Set([
  "mission.configured",
  "kinds.extended",
  "cosigners.named",
  "source.keyed",
  "source.added",
  "room.keyed",
]);

export async function writeContext(bag: BagWriter, source: ContextSource): Promise<void> {
  const { log, level, mission } = source;
  const out = (value: unknown): unknown => release(value, audienceOf(level.level), level.rule, level.now);
  const founding = log.given.find(({ index }) => index === 0);
  if (founding) await bag.addJson("data/genesis.json", founding.leaf.statement);
  await writeMission(bag, source, out);
  await bag.addJson("data/codes.json", codeLists());
  await bag.addJson(
    "data/configuration.json",
    out({ entries: configuring(log), fusion: source.known?.fusion ?? (await fusionRuns(source)) }),
  );
  await bag.addJson("data/dismissed-alerts.json", out(dismissed(log)));
  await bag.addJson("data/refused-input.json", out(source.known?.refused ?? (await refusedInput(source))));
  await bag.addJson("data/release.json", { level: level.level, rule: mission.view.release });
}

/** The mission's files as both components signed them are for the two of them; others get what the gate lets out of them. */
async function writeMission(
  bag: BagWriter,
  { paths, mission, level }: ContextSource,
  out: (value: unknown) => unknown,
): Promise<void> {
  if (level.level !== "full") return bag.addJson("data/mission.json", out(mission.view));
  await writeFolder(bag, paths.mission, "data/mission/");
  // Those that counted before, by the digest under which entries name them.
  for (const digest of existsSync(paths.missions) ? readdirSync(paths.missions).sort() : [])
    await writeFolder(bag, join(paths.missions, digest), `data/missions/${digest}/`);
}

async function writeFolder(bag: BagWriter, folder: string, into: string): Promise<void> {
  for (const path of [...readMissionFiles(folder).keys()].sort())
    await bag.add(`${into}${path}`, await readFile(join(folder, path)));
}

/** Every list of codes that statements may hold. */
function codeLists(): Readonly<Record<string, readonly string[]>> {
  const everything: [string, unknown][] = Object.entries(model);
  const lists = everything.filter(
    (entry): entry is [string, readonly string[]] =>
      /^[A-Z_]+$/.test(entry[0]) && Array.isArray(entry[1]) && entry[1].every((code) => typeof code === "string"),
  );
  return Object.fromEntries(lists.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function configuring({ given }: LogPart): object[] {
  return given
    .filter(({ leaf }) => CONFIGURING.has(leaf.statement.kind))
    .map(({ index, leaf: { statement, statementId } }) => ({
      ...{ index, statement: statementId, kind: statement.kind, subject: statement.subject, claimedAt: statement.at },
      refs: statement.refs,
    }));
}

/** By what fusion worked, run by run, and from when on within a run by other rules: rules for alerts, program, time. */
async function fusionRuns({ paths, level }: ContextSource): Promise<object[]> {
  const runs: object[] = [];
  for await (const record of openJournalReader(paths.journal).readFromSequence(1)) {
    const rules = record.kind === "configuration" ? changeOf(record).judging?.view.rules : undefined;
    if (rules) runs.push({ from: formatInstant(record.receivedAt), firstSequence: record.sequence, rules });
    if (record.kind !== "fusion-started") continue;
    const configuration = configurationOf(record);
    const { software, judging } = configuration;
    runs.push({
      ...{
        from: formatInstant(record.receivedAt),
        firstSequence: record.sequence,
        software,
        rules: judging.view.rules,
      },
      ...(level.level === "full" ? { configuration } : {}),
    });
  }
  return runs;
}

function dismissed({ given }: LogPart): object[] {
  return given
    .filter(({ leaf }) => leaf.statement.kind === "alert.dismissed")
    .map(({ index, leaf: { statement, statementId } }) => ({
      ...{ index, statement: statementId, alert: statement.subject, by: statement.role, claimedAt: statement.at },
      body: statement.body,
    }));
}

/** What each source sent that was not understood, came twice or was put aside, as last told. */
async function refusedInput({ paths, log }: ContextSource): Promise<object> {
  const sources = new Map<string, object>();
  let until: Instant | undefined;
  for await (const line of openPictureReader(paths.picture).readFromPosition(1)) {
    const item = itemOf(line);
    if (item.t !== "source") continue;
    const { id, framesTotal, badFrames, duplicatesTotal, shedTotal } = item.row as SourceRow;
    sources.set(id, { source: id, framesTotal, badFrames, duplicatesTotal, shedTotal });
    until = line.at;
  }
  const refused = log.given.filter(({ leaf }) => leaf.statement.kind === "input.refused").length;
  return {
    ...(until === undefined ? {} : { countedUntil: formatInstant(until) }),
    counts: [...sources.values()],
    entriesOfRefusedInput: refused,
  };
}
