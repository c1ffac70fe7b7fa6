/** `jmc export`: an archive of a release level, which is itself an entry; `jmc redact`: a lower level, or a draft with parts concealed. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import { conceal, type JsonObject, RELEASE_LEVELS, type ReleaseLevel, unwrap } from "@openjmc/record";
import { endPointOf } from "../archive/end-point.ts";
import { type ArchiveRequest, type MadeArchive, makeArchive } from "../archive/make-archive.ts";
import { withRecord } from "../door/record-at-hand.ts";
import { missionOfCentre } from "../mission/read.ts";
import { nodePrimitives } from "../primitives.ts";
import { DONE, print, say, writeOut } from "./terminal.ts";
import { readTime } from "./times.ts";

export interface ExportFlags {
  readonly release?: string;
  readonly party?: string;
  readonly out?: string;
  readonly verifier?: boolean;
  readonly disclose?: readonly string[];
  readonly withAttachments?: boolean;
  /** `mission`: by its markings; `none`. */
  readonly recordings?: string;
  readonly from?: string;
  readonly until?: string;
  /** Up to the head, whoever has cosigned it. */
  readonly unsealed?: boolean;
  readonly json?: boolean;
}

/** Built with the console; belongs to installation. */
export const VERIFIER_FILE = join(import.meta.dirname, "../../../console/dist/verify.html");

export async function runExport(folder: string, flags: ExportFlags): Promise<number> {
  const out = resolve(flags.out ?? missingFlag("--out", "a file to write"));
  if (flags.verifier && flags.release === undefined) return writeVerifier(out);
  const levels = levelsOf(flags);
  const targets = levels.map((level) => ({ level, file: levels.length === 1 ? out : targetOf(out, level) }));
  for (const { file } of targets) requireNew(file);
  const made = await withRecord(folder, "export", async ({ paths, file, state: present, now, act }) => {
    const { size, root, note, state } = endPointOf(paths, present, flags.unsealed);
    tellEnd(size, present.history.size, flags);
    const mission = missionOfCentre(paths, file);
    const recordings = spanOfRecordings(flags, mission.view.timeZone);
    const common = { paths, mission, note, state, now, ...recordings, ...optionsOf(flags) };
    // An archive ends before the entry that tells of it: that one nobody has cosigned yet.
    const archives = await inTurn(targets, ({ level, file: target }) => makeArchive({ ...common, level, out: target }));
    const party = flags.party === undefined ? {} : { party: flags.party };
    try {
      const body = { level: levels.join(", "), ...party, size, root };
      await act([{ kind: "export.made", subject: `export-${present.history.size}`, body }]);
    } catch (error) {
      for (const target of targets) rmSync(target.file, { force: true });
      throw error;
    }
    return archives;
  });
  for (const [place, one] of made.entries()) tellMade(one, targets[place]!.file, flags);
  return DONE;
}

/** `--recordings`, `--from`, `--until`. Errors: `recordings.rule`, `time.malformed`. */
function spanOfRecordings(
  { recordings = "mission", from, until }: ExportFlags,
  timeZone: string,
): Pick<ArchiveRequest, "recordings"> {
  if (recordings === "none") return {};
  if (recordings !== "mission")
    throw new FaultError({
      ...{ code: "recordings.rule", what: "command line", where: { field: "--recordings" }, got: recordings },
      expected: "mission or none",
    });
  const time = (text: string, field: string): Instant => readTime(text, field, () => timeZone);
  return {
    recordings: {
      ...(from === undefined ? {} : { from: time(from, "--from") }),
      ...(until === undefined ? {} : { until: time(until, "--until") }),
    },
  };
}

