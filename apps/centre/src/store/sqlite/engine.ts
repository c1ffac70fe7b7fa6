/** SQLite as it comes with Node: one writing connection in a thread of its own, one reading connection here (WAL lets both go on). */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { FaultError } from "@openjmc/model";
import type { SqlEngine, Statement } from "../engine.ts";
import { sqliteFault } from "./fault.ts";
import type { Synchronous, WriterData, WriterReply, WriterRequest } from "./protocol.ts";

/** Opens a database file, creating it where there is none. Throws `store.damaged`, `file.forbidden`, `disk.full`, … */
export async function openSqlite(file: string, synchronous: Synchronous, maximumBytes?: number): Promise<SqlEngine> {
  const writer = new WriterThread({ file, synchronous, ...(maximumBytes === undefined ? {} : { maximumBytes }) });
  await writer.write([]);
  try {
    return new SqliteEngine(file, writer, new DatabaseSync(file, { readOnly: true }));
  } catch (error) {
    await writer.close();
    throw errorOf(file, error);
  }
}

/** Opens a database that another connection writes, for reading alone. Throws `file.forbidden`, … */
export function readSqlite(file: string): SqlEngine {
  try {
    return new SqliteEngine(file, undefined, new DatabaseSync(file, { readOnly: true }));
  } catch (error) {
    throw errorOf(file, error);
  }
}

function errorOf(file: string, error: unknown): FaultError {
  const { errcode, message } = error as { errcode?: number; message: string };
  return sqliteFault(file, errcode ?? 0, message);
}

const KEPT_STATEMENTS = 256;

class SqliteEngine implements SqlEngine {
  readonly name = "sqlite";
  readonly #file: string;
  readonly #writer: WriterThread | undefined;
  readonly #reader: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(file: string, writer: WriterThread | undefined, reader: DatabaseSync) {
    this.#file = file;
    this.#writer = writer;
    this.#reader = reader;
    reader.exec("pragma busy_timeout = 5000");
  }

  async read<Row>(statement: Statement): Promise<Row[]> {
    try {
      return this.#prepare(statement.sql).all(...(statement.parameters as SQLInputValue[])) as Row[];
    } catch (error) {
      throw errorOf(this.#file, error);
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    if (this.#prepared.size >= KEPT_STATEMENTS) this.#prepared.clear();
    const statement = this.#reader.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  write(statements: readonly Statement[]): Promise<void> {
    if (this.#writer !== undefined) return this.#writer.write(statements);
    return Promise.reject(new FaultError({ code: "store.read-only", what: "database", where: { file: this.#file } }));
  }

  async close(): Promise<void> {
    this.#prepared.clear();
    this.#reader.close();
    await this.#writer?.close();
  }
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: FaultError) => void;
}

/** The main thread's end of the writer thread. */
class WriterThread {
  readonly #file: string;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #nextId = 1;
  #failure: FaultError | undefined;

  constructor(workerData: WriterData) {
    const { file } = workerData;
    this.#file = file;
    this.#worker = new Worker(new URL("./writer-thread.ts", import.meta.url), { workerData });
    this.#worker.on("message", (reply: WriterReply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#fail(errorOf(file, error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.once("exit", () => {
        this.#fail(new FaultError({ code: "store.closed", what: "writing to the database", where: { file } }));
        resolve();
      });
    });
  }

  write(statements: readonly Statement[]): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const request: WriterRequest = { id: this.#nextId++, statements: statements.map(bare) };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  #settle(reply: WriterReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.error === undefined) waiting?.resolve();
    else waiting?.reject(sqliteFault(this.#file, reply.error.code, reply.error.message));
  }

  #fail(error: FaultError): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure);
    this.#waiting.clear();
  }

  /** Lets what was asked for finish, then ends the thread. */
  async close(): Promise<void> {
    if (this.#failure === undefined) await this.write([]).catch(() => undefined);
    await this.#worker.terminate();
    await this.#ended;
  }
}

/** Compiled queries carry more than a thread needs, and some of it cannot be cloned. */
function bare(statement: Statement): Statement {
  return { sql: statement.sql, parameters: statement.parameters };
}
