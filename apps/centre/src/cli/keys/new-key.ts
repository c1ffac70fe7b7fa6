/** Where a new key comes from: a file under a passphrase, an ssh-agent, or a token. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import { bytesToHex, type Signer } from "@openjmc/record";
import { createKeyFile, type KeyFileHeader } from "../../signer/key-file.ts";
import { createKeyReference, openReference, readKeyReference } from "../../signer/keys/key-reference.ts";
import { makeTokenKey, tokenKeys } from "../../signer/keys/pkcs11.ts";
import { agentIdentities, agentSocket } from "../../signer/keys/ssh-agent.ts";
import { strictly } from "../../signer/keys/strict.ts";
import { headerOf, holdersOf, keyPath, openSigner } from "../../signer/signer-folder.ts";
import { askForHolders, askSecret, type SecretFlags } from "../secrets.ts";

export interface NewKeyFlags extends SecretFlags {
  readonly keys: string;
  /** Comment of a key that the ssh-agent has. */
  readonly sshAgent?: string;
  /** Path of a PKCS#11 module, with `token` and perhaps `keyId`. */
  readonly pkcs11?: string;
  readonly token?: string;
  readonly keyId?: string;
}

export interface KeyOwner {
  readonly component: string;
  readonly holder: string;
}

/** A key that waits beside the present one until the record has it. */
export function nextPath(folder: string, holder: string): string {
  return `${folder}/${holder}.next.json`;
}

/** Makes or names a key at a path. Errors (thrown): `key.exists`, `agent.*`, `token.*`, `passphrase.*`. */
export async function makeKey(path: string, owner: KeyOwner, flags: NewKeyFlags): Promise<Signer> {
  mkdirSync(flags.keys, { recursive: true, mode: 0o700 });
  if (flags.sshAgent !== undefined) return nameAgentKey(path, owner, flags.sshAgent);
  const names = [owner.holder, owner.component];
  if (flags.pkcs11 !== undefined) {
    const pin = await askSecret(flags, { names, what: `PIN of ${owner.holder}`, alone: true });
    return nameTokenKey(path, owner, flags, pin);
  }
  const what = `of the new key of ${owner.holder}`;
  const passphrase = await askSecret(flags, { names, what, isNew: true, alone: true });
  return strictly(createKeyFile(path, owner, passphrase), path);
}

async function nameAgentKey(path: string, owner: KeyOwner, comment: string): Promise<Signer> {
  const socket = agentSocket();
  const identities = await agentIdentities(socket);
  const found = identities.filter((identity) => identity.comment === comment);
  if (found.length !== 1)
    throw new FaultError({
      ...{ code: "agent.no-key", what: "ssh-agent", where: { file: socket } },
      ...{
        expected: `one Ed25519 key with the comment ${comment}`,
        got: identities.map((one) => one.comment).join(", "),
      },
    });
  return name(path, owner, found[0]!.publicKey, { in: "ssh-agent" }, "");
}

async function nameTokenKey(path: string, owner: KeyOwner, flags: NewKeyFlags, pin: string): Promise<Signer> {
  const { pkcs11: module, token } = flags;
  if (module === undefined || token === undefined)
    throw new FaultError({
      ...{ code: "flag.missing", what: "command line", where: { field: "--token" } },
      expected: "the token's label, beside --pkcs11",
    });
  const id = flags.keyId ?? randomBytes(8).toString("hex");
  const there = flags.keyId === undefined ? [] : await tokenKeys({ module, token }, pin);
  const publicKey =
    there.find((key) => key.id === id)?.publicKey ?? (await makeTokenKey({ module, token, id }, owner.holder, pin));
  return name(path, owner, publicKey, { in: "pkcs11", module, token, id }, pin);
}

function name(
  path: string,
  owner: KeyOwner,
  publicKey: Uint8Array,
  kept: Parameters<typeof createKeyReference>[1]["kept"],
  pin: string,
): Signer {
  createKeyReference(path, { ...owner, publicKey: bytesToHex(publicKey), kept });
  return strictly(openReference(readKeyReference(path)!, pin), kept.in);
}

/** A holder's key where it is, or a new one. Never a new one over one that is there. */
export async function keyOrNew(owner: KeyOwner, flags: NewKeyFlags): Promise<Signer> {
  const path = keyPath(flags.keys, owner.holder);
  if (!existsSync(path)) return makeKey(path, owner, flags);
  const known = holdersOf(flags.keys).find(({ holder }) => holder === owner.holder);
  if (known?.component !== owner.component)
    throw new FaultError({
      ...{ code: "component.wrong", what: "key", where: { file: path } },
      ...{ expected: owner.component, got: String(known?.component) },
    });
  const secrets = await askForHolders(flags, flags.keys, owner.component, [owner.holder]);
  return openSigner(flags.keys, owner.holder, secrets(owner.holder));
}

/** Puts a key that the record now has in the place of the one before, which is kept under the name of its end. */
export function settleNext(folder: string, holder: string): void {
  const path = keyPath(folder, holder);
  const before = holdersOf(folder).find((one) => one.holder === holder);
  if (before) renameSync(path, `${folder}/${holder}.ended-${bytesToHex(before.publicKey).slice(0, 16)}.json`);
  renameSync(nextPath(folder, holder), path);
}

/** Whose keys wait beside the present ones. */
export function waitingHolders(folder: string): readonly KeyFileHeader[] {
  const names = readdirSync(folder).filter((file) => file.endsWith(".next.json"));
  return names.sort().map((file) => headerOf(`${folder}/${file}`));
}
