/** The bytes that a signer signs to show whose key it holds. They are no statement and good for nothing else. */
import { utf8 } from "@openjmc/record";

/** Message of one sign-in: names the log, the officer and the centre's fresh challenge. */
export function signerSignInMessage(origin: string, officer: string, challenge: string): Uint8Array {
  return utf8(`openjmc signer sign-in v1\n${origin}\n${officer}\n${challenge}\n`);
}
