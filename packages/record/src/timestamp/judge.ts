/**
 * Whether a token is good and leads to a trusted authority (RFC 3161 section 2.3, RFC 5652 section 5.6): digest, certificate,
 * signature, chain. The arithmetic is asked for, one question after the other, so that a library that answers at once and one
 * that answers later serve alike.
 */
import { bytesEqual } from "../bytes/bytes.ts";
import type { Fault, Result } from "../fault.ts";
import { type Certificate, type KeyKind, readCertificate } from "./certificate.ts";
import type { TimestampToken } from "./token.ts";

export type DigestName = "sha1" | "sha256" | "sha384" | "sha512";

export type TokenQuestion =
  | { readonly ask: "digest"; readonly digest: DigestName; readonly bytes: Uint8Array }
  | {
      readonly ask: "signature";
      readonly kind: KeyKind;
      readonly digest: DigestName;
      /** SubjectPublicKeyInfo as DER. */
      readonly publicKey: Uint8Array;
      readonly message: Uint8Array;
      /** Of a curve: as DER. */
      readonly signature: Uint8Array;
    };

/** A digest's bytes, or whether a signature is good. */
export type TokenAnswer = Uint8Array | boolean;

type Asking<T> = Generator<TokenQuestion, T, TokenAnswer>;

/** Extended key usage of time stamping, the only one that such a certificate may have. */
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const LONGEST_CHAIN = 8;

type Family = "rsa" | "ec" | "ed25519";
interface Algorithm {
  readonly family: Family;
  /** Where the name says it; else it is told beside. */
  readonly digest?: DigestName;
}

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  "1.2.840.113549.1.1.1": { family: "rsa" },
  "1.2.840.113549.1.1.11": { family: "rsa", digest: "sha256" },
  "1.2.840.113549.1.1.12": { family: "rsa", digest: "sha384" },
  "1.2.840.113549.1.1.13": { family: "rsa", digest: "sha512" },
  "1.2.840.10045.2.1": { family: "ec" },
  "1.2.840.10045.4.3.2": { family: "ec", digest: "sha256" },
  "1.2.840.10045.4.3.3": { family: "ec", digest: "sha384" },
  "1.2.840.10045.4.3.4": { family: "ec", digest: "sha512" },
  "1.3.101.112": { family: "ed25519", digest: "sha512" },
};

/**
 * Undefined if the token is good and leads to one of the authorities. Faults: `timestamp.digest`, `timestamp.certificate`,
 * `timestamp.usage`, `timestamp.signature`, `timestamp.expired`, `timestamp.chain`.
 */
export function* judgeToken(token: TimestampToken, authorities: readonly Certificate[]): Asking<Fault | undefined> {
  const content = yield* digest(token.digest, token.content);
  if (!bytesEqual(content, token.statedDigest)) return fault("timestamp.digest");
  const brought = token.certificates.map((bytes) => readCertificate(bytes));
  const broken = brought.find((one) => !one.ok);
  if (broken && !broken.ok) return { ...fault("timestamp.certificate"), cause: broken.fault.code };
  const known = [...brought.flatMap((one: Result<Certificate>) => (one.ok ? [one.value] : [])), ...authorities];
  const signer = yield* statedSigner(token, known);
  if (!signer) return fault("timestamp.certificate", "the certificate that the token names");
  const { names, isCritical } = signer.purposes ?? { names: [], isCritical: false };
  if (names.join() !== TIME_STAMPING || !isCritical) return fault("timestamp.usage", TIME_STAMPING, names.join(", "));
  const { signatureAlgorithm, signedAttributes, signature } = token;
  const stated = { algorithm: signatureAlgorithm, digest: token.digest };
  if (!(yield* isSigned(signer, stated, signedAttributes, signature))) return fault("timestamp.signature");
  return yield* checkChain(signer, known, authorities, token.time);
}

/** Answers the questions by a library that answers at once. */
export function judgeTokenNow(
  token: TimestampToken,
  authorities: readonly Certificate[],
  answer: (question: TokenQuestion) => TokenAnswer,
): Fault | undefined {
  const asking = judgeToken(token, authorities);
  let step = asking.next();
  while (!step.done) step = asking.next(answer(step.value));
  return step.value;
}

/** Answers the questions by a library that only has promises. */
export async function judgeTokenLater(
  token: TimestampToken,
  authorities: readonly Certificate[],
  answer: (question: TokenQuestion) => Promise<TokenAnswer>,
): Promise<Fault | undefined> {
  const asking = judgeToken(token, authorities);
  let step = asking.next();
  while (!step.done) step = asking.next(await answer(step.value));
  return step.value;
}

function* digest(name: DigestName, bytes: Uint8Array): Asking<Uint8Array> {
  const answer = yield { ask: "digest", digest: name, bytes };
  return answer instanceof Uint8Array ? answer : new Uint8Array(0);
}

function* statedSigner(
  { statedCertificate }: TimestampToken,
  known: readonly Certificate[],
): Asking<Certificate | undefined> {
  for (const one of known) {
    if (bytesEqual(yield* digest(statedCertificate.digest, one.whole), statedCertificate.hash)) return one;
  }
  return undefined;
}

function* isSigned(
  { kind, publicKey }: Certificate,
  stated: { readonly algorithm: string; readonly digest?: DigestName },
  message: Uint8Array,
  signature: Uint8Array,
): Asking<boolean> {
  const algorithm = ALGORITHMS[stated.algorithm];
  const name = stated.digest ?? algorithm?.digest;
  if (!algorithm || !kind || !name || algorithm.family !== familyOf(kind)) return false;
  return (yield { ask: "signature", kind, digest: name, publicKey, message, signature }) === true;
}

function familyOf(kind: KeyKind): Family {
  return kind === "rsa" || kind === "ed25519" ? kind : "ec";
}

/** Goes up from the signer until it meets one of the authorities, each certificate valid when the stamp was made. */
function* checkChain(
  signer: Certificate,
  known: readonly Certificate[],
  authorities: readonly Certificate[],
  at: number,
): Asking<Fault | undefined> {
  let current = signer;
  for (let length = 0; length < LONGEST_CHAIN; length++) {
    const { from, until, whole } = current;
    if (at < from || at > until) return fault("timestamp.expired", `${sayDay(from)} to ${sayDay(until)}`, sayDay(at));
    if (authorities.some((one) => bytesEqual(one.whole, whole))) return undefined;
    const issuer = yield* issuerOf(current, known);
    if (!issuer || bytesEqual(issuer.whole, whole)) break;
    current = issuer;
  }
  return fault("timestamp.chain", "an authority that is trusted here");
}

function* issuerOf(child: Certificate, known: readonly Certificate[]): Asking<Certificate | undefined> {
  const { signatureAlgorithm: algorithm, signed, signature } = child;
  for (const one of known) {
    const fits = one.issues && bytesEqual(one.subject, child.issuer);
    if (fits && (yield* isSigned(one, { algorithm }, signed, signature))) return one;
  }
  return undefined;
}

function sayDay(instant: number): string {
  return new Date(instant / 1000).toISOString().slice(0, 10);
}

function fault(code: string, expected?: string, got?: string): Fault {
  return {
    ...{ code, what: "time stamp" },
    ...(expected === undefined ? {} : { expected }),
    ...(got === undefined ? {} : { got }),
  };
}
