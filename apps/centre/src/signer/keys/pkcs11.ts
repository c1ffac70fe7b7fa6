/**
 * A key on a token that has a PKCS#11 module: a smart card, a security module, or SoftHSM. The module is a vendor's library
 * in another language; it is loaded by a helper process that lives for one question, so that it can neither crash the
 * signer nor read its memory. The helper needs Python 3 with nothing besides, and no compiler.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import type { Signer } from "@openjmc/record";

const HELPER = join(import.meta.dirname, "pkcs11-helper.py");
/** Some tokens wait for a touch. */
const LONGEST_ANSWER_MILLISECONDS = 120_000;

/** Where a key lies. */
export interface TokenPlace {
  /** Path of the vendor's module. */
  readonly module: string;
  /** Label of the token. */
  readonly token: string;
  /** CKA_ID of the key, hexadecimal. */
  readonly id: string;
}

export interface TokenKey {
  readonly id: string;
  readonly label: string;
  readonly publicKey: Uint8Array;
}

/** The Ed25519 keys on a token. Errors: `token.*`. */
export async function tokenKeys(place: Omit<TokenPlace, "id">, pin: string): Promise<readonly TokenKey[]> {
  const { keys } = (await ask({ do: "list", ...place, pin })) as { keys: { id: string; label: string; key: string }[] };
  return keys.map(({ id, label, key }) => ({ id, label, publicKey: new Uint8Array(Buffer.from(key, "hex")) }));
}

/** Makes a key inside the token, which never gives it out. Errors: `token.*`, `token.id-taken`. */
export async function makeTokenKey(place: TokenPlace, label: string, pin: string): Promise<Uint8Array> {
  const { key } = (await ask({ do: "make", ...place, label, pin })) as { key: string };
  return new Uint8Array(Buffer.from(key, "hex"));
}

/** A signer whose key stays on the token. */
export function tokenSigner(place: TokenPlace, publicKey: Uint8Array, pin: string): Signer {
  return {
    publicKey,
    sign: async (message) => {
      const question = { do: "sign", ...place, pin, message: Buffer.from(message).toString("hex") };
      const { signature } = (await ask(question)) as { signature: string };
      return new Uint8Array(Buffer.from(signature, "hex"));
    },
  };
}

/** One question to a helper of its own. It goes by standard input, so that no list of processes shows the PIN. */
async function ask(question: Readonly<Record<string, string>> & { readonly module: string }): Promise<unknown> {
  const child = spawn("python3", ["-I", HELPER], {
    stdio: ["pipe", "pipe", "pipe"],
    timeout: LONGEST_ANSWER_MILLISECONDS,
  });
  const collected: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => collected.push(part));
  child.stderr.on("data", (part: Buffer) => complaints.push(part));
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(question));
  try {
    await once(child, "close");
  } catch (error) {
    throw tokenFault("token.no-helper", question.module, "python3 on this machine", (error as Error).message);
  }
  return readAnswer(question.module, Buffer.concat(collected).toString(), Buffer.concat(complaints).toString());
}

function readAnswer(module: string, text: string, complaints: string): unknown {
  let answer: { fault?: { code: string; expected: string; cause?: string } };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    throw tokenFault("token.no-answer", module, "an answer of the token's module", complaints.trim().slice(-400));
  }
  if (answer.fault) throw tokenFault(answer.fault.code, module, answer.fault.expected, answer.fault.cause);
  return answer;
}

function tokenFault(code: string, module: string, expected: string, cause: string | undefined): FaultError {
  const where = { file: module };
  return new FaultError({ code, what: "token", where, expected, ...(cause === undefined ? {} : { cause }) });
}
