/** `jmc rebuild`: the views made again from record and picture; `--check` compares without touching. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { wallClock } from "../clock.ts";
import { openFolder } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { openPictureReader } from "../picture/index.ts";
import { catchUp, type EntryChanges, viewHashes } from "../projection/rebuild.ts";
import { VIEW_SCHEMA } from "../projection/rows.ts";
import { replayRecord } from "../record/replay-record.ts";
import { openStore, type Store } from "../store/index.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";

export interface RebuildFlags {
  readonly check?: boolean;
  readonly postgres?: string;
  readonly json?: boolean;
}

export async function runRebuild(folder: string, flags: RebuildFlags): Promise<number> {
  const held = openFolder(resolve(folder), { purpose: "rebuild", now: wallClock().now() });
  try {
    const { paths } = held;
    readCentreFile(paths);
    const entries = replayRecord(paths);
    const picture = openPictureReader(paths.picture);
    const store = await openStore(
      flags.postgres === undefined
        ? { file: paths.projection, viewSchema: VIEW_SCHEMA }
        : { postgresUrl: flags.postgres, viewSchema: VIEW_SCHEMA },
    );
    try {
      if (flags.check) return await check(store, entries, () => openPictureReader(paths.picture), flags);
      await store.reset();
      const done = await catchUp(store, entries, picture);
      report(await viewHashes(store), undefined, flags);
      say(`views made again from ${done.entries} entries and ${done.lines} lines of the picture`);
      return DONE;
    } finally {
      await store.close();
    }
  } finally {
    held.close();
  }
}

async function check(
  store: Store,
  entries: readonly EntryChanges[],
  picture: () => ReturnType<typeof openPictureReader>,
  flags: RebuildFlags,
): Promise<number> {
  await catchUp(store, entries, picture());
  const stored = await viewHashes(store);
  const folder = mkdtempSync(join(tmpdir(), "openjmc-rebuild-"));
  const fresh = await openStore({ file: join(folder, "projection.db"), viewSchema: VIEW_SCHEMA });
  try {
    await catchUp(fresh, entries, picture());
    const again = await viewHashes(fresh);
    report(stored, again, flags);
    return Object.keys(stored).every((view) => stored[view] === again[view]) ? DONE : CHECK_FAILED;
  } finally {
    await fresh.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(
  stored: Readonly<Record<string, string>>,
  again: Readonly<Record<string, string>> | undefined,
  flags: RebuildFlags,
): void {
  if (flags.json) {
    print(
      JSON.stringify({
        views: stored,
        ...(again ? { rebuilt: again, equal: JSON.stringify(stored) === JSON.stringify(again) } : {}),
      }),
    );
    return;
  }
  for (const [view, hash] of Object.entries(stored))
    print(`${hash}  ${view}${again && again[view] !== hash ? `  DIFFERS: made again ${again[view]}` : ""}`);
}
