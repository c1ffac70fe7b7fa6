/** Verifies a time-stamp token offline (RFC 3161 section 2.3, RFC 5652 section 5.6): digest, signature, certificate and its chain. */
import { createHash, verify, X509Certificate } from "node:crypto";
import type { Fault, Instant } from "@openjmc/model";
import type { TimestampToken } from "@openjmc/record";

/** Extended key usage of time stamping, the only one that such a certificate may have. */
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const LONGEST_CHAIN = 8;
/** Signature algorithms by their identifiers; what they do is told by the key and the digest. */
const ALGORITHMS: Readonly<Record<string, "rsa" | "ec" | "ed25519">> = {
  "1.2.840.113549.1.1.1": "rsa",
  "1.2.840.113549.1.1.11": "rsa",
  "1.2.840.113549.1.1.12": "rsa",
  "1.2.840.113549.1.1.13": "rsa",
  "1.2.840.10045.2.1": "ec",
  "1.2.840.10045.4.3.2": "ec",
  "1.2.840.10045.4.3.3": "ec",
  "1.2.840.10045.4.3.4": "ec",
  "1.3.101.112": "ed25519",
};

/**
 * Undefined if the token is good and leads to one of the authorities.
 * Faults: `timestamp.digest`, `timestamp.certificate`, `timestamp.usage`, `timestamp.expired`, `timestamp.signature`, `timestamp.chain`.
 */
export function verifyToken(token: TimestampToken, authorities: readonly X509Certificate[]): Fault | undefined {
  if (!hashOf(token.digest, token.content).equals(token.statedDigest)) return fault("timestamp.digest");
  const certificates = token.certificates.map((bytes) => new X509Certificate(bytes));
  const signer = [...certificates, ...authorities].find((one) => isStated(token, one));
  if (!signer) return fault("timestamp.certificate", "the certificate that the token names");
  if (signer.keyUsage?.join() !== TIME_STAMPING)
    return fault("timestamp.usage", TIME_STAMPING, signer.keyUsage?.join());
  if (!isSigned(token, signer)) return fault("timestamp.signature");
  return checkChain(signer, [...certificates, ...authorities], authorities, token.time);
}

/** Certificates of a PEM file. Throws where it holds none. */
export function readCertificates(pem: string): X509Certificate[] {
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (parts.length === 0) throw new TypeError("no certificate");
  return parts.map((part) => new X509Certificate(part));
}

function isStated({ statedCertificate }: TimestampToken, certificate: X509Certificate): boolean {
  return hashOf(statedCertificate.digest, certificate.raw).equals(statedCertificate.hash);
}

function isSigned(token: TimestampToken, { publicKey }: X509Certificate): boolean {
  const kind = ALGORITHMS[token.signatureAlgorithm];
  if (kind === undefined || kind !== publicKey.asymmetricKeyType) return false;
  try {
    return verify(kind === "ed25519" ? null : token.digest, token.signedAttributes, publicKey, token.signature);
  } catch {
    return false;
  }
}

/** Goes up from the signer until it meets one of the authorities, each certificate valid when the stamp was made. */
function checkChain(
  signer: X509Certificate,
  known: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  at: Instant,
): Fault | undefined {
  let current = signer;
  for (let length = 0; length < LONGEST_CHAIN; length++) {
    if (!isValidAt(current, at)) return fault("timestamp.expired", `${current.validFrom} to ${current.validTo}`);
    if (authorities.some((one) => one.raw.equals(current.raw))) return undefined;
    const child = current;
    const issuer = known.find((one) => one.ca && child.checkIssued(one) && child.verify(one.publicKey));
    if (!issuer || issuer.raw.equals(child.raw)) break;
    current = issuer;
  }
  return fault("timestamp.chain", "an authority that is trusted here", current.subject.replaceAll("\n", ", "));
}

function isValidAt(certificate: X509Certificate, at: Instant): boolean {
  const milliseconds = at / 1000;
  return Date.parse(certificate.validFrom) <= milliseconds && milliseconds <= Date.parse(certificate.validTo);
}

function hashOf(algorithm: string, bytes: Uint8Array): Buffer {
  return createHash(algorithm).update(bytes).digest();
}

function fault(code: string, expected?: string, got?: string): Fault {
  return {
    ...{ code, what: "time stamp" },
    ...(expected === undefined ? {} : { expected }),
    ...(got === undefined ? {} : { got }),
  };
}
