/** The little of X.509 certificates (RFC 5280) that time-stamp tokens need. Nothing is verified here but the form. */
import { base64ToBytes } from "../bytes/base64.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import { type Element, ElementReader, readElements, readOid, readOne, TAG } from "./der.ts";
import { readCertificateTime } from "./time.ts";

/** What a key can sign with; curves by the names that WebCrypto has for them. */
export type KeyKind = "rsa" | "ed25519" | "P-256" | "P-384" | "P-521";

export interface Certificate {
  /** All of it, as DER. */
  readonly whole: Uint8Array;
  /** The part that is signed. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  /** Names as DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Valid within, microseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
  /** Undefined for keys of other sorts. */
  readonly kind: KeyKind | undefined;
  /** Whether it may issue others. */
  readonly issues: boolean;
  /** The purposes it is limited to, if it is, and whether that must be understood. */
  readonly purposes?: { readonly names: readonly string[]; readonly isCritical: boolean };
}

const RSA = "1.2.840.113549.1.1.1";
const EC = "1.2.840.10045.2.1";
const ED25519 = "1.3.101.112";
const CURVES: Readonly<Record<string, KeyKind>> = {
  "1.2.840.10045.3.1.7": "P-256",
  "1.3.132.0.34": "P-384",
  "1.3.132.0.35": "P-521",
};
const KEY_USAGE = "2.5.29.15";
const BASIC_CONSTRAINTS = "2.5.29.19";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const KEY_CERT_SIGN = 0x04;

/** Errors: `der.malformed`. */
export function readCertificate(bytes: Uint8Array): Result<Certificate> {
  return attempt(() => {
    const outer = new ElementReader(readOne(bytes, TAG.sequence).content);
    const signed = outer.take(TAG.sequence);
    const signatureAlgorithm = readOid(new ElementReader(outer.take(TAG.sequence).content).take());
    return {
      whole: bytes,
      signed: signed.whole,
      signatureAlgorithm,
      signature: bitsOf(outer.take()),
      ...readBody(signed),
    };
  });
}

/** The certificates of a PEM file. Errors: `file.malformed` where it holds none, `base64.malformed`, `der.malformed`. */
export function readCertificates(pem: string): Result<Certificate[]> {
  return attempt(() => {
    const parts = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)];
    if (parts.length === 0) refuse("file.malformed", "certificates", { expected: "PEM certificates" });
    return parts.map(([, text]) => unwrap(readCertificate(unwrap(base64ToBytes(text!.replaceAll(/\s/g, ""))))));
  });
}

/** A signature of a curve as DER, made into its two numbers side by side, each `width` bytes; undefined where it is none. */
export function curveSignature(signature: Uint8Array, width: number): Uint8Array | undefined {
  const numbers = attempt(() => readElements(readOne(signature, TAG.sequence).content));
  if (!numbers.ok || numbers.value.length !== 2) return undefined;
  const both = new Uint8Array(width * 2);
  for (const [place, { tag, content }] of numbers.value.entries()) {
    const number = content[0] === 0 ? content.subarray(1) : content;
    if (tag !== TAG.integer || number.length > width) return undefined;
    both.set(number, (place + 1) * width - number.length);
  }
  return both;
}

type Body = Omit<Certificate, "whole" | "signed" | "signatureAlgorithm" | "signature">;

function readBody(signed: Element): Body {
  const body = new ElementReader(signed.content);
  body.takeIf(0xa0);
  body.take(TAG.integer);
  body.take(TAG.sequence);
  const issuer = body.take(TAG.sequence).whole;
  const validity = new ElementReader(body.take(TAG.sequence).content);
  const [from, until] = [readCertificateTime(validity.take()), readCertificateTime(validity.take())];
  const subject = body.take(TAG.sequence).whole;
  const key = body.take(TAG.sequence);
  const extensions = readExtensions(body.rest().find(({ tag }) => tag === 0xa3));
  return { issuer, subject, from, until, publicKey: key.whole, kind: kindOf(key), ...limitsOf(extensions) };
}

function kindOf(key: Element): KeyKind | undefined {
  const algorithm = new ElementReader(new ElementReader(key.content).take(TAG.sequence).content);
  const name = readOid(algorithm.take());
  if (name === RSA) return "rsa";
  if (name === ED25519) return "ed25519";
  const curve = name === EC ? algorithm.takeIf(TAG.oid) : undefined;
  return curve && CURVES[readOid(curve)];
}

interface Extension {
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

function readExtensions(element: Element | undefined): ReadonlyMap<string, Extension> {
  const known = new Map<string, Extension>();
  for (const one of element ? readElements(readOne(element.content, TAG.sequence).content) : []) {
    const extension = new ElementReader(one.content);
    const name = readOid(extension.take());
    const isCritical = (extension.takeIf(TAG.boolean)?.content[0] ?? 0) !== 0;
    known.set(name, { isCritical, value: extension.take(TAG.octets).content });
  }
  return known;
}

function limitsOf(extensions: ReadonlyMap<string, Extension>): Pick<Certificate, "issues" | "purposes"> {
  const constraints = extensions.get(BASIC_CONSTRAINTS);
  const isAuthority = constraints !== undefined && isMarked(readOne(constraints.value, TAG.sequence));
  const usage = extensions.get(KEY_USAGE);
  const issues = isAuthority && (usage === undefined || ((bitsOf(readOne(usage.value))[0] ?? 0) & KEY_CERT_SIGN) !== 0);
  const purposes = extensions.get(EXTENDED_KEY_USAGE);
  if (!purposes) return { issues };
  const names = readElements(readOne(purposes.value, TAG.sequence).content).map((one) => readOid(one));
  return { issues, purposes: { names, isCritical: purposes.isCritical } };
}

function isMarked(constraints: Element): boolean {
  return (new ElementReader(constraints.content).takeIf(TAG.boolean)?.content[0] ?? 0) !== 0;
}

/** The bytes of a bit string that ends with a whole byte, or of whose last byte the unused bits are zero. */
function bitsOf(element: Element): Uint8Array {
  if (element.tag !== TAG.bits || element.content.length === 0) {
    return refuse("der.malformed", "certificate", { expected: "a bit string", got: `tag ${element.tag}` });
  }
  return element.content.subarray(1);
}
