/** A component's signer folder: root keys, officers' keys; it belongs to the component's machine, never to the centre. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import type { Signer } from "@openjmc/record";
import { createKeyFile, type KeyFileHeader, openKeyFile, readKeyHeader } from "./key-file.ts";
import { openReference, readKeyReference } from "./keys/key-reference.ts";
import { strictly } from "./keys/strict.ts";

/** One officer who is to get a key. */
export interface OfficerDraft {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface SignerFolder {
  readonly component: string;
  readonly roots: readonly Signer[];
  readonly officers: readonly (OfficerDraft & { readonly signer: Signer })[];
}

/** The holders of a component's three root keys. */
export const ROOT_HOLDERS = ["root-1", "root-2", "root-3"] as const;

/** A holder's passphrase or PIN: one for all, or asked for each. */
export type Secrets = string | ((holder: string) => string);

export function keyPath(folder: string, holder: string): string {
  return join(folder, `${holder}.key.json`);
}

/**
 * Makes three root keys and a key for each officer in a folder of mode 0700. Keys that are kept elsewhere may be named in
 * it before; nothing else may be there. Error: `key.folder-used`.
 */
export function createSignerFolder(
  folder: string,
  component: string,
  officers: readonly OfficerDraft[],
  secrets: Secrets,
  memoryKiB?: number,
): SignerFolder {
  const holders = [...ROOT_HOLDERS, ...officers.map((officer) => officer.id)];
  const named = holders.filter((holder) => readKeyReference(keyPath(folder, holder)) !== undefined);
  if (existsSync(folder) && readdirSync(folder).length > named.length)
    throw new FaultError({
      code: "key.folder-used",
      what: "signer folder",
      where: { file: folder },
      expected: "an empty or missing folder: keys are never made over others",
    });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const holder of holders.filter((name) => !named.includes(name)))
    createKeyFile(keyPath(folder, holder), { holder, component }, secretOf(secrets, holder), memoryKiB);
  return openSignerFolder(folder, component, officers, secrets);
}

/** Opens the keys of a component that are there already; not all roots need be. Errors: those of `openSigner`. */
export function openSignerFolder(
  folder: string,
  component: string,
  officers: readonly OfficerDraft[],
  secrets: Secrets,
  roots: readonly string[] = ROOT_HOLDERS,
): SignerFolder {
  const open = (holder: string): Signer => openSigner(folder, holder, secretOf(secrets, holder));
  return {
    component,
    roots: roots.map(open),
    officers: officers.map((officer) => ({ ...officer, signer: open(officer.id) })),
  };
}

/** Opens one holder's key, wherever it is kept. Every signature is checked before it is given out. */
export function openSigner(folder: string, holder: string, secret: string): Signer & KeyFileHeader {
  const path = keyPath(folder, holder);
  const reference = readKeyReference(path);
  if (reference)
    return {
      ...strictly(openReference(reference, secret), reference.kept.in),
      holder: reference.holder,
      component: reference.component,
    };
  const opened = openKeyFile(path, secret);
  return { ...strictly(opened, path), holder: opened.holder, component: opened.component };
}

/** Whether opening a holder's key needs a passphrase or a PIN, and what it is called. */
export function secretNeeded(folder: string, holder: string): "passphrase" | "PIN" | undefined {
  const reference = readKeyReference(keyPath(folder, holder));
  if (reference === undefined) return "passphrase";
  return reference.kept.in === "pkcs11" ? "PIN" : undefined;
}

function secretOf(secrets: Secrets, holder: string): string {
  return typeof secrets === "string" ? secrets : secrets(holder);
}

/** Whose key a file is, readable without its passphrase. */
export function headerOf(path: string): KeyFileHeader {
  const reference = readKeyReference(path);
  if (!reference) return readKeyHeader(path);
  const { holder, component, publicKey } = reference;
  return { holder, component, publicKey: new Uint8Array(Buffer.from(publicKey, "hex")) };
}

/** Whose keys lie in a folder. */
export function holdersOf(folder: string): readonly KeyFileHeader[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new FaultError({
      code: "key.unreadable",
      what: "signer folder",
      where: { file: folder },
      expected: "a folder that this user may read",
      cause: (error as Error).message,
    });
  }
  return names
    .filter((name) => name.endsWith(".key.json"))
    .sort()
    .map((name) => headerOf(join(folder, name)));
}
