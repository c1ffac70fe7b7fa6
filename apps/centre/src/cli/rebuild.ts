/** `jmc rebuild`: the views made again from record and picture; `--check` compares without touching. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { wallClock } from "../clock.ts";
import { openFolder } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { openPictureReader } from "../picture/index.ts";
import { catchUp, type EntryChanges, type LineSource, viewHashes } from "../projection/rebuild.ts";
import { VIEW_SCHEMA } from "../projection/rows.ts";
import { replayRecord } from "../record/replay-record.ts";
import { replayedPicture } from "../replay/replayed-picture.ts";
import { openStore, type Store } from "../store/index.ts";
import { spanOf } from "./replay.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";

export interface RebuildFlags {
  readonly check?: boolean;
  readonly postgres?: string;
  readonly json?: boolean;
  /** Fuses the journal again, within the span if there is one. */
  readonly deep?: boolean;
  readonly from?: string;
  readonly until?: string;
}

export async function runRebuild(folder: string, flags: RebuildFlags): Promise<number> {
  const held = openFolder(resolve(folder), { purpose: "rebuild", now: wallClock().now() });
  try {
    const { paths } = held;
    readCentreFile(paths);
    const entries = replayRecord(paths);
    const picture = openPictureReader(paths.picture);
    const again = flags.deep ? replayedPicture(paths, spanOf(paths, flags)) : picture;
    const store = await openStore(
      flags.postgres === undefined
        ? { file: paths.projection, viewSchema: VIEW_SCHEMA }
        : { postgresUrl: flags.postgres, viewSchema: VIEW_SCHEMA },
    );
    try {
      if (flags.check) return await check(store, entries, { written: picture, again }, flags);
      await store.reset();
      const done = await catchUp(store, entries, again);
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
  lines: { readonly written: LineSource; readonly again: LineSource },
  flags: RebuildFlags,
): Promise<number> {
  await catchUp(store, entries, lines.written);
  const stored = await viewHashes(store);
  const folder = mkdtempSync(join(tmpdir(), "openjmc-rebuild-"));
  const fresh = await openStore({ file: join(folder, "projection.db"), viewSchema: VIEW_SCHEMA });
  try {
    await catchUp(fresh, entries, lines.again);
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
