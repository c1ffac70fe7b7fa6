/** The file that stands in a signer folder for a key kept elsewhere: in an ssh-agent or on a token. It holds no secret. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import type { Signer } from "@openjmc/record";
import { tokenSigner } from "./pkcs11.ts";
import { agentSigner, agentSocket } from "./ssh-agent.ts";

/** Where a key is kept. The agent is the one that ssh itself would ask. */
export type KeptIn =
  | { readonly in: "ssh-agent" }
  | { readonly in: "pkcs11"; readonly module: string; readonly token: string; readonly id: string };

export interface KeyReference {
  readonly version: 2;
  readonly holder: string;
  readonly component: string;
  /** Hexadecimal. */
  readonly publicKey: string;
  readonly kept: KeptIn;
}

/** Writes a reference; never over an existing file. Error: `key.exists`. */
export function createKeyReference(path: string, reference: Omit<KeyReference, "version">): void {
  if (existsSync(path))
    throw new FaultError({
      code: "key.exists",
      what: "key file",
      where: { file: path },
      expected: "a path where no key is yet",
    });
  writeFileSync(path, `${JSON.stringify({ version: 2, ...reference }, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  chmodSync(path, 0o600);
}

/** The reference in a file; undefined for a file that is something else, or none. Error: `key.malformed`. */
export function readKeyReference(path: string): KeyReference | undefined {
  let file: Partial<KeyReference>;
  try {
    file = JSON.parse(readFileSync(path, "utf8")) as Partial<KeyReference>;
  } catch {
    return undefined;
  }
  if (file?.version !== 2) return undefined;
  const named = [file.holder, file.component].every((name) => typeof name === "string" && name !== "");
  if (named && /^[0-9a-f]{64}$/.test(file.publicKey ?? "") && isPlace(file.kept)) return file as KeyReference;
  throw new FaultError({
    code: "key.malformed",
    what: "key file",
    where: { file: path },
    expected: "a reference to a key in an ssh-agent or on a token",
  });
}

/** A signer for the key, wherever it is kept. `pin` is for tokens. */
export function openReference(reference: KeyReference, pin: string): Signer {
  const publicKey = new Uint8Array(Buffer.from(reference.publicKey, "hex"));
  return reference.kept.in === "pkcs11"
    ? tokenSigner(reference.kept, publicKey, pin)
    : { publicKey, sign: (message) => agentSigner(publicKey, agentSocket()).sign(message) };
}

function isPlace(kept: KeptIn | undefined): boolean {
  if (kept?.in === "ssh-agent") return true;
  const { module, token, id } = (kept ?? {}) as Partial<Extract<KeptIn, { in: "pkcs11" }>>;
  return kept?.in === "pkcs11" && [module, token, id].every((name) => typeof name === "string" && name !== "");
}
