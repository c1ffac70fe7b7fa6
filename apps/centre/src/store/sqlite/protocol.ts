/** What is said between the main thread and the writer thread. */
import type { Statement } from "../engine.ts";

/** NORMAL is enough for what can be made again; FULL for what cannot. */
export type Synchronous = "normal" | "full";

export interface WriterData {
  readonly file: string;
  readonly synchronous: Synchronous;
  /** The file is refused to grow beyond this, as on a full disk; no limit unless said. */
  readonly maximumBytes?: number;
}

/** No statements at all asks whether the thread has opened the file. */
export interface WriterRequest {
  readonly id: number;
  readonly statements: readonly Statement[];
}

export interface WriterReply {
  readonly id: number;
  /** SQLite's extended result code and its message. */
  readonly error?: { readonly code: number; readonly message: string };
}
