import type { Instant } from "@openjmc/model";
import type { TruthRecord } from "../truth/truth-record.ts";

/** Bytes that a source puts on its wire at an instant. */
export interface BytesItem {
  readonly kind: "bytes";
  readonly at: Instant;
  readonly source: string;
  readonly bytes: Uint8Array;
}

/** Something that has happened and that only the exercise knows. */
export interface TruthItem {
  readonly kind: "truth";
  readonly at: Instant;
  readonly record: TruthRecord;
}

/** A person's statement, to be submitted through the centre's API by that officer's session. */
export interface ActItem {
  readonly kind: "act";
  readonly at: Instant;
  readonly officer: string;
  readonly statementKind: "sighting.reported" | "allegation.received";
  readonly body: unknown;
}

export type ScenarioItem = BytesItem | TruthItem | ActItem;