function tellEnd(size: number, present: number, { json }: ExportFlags): void {
  if (json || size === present) return;
  say(`ends with entry ${size - 1}, the last that is sealed; ${present - size} later are not in it (--unsealed)`);
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function optionsOf(flags: ExportFlags): Pick<ArchiveRequest, "party" | "verifier" | "disclose" | "withAttachments"> {
  return {
    ...(flags.party === undefined ? {} : { party: flags.party }),
    ...(existsSync(VERIFIER_FILE) ? { verifier: new Uint8Array(readFileSync(VERIFIER_FILE)) } : {}),
    ...(flags.disclose === undefined ? {} : { disclose: flags.disclose }),
    ...(flags.withAttachments === undefined ? {} : { withAttachments: flags.withAttachments }),
  };
}

function requireNew(file: string): void {
  if (existsSync(file))
    throw new FaultError({ code: "file.exists", what: "archive", where: { file }, expected: "a new file" });
}

/** `record.zip` → `record-public.zip`. */
function targetOf(out: string, level: ReleaseLevel): string {
  return out.replace(/(\.zip)?$/, `-${level}.zip`);
}

function tellMade({ description, files, bytes, recordings }: MadeArchive, out: string, flags: ExportFlags): void {
  if (flags.json) {
    print(JSON.stringify({ ...description, files, bytes, ...(recordings ? { recordings } : {}), out }));
    return;
  }
  const minutes = recordings ? `, recordings of ${recordings.minutes} minutes` : "";
  say(
    `${out}: level ${description.level}, ${description.size} entries (${description.withheldEntries} withheld), ${files} files${minutes}`,
  );
  if (recordings && recordings.differing > 0)
    say(`${recordings.differing} recordings do not fit their seals and stayed out; \`jmc doctor --deep\` says which`);
}

function writeVerifier(out: string): number {
  if (!existsSync(VERIFIER_FILE))
    throw new FaultError({
      code: "file.missing",
      what: "verifier",
      where: { file: VERIFIER_FILE },
      expected: "the console built: npm run build",
    });
  const page = readFileSync(VERIFIER_FILE);
  writeOut(out, page, `${page.length} bytes`, { isNew: true });
  return DONE;
}

/** Levels of `--release`, with commas. Errors: `archive.level`, `request.field`. */
function levelsOf({ release = "full", party }: Pick<ExportFlags, "release" | "party">): ReleaseLevel[] {
  const levels = release.split(",").map((level) => level.trim());
  const unknown = levels.find((level) => !RELEASE_LEVELS.includes(level as ReleaseLevel));
  if (unknown !== undefined)
    throw new FaultError({
      ...{ code: "archive.level", what: "command line", where: { field: "--release" }, got: unknown },
      expected: RELEASE_LEVELS.join(", "),
    });
  if (levels.includes("party") && party === undefined) return missingFlag("--party", "the party's code");
  return levels as ReleaseLevel[];
}

function missingFlag(field: string, expected: string): never {
  throw new FaultError({ code: "request.field", what: "command line", where: { field }, expected, got: "nothing" });
}

export interface RedactFlags extends ExportFlags {
  readonly conceal?: string;
  readonly disclosures?: string;
}

/** A full archive to one of a lower level over the same root, or a draft to one with parts concealed. */
export async function runRedact(source: string, flags: RedactFlags): Promise<number> {
  if (flags.conceal !== undefined) return concealDraft(source, flags);
  const out = resolve(flags.out ?? missingFlag("--out", "a file to write"));
  const release = flags.release ?? missingFlag("--release", "party or public");
  const [level] = levelsOf({ ...flags, release });
  requireNew(out);
  const { redactArchive } = await import("../archive/redact-archive.ts");
  tellMade(await redactArchive(resolve(source), { ...optionsOf(flags), level: level!, out }), out, flags);
  return DONE;
}

/** Conceals members of a draft's body before it is signed; what was concealed goes into a file of its own. */
async function concealDraft(draftFile: string, flags: RedactFlags): Promise<number> {
  const names = (flags.conceal ?? missingFlag("--conceal", "names of members, with commas")).split(",");
  const draft = readDraft(resolve(draftFile));
  const concealed = unwrap(conceal(nodePrimitives.sha256, draft.body, names, () => new Uint8Array(randomBytes(16))));
  const out = resolve(flags.out ?? missingFlag("--out", "a file for the draft"));
  const disclosures = resolve(flags.disclosures ?? missingFlag("--disclosures", "a file for what is concealed"));
  writeOut(out, textOf({ ...draft, body: concealed.body }), "to be signed", { isNew: true });
  writeOut(
    disclosures,
    textOf(concealed.disclosures),
    "to be kept; after signing it belongs into the centre's folder as disclosures/STATEMENT.json",
    { isNew: true, isSecret: true, flag: "--disclosures" },
  );
  return DONE;
}

const textOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function readDraft(file: string): { readonly body: JsonObject } {
  try {
    const draft = JSON.parse(readFileSync(file, "utf8")) as { body?: unknown };
    if (typeof draft.body === "object" && draft.body !== null) return draft as { readonly body: JsonObject };
  } catch (error) {
    throw new FaultError({ code: "file.unreadable", what: "draft", where: { file }, cause: (error as Error).message });
  }
  throw new FaultError({ code: "draft.malformed", what: "draft", where: { file }, expected: "JSON with a body" });
}
