/** `jmc rekey`: new keys for the centre itself. The centre must be stopped. */
import { resolve } from "node:path";
import { wallClock } from "../../clock.ts";
import { carryOutRekeying, prepareRekeying } from "../../founding/rekey.ts";
import { showInFull } from "../../signer/examine.ts";
import { readStatementFile, writeStatement } from "../../signer/files/statement-file.ts";
import { requireFlag } from "../init/flags.ts";
import { DONE, print, say } from "../terminal.ts";

export interface RekeyFlags {
  readonly reason?: string;
  readonly from?: string;
  readonly out?: string;
  readonly signed?: readonly string[];
}

export async function runRekey(root: string, flags: RekeyFlags): Promise<number> {
  const now = wallClock().now();
  if (flags.signed) {
    const vkey = await carryOutRekeying(
      resolve(root),
      flags.signed.map((file) => readStatementFile(file)),
      now,
    );
    print(vkey);
    say(
      "the centre has new keys; give the line above to every mirror, witness and reader, by a way that is not the centre",
    );
    return DONE;
  }
  const reason = requireFlag(flags.reason, "--reason", "why, in words");
  const out = requireFlag(flags.out, "--out", "a file for the components' roots to sign");
  const suspect = flags.from === undefined ? {} : { suspectFrom: Number(flags.from) };
  const carried = await prepareRekeying(resolve(root), { reason, now, ...suspect });
  writeStatement(resolve(out), carried);
  say(showInFull({ ...carried, isCountersignature: false }, carried.statementId));
  print(
    `statement ${carried.statementId}: carry ${out} to two roots of each component, then: npx jmc rekey ${root} --signed FILE`,
  );
  return DONE;
}
