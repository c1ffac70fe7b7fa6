/**
 * What is not truth but must not be lost either: sessions, signing requests, drafts, feed cursors, jobs. JSON values under a
 * collection and a key, in `local.db`, which is part of a backup. A resolved promise means that it is on the device.
 */
import { FaultError } from "@openjmc/model";
import { queryBuilder, type SqlEngine, type Statement } from "./engine.ts";
import { openSqlite } from "./sqlite/engine.ts";

/** A change of one value. */
export type LocalChange =
  | { readonly change: "put"; readonly collection: string; readonly key: string; readonly value: unknown }
  | { readonly change: "delete"; readonly collection: string; readonly key: string };

export interface LocalStore {
  put(collection: string, key: string, value: unknown): Promise<void>;
  get<Value>(collection: string, key: string): Promise<Value | undefined>;
  /** All of a collection in the order of the keys; with a prefix, only keys that begin so. */
  list<Value>(collection: string, prefix?: string): Promise<{ readonly key: string; readonly value: Value }[]>;
  delete(collection: string, key: string): Promise<void>;
  /** Several changes, all or none. */
  apply(changes: readonly LocalChange[]): Promise<void>;
  close(): Promise<void>;
}

interface LocalTables {
  local: { collection: string; key: string; value: string };
}

const CREATE = `create table if not exists local (collection text not null, key text not null, value text not null,
  primary key (collection, key)) without rowid`;
const builder = queryBuilder<LocalTables>("sqlite");

/** Opens `local.db`, creating it where there is none. Throws `store.damaged` (restore a backup), `disk.full`, `file.forbidden`. */
export async function openLocalStore(file: string): Promise<LocalStore> {
  const engine = await openSqlite(file, "full");
  try {
    await engine.write([{ sql: CREATE, parameters: [] }]);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return new SqliteLocalStore(engine);
}

class SqliteLocalStore implements LocalStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  put(collection: string, key: string, value: unknown): Promise<void> {
    return this.apply([{ change: "put", collection, key, value }]);
  }

  delete(collection: string, key: string): Promise<void> {
    return this.apply([{ change: "delete", collection, key }]);
  }

  async apply(changes: readonly LocalChange[]): Promise<void> {
    const statements = changes.map(statementOf);
    if (statements.length > 0) await this.#engine.write(statements);
  }

  async get<Value>(collection: string, key: string): Promise<Value | undefined> {
    const query = builder
      .selectFrom("local")
      .select("value")
      .where("collection", "=", collection)
      .where("key", "=", key);
    const rows = await this.#engine.read<{ value: string }>(query.compile());
    return rows[0] === undefined ? undefined : (JSON.parse(rows[0].value) as Value);
  }

  async list<Value>(collection: string, prefix = ""): Promise<{ key: string; value: Value }[]> {
    const query = builder
      .selectFrom("local")
      .select(["key", "value"])
      .where("collection", "=", collection)
      .where("key", ">=", prefix)
      .orderBy("key");
    const rows = await this.#engine.read<{ key: string; value: string }>(query.compile());
    return rows
      .filter((row) => row.key.startsWith(prefix))
      .map((row) => ({ key: row.key, value: JSON.parse(row.value) as Value }));
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}

function statementOf(change: LocalChange): Statement {
  const { collection, key } = change;
  if (change.change === "delete")
    return builder.deleteFrom("local").where("collection", "=", collection).where("key", "=", key).compile();
  const value = JSON.stringify(change.value);
  if (value === undefined)
    throw new FaultError({ code: "local.not-json", what: `value of ${collection}/${key}`, expected: "plain JSON" });
  return builder
    .insertInto("local")
    .values({ collection, key, value })
    .onConflict((conflict) => conflict.columns(["collection", "key"]).doUpdateSet({ value }))
    .compile();
}
