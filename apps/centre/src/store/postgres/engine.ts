/** PostgreSQL: a pool for reading, one connection for writing that holds a lock so that only one centre projects into a schema. */
import { createHash } from "node:crypto";
import { FaultError } from "@openjmc/model";
import pg from "pg";
import type { SqlEngine, Statement } from "../engine.ts";

const INT8_OID = 20;
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

/** Opens a schema of a database, creating it where it is missing. Throws `store.unreachable`, `store.locked`. */
export async function openPostgres(url: string, schema: string): Promise<SqlEngine> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new FaultError({ code: "store.schema-malformed", what: "name of a PostgreSQL schema", got: schema });
  const engine = new PostgresEngine(url, schema);
  try {
    await engine.write([{ sql: `create schema if not exists ${schema}`, parameters: [] }]);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** For reading alone, beside whoever holds the lock: nothing is asked of the server before the first query. */
export function readPostgres(url: string, schema: string): SqlEngine {
  return new PostgresEngine(url, schema);
}

class PostgresEngine implements SqlEngine {
  readonly name = "postgres";
  readonly #settings: pg.ClientConfig;
  readonly #schema: string;
  readonly #pool: pg.Pool;
  #writer: pg.Client | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(url: string, schema: string) {
    this.#schema = schema;
    this.#settings = {
      connectionString: url,
      types,
      options: `-c search_path=${schema}`,
      application_name: `openjmc ${schema}`,
    };
    this.#pool = new pg.Pool({ ...this.#settings, max: 6 });
    // A connection lost while idle is replaced at the next query, which tells if that fails too.
    this.#pool.on("error", () => undefined);
  }

  async read<Row>(statement: Statement): Promise<Row[]> {
    try {
      return (await this.#pool.query(statement.sql, [...statement.parameters])).rows as Row[];
    } catch (error) {
      throw postgresFault(error);
    }
  }

  write(statements: readonly Statement[]): Promise<void> {
    const done = this.#queue.catch(() => undefined).then(() => this.#transact(statements));
    this.#queue = done;
    return done;
  }

  async #transact(statements: readonly Statement[]): Promise<void> {
    try {
      this.#writer ??= await this.#connectWriter();
      await this.#run(this.#writer, statements);
    } catch (error) {
      throw postgresFault(error);
    }
  }

  async #run(writer: pg.Client, statements: readonly Statement[]): Promise<void> {
    await writer.query("begin");
    try {
      for (const { sql, parameters } of statements) await writer.query(sql, [...parameters]);
      await writer.query("commit");
    } catch (error) {
      await writer.query("rollback").catch(() => this.#dropWriter(writer));
      throw error;
    }
  }

  async #connectWriter(): Promise<pg.Client> {
    const client = new pg.Client(this.#settings);
    client.on("error", () => this.#dropWriter(client));
    client.on("end", () => this.#dropWriter(client));
    await client.connect();
    const answer = await client.query("select pg_try_advisory_lock($1::bigint) as held", [lockOf(this.#schema)]);
    if ((answer.rows[0] as { held: boolean }).held) return client;
    await client.end();
    throw new FaultError({
      code: "store.locked",
      what: `PostgreSQL schema ${this.#schema}`,
      expected: "no other centre that projects into it",
    });
  }

  #dropWriter(client: pg.Client): void {
    if (this.#writer === client) this.#writer = undefined;
  }

  async close(): Promise<void> {
    await this.#queue.catch(() => undefined);
    await this.#writer?.end();
    await this.#pool.end();
  }
}

/** A lock's number from the schema's name: advisory locks are 64-bit integers of one database. */
function lockOf(schema: string): string {
  return createHash("sha256").update(`openjmc ${schema}`).digest().readBigInt64BE().toString();
}

function postgresFault(error: unknown): FaultError {
  if (error instanceof FaultError) return error;
  const { code = "", message } = error as { code?: string; message: string };
  // Class 53 is "insufficient resources": 53100 is the full disk (PostgreSQL documentation, appendix A).
  const full = code === "53100";
  const unreachable = /^E[A-Z]+$/.test(code) || /^(08|28|3D|57P)/.test(code) || code === "";
  return new FaultError(
    {
      code: full ? "disk.full" : unreachable ? "store.unreachable" : "store.failed",
      what: "PostgreSQL",
      cause: code === "" ? message : `${code}: ${message}`,
    },
    { cause: error },
  );
}
