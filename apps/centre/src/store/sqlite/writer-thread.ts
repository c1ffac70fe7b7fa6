/** The thread that owns the writing connection of a SQLite file: runs lists of statements as transactions, one after the other. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { WriterData, WriterReply, WriterRequest } from "./protocol.ts";

const { file, synchronous, maximumBytes } = workerData as WriterData;
const PAGE_BYTES = 4096;
const database = new DatabaseSync(file);
database.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous}; pragma busy_timeout = 5000`);
if (maximumBytes !== undefined)
  database.exec(`pragma max_page_count = ${Math.max(1, Math.floor(maximumBytes / PAGE_BYTES))}`);
const prepared = new Map<string, StatementSync>();
const KEPT_STATEMENTS = 256;

function prepare(sql: string): StatementSync {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  if (prepared.size >= KEPT_STATEMENTS) prepared.clear();
  const statement = database.prepare(sql);
  prepared.set(sql, statement);
  return statement;
}

function transact(statements: WriterRequest["statements"]): void {
  database.exec("begin immediate");
  try {
    for (const { sql, parameters } of statements) prepare(sql).run(...(parameters as SQLInputValue[]));
    database.exec("commit");
  } catch (error) {
    // A full disk may have rolled the transaction back already.
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

function answer(request: WriterRequest): WriterReply {
  try {
    if (request.statements.length > 0) transact(request.statements);
    return { id: request.id };
  } catch (error) {
    const { errcode, message } = error as { errcode?: number; message: string };
    return { id: request.id, error: { code: errcode ?? 0, message } };
  }
}

parentPort!.on("message", (request: WriterRequest) => parentPort!.postMessage(answer(request)));
parentPort!.on("close", () => database.close());
