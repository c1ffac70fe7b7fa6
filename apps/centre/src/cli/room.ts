/** `jmc room`: a component's own room at its own node. It connects out to the centre; the centre never has its keys. */
import { resolve } from "node:path";
import { FaultError, formatInstant } from "@openjmc/model";
import { addressOf } from "../gateway/inlet.ts";
import { openEpochs, openShare, recoverEpoch } from "../room/epoch-keys.ts";
import { nodeOfficer, roomFolderOf } from "../room/found-room.ts";
import { openLinkedRoom, type RoomPlace } from "../room/linked-room.ts";
import type { RoomEntry } from "../room/room-entry.ts";
import { rotateRoom } from "../room/rotate-room.ts";
import { serveRoom } from "../room/serve-room.ts";
import { holdersOf, openSigner } from "../signer/signer-folder.ts";
import { openTap } from "../tap/tap-server.ts";
import { TapWatch } from "../tap/tap-watch.ts";
import { readPassphrase } from "./passphrase.ts";
import { DONE, faultOf, print, say } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

export interface RoomFlags {
  readonly centre: string;
  readonly keys: string;
  readonly room?: string;
  readonly origin?: string;
  readonly passphraseFile?: string;
  readonly root?: readonly string[];
  readonly epoch?: string;
  readonly reason?: string;
  readonly tap?: string;
  readonly json?: boolean;
}

async function placeOf(flags: RoomFlags): Promise<RoomPlace> {
  const keys = resolve(flags.keys);
  const component = holdersOf(keys)[0]?.component;
  if (component === undefined)
    throw new FaultError({ code: "key.missing", what: "signer folder", where: { file: keys }, expected: "key files" });
  const passphrase = await readPassphrase(
    `of room ${component}`,
    flags.passphraseFile === undefined ? {} : { file: flags.passphraseFile },
  );
  return {
    url: flags.centre,
    component,
    keys,
    roomFolder: flags.room === undefined ? roomFolderOf(keys) : resolve(flags.room),
    passphrase,
    ...(flags.origin === undefined ? {} : { pinnedOrigin: flags.origin }),
  };
}

/** `jmc room serve`: until stopped. */
export async function runRoomServe(flags: RoomFlags): Promise<number> {
  const place = await placeOf(flags);
  const { component, roomFolder, passphrase } = place;
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const tap = new TapWatch();
  const tapped = flags.tap === undefined ? undefined : addressOf(flags.tap);
  const server = tapped && (await openTap(tapped.host, tapped.port, tap));
  if (server) say(`tap of ${component}: ${server.host}:${server.port}`);
  await serveRoom({
    url: place.url,
    ...(place.pinnedOrigin === undefined ? {} : { pinnedOrigin: place.pinnedOrigin }),
    room: component,
    folder: roomFolder,
    epochs: openEpochs(roomFolder, component, passphrase),
    readEpochs: () => openEpochs(roomFolder, component, passphrase),
    officer: nodeOfficer(component),
    signer: openSigner(place.keys, nodeOfficer(component), passphrase),
    signal: stop.signal,
    ...(server ? { tap } : {}),
    onReady: (node) => say(`room ${component}: open, ${node.size} entries of the record`),
    onTrouble: (what, problem) => say(`room ${component}: ${what}: ${faultOf(problem)?.code ?? String(problem)}`),
  });
  await server?.stop();
  return DONE;
}

/** `jmc room search`: entries with all the words, newest first; all without words. */
export async function runRoomSearch(words: readonly string[], flags: RoomFlags): Promise<number> {
  const { node } = await openLinkedRoom(await placeOf(flags));
  for (const entry of node.search(words.join(" "))) print(flags.json ? JSON.stringify(entry) : lineOf(entry));
  return DONE;
}

function lineOf(entry: RoomEntry): string {
  const { index, state, role, claimedAt, statement, content } = entry;
  const inside = content ? `${content.kind} ${JSON.stringify(content.body)}` : "";
  return `${index} ${formatInstant(claimedAt)} ${role} ${state} ${statement} ${inside}`.trimEnd();
}

/** `jmc room disclose`: gives everybody an entry's key. */
export async function runRoomDisclose(statement: string, flags: RoomFlags): Promise<number> {
  const { node, link } = await openLinkedRoom(await placeOf(flags));
  return told(flags, { statement, ...(await node.disclose(statement, link)) }, "disclosed");
}

