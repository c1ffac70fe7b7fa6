/** `jmc mirror`: a component's node. It keeps a whole copy of the record, replays it, and cosigns what it stores. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FaultError, unwrap } from "@openjmc/model";
import { formatVkey, type NoteKey, parseVkey } from "@openjmc/record";
import { witnessLines } from "../cosigning/usual-policy.ts";
import { CentreLink } from "../nodes/centre-link.ts";
import { nodeClock } from "../nodes/clock.ts";
import { serveNode } from "../nodes/http.ts";
import { Mirror } from "../nodes/mirror.ts";
import { MirrorServer, type MirrorServerOptions } from "../nodes/mirror-server.ts";
import { listMisbehaviour } from "../nodes/misbehaviour.ts";
import { createNodeFolder, lockNode, type NodeFolder, openNodeFolder, readVkeys } from "../nodes/node-folder.ts";
import { Objections } from "../nodes/objections.ts";
import { PeerWatch } from "../nodes/peer-watch.ts";
import { pull } from "../nodes/pull.ts";
import { ReceiptWatch } from "../nodes/receipt-watch.ts";
import { RecordingsCopy } from "../nodes/recordings-copy.ts";
import { nodePrimitives } from "../primitives.ts";
import { CHECK_FAILED, DONE, failWith, print, say, writeOut } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

export interface NodeInitFlags {
  readonly name: string;
  readonly keyName?: string;
  readonly origin: string;
  readonly logKey?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export interface MirrorFlags {
  readonly pull?: string;
  readonly listen?: string;
  readonly logKey?: string;
  readonly readerToken?: string;
  readonly receipts?: readonly string[];
  readonly peer?: readonly string[];
  readonly recordings: string;
  readonly clock?: string;
}

/** `jmc mirror init` and `jmc witness init`: keys in a folder; the lines for the policy are the answer. */
export async function runNodeInit(role: "mirror" | "witness", folder: string, flags: NodeInitFlags): Promise<number> {
  const root = resolve(folder);
  const keyName = flags.keyName ?? `${flags.origin}/${flags.name}`;
  const vkeys = createNodeFolder(root, role, flags.name, keyName);
  if (flags.logKey !== undefined) openNodeFolder(root, role).pin(readLogKey(flags.logKey));
  const lines = witnessLines({ name: flags.name, vkeys });
  if (flags.out !== undefined)
    writeOut(flags.out, lines.map((line) => `${line}\n`).join(""), `${lines.length} lines for the policy`);
  if (flags.json) print(JSON.stringify({ name: flags.name, vkeys, folder: root }));
  else for (const line of lines) print(line);
  return DONE;
}

export async function runMirror(folder: string, flags: MirrorFlags): Promise<number> {
  const root = resolve(folder);
  if (flags.pull === undefined && flags.listen === undefined)
    throw new FaultError({
      code: "mirror.idle",
      what: "command line",
      expected: "--pull URL to fetch from a centre, --listen HOST:PORT to be sent things, or both",
    });
  const node = openNodeFolder(root, "mirror");
  const lock = lockNode(root);
  try {
    const logKey = logKeyOf(node, flags.logKey);
    return await runLocked(root, node, logKey, flags);
  } finally {
    lock.release();
  }
}

/** What goes wrong once it runs is the node's own fault: exit 1. */
async function runLocked(root: string, node: NodeFolder, logKey: NoteKey, flags: MirrorFlags): Promise<number> {
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const clock = nodeClock(flags.clock);
  try {
    const onRekeyed = (key: NoteKey): void => takeLogKey(node, key);
    const { keys, earlierLogKeys } = node;
    const mirror = await Mirror.open({ root, logKey, keys, now: clock, earlierLogKeys, onRekeyed });
    const pending = { mirror, logKey, earlierLogKeys, onRekeyed, pendingFolder: join(root, "pending") };
    const server = flags.listen === undefined ? undefined : await listen(pending, flags);
    say(`mirror ${node.name} of ${logKey.name}: ${mirror.files.size} entries stored; stop with Ctrl-C`);
    if (server) print(`ready ${server.url}`);
    else print("ready");
    try {
      if (flags.pull !== undefined) await follow(root, node, mirror, flags, stop.signal, clock);
      else await new Promise((done) => stop.signal.addEventListener("abort", done, { once: true }));
    } finally {
      await server?.close();
    }
    say(`stopped; ${mirror.files.size} entries are stored`);
    return DONE;
  } catch (error) {
    failWith(error, CHECK_FAILED);
    return CHECK_FAILED;
  }
}

