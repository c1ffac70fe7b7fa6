/** Opens the projection, embedded or on PostgreSQL. */
import { rm } from "node:fs/promises";
import { FaultError } from "@openjmc/model";
import { openPostgres, readPostgres } from "./postgres/engine.ts";
import { readerOf, storeOf } from "./sql-store.ts";
import { openSqlite, readSqlite } from "./sqlite/engine.ts";
import type { Store, StoreReader } from "./store.ts";

/** Where the projection lies, and the number of its views' shapes: when that changes, the store comes back `fresh`. */
export type StoreOptions = { readonly viewSchema: number } & (
  | {
      readonly file: string;
      /** The file is refused to grow beyond this (`disk.full`); no limit unless said. */
      readonly maximumBytes?: number;
    }
  | { readonly postgresUrl: string; readonly postgresSchema?: string }
);

/**
 * Opens the store. A file that is no database any more is removed and made anew: nothing in it is truth.
 * Throws `store.locked` (another process writes there), `store.unreachable`, `disk.full`, `file.forbidden`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  if ("postgresUrl" in options)
    return storeOf(await openPostgres(options.postgresUrl, options.postgresSchema ?? "openjmc"), options.viewSchema);
  try {
    return await openFile(options.file, options.viewSchema, options.maximumBytes);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== "store.damaged") throw error;
    await removeDatabase(options.file);
    return openFile(options.file, options.viewSchema, options.maximumBytes);
  }
}

/** Opens a projection that another thread or process keeps, for reading alone. Throws `store.unreachable`, `file.forbidden`. */
export async function openStoreForReading(options: StoreOptions): Promise<StoreReader> {
  return readerOf(
    "postgresUrl" in options
      ? readPostgres(options.postgresUrl, options.postgresSchema ?? "openjmc")
      : readSqlite(options.file),
  );
}

async function openFile(file: string, viewSchema: number, maximumBytes?: number): Promise<Store> {
  const engine = await openSqlite(file, "normal", maximumBytes);
  try {
    return await storeOf(engine, viewSchema);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Removes a SQLite file with its write-ahead log. */
export async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${file}${suffix}`, { force: true });
}
