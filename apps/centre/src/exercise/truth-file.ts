/** `truth.jsonl`: what has truly happened, one JSON object a line, only ever added to. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ScenarioRecord, TruthRecord } from "@openjmc/exercise";
import { FaultError, type Instant } from "@openjmc/model";

const TRUTH_FILE = "truth.jsonl";
const FLUSH_BYTES = 64 * 1024;

export function truthPath(folder: string): string {
  return join(folder, TRUTH_FILE);
}

/** Writes truth. Lines are in the file when `flush` returns. */
export class TruthFile {
  readonly #descriptor: number;
  #lines: string[] = [];
  #size = 0;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /**
   * Opens the truth of a scenario in `folder`, begins it with `header` or goes on with what is there. A line that a kill
   * cut short is taken away. Error: `exercise.other-truth` where the folder holds another scenario's.
   */
  static open(folder: string, header: ScenarioRecord): TruthFile {
    mkdirSync(folder, { recursive: true });
    const path = truthPath(folder);
    const isNew = !existsSync(path) || cutTornLine(path) === 0;
    if (!isNew) refuseOther(path, header);
    const file = new TruthFile(openSync(path, "a"));
    if (isNew) file.append(header);
    return file;
  }

  append(record: TruthRecord): void {
    const line = `${JSON.stringify(record)}\n`;
    this.#lines.push(line);
    this.#size += line.length;
    if (this.#size >= FLUSH_BYTES) this.flush();
  }

  flush(): void {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(this.#lines.join(""));
    this.#lines = [];
    this.#size = 0;
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written);
  }

  close(): void {
    this.flush();
    closeSync(this.#descriptor);
  }
}

/** All records of a truth file, in order. A line cut short at the end is left out; any other bad line is an error. */
export function readTruthFile(path: string): TruthRecord[] {
  const text = readFileSync(path, "utf8");
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return lines.flatMap((line, index) => (line === "" ? [] : [parseLine(path, line, index + 1)]));
}

/** The last instant of progress in a truth file; undefined where there is no file or no progress. */
export function lastProgress(folder: string): Instant | undefined {
  const path = truthPath(folder);
  if (!existsSync(path)) return undefined;
  return readTruthFile(path).findLast((record) => record.type === "progress")?.at;
}

function parseLine(file: string, line: string, number: number): TruthRecord {
  try {
    return JSON.parse(line) as TruthRecord;
  } catch (error) {
    throw new FaultError({
      code: "exercise.truth-malformed",
      what: "truth of the exercise",
      where: { file, line: number },
      expected: "one JSON object",
      got: line.slice(0, 60),
      cause: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Length of the file after cutting. */
function cutTornLine(path: string): number {
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
  return whole;
}

function refuseOther(path: string, header: ScenarioRecord): void {
  const [first] = readTruthFile(path);
  const same =
    first?.type === "scenario" &&
    first.seed === header.seed &&
    first.startsAt === header.startsAt &&
    first.mission === header.mission &&
    first.episodeSeconds === header.episodeSeconds;
  if (same) return;
  throw new FaultError({
    code: "exercise.other-truth",
    what: "truth of the exercise",
    where: { file: path, line: 1 },
    expected: `seed ${header.seed} of mission ${header.mission}`,
    got: first?.type === "scenario" ? `seed ${first.seed} of mission ${first.mission}` : "no scenario",
  });
}