async function follow(
  root: string,
  node: NodeFolder,
  mirror: Mirror,
  flags: MirrorFlags,
  signal: AbortSignal,
  now: () => number,
): Promise<void> {
  const logKey = [...node.logs.values()][0]!;
  const link = new CentreLink({
    url: flags.pull!,
    origin: logKey.name,
    name: node.name,
    key: node.keys[0]!,
    signal,
  });
  const receipts = new ReceiptWatch({ folders: flags.receipts ?? [], mirror, now, say });
  const peers = new PeerWatch({ peers: flags.peer ?? [], mirror, now, say });
  const recordings = new RecordingsCopy({ root, mirror, link, component: node.name, rule: flags.recordings, say });
  await pull({
    mirror,
    link,
    signal,
    say,
    beside: async () => {
      const found = [await receipts.look(), await peers.look()];
      if (found.includes(true)) await link.object(mirror.objections.all, peers.isForked);
      await recordings.fetch(signal);
    },
  });
}

/** Another key of a log takes the place of the one before, and is told once. */
export function takeLogKey(node: NodeFolder, key: NoteKey): void {
  if (node.logs.get(key.name)?.id === key.id) return;
  node.succeed(key);
  say(`NEW LOG KEY: roots of all components have put ${formatVkey(key)} in force`);
}

function listen(pending: MirrorServerOptions, flags: MirrorFlags) {
  const { readerToken: file } = flags;
  const token = file === undefined ? {} : { readerToken: readFileSync(file, "utf8").trim() };
  return MirrorServer.open({ ...pending, ...token }).then((server) => serveNode(flags.listen!, server.handle));
}

/** The log's key: pinned in the folder, or given now and pinned for good. Errors: `log-key.missing`, `log-key.other`. */
export function logKeyOf(node: NodeFolder, given: string | undefined): NoteKey {
  if (given !== undefined) node.pin(readLogKey(given));
  const key = [...node.logs.values()][0];
  if (key) return key;
  throw new FaultError({
    code: "log-key.missing",
    what: "node",
    where: { file: node.root, field: "--log-key" },
    expected: "the log's verifier key, or a file with it, from a source other than the log: it is pinned at once",
  });
}

/** A verifier key, or a file whose first line is one. Error: `log-key.unreadable` and those of `parseVkey`. */
export function readLogKey(given: string): NoteKey {
  const direct = parseVkey(nodePrimitives.sha256, given);
  if (direct.ok) return direct.value;
  try {
    return unwrap(parseVkey(nodePrimitives.sha256, readFileSync(given, "utf8").split("\n")[0]!.trim()));
  } catch (error) {
    throw new FaultError({
      code: "log-key.unreadable",
      what: "log's key",
      where: { file: given, field: "--log-key" },
      expected: "name+hash+base64, or a file with it",
      cause: (error as Error).message,
    });
  }
}

/** `jmc mirror status`: what a mirror holds and what it has against the log. Exit 1 where it has something. */
export async function runMirrorStatus(folder: string, flags: { readonly json?: boolean }): Promise<number> {
  const root = resolve(folder);
  const node = openNodeFolder(root, "mirror");
  const logKey = logKeyOf(node, undefined);
  const objections = new Objections(root).all.filter((one) => !one.known);
  const misbehaviour = listMisbehaviour(join(root, "misbehaviour"));
  const status = { name: node.name, log: formatVkey(logKey), vkeys: readVkeys(root), objections, misbehaviour };
  if (flags.json) print(JSON.stringify(status));
  else {
    print(`mirror ${node.name} of ${logKey.name}`);
    for (const one of objections) print(`OBJECTION: ${one.code} entry ${one.index ?? "-"} ${one.fault?.code ?? ""}`);
    for (const file of misbehaviour) print(`MISBEHAVIOUR: ${join(root, "misbehaviour", file)}`);
  }
  return objections.length + misbehaviour.length === 0 ? DONE : CHECK_FAILED;
}

/** `jmc mirror accept`: the operator has taken note of an entry that does not hold; the mirror cosigns again. */
export async function runMirrorAccept(folder: string, entry: string): Promise<number> {
  const root = resolve(folder);
  openNodeFolder(root, "mirror");
  const lock = lockNode(root);
  try {
    const accepted = await new Objections(root).accept(Number(entry));
    say(accepted ? `noted: entry ${entry} does not hold and is known` : `there is no objection to entry ${entry}`);
    return accepted ? DONE : CHECK_FAILED;
  } finally {
    lock.release();
  }
}
