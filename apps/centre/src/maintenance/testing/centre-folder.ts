/** A founded centre's folder with something of everything in it, made as the centre itself makes it. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { Sealer } from "../../acts/sealing.ts";
import { openAttachments } from "../../attachments/index.ts";
import { type FolderPaths, pathsOf } from "../../folder/index.ts";
import { readCentreFile } from "../../founding/centre-file.ts";
import { foundCentre } from "../../founding/found-centre.ts";
import { openMachineKeys } from "../../founding/machine-keys.ts";
import { type Journal, openJournal } from "../../journal/index.ts";
import { NO_MISSION } from "../../mission/decision-context.ts";
import { openPicture, type Picture } from "../../picture/index.ts";
import { nodePrimitives } from "../../primitives.ts";
import { openKeeper, readLeaves } from "../../record/index.ts";
import { openRecordedTimes } from "../../registrar/recorded-at.ts";
import { Registrar } from "../../registrar/registrar.ts";
import { openLocalStore, openStore } from "../../store/index.ts";

export const START: Instant = 1_617_679_800_000_000;
const PASSPHRASE = "only for tests";
const MISSIONS = join(import.meta.dirname, "../../../../../missions");

/** Founds an exercise centre below `folder` with the first mission that has an exercise; returns its paths. */
export async function foundTestCentre(folder: string): Promise<FolderPaths> {
  const mission = readdirSync(MISSIONS).find((name) => existsSync(join(MISSIONS, name, "exercise")))!;
  const root = join(folder, "centre");
  const signer = (component: string) => ({ folder: join(folder, `signer-${component}`), passphrase: PASSPHRASE });
  await foundCentre({
    folder: root,
    missionFolder: join(MISSIONS, mission),
    exercise: true,
    origin: "exercise.test/log",
    now: START,
    startsAt: START,
    signers: { A: signer("A"), B: signer("B") },
    keyMemoryKiB: 64,
  });
  return pathsOf(root);
}

/** Seconds of journal and picture, sealed minute by minute into the record, and a value or two of everything else. */
export async function fillTestCentre(paths: FolderPaths, seconds: number): Promise<void> {
  const journal = await openJournal({ directory: paths.journal });
  const picture = await openPicture({ directory: paths.picture });
  fill(journal, picture, seconds);
  await sealAll(paths, journal, picture);
  const lastLine = picture.lastPosition;
  await journal.close();
  await picture.close();
  const attachments = await openAttachments({ directory: paths.attachments });
  await attachments.put(pieces("an attached file"));
  const local = await openLocalStore(paths.local);
  await local.put("drafts", "one", { text: "unsent" });
  await local.close();
  const store = await openStore({ file: paths.projection, viewSchema: 1 });
  await store.apply({ position: { logIndex: 3, picturePosition: lastLine } });
  await store.close();
  writeFileSync(join(paths.root, "notes.txt"), "left by somebody");
}

function fill(journal: Journal, picture: Picture, seconds: number): void {
  const encoder = new TextEncoder();
  const first = journal.lastSequence;
  for (let second = first; second < first + seconds; second++) {
    const at = START + second * MICROSECONDS_PER_SECOND;
    const payload = encoder.encode(`bytes of second ${second}`);
    const sequence = journal.append({ receivedAt: at, kind: "bytes", source: `s${second % 2}`, payload });
    picture.append(at, sequence, { t: "track", row: { id: "t", second } });
  }
}

async function sealAll(paths: FolderPaths, journal: Journal, picture: Picture): Promise<void> {
  const file = readCentreFile(paths);
  const keys = openMachineKeys(paths.keys, file.origin);
  const folders = { recordFolder: paths.record, keeperFolder: paths.keeper };
  const keeper = await openKeeper({ ...folders, logKey: keys.logKey, signer: keys.log, primitives: nodePrimitives });
  const times = openRecordedTimes(paths.recordedAt);
  const registrar = new Registrar({
    primitives: nodePrimitives,
    keeper,
    times,
    machine: keys.machine,
    context: () => NO_MISSION,
    now: () => START,
    onRegistered: () => undefined,
    onFatal: (fault) => {
      throw fault;
    },
  });
  registrar.load(readLeaves(paths.record, keeper.size), false);
  await new Sealer(journal, picture, registrar, 0).seal();
  times.close();
  await keeper.close();
}

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
