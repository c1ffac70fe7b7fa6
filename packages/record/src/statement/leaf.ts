/** From a statement to a leaf of the log and back. */
import { bytesToHex } from "../bytes/hex.ts";
import {
  decodeEnvelope,
  decodeSigned,
  type Envelope,
  encodeEnvelope,
  preAuthenticationEncoding,
  signEnvelope,
} from "../envelope/envelope.ts";
import { formatPayloadType, parsePayloadType } from "../envelope/payload-type.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import type { Primitives, Signer } from "../primitives.ts";
import { decodePayload, encodePayload, type StatementBody, type StatementDraft } from "./body.ts";

/** A leaf, read but not yet verified. */
export interface Leaf {
  readonly envelope: Envelope;
  readonly statement: StatementBody;
  readonly version: number;
  /** Hexadecimal SHA-256 of the signed bytes. */
  readonly statementId: string;
  /** The signed bytes. */
  readonly signed: Uint8Array;
}

/** What is to be signed, for a signer that keeps its key elsewhere. */
export interface UnsignedStatement {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly statementId: string;
  /** The bytes that are signed. */
  readonly signed: Uint8Array;
}

/** Errors: those of `encodePayload`. */
export function prepareStatement(
  sha256: Primitives["sha256"],
  statement: StatementDraft,
  version = 1,
): Result<UnsignedStatement> {
  return attempt(() => {
    const payload = unwrap(encodePayload(statement));
    const payloadType = formatPayloadType(statement.kind, version);
    unwrap(parsePayloadType(payloadType));
    const signed = preAuthenticationEncoding(payloadType, payload);
    return { payloadType, payload, signed, statementId: bytesToHex(sha256(signed)) };
  });
}

/** Signs a statement and gives the leaf's bytes. Throws a `Refusal` for a statement that could not be read back. */
export async function signStatement(
  sha256: Primitives["sha256"],
  signer: Signer,
  statement: StatementDraft,
  version = 1,
): Promise<Uint8Array> {
  const { payloadType, payload } = unwrap(prepareStatement(sha256, statement, version));
  return unwrap(encodeEnvelope(await signEnvelope(sha256, signer, payloadType, payload)));
}

/** Signs the very statement that another leaf holds: a countersignature, or a further root key's signature. */
export async function countersign(
  sha256: Primitives["sha256"],
  signer: Signer,
  leaf: Leaf | Uint8Array,
): Promise<Uint8Array> {
  const { payloadType, payload } = leaf instanceof Uint8Array ? unwrap(decodeEnvelope(leaf)) : leaf.envelope;
  return unwrap(encodeEnvelope(await signEnvelope(sha256, signer, payloadType, payload)));
}

/** Errors: `json.*`, `envelope.*`, `base64.malformed`, `statement.*`, `kind.mismatch`. */
export function readLeaf(sha256: Primitives["sha256"], bytes: Uint8Array): Result<Leaf> {
  return attempt(() => {
    const { envelope, signed } = unwrap(decodeSigned(bytes));
    const type = unwrap(parsePayloadType(envelope.payloadType));
    const statement = unwrap(decodePayload(envelope.payload));
    if (type.kind !== statement.kind) {
      refuse("kind.mismatch", "statement", { expected: type.kind, got: statement.kind });
    }
    return { envelope, statement, version: type.version, signed, statementId: bytesToHex(sha256(signed)) };
  });
}
