/** `jmc timestamp`: requests to the authorities that each side chose, by network or by hand; what they answer is an entry. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FaultError, formatInstant } from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";
import { type RecordAtHand, withRecord } from "../door/record-at-hand.ts";
import { pathsOf } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { nodePrimitives } from "../primitives.ts";
import { readHeadOf } from "../record/replay-record.ts";
import { Stamps } from "../timestamp/stamps.ts";
import { CHECK_FAILED, DONE, faultOf, print, say } from "./terminal.ts";

export interface AuthorityFlags {
  readonly side: string;
  readonly ca: string;
  readonly url?: string;
}

/** Adds an authority: who chose it, its certificates, and where it answers. */
export async function runAuthority(folder: string, name: string, flags: AuthorityFlags): Promise<number> {
  const { side, url } = flags;
  stampsOf(folder).addAuthority(name, { side, ...(url === undefined ? {} : { url }) }, readText(flags.ca));
  say(`time-stamp authority ${name} of side ${side}`);
  return DONE;
}

/** Writes requests over the record's present end. Works beside a running centre. */
export async function runRequest(folder: string): Promise<number> {
  const paths = pathsOf(resolve(folder));
  const { origin } = readCentreFile(paths);
  const { size, root } = readHeadOf(paths);
  const made = stampsOf(folder).request({ origin, size, root: Buffer.from(root, "hex") });
  for (const name of made) print(join(paths.timestamps, `${name}.tsq`));
  return DONE;
}

/** Sends what waits to the authorities that have an address; what cannot be reached goes on waiting. Exit 1 if something does. */
export async function runSend(folder: string): Promise<number> {
  const stamps = stampsOf(folder);
  let isLeft = false;
  await withRecord(folder, "timestamp", async (record) => {
    for (const { size, authority } of stamps.waiting) {
      try {
        await keep(record, stamps, size, authority, await stamps.ask(size, authority));
      } catch (error) {
        const fault = faultOf(error);
        if (!fault) throw error;
        isLeft = true;
        say(`${size}-${authority} waits: ${fault.code}${fault.cause === undefined ? "" : ` (${fault.cause})`}`);
      }
    }
  });
  return isLeft ? CHECK_FAILED : DONE;
}

/** Takes in an answer that came by hand: `<size>-<authority>.tsr`. */
export async function runStore(folder: string, file: string, flags: { readonly request: string }): Promise<number> {
  const match = /^(\d+)-([a-z0-9-]+)$/.exec(flags.request);
  if (!match)
    throw new FaultError({
      ...{ code: "request.field", what: "command line", where: { field: "--request" }, got: flags.request },
      expected: "the request that it answers, as 120-a",
    });
  const answer = new Uint8Array(readBytes(file));
  await withRecord(folder, "timestamp", (record) =>
    keep(record, stampsOf(folder), Number(match[1]), match[2]!, answer),
  );
  return DONE;
}

async function keep(
  { state, file, act }: RecordAtHand,
  stamps: Stamps,
  size: number,
  name: string,
  answer: Uint8Array,
): Promise<void> {
  const root = state.history.rootAt(size);
  if (!root) throw new FaultError({ code: "anchor.future", what: "time stamp", got: `${size}` });
  const { token, sha256 } = stamps.keep({ origin: file.origin, size, root }, name, answer);
  const { side } = stamps.authorities[name]!;
  const certificates = stamps.certificates(name).map(({ whole }) => bytesToHex(nodePrimitives.sha256(whole)));
  const body = {
    authority: name,
    side,
    size,
    root: bytesToHex(root),
    time: formatInstant(token.time),
    token: sha256,
    certificates,
  };
  await act([{ kind: "time.stamped", subject: `stamp-${size}-${name}`, body }]);
  say(`${size}-${name}: the record up to entry ${size} was there on ${formatInstant(token.time)}`);
}

function stampsOf(folder: string): Stamps {
  const paths = pathsOf(resolve(folder));
  readCentreFile(paths);
  return new Stamps(paths.timestamps);
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const cause = (error as Error).message;
    throw new FaultError({
      code: "file.unreadable",
      what: "file",
      where: { file },
      expected: "a readable file",
      cause,
    });
  }
}

function readText(file: string): string {
  return readBytes(file).toString("utf8");
}
