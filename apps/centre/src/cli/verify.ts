/** `jmc verify`: an archive, a folder or an address, from its files alone. Exit 0 only if all holds. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import {
  type ArchiveOptions,
  bytesToHex,
  comparePredecessor,
  type RecordReader,
  type RecordVerification,
  readAuthority,
  readCertificates,
  type Told,
  tell,
  tellEntries,
  verifyArchive,
  verifyRecord,
} from "@openjmc/record";
import { createWords, isLocale, type Words, type WordsKey } from "@openjmc/words";
import { nodeVerification } from "../archive/verification.ts";
import { openSource } from "../archive/verify-source.ts";
import { readPredecessor } from "../founding/predecessor.ts";
import { verifyAtWork } from "../record/index.ts";
import { verifyToken } from "../timestamp/verify-token.ts";
import { CHECK_FAILED, DONE, print } from "./terminal.ts";
import { type VerifyFileFlags, verifyFile } from "./verify-file.ts";

export interface VerifyFlags extends VerifyFileFlags {
  readonly json?: boolean;
  readonly entries?: boolean;
  readonly language?: string;
  /** A copy of the record that this one says it succeeds. */
  readonly predecessor?: string;
  /** Checkpoints of this log kept elsewhere. */
  readonly seen?: readonly string[];
  /** Certificates trusted for time stamps, instead of those in the archive. */
  readonly tsaCa?: string;
}

export async function runVerify(place: string, flags: VerifyFlags): Promise<number> {
  const single = verifyFile(place, flags);
  if (single !== undefined) return single;
  const words = wordsOf(flags.language ?? "en");
  const source = await openSource(place);
  try {
    const { attachment } = source;
    const options = {
      ...optionsOf(flags),
      ...(attachment ? { attachment } : {}),
      checkToken: tokenCheck(source.reader, flags),
      trustsOwnCertificates: flags.tsaCa === undefined,
    };
    const { result: alone, isAtWork } =
      source.kind === "archive"
        ? { result: await verifyArchive(source.reader, options), isAtWork: false }
        : await verifyAtWork(source.reader, (reader) => verifyRecord(reader, options));
    const result = await besidePredecessor(alone, flags);
    if (flags.json) print(JSON.stringify(summaryOf(result, isAtWork, flags)));
    else tellAll(result, isAtWork, words, flags);
    return result.holds ? DONE : CHECK_FAILED;
  } finally {
    await source.close();
  }
}

/** With a copy of the record that this one says it succeeds, whether it does. */
async function besidePredecessor<T extends RecordVerification>(result: T, { predecessor }: VerifyFlags): Promise<T> {
  if (predecessor === undefined || !result.state) return result;
  const { state } = await readPredecessor(resolve(predecessor));
  const findings = [...result.findings, ...comparePredecessor(result.state, state)];
  return { ...result, findings, holds: findings.length === 0 };
}

function optionsOf({ entries, seen }: VerifyFlags): ArchiveOptions {
  return {
    ...nodeVerification(),
    story: entries ? "entries" : "short",
    seen: (seen ?? []).map((file) => readNote(file)),
  };
}

/** Tokens are held against the certificates that the reader trusts, or else against those that lie in the archive. */
function tokenCheck(reader: RecordReader, { tsaCa }: VerifyFlags): NonNullable<ArchiveOptions["checkToken"]> {
  const given = tsaCa === undefined ? undefined : readCertificates(new TextDecoder().decode(readNote(tsaCa)));
  return async (token, authority) => {
    const trusted = given ?? (await readAuthority(reader, authority));
    return trusted.ok ? verifyToken(token, trusted.value) : trusted.fault;
  };
}

function readNote(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    const cause = (error as Error).message;
    throw new FaultError({ code: "file.unreadable", what: "file", where: { file }, cause });
  }
}

function wordsOf(language: string): Words {
  if (isLocale(language)) return createWords(language);
  throw new FaultError({
    ...{ code: "report.language", what: "command line", where: { field: "--language" }, expected: "en, tr or ru" },
    got: language,
  });
}

function summaryOf(result: RecordVerification, isAtWork: boolean, flags: VerifyFlags): object {
  const acts = [...(result.state?.acts.values() ?? [])];
  return {
    holds: result.holds,
    ...(result.checkpoint
      ? { origin: result.checkpoint.origin, size: result.checkpoint.size, root: bytesToHex(result.checkpoint.root) }
      : {}),
    exercise: result.state?.founding?.exercise ?? null,
    officers: result.state?.officers.size ?? 0,
    jointActs: countBy(acts.map((act) => act.status)),
    findings: result.findings,
    ...("description" in result ? { archive: result.description } : {}),
    opened: result.openings?.opened ?? [],
    told: toldOf(result, isAtWork),
    ...(flags.entries ? { entries: result.story?.verdicts ?? [] } : {}),
  };
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function tellAll(result: RecordVerification, isAtWork: boolean, words: Words, flags: VerifyFlags): void {
  if (flags.entries) for (const told of tellEntries(result.story)) print(sentenceOf(told, words));
  for (const told of toldOf(result, isAtWork)) print(sentenceOf(told, words));
}

function toldOf(result: RecordVerification, isAtWork: boolean): readonly Told[] {
  return isAtWork ? [{ tone: "notice", code: "verify.at-work", values: {} }, ...tell(result)] : tell(result);
}

const MARKS: Readonly<Record<Told["tone"], string>> = { good: " ", notice: "!", wrong: "X" };

/** One line: a mark, the sentence, and what lies behind it. A code without a sentence of its own is shown as it stands. */
export function sentenceOf(told: Told, words: Words): string {
  const key = `archive.${told.code}`;
  const sentence = words.has(key)
    ? words.say(key as WordsKey, told.values)
    : `${told.code} ${JSON.stringify(told.values)}`;
  const line = `${MARKS[told.tone]} ${sentence}${told.fault ? ` ${words.sayFault(told.fault)}` : ""}`;
  // What people wrote may have lines of its own; none of them must look like one of the verification's.
  return line.replaceAll("\n", "\n      | ");
}
