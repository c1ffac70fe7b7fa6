/** What lies where in a centre's folder. Scripts rely on `record/`; the rest is the centre's own. */
import { join } from "node:path";

/** Absolute paths of everything in a centre's folder. */
export interface FolderPaths {
  readonly root: string;
  /** Names the process that works in the folder. */
  readonly lock: string;
  /** What the centre is: name, mission, whether it is an exercise; written at founding. */
  readonly centre: string;
  readonly record: string;
  /** The record keeper's lock and last signed head. */
  readonly keeper: string;
  /** When the keeper took each entry in: eight bytes an entry. */
  readonly recordedAt: string;
  /** The mission's files as both components signed them. */
  readonly mission: string;
  /** Files that are to count next, while they are being put in their place. */
  readonly nextMission: string;
  /** Files that counted before, by their digest. */
  readonly missions: string;
  readonly journal: string;
  readonly picture: string;
  readonly attachments: string;
  /** Where files are laid that cannot be sent: a folder for each feed of this kind. */
  readonly inbox: string;
  /** Checkpoints kept to show that later ones are of the same history. */
  readonly checkpoints: string;
  /** Time-stamp requests and tokens over checkpoints. */
  readonly timestamps: string;
  /** What was concealed in statements before they were signed, by statement. */
  readonly disclosures: string;
  readonly projection: string;
  readonly local: string;
  /** Keys of the centre's own machine: never those of a person. */
  readonly keys: string;
  readonly exercise: string;
  readonly logs: string;
  /** Where a centre at work is asked to append what its own operator's commands have done. */
  readonly door: string;
}

/** The part of a path below the root, by what it is for. */
const NAMES = {
  lock: "lock",
  centre: "centre.json",
  record: "record",
  keeper: "keeper",
  recordedAt: "recorded-at.bin",
  mission: "mission",
  nextMission: "mission.next",
  missions: "missions",
  journal: "journal",
  picture: "picture",
  attachments: "attachments",
  inbox: "inbox",
  checkpoints: "checkpoints",
  timestamps: "timestamps",
  disclosures: "disclosures",
  projection: "projection.db",
  local: "local.db",
  keys: "keys",
  exercise: "exercise",
  logs: "logs",
  door: "door",
} as const;

export function pathsOf(root: string): FolderPaths {
  const entries = Object.entries(NAMES).map(([what, name]) => [what, join(root, name)]);
  return { root, ...(Object.fromEntries(entries) as Omit<FolderPaths, "root">) };
}

/** Names that may lie in a centre's folder; whatever else does is reported. */
export const KNOWN_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(NAMES),
  ...["projection.db", "local.db", "lock.db"].flatMap((file) => [
    file,
    `${file}-wal`,
    `${file}-shm`,
    `${file}-journal`,
  ]),
  "signers",
  "demo",
  "tls",
  "founding.json",
  "genesis.txt",
]);
