/** The bytes that a node signs to show whose it is. They are no statement and no cosignature, and good for nothing else. */
import { utf8 } from "@openjmc/record";

/** Message of one sign-in: names the log, the cosigner and the centre's fresh challenge. */
export function nodeSignInMessage(origin: string, name: string, challenge: string): Uint8Array {
  return utf8(`openjmc node sign-in v1\n${origin}\n${name}\n${challenge}\n`);
}
