/** PostgreSQL compiled to WebAssembly, in memory, as an engine for tests: the real SQL without a server. */
import type { PGlite } from "@electric-sql/pglite";
import type { SqlEngine, Statement } from "../engine.ts";

const INT8_OID = 20;
const OPTIONS = { parsers: { [INT8_OID]: Number } };

/** A schema of the database; only one engine of a database is used at a time, for they share the connection. */
export async function pgliteEngine(database: PGlite, schema: string): Promise<SqlEngine> {
  await database.exec(`create schema if not exists ${schema}; set search_path to ${schema}`);
  return {
    name: "postgres",
    read: async <Row>({ sql, parameters }: Statement) =>
      (await database.query<Row>(sql, [...parameters], OPTIONS)).rows,
    write: async (statements) => {
      await database.transaction(async (transaction) => {
        for (const { sql, parameters } of statements) await transaction.query(sql, [...parameters], OPTIONS);
      });
    },
    close: async () => undefined,
  };
}
