/** What another process holds: its memory as the system shows it, and its heap as it writes it down itself. */
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { until } from "./wait.ts";

export const CAN_READ_MEMORY = process.platform === "linux";

/** Options of a node process by which it writes a heap snapshot into a folder when told to. */
export const snapshotOptions = (folder: string): string => `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}`;

const STEP_BYTES = 4 * 1024 * 1024;
const OVERLAP_BYTES = 512;

/** A text or key in the forms in which a program may hold it. */
export function formsOf(secret: string | Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(secret as Uint8Array);
  const padded = [0, 1, 2].map((before) => Buffer.concat([Buffer.alloc(before), bytes]).toString("base64"));
  // Away from the ends, base64 of a part looks the same whatever stands around it, at one of three places.
  const middles = padded.map((text) => text.slice(4, -4));
  const texts = [bytes.toString("hex"), ...middles];
  return [bytes, Buffer.from(bytes.toString("latin1"), "utf16le"), ...texts.map((text) => Buffer.from(text))];
}

/** Names of the secrets that a process has in its writable memory, in any form. */
export function secretsInMemory(pid: number, secrets: Readonly<Record<string, readonly Buffer[]>>): readonly string[] {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, "r");
  try {
    for (const [start, end] of writableRegions(pid))
      for (let at = start; at < end; at += STEP_BYTES - OVERLAP_BYTES) {
        const part = readPart(memory, at, Math.min(STEP_BYTES, end - at));
        if (part) for (const name of namesIn(part, secrets)) found.add(name);
      }
  } finally {
    closeSync(memory);
  }
  return [...found].sort();
}

function writableRegions(pid: number): (readonly [number, number])[] {
  return readFileSync(`/proc/${pid}/maps`, "utf8")
    .split("\n")
    .flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      return match ? [[Number.parseInt(match[1]!, 16), Number.parseInt(match[2]!, 16)] as const] : [];
    });
}

/** Undefined for a part that the system does not give. */
function readPart(memory: number, at: number, length: number): Buffer | undefined {
  const part = Buffer.alloc(length);
  try {
    return part.subarray(0, readSync(memory, part, 0, length, at));
  } catch {
    return undefined;
  }
}

function namesIn(bytes: Buffer, secrets: Readonly<Record<string, readonly Buffer[]>>): string[] {
  return Object.entries(secrets)
    .filter(([, forms]) => forms.some((form) => bytes.includes(form)))
    .map(([name]) => name);
}

/** Has a process started with `snapshotOptions` write its heap down; names of the secrets in it. */
export async function secretsInHeap(
  pid: number,
  folder: string,
  secrets: Readonly<Record<string, readonly Buffer[]>>,
): Promise<readonly string[]> {
  const before = new Set(readdirSync(folder));
  process.kill(pid, "SIGUSR2");
  let path = "";
  let size = -1;
  await until(
    "a heap snapshot is written",
    () => {
      const name = readdirSync(folder).find((one) => one.endsWith(".heapsnapshot") && !before.has(one));
      if (name === undefined) return false;
      path = join(folder, name);
      const grown = statSync(path).size;
      const isWhole = grown > 0 && grown === size && readFileSync(path).subarray(-3).includes("}");
      size = grown;
      return isWhole;
    },
    120,
  );
  return namesIn(readFileSync(path), secrets).sort();
}
