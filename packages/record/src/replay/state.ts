/** What replaying the log so far has established. Made only of leaves; nothing else is ever asked. */
import { TreeHistory } from "../merkle/history.ts";
import type { Primitives } from "../primitives.ts";
import { type KindTable, STANDARD_KINDS, type Tier } from "../statement/kinds.ts";
import { DigestIndex } from "./digest-index.ts";

/** The founding of a log, from its first leaf. */
export interface Founding {
  readonly origin: string;
  readonly exercise: boolean;
  /** Whether demonstration keys are accepted; only in an exercise. */
  readonly demonstration: boolean;
  readonly components: readonly string[];
  readonly mission: { readonly id: string; readonly sha256: string };
  /** Longest life of a session key, in microseconds: one watch. */
  readonly watch: number;
  readonly statementId: string;
  /** The first leaf's claimed time, microseconds since 1970. */
  readonly at: number;
}

/** A key that the log knows. Indexes are places of leaves in the log. */
export interface KeyEntry {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  readonly tier: Tier;
  /** `centre` for the machine key. */
  readonly component: string;
  /** Officer's role id; `centre`; `root`. */
  readonly holder: string;
  /** The leaf that enrolled it: valid for leaves after it. */
  readonly from: number;
  /** The leaf that ended it: not valid after it. */
  readonly ended?: number;
  /** From this leaf on, what it signed is marked as suspect. */
  readonly suspectFrom?: number;
  /** Of a session: claimed time after which it signs nothing, microseconds since 1970. */
  readonly until?: number;
}

export interface Officer {
  readonly component: string;
  readonly officer: string;
  readonly roles: readonly string[];
  readonly demonstration: boolean;
  /** The key now valid; undefined once revoked. */
  readonly keyId?: string;
}

export type JointStatus = "proposed" | "joint" | "split" | "one-sided" | "withdrawn" | "superseded";

export interface JointSignature {
  readonly index: number;
  readonly component: string;
  readonly officer: string;
  readonly keyId: string;
}

/** A statement that needs an officer of each component. */
export interface JointAct {
  readonly statementId: string;
  readonly kind: string;
  readonly subject: string;
  readonly revision: number;
  /** The proposer's component. */
  readonly component: string;
  /** After it the act may lapse, microseconds since 1970. */
  readonly deadline?: number;
  readonly signatures: readonly JointSignature[];
  readonly status: JointStatus;
  /** The leaf that closed it: last countersignature, dissent, withdrawal, lapse, or what superseded it. */
  readonly closedAt?: number;
  /** Of a joint act that a later joint revision replaced. */
  readonly replacedBy?: string;
}

/** Root signatures gathered so far over one statement. */
export interface Quorum {
  readonly signatures: readonly { readonly index: number; readonly component: string; readonly keyId: string }[];
  readonly complete: boolean;
}

/** Grows leaf by leaf; owned by whoever replays. Read it freely, change it only through `applyLeaf`. */
export interface ReplayState {
  readonly history: TreeHistory;
  readonly statements: DigestIndex;
  readonly keys: Map<string, KeyEntry>;
  readonly officers: Map<string, Officer>;
  readonly acts: Map<string, JointAct>;
  /** Statement ids of joint acts by kind and subject, in log order. */
  readonly actsBySubject: Map<string, string[]>;
  readonly quorums: Map<string, Quorum>;
  kinds: KindTable;
  founding?: Founding;
  /** The latest time that the centre's key has claimed, microseconds since 1970. */
  machineTime: number;
}

export function emptyState(primitives: Pick<Primitives, "sha256">, kinds: KindTable = STANDARD_KINDS): ReplayState {
  return {
    history: new TreeHistory(primitives.sha256),
    statements: new DigestIndex(),
    keys: new Map(),
    officers: new Map(),
    acts: new Map(),
    actsBySubject: new Map(),
    quorums: new Map(),
    kinds,
    machineTime: Number.NEGATIVE_INFINITY,
  };
}

export function officerName(component: string, officer: string): string {
  return `${component}/${officer}`;
}

export function subjectName(kind: string, subject: string): string {
  return `${kind} ${subject}`;
}

/** Whether what the key signed at this leaf is marked as suspect by a later revocation. */
export function isSuspect(state: ReplayState, keyId: string, index: number): boolean {
  const from = state.keys.get(keyId)?.suspectFrom;
  return from !== undefined && index >= from;
}
