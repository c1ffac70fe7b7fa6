/** Reading time-stamp responses and tokens (RFC 3161, RFC 5652). Nothing is verified here but the form. */
import { attempt, type Result, refuse } from "../fault.ts";
import { type Element, ElementReader, readElements, readOid, readOne, TAG } from "./der.ts";
import { readTokenTime } from "./time.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

export const DIGEST_NAMES: Readonly<Record<string, "sha256" | "sha384" | "sha512">> = {
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};

export interface TimestampToken {
  /** What was stamped: always a SHA-256 here. */
  readonly imprint: Uint8Array;
  /** When the authority says it was, microseconds since 1970. */
  readonly time: number;
  readonly serial: Uint8Array;
  readonly nonce?: Uint8Array;
  /** The signed content. */
  readonly content: Uint8Array;
  /** What the signature stands under: the signed attributes as a SET. */
  readonly signedAttributes: Uint8Array;
  /** The digest of the content that the attributes state. */
  readonly statedDigest: Uint8Array;
  readonly digest: "sha256" | "sha384" | "sha512";
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  /** Issuer and serial number of the signer's certificate, as DER; where it is named by its key id, undefined. */
  readonly issuerAndSerial?: Uint8Array;
  /** Hash of the signer's certificate that the attributes state. */
  readonly statedCertificate: { readonly digest: "sha1" | "sha256" | "sha384" | "sha512"; readonly hash: Uint8Array };
  /** Certificates that came with it, as DER. */
  readonly certificates: readonly Uint8Array[];
}

/** Reads an authority's answer. Errors: `timestamp.refused` (it gave no token), `timestamp.malformed`, `der.malformed`. */
export function readTimestampResponse(bytes: Uint8Array): Result<TimestampToken> {
  return attempt(() => {
    const response = new ElementReader(readOne(bytes, TAG.sequence).content);
    const status = new ElementReader(response.take(TAG.sequence).content).take(TAG.integer).content;
    // 0 granted, 1 granted with modifications.
    if (status.length !== 1 || status[0]! > 1) {
      refuse("timestamp.refused", "time stamp", { expected: "a token", got: `status ${status.join(".")}` });
    }
    return readToken(response.take(TAG.sequence));
  });
}

function readToken(token: Element): TimestampToken {
  const info = new ElementReader(token.content);
  requireOid(info.take(), SIGNED_DATA);
  const signed = new ElementReader(readOne(info.take(0xa0).content, TAG.sequence).content);
  signed.take(TAG.integer);
  signed.take(TAG.set);
  const encapsulated = new ElementReader(signed.take(TAG.sequence).content);
  requireOid(encapsulated.take(), TST_INFO);
  const content = readOne(encapsulated.take(0xa0).content, TAG.octets).content;
  const certificates = readElements(signed.takeIf(0xa0)?.content ?? new Uint8Array(0)).map((one) => one.whole);
  signed.takeIf(0xa1);
  const signers = readElements(signed.take(TAG.set).content);
  if (signers.length !== 1) wrong("exactly one signer", `${signers.length}`);
  return { ...readInfo(content), content, certificates, ...readSigner(signers[0]!) };
}

function readInfo(content: Uint8Array): Pick<TimestampToken, "imprint" | "time" | "serial" | "nonce"> {
  const info = new ElementReader(readOne(content, TAG.sequence).content);
  info.take(TAG.integer);
  info.take(TAG.oid);
  const imprint = new ElementReader(info.take(TAG.sequence).content);
  if (digestOf(imprint.take(TAG.sequence)) !== "sha256") wrong("a SHA-256 that was stamped", "another hash");
  const hash = imprint.take(TAG.octets).content;
  const serial = info.take(TAG.integer).content;
  const time = readTokenTime(info.take(TAG.generalizedTime).content);
  info.takeIf(TAG.sequence);
  info.takeIf(TAG.boolean);
  const nonce = info.takeIf(TAG.integer)?.content;
  return { imprint: hash, time, serial, ...(nonce ? { nonce } : {}) };
}

function readSigner(signer: Element): Omit<TimestampToken, "imprint" | "time" | "serial" | "content" | "certificates"> {
  const info = new ElementReader(signer.content);
  info.take(TAG.integer);
  const identifier = info.take();
  const digest = digestOf(info.take(TAG.sequence));
  const attributes = info.take(0xa0);
  const signatureAlgorithm = readOid(new ElementReader(info.take(TAG.sequence).content).take());
  const signature = info.take(TAG.octets).content;
  const known = readAttributes(attributes.content);
  requireOid(readOne(single(known, CONTENT_TYPE)), TST_INFO);
  // As it is signed, the implicit tag gives way to that of a SET (RFC 5652 section 5.4).
  const signedAttributes = attributes.whole.slice();
  signedAttributes[0] = TAG.set;
  return {
    digest,
    signatureAlgorithm,
    signature,
    signedAttributes,
    statedDigest: readOne(single(known, MESSAGE_DIGEST), TAG.octets).content,
    statedCertificate: readStatedCertificate(known),
    ...(identifier.tag === TAG.sequence ? { issuerAndSerial: identifier.content } : {}),
  };
}

/** Attribute values by type; each type once. */
function readAttributes(content: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const known = new Map<string, Uint8Array>();
  for (const element of readElements(content)) {
    const attribute = new ElementReader(element.content);
    const type = readOid(attribute.take());
    if (known.has(type)) wrong("each attribute once", type);
    known.set(type, attribute.take(TAG.set).content);
  }
  return known;
}

function readStatedCertificate(known: ReadonlyMap<string, Uint8Array>): TimestampToken["statedCertificate"] {
  const second = known.get(SIGNING_CERTIFICATE_V2);
  const outer = readOne(second ?? single(known, SIGNING_CERTIFICATE), TAG.sequence);
  const list = new ElementReader(new ElementReader(outer.content).take(TAG.sequence).content);
  const first = new ElementReader(list.take(TAG.sequence).content);
  const algorithm = second ? first.takeIf(TAG.sequence) : undefined;
  const digest = second ? (algorithm ? digestOf(algorithm) : "sha256") : "sha1";
  return { digest, hash: first.take(TAG.octets).content };
}

function digestOf(algorithm: Element): "sha256" | "sha384" | "sha512" {
  const oid = readOid(new ElementReader(algorithm.content).take());
  return DIGEST_NAMES[oid] ?? wrong("SHA-256, SHA-384 or SHA-512", oid);
}

function requireOid(element: Element, oid: string): void {
  const got = readOid(element);
  if (got !== oid) wrong(oid, got);
}

function single(known: ReadonlyMap<string, Uint8Array>, type: string): Uint8Array {
  return known.get(type) ?? wrong(`attribute ${type}`, "none");
}

function wrong(expected: string, got: string): never {
  return refuse("timestamp.malformed", "time stamp", { expected, got });
}
