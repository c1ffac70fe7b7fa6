/**
 * The folder of a mirror or witness: its name, its two keys, the logs it follows. It belongs to whoever runs the node, never
 * to the centre. One process at a time works in it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, unwrap } from "@openjmc/model";
import {
  ED25519_COSIGNATURE,
  formatVkey,
  isKeyName,
  ML_DSA_44_COSIGNATURE,
  type NoteKey,
  noteKey,
  parseVkey,
  type WitnessKey,
} from "@openjmc/record";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../primitives.ts";
import { type FolderLock, lockFolder } from "../record/lock.ts";
import { readSeedFile } from "../secrets/read-secret.ts";
import { mlDsa44Signer, newMlDsa44Seed } from "./ml-dsa.ts";

export type NodeRole = "mirror" | "witness";

export interface NodeFolder {
  readonly root: string;
  readonly role: NodeRole;
  /** Name in the policy, as `A`; the key's name is the origin's with it. */
  readonly name: string;
  /** Ed25519 and ML-DSA-44. */
  readonly keys: readonly WitnessKey[];
  /** Keys of the logs that it follows, by origin. */
  readonly logs: ReadonlyMap<string, NoteKey>;
  /** Keys that these logs had before, oldest first. */
  readonly earlierLogKeys: readonly NoteKey[];
  /** Takes a log's key for good. A log that is known under another key is refused (`log-key.other`); one it had before changes nothing. */
  pin(key: NoteKey): void;
  /** Puts another key in the place of a log's own: roots of all its components have signed it. */
  succeed(key: NoteKey): void;
}

interface NodeFile {
  readonly version: 1;
  readonly role: NodeRole;
  readonly name: string;
  /** Name of its keys in notes. */
  readonly keyName: string;
  readonly logs: readonly string[];
  readonly earlierLogs?: readonly string[];
}

const SEEDS = { ed25519: "ed25519.seed", mlDsa44: "ml-dsa-44.seed" } as const;

/** Makes a node's folder and keys. Answers the verifier keys. Errors: `node.exists`, `node.name`. */
export function createNodeFolder(root: string, role: NodeRole, name: string, keyName: string): readonly string[] {
  if (existsSync(root) && readdirSync(root).length > 0)
    throw fault("node.exists", root, "an empty or missing folder: keys are never made over others");
  if (
    !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name) ||
    name === "none" ||
    !isKeyName(keyName) ||
    Buffer.byteLength(keyName) > 255
  )
    throw fault(
      "node.name",
      root,
      "a name of letters, digits and ._- for the policy, and a key name without space or plus",
    );
  mkdirSync(join(root, "keys"), { recursive: true, mode: 0o700 });
  const seeds = [
    [SEEDS.ed25519, newEd25519Seed()],
    [SEEDS.mlDsa44, newMlDsa44Seed()],
  ] as const;
  for (const [file, seed] of seeds)
    writeFileSync(join(root, "keys", file), `${Buffer.from(seed).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  writeNodeFile(root, { version: 1, role, name, keyName, logs: [] });
  const vkeys = openKeys(root, keyName).map(({ key }) => formatVkey(key));
  writeFileSync(join(root, "vkeys"), vkeys.map((vkey) => `${vkey}\n`).join(""));
  return vkeys;
}

/** Opens a node's folder. Errors: `node.missing`, `node.malformed`, `node.role`, `key.unreadable`. */
export function openNodeFolder(root: string, role: NodeRole): NodeFolder {
  const file = readNodeFile(root);
  if (file.role !== role) throw fault("node.role", root, `a folder made by \`jmc ${role} init\``, file.role);
  const keyOf = (vkey: string): NoteKey => unwrap(parseVkey(nodePrimitives.sha256, vkey));
  const logs = new Map(file.logs.map(keyOf).map((key) => [key.name, key]));
  const earlierLogKeys = (file.earlierLogs ?? []).map(keyOf);
  const write = (): void =>
    writeNodeFile(root, {
      ...file,
      logs: [...logs.values()].map(formatVkey),
      ...(earlierLogKeys.length === 0 ? {} : { earlierLogs: earlierLogKeys.map(formatVkey) }),
    });
  return {
    root,
    role,
    name: file.name,
    keys: openKeys(root, file.keyName),
    logs,
    earlierLogKeys,
    pin: (key) => {
      const known = logs.get(key.name);
      if (known?.id === key.id || earlierLogKeys.some(({ id, name }) => id === key.id && name === key.name)) return;
      if (known) throw fault("log-key.other", root, `the key ${formatVkey(known)}`, formatVkey(key));
      logs.set(key.name, key);
      write();
    },
    succeed: (key) => {
      const before = logs.get(key.name);
      if (before?.id === key.id) return;
      if (before) earlierLogKeys.push(before);
      logs.set(key.name, key);
      write();
    },
  };
}

/** Takes the folder for this process alone. Error: `node.held`. */
export function lockNode(root: string): FolderLock {
  try {
    return lockFolder(join(root, "lock"));
  } catch (problem) {
    const held = problem instanceof FaultError && problem.fault.code === "record.held";
    throw held ? new FaultError({ ...problem.fault, code: "node.held", what: "node" }) : problem;
  }
}

/** The verifier keys of a node, from its folder. */
export function readVkeys(root: string): readonly string[] {
  return readFileSync(join(root, "vkeys"), "utf8").trimEnd().split("\n");
}

function openKeys(root: string, keyName: string): readonly WitnessKey[] {
  const ed25519 = ed25519Signer(readSeedFile(join(root, "keys", SEEDS.ed25519), "key of the node"));
  const mlDsa44 = mlDsa44Signer(readSeedFile(join(root, "keys", SEEDS.mlDsa44), "key of the node"));
  const { sha256 } = nodePrimitives;
  return [
    { signer: ed25519, key: noteKey(sha256, keyName, ED25519_COSIGNATURE, ed25519.publicKey) },
    { signer: mlDsa44, key: noteKey(sha256, keyName, ML_DSA_44_COSIGNATURE, mlDsa44.publicKey) },
  ];
}

function readNodeFile(root: string): NodeFile {
  let text: string;
  try {
    text = readFileSync(join(root, "node.json"), "utf8");
  } catch {
    throw fault("node.missing", root, "a folder made by `jmc mirror init` or `jmc witness init`");
  }
  try {
    const file = JSON.parse(text) as NodeFile;
    if (file.version === 1 && Array.isArray(file.logs) && typeof file.keyName === "string") return file;
  } catch {
    // One message for whatever is no node file.
  }
  throw fault("node.malformed", join(root, "node.json"), "a node file of version 1");
}

function writeNodeFile(root: string, file: NodeFile): void {
  const path = join(root, "node.json");
  writeFileSync(`${path}.tmp`, `${JSON.stringify(file, null, 2)}\n`);
  renameSync(`${path}.tmp`, path);
}

function fault(code: string, file: string, expected: string, got?: string): FaultError {
  return new FaultError({ code, what: "node", where: { file }, expected, ...(got === undefined ? {} : { got }) });
}