/** `jmc room erase`: destroys an entry's key, and states it. */
export async function runRoomErase(statement: string, flags: RoomFlags): Promise<number> {
  if (!flags.reason)
    throw new FaultError({
      code: "reason.missing",
      what: "command line",
      where: { field: "--reason" },
      expected: "why the entry's key is destroyed; it stands in the record",
    });
  const { node, link } = await openLinkedRoom(await placeOf(flags));
  return told(flags, { statement, ...(await node.erase(statement, flags.reason, link)) }, "erased; its key is gone");
}

/** `jmc room rotate`: the next epoch, by two roots. */
export async function runRoomRotate(flags: RoomFlags): Promise<number> {
  const place = await placeOf(flags);
  const roots = rootsOf(flags);
  const secrets = await rootSecrets(roots, place, flags);
  const [first, second] = roots.map(([number, folder]) => openSigner(folder, `root-${number}`, secrets.get(number)!));
  const folders = new Map(roots);
  const answer = await rotateRoom(await openLinkedRoom(place), {
    place,
    roots: [first!, second!],
    shareFolder: (number) => folders.get(number) ?? place.keys,
    sharePassphrase: (number) => secrets.get(number) ?? place.passphrase,
  });
  say(`the third root's part lies in ${place.keys} under the node's passphrase: give it to its holder`);
  return told(flags, answer, `epoch ${answer.epoch} begun`);
}

/** `jmc room recover`: an epoch's key from two roots' parts. */
export async function runRoomRecover(flags: RoomFlags): Promise<number> {
  const place = await placeOf(flags);
  const epoch = Number(flags.epoch ?? "1");
  const roots = rootsOf(flags);
  const secrets = await rootSecrets(roots, place, flags);
  const [first, second] = roots.map(([number, folder]) =>
    openShare(folder, place.component, epoch, number, secrets.get(number)!),
  );
  // No key is needed to read what the record says of it.
  const { node } = await openLinkedRoom(place, [{ epoch: 0, key: new Uint8Array(32) }]);
  const check = node.checks.get(epoch);
  if (check === undefined)
    throw new FaultError({
      code: "room.epoch",
      what: "epoch of a room",
      where: { field: "--epoch" },
      expected: [...node.checks.keys()].join(", "),
      got: flags.epoch ?? "1",
    });
  await recoverEpoch(
    { room: place.component, epoch, roomFolder: place.roomFolder },
    [first!, second!],
    check,
    place.passphrase,
  );
  return told(flags, { epoch, folder: place.roomFolder }, `key of epoch ${epoch} recovered into ${place.roomFolder}`);
}

/** Each root's holder is asked for his own passphrase; a file given stands for all. */
async function rootSecrets(
  roots: readonly (readonly [number, string])[],
  place: RoomPlace,
  flags: RoomFlags,
): Promise<ReadonlyMap<number, string>> {
  const secrets = new Map<number, string>();
  for (const [number] of roots) {
    const ask = () => readPassphrase(`of root ${number} of component ${place.component}`, {});
    secrets.set(number, flags.passphraseFile === undefined ? await ask() : place.passphrase);
  }
  return secrets;
}

/** `--root 1=DIR --root 2=DIR`. Error: `root.malformed`. */
function rootsOf(flags: RoomFlags): readonly (readonly [number, string])[] {
  const roots = (flags.root ?? []).map((text) => {
    const match = /^([123])=(.+)$/.exec(text);
    return match ? ([Number(match[1]), resolve(match[2]!)] as const) : undefined;
  });
  const numbers = new Set(roots.map((root) => root?.[0]));
  if (roots.length === 2 && numbers.size === 2 && !numbers.has(undefined))
    return roots as (readonly [number, string])[];
  throw new FaultError({
    code: "root.malformed",
    what: "command line",
    where: { field: "--root" },
    expected: "two different roots, as --root 1=/media/r1 --root 2=/media/r2",
    got: (flags.root ?? []).join(" "),
  });
}

function told(flags: RoomFlags, answer: object, text: string): number {
  print(flags.json ? JSON.stringify(answer) : text);
  return DONE;
}
