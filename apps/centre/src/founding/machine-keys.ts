/** The centre's own keys: one signs checkpoints, one signs acts of the machine. Persons' keys never come here. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceDescription } from "@openjmc/model";
import { ED25519_NOTE, type NoteKey, noteKey, type Signer } from "@openjmc/record";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../primitives.ts";
import { readSeedFile } from "../secrets/read-secret.ts";
import { replaceFile } from "../secrets/small-file.ts";

export interface MachineKeys {
  readonly log: Signer;
  readonly logKey: NoteKey;
  readonly machine: Signer;
}

const NAMES = { log: "log.seed", machine: "machine.seed" } as const;
/** Keys that wait until roots of all components have put them in force. */
const NEXT_NAMES = { log: "log.next.seed", machine: "machine.next.seed" } as const;

/** Makes both keys in a new folder of mode 0700. */
export function createMachineKeys(folder: string, origin: string): MachineKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of Object.values(NAMES)) writeSeed(join(folder, name));
  return openMachineKeys(folder, origin);
}

function writeSeed(path: string): void {
  writeFileSync(path, `${Buffer.from(newEd25519Seed()).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
}

/** Makes the keys that are to come, where there are none yet. */
export function createNextKeys(folder: string): void {
  const missing = Object.values(NEXT_NAMES).filter((name) => !existsSync(join(folder, name)));
  for (const name of missing) writeSeed(join(folder, name));
}

/** The keys that are to come; undefined where none were made. */
export function nextKeys(folder: string, origin: string): MachineKeys | undefined {
  const found = Object.values(NEXT_NAMES).every((name) => existsSync(join(folder, name)));
  return found ? openMachineKeys(folder, origin, NEXT_NAMES) : undefined;
}

/** Puts the keys that are in force now in the place of those before, which are gone with it. */
export function takeNextKeys(folder: string): void {
  for (const name of ["machine", "log"] as const) renameSync(join(folder, NEXT_NAMES[name]), join(folder, NAMES[name]));
}

/** Reads both keys. Error: `key.unreadable`. */
export function openMachineKeys(
  folder: string,
  origin: string,
  names: Readonly<Record<"log" | "machine", string>> = NAMES,
): MachineKeys {
  const log = readSigner(join(folder, names.log));
  return {
    log,
    machine: readSigner(join(folder, names.machine)),
    logKey: noteKey(nodePrimitives.sha256, origin, ED25519_NOTE, log.publicKey),
  };
}

function readSigner(path: string): Signer {
  return ed25519Signer(readSeedFile(path, "key of the centre"));
}

/** Passwords of stations that publish by MQTT: user name is the source's id. */
export type MqttPasswords = Readonly<Record<string, string>>;

/** Makes a password for every MQTT source that signs in. */
export function createMqttPasswords(folder: string, sources: readonly SourceDescription[]): void {
  const named = sources.filter((source) => source.link.kind === "mqtt" && source.authentication === "mqtt-user");
  const passwords = Object.fromEntries(named.map((source) => [source.id, newPassword()]));
  writeFileSync(join(folder, "mqtt.json"), `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600, flag: "wx" });
}

/** Makes a password for every source that signs in and has none yet; those that are there stay. */
export function addMqttPasswords(folder: string, sources: readonly SourceDescription[]): void {
  const known = readMqttPasswords(folder);
  const lacking = sources.filter(
    ({ id, link, authentication }) => link.kind === "mqtt" && authentication === "mqtt-user" && known[id] === undefined,
  );
  if (lacking.length === 0) return;
  const passwords = Object.fromEntries(lacking.map(({ id }) => [id, newPassword()]));
  replaceFile(join(folder, "mqtt.json"), `${JSON.stringify({ ...known, ...passwords }, null, 2)}\n`);
}

const newPassword = (): string => randomBytes(18).toString("base64url");

export function readMqttPasswords(folder: string): MqttPasswords {
  return JSON.parse(readFileSync(join(folder, "mqtt.json"), "utf8")) as MqttPasswords;
}
