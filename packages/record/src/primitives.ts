/**
 * The cryptography that is brought in from outside. Everything here is synchronous, which is what Node's fast calls are;
 * a browser, whose WebCrypto only has promises, runs the same code through `settle`, and Node does too when it wants to
 * verify on several cores.
 */
import { bytesToHex } from "./bytes/hex.ts";

export interface Primitives {
  /** SHA-256 (FIPS 180-4), 32 bytes. */
  sha256(data: Uint8Array): Uint8Array;
  /** Plain Ed25519 verification (RFC 8032). The strict profile is checked by this package before it is asked. */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** ML-DSA-44 (FIPS 204), empty context. Where missing, such signatures count as unknown. */
  verifyMlDsa44?(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** Who signs: a raw public key and what makes signatures with the private one, wherever that is kept. */
export interface Signer {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** One signature to be checked. */
export interface SignatureQuestion {
  readonly algorithm: "ed25519" | "ml-dsa-44";
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** Answers many questions at once, in order; may use several cores. */
export type VerifyMany = (questions: readonly SignatureQuestion[]) => Promise<readonly boolean[]>;

/**
 * Runs synchronous work with an asynchronous verifier. Signatures not yet asked about are taken as good; when the work
 * has ended they are all asked at once, and if one was bad the work runs again knowing it. `work` must be free of side
 * effects, as it may run more than once. Ends because each further run has asked at least one new question.
 */
export async function settle<T>(
  sha256: Primitives["sha256"],
  verifyMany: VerifyMany,
  work: (primitives: Primitives) => T,
): Promise<T> {
  const answers = new Map<string, boolean>();
  for (;;) {
    const open = new Map<string, SignatureQuestion>();
    const result = work(optimist(sha256, answers, open));
    const replies = await verifyMany([...open.values()]);
    [...open.keys()].forEach((name, position) => {
      answers.set(name, replies[position] === true);
    });
    if (replies.length === open.size && replies.every((reply) => reply)) return result;
  }
}

/**
 * Runs synchronous work that cannot be run again, taking every signature as good, and hands over what must still be
 * asked. If the answers are not all true, what the work has done is worth nothing.
 */
export function assumeGood<T>(
  sha256: Primitives["sha256"],
  work: (primitives: Primitives) => T,
): { readonly result: T; readonly questions: readonly SignatureQuestion[] } {
  const questions: SignatureQuestion[] = [];
  const ask = (question: SignatureQuestion) => questions.push(question) > 0;
  const result = work({
    sha256,
    verifyEd25519: (publicKey, message, signature) => ask({ algorithm: "ed25519", publicKey, message, signature }),
    verifyMlDsa44: (publicKey, message, signature) => ask({ algorithm: "ml-dsa-44", publicKey, message, signature }),
  });
  return { result, questions };
}

function optimist(
  sha256: Primitives["sha256"],
  answers: ReadonlyMap<string, boolean>,
  open: Map<string, SignatureQuestion>,
): Primitives {
  const ask = (question: SignatureQuestion): boolean => {
    const name = nameOf(sha256, question);
    const answer = answers.get(name);
    if (answer === undefined) open.set(name, question);
    return answer ?? true;
  };
  return {
    sha256,
    verifyEd25519: (publicKey, message, signature) => ask({ algorithm: "ed25519", publicKey, message, signature }),
    verifyMlDsa44: (publicKey, message, signature) => ask({ algorithm: "ml-dsa-44", publicKey, message, signature }),
  };
}

function nameOf(sha256: Primitives["sha256"], question: SignatureQuestion): string {
  const parts = [question.publicKey, question.message, question.signature];
  return `${question.algorithm} ${parts.map((part) => bytesToHex(sha256(part))).join(" ")}`;
}
