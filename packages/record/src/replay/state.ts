/** What replaying the log so far has established. Made only of leaves; nothing else is ever asked. */
import { TreeHistory } from "../merkle/history.ts";
import type { CosignerRules } from "../policy/cosigners.ts";
import type { Primitives } from "../primitives.ts";
import { type KindTable, STANDARD_KINDS, type Tier } from "../statement/kinds.ts";
import { DigestIndex } from "./digest-index.ts";
import { type AnchorGrade, SealedPoints } from "./sealed-points.ts";
import type { Succession } from "./succession.ts";

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
  /** How long a claim to new root keys stands open to objection, microseconds; undefined: no such claim is possible. */
  readonly rootRecoveryDelay?: number;
  /** The shortest time that a proposal must leave for an answer before it lapses, microseconds. */
  readonly shortestAnswer: number;
  /** Of a log that goes on where another was lost. */
  readonly succeeds?: Succession;
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

/** A key that signs the log's checkpoints. Indexes are places of leaves in the log. */
export interface LogKeyEntry {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  readonly from: number;
  readonly ended?: number;
}

/** A component's claim to three new root keys, after the loss of its own. */
export interface RootClaim {
  readonly statementId: string;
  readonly component: string;
  /** Raw public keys, hexadecimal. */
  readonly roots: readonly string[];
  /** The leaf that completed it. */
  readonly openedAt: number;
  /** The centre may carry it out after this time, microseconds since 1970. */
  readonly earliest: number;
  readonly status: "open" | "contested" | "restored";
  readonly closedAt?: number;
}

/** A cosigner whose key others could use: its cosignatures of these entries are marked. */
export interface SuspectCosigner {
  readonly name: string;
  /** The first entry whose cosignature is marked. */
  readonly from: number;
  /** The leaf that put the mark on and named the cosigners anew. */
  readonly until: number;
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
  /** The latest claim to new root keys, by component. */
  readonly claims: Map<string, RootClaim>;
  /** Keys of the log's checkpoints, oldest first; empty where the founding names none. */
  logKeys: readonly LogKeyEntry[];
  /** How many statements of people rest on an anchor of each grade. */
  readonly anchors: Record<AnchorGrade, number>;
  /** Points of the log that cosigners have seen, as told by `checkpoint.cosigned`. */
  readonly sealed: SealedPoints;
  kinds: KindTable;
  founding?: Founding;
  /** Who cosigns, from the founding or by joint act; undefined where nobody is named. */
  cosigners?: CosignerRules;
  /** In the order in which they were marked. */
  suspectCosigners: readonly SuspectCosigner[];
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
    claims: new Map(),
    logKeys: [],
    suspectCosigners: [],
    anchors: { joint: 0, "one-and-neutral": 0, none: 0 },
    sealed: new SealedPoints(),
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
