/** A binding act on its way: put before the officer's own signer, waited for, and told as it stands. */
import { FaultError, type SigningRequest, type SigningRequestAnswer } from "@openjmc/model";
import { base64ToBytes, plainSha256, statementIdOf, type UnsignedStatement } from "@openjmc/record";
import {
  requestActCountersignature,
  requestCountersignature,
  requestSignature,
  waitForSignature,
} from "../api/endpoints.ts";
import { payloadText } from "./statement.ts";

/** What is to be signed: a statement made here, or the very text of another component's proposal. */
export type ToSign =
  | { readonly kind: "own"; readonly statement: UnsignedStatement }
  | { readonly kind: "theirs"; readonly findingKey: string; readonly statementId: string }
  /** A joint act other than a finding. */
  | { readonly kind: "act"; readonly statementId: string };

/** Follows a signing to its end. Throws `FaultError`; `statement.other` if the centre put another text before the signer. */
export async function followSigning(
  what: ToSign,
  told: (request: SigningRequest) => void,
  signal: AbortSignal,
): Promise<SigningRequest> {
  const filed = await file(what);
  checkSame(filed, what.kind === "own" ? what.statement.statementId : what.statementId);
  told(filed.request);
  let request = filed.request;
  while (request.state === "waiting" && !signal.aborted) request = await waitForSignature(filed, signal);
  told(request);
  return request;
}

function file(what: ToSign): Promise<SigningRequestAnswer> {
  if (what.kind === "theirs") return requestCountersignature(what.findingKey);
  if (what.kind === "act") return requestActCountersignature(what.statementId);
  return requestSignature(what.statement.payloadType, payloadText(what.statement));
}

/** The centre is not trusted to choose what an officer signs: the request must carry exactly the text shown here. */
function checkSame(filed: SigningRequestAnswer, statementId: string): void {
  const payload = base64ToBytes(filed.request.payload);
  const got = payload.ok ? statementIdOf(plainSha256, filed.request.payloadType, payload.value) : "";
  if (got !== statementId)
    throw new FaultError({ code: "statement.other", what: "signing request", expected: statementId, got });
}
