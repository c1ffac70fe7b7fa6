/** `jmc sign founding`: a component looks at the founding it is to sign, on its own machine, and signs it. */
import { join, resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import { comparePredecessor, ED25519_NOTE, hexToBytes, noteKey, unwrap } from "@openjmc/record";
import { acceptFounding, checkOwnPart, writeSigned } from "../../founding/accept.ts";
import { openComponent, SIGNING_ROOTS } from "../../founding/component.ts";
import { genesisPage, inGroups, type ReadFounding, readFoundingFile } from "../../founding/genesis.ts";
import { readPart } from "../../founding/part.ts";
import { readPredecessor } from "../../founding/predecessor.ts";
import { nodePrimitives } from "../../primitives.ts";
import { confirmAtTerminal } from "../confirm.ts";
import { OWN_PART } from "../init/in-steps.ts";
import { askForHolders, type SecretFlags } from "../secrets.ts";
import { CHECK_FAILED, DONE, print, say } from "../terminal.ts";

export interface SignFoundingFlags extends SecretFlags {
  readonly keys: string;
  readonly out: string;
  readonly predecessor?: string;
  readonly yes?: boolean;
}

/** Errors (thrown): `founding.*` by what differs from the component's own part, `succession.*`. */
export async function runSignFounding(path: string, flags: SignFoundingFlags): Promise<number> {
  const folder = resolve(flags.keys);
  const own = readPart(join(folder, OWN_PART));
  const founding = readFoundingFile(path);
  checkOwnPart(founding, own);
  await checkSuccession(founding, flags);
  say(genesisPage(founding, logKeyOf(founding)));
  say(`Component ${own.component}: the part is the one made here. Compare the other component's by voice.`);
  if (!(await confirmAtTerminal(flags.yes === true, "this founding"))) {
    say("not signed");
    return CHECK_FAILED;
  }
  const holders = [...SIGNING_ROOTS, ...own.officers.map(({ id }) => id)];
  const keys = openComponent(own, folder, await askForHolders(flags, folder, own.component, holders));
  writeSigned(flags.out, await acceptFounding(founding, keys));
  print(`genesis  ${inGroups(founding.founding.statementId)}`);
  say(`signed by component ${own.component}; carry ${flags.out} to the centre`);
  return DONE;
}

/** A successor is signed only after it has been compared with a copy of the predecessor that the component holds itself. */
async function checkSuccession(founding: ReadFounding, flags: SignFoundingFlags): Promise<void> {
  if (!founding.founding.succeeds) return;
  if (flags.predecessor === undefined)
    throw new FaultError({
      ...{ code: "succession.unchecked", what: "founding", where: { field: "--predecessor" } },
      expected: "the component's own copy of the record that this one is to succeed",
    });
  const predecessor = await readPredecessor(resolve(flags.predecessor));
  const [wrong] = comparePredecessor(founding.state, predecessor.state);
  if (!wrong) return;
  throw new FaultError({
    ...{ code: wrong.code, what: "founding", where: { file: flags.predecessor } },
    ...{ expected: "a successor of the record in this copy", got: JSON.stringify(wrong.values) },
  });
}

function logKeyOf({ founding, read }: ReadFounding) {
  const publicKey = unwrap(hexToBytes(String(read.statement.body.logKey), 32));
  return noteKey(nodePrimitives.sha256, founding.origin, ED25519_NOTE, publicKey);
}
