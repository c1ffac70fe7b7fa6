/** What the desk takes in and gives out: entries of the record in log order, and changed rows of views. */
import type { EntryMark, Instant, ViewName } from "@openjmc/model";

/** One accepted leaf, opened. The record package has checked its signature, tier and the two-key rule before it comes here. */
export interface RecordedEntry {
  readonly index: number;
  /** Statement id: hex SHA-256 of the DSSE pre-authentication encoding. Two leaves of a joint act share it. */
  readonly statement: string;
  readonly kind: string;
  readonly tier: "machine" | "session" | "binding" | "root";
  /** Component, role and key of whoever signed this leaf. */
  readonly component: string;
  readonly role: string;
  readonly keyid: string;
  readonly subject: string;
  readonly revision: number;
  readonly claimedAt: Instant;
  readonly recordedAt: Instant;
  readonly body: Readonly<Record<string, unknown>>;
  /** What the replay of the record says this leaf did: recorded, proposed, joint, split, keys-changed … */
  readonly effect: string;
  /** Of a `disclosed` entry: the statement that it opens, judged by the record package. */
  readonly opened?: OpenedStatement;
  /** Keys that the leaf enrolled or ended. */
  readonly keys: readonly RecordedKey[];
}

/** What was inside a sealed entry. */
export interface OpenedStatement {
  readonly kind: string;
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A key as the replay knows it; `from` and `ended` are log indexes, `until` a claimed time. */
export interface RecordedKey {
  readonly keyId: string;
  readonly tier: string;
  readonly component: string;
  readonly holder: string;
  readonly from: number;
  readonly ended?: number;
  readonly until?: Instant;
}

/** One row that changed; `row: undefined` takes it out of the view. */
export interface RowChange {
  readonly view: ViewName;
  readonly key: string;
  readonly at: Instant;
  readonly row: object | undefined;
  /** A word by which a page of the view may be filtered: state, kind, incident. */
  readonly tag?: string;
}

/** The mark that rows keep of an entry. */
export function markOf(entry: RecordedEntry): EntryMark {
  return {
    index: entry.index,
    statement: entry.statement,
    role: entry.role,
    component: entry.component,
    claimedAt: entry.claimedAt,
    recordedAt: entry.recordedAt,
  };
}
