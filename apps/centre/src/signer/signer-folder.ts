/** A component's signer folder: root keys, officers' keys; it belongs to the component's machine, never to the centre. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import type { Signer } from "@openjmc/record";
import { createKeyFile, openKeyFile, readKeyHeader } from "./key-file.ts";

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

const pathOf = (folder: string, holder: string): string => join(folder, `${holder}.key.json`);

/** Makes three root keys and a key for each officer in an empty folder of mode 0700. Error: `key.folder-used`. */
export function createSignerFolder(
  folder: string,
  component: string,
  officers: readonly OfficerDraft[],
  passphrase: string,
  memoryKiB?: number,
): SignerFolder {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new FaultError({
      code: "key.folder-used",
      what: "signer folder",
      where: { file: folder },
      expected: "an empty or missing folder: keys are never made over others",
    });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const make = (holder: string): Signer =>
    createKeyFile(pathOf(folder, holder), { holder, component }, passphrase, memoryKiB);
  return {
    component,
    roots: ["root-1", "root-2", "root-3"].map(make),
    officers: officers.map((officer) => ({ ...officer, signer: make(officer.id) })),
  };
}

/** Opens one holder's key. */
export function openSigner(folder: string, holder: string, passphrase: string): ReturnType<typeof openKeyFile> {
  return openKeyFile(pathOf(folder, holder), passphrase);
}

/** Whose keys lie in a folder. */
export function holdersOf(folder: string): readonly { readonly holder: string; readonly component: string }[] {
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
    .map((name) => readKeyHeader(join(folder, name)));
}
