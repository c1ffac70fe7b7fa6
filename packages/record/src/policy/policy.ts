/** Whose cosignatures make a checkpoint good enough (c2sp.org/tlog-policy). */
import type { NoteKey } from "../note/vkey.ts";

export interface PolicyLog {
  readonly key: NoteKey;
  readonly url?: string;
}

export interface PolicyWitness {
  readonly name: string;
  readonly key: NoteKey;
  readonly url?: string;
}

export interface PolicyGroup {
  readonly name: string;
  /** How many of the members are needed. */
  readonly needed: number;
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** Name of a witness or group; undefined for `none`. */
  readonly quorum?: string;
}
