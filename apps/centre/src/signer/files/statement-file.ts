/**
 * A statement on its way between machines: what is to be signed, and the signatures it has so far. Made where the record
 * can be seen, signed where the key is, brought where the centre can be reached. Nothing is taken from it unchecked.
 */
import { FaultError } from "@openjmc/model";
import {
  base64ToBytes,
  bytesToBase64,
  decodePayload,
  encodeEnvelope,
  encodePayload,
  formatPayloadType,
  keyIdOf,
  prepareStatement,
  type Signer,
  type StatementBody,
  type StatementDraft,
  statementIdOf,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../../primitives.ts";
import { readExchanged, writeExchanged } from "./exchanged-file.ts";

export const STATEMENT_FORMAT = "openjmc statement v1";

interface FileSignature {
  /** Hexadecimal SHA-256 of the raw public key. */
  readonly keyid: string;
  /** Base64. */
  readonly sig: string;
}

/** A statement read strictly, with its signatures as they came. */
export interface CarriedStatement {
  readonly statement: StatementBody;
  readonly statementId: string;
  readonly payloadType: string;
  readonly payload: Uint8Array;
  /** The bytes that are signed. */
  readonly signed: Uint8Array;
  readonly signatures: readonly FileSignature[];
}

/** A new statement, not signed by anybody yet. Throws a `Refusal` for what could not be read back. */
export function carry(draft: StatementDraft): CarriedStatement {
  const prepared = unwrap(prepareStatement(nodePrimitives.sha256, draft));
  const { payload, payloadType, statementId, signed } = prepared;
  return { statement: unwrap(decodePayload(payload)), statementId, payloadType, payload, signed, signatures: [] };
}

/** The statement of a leaf, to be signed by somebody else too. */
export function carryLeaf(leaf: { readonly payloadType: string; readonly payload: Uint8Array }): CarriedStatement {
  return readStatement(leaf.payloadType, leaf.payload, []);
}

/** Signs, and adds the signature to those that are there; a key's earlier one gives way. */
export async function addSignature(carried: CarriedStatement, signer: Signer): Promise<CarriedStatement> {
  const keyid = keyIdOf(nodePrimitives.sha256, signer.publicKey);
  const sig = bytesToBase64(await signer.sign(carried.signed));
  const others = carried.signatures.filter((signature) => signature.keyid !== keyid);
  return { ...carried, signatures: [...others, { keyid, sig }] };
}

/** One leaf for each signature, in order. */
export function leavesOf(carried: CarriedStatement): readonly Uint8Array[] {
  const { payloadType, payload } = carried;
  return carried.signatures.map(({ keyid, sig }) =>
    unwrap(encodeEnvelope({ payloadType, payload, keyId: keyid, signature: unwrap(base64ToBytes(sig)) })),
  );
}

export function writeStatement(path: string, carried: CarriedStatement): void {
  const { payloadType, payload, statementId: statement, signatures } = carried;
  writeExchanged(path, STATEMENT_FORMAT, { statement, payloadType, payload: bytesToBase64(payload), signatures });
}

/**
 * Reads a statement's file: canonical bytes, the id that it had when it was made, signatures in form. `origin`: the only
 * log whose statements are read. Errors (thrown): those of `readExchanged`, `statement-file.malformed`,
 * `statement-file.changed`, `origin.wrong`, `json.*`, `statement.*`.
 */
export function readStatementFile(path: string, origin?: string): CarriedStatement {
  const file = readExchanged<{ statement: string; payloadType: string; payload: string; signatures: FileSignature[] }>(
    path,
    STATEMENT_FORMAT,
  );
  const payload = base64ToBytes(String(file.payload));
  if (!payload.ok || !Array.isArray(file.signatures) || !file.signatures.every(isSignature)) {
    throw fault("statement-file.malformed", path, "payload and signatures in base64", "something else");
  }
  const id = statementIdOf(nodePrimitives.sha256, String(file.payloadType), payload.value);
  if (id !== file.statement) throw fault("statement-file.changed", path, `statement ${file.statement}`, id);
  const carried = readStatement(String(file.payloadType), payload.value, file.signatures);
  if (origin !== undefined && carried.statement.origin !== origin) {
    throw fault("origin.wrong", path, origin, carried.statement.origin);
  }
  return carried;
}

/** Reads a payload strictly, writes it again and compares. */
function readStatement(
  payloadType: string,
  payload: Uint8Array,
  signatures: readonly FileSignature[],
): CarriedStatement {
  const statement = unwrap(decodePayload(payload));
  if (Buffer.compare(unwrap(encodePayload(statement)), payload) !== 0) {
    throw fault("json.not-canonical", "", "the canonical bytes of the text", "other bytes");
  }
  const expected = formatPayloadType(statement.kind, 1);
  if (payloadType !== expected) throw fault("kind.mismatch", "", expected, payloadType.slice(0, 120));
  return { ...carry(statement), signatures };
}

function isSignature(signature: FileSignature): boolean {
  const { keyid, sig } = signature ?? {};
  return /^[0-9a-f]{64}$/.test(String(keyid)) && base64ToBytes(String(sig)).ok;
}

function fault(code: string, file: string, expected: string, got: string): FaultError {
  const where = file === "" ? {} : { where: { file } };
  return new FaultError({ code, what: "statement to be signed", ...where, expected, got });
}
