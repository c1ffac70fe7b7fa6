/** What the store needs of a database: queries in, rows out, and a list of statements as one transaction. */
import {
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

/** A statement with its parameters, as Kysely compiles it. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type EngineName = "sqlite" | "postgres";

export interface SqlEngine {
  readonly name: EngineName;
  /** Reads; sees every transaction whose `write` has resolved. */
  read<Row>(statement: Statement): Promise<Row[]>;
  /** Runs all statements in one transaction, or none of them; transactions run in the order asked for. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}

/** Kysely as a compiler only: the engines run what it compiles. */
export function queryBuilder<Tables>(engine: EngineName): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: engine === "sqlite" ? SQLITE : POSTGRES });
}

const SQLITE: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (database) => new SqliteIntrospector(database),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};

const POSTGRES: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
