/** One binding act of an officer at the component's own machine: signed in, shown in full, confirmed, signed, sent. */
import { FaultError } from "@openjmc/model";
import { type PreparedAct, sendAct } from "../../signer/acts.ts";
import { type CentreClient, connectToCentre } from "../../signer/centre-client.ts";
import { requireLanguages, showInFull } from "../../signer/examine.ts";
import { holdersOf, openSigner } from "../../signer/signer-folder.ts";
import { UseWatch } from "../../signer/use-watch.ts";
import { confirmAtTerminal } from "../confirm.ts";
import { askForHolders, type SecretFlags } from "../secrets.ts";
import { CHECK_FAILED, DONE, print, say } from "../terminal.ts";

export interface OfficerActFlags extends SecretFlags {
  readonly centre: string;
  readonly keys: string;
  readonly officer: string;
  readonly origin?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Opens an officer's key. Error: `officer.unknown`, those of `openSigner`. */
export async function openOfficer(flags: Pick<OfficerActFlags, "keys" | "officer"> & SecretFlags) {
  const holders = holdersOf(flags.keys);
  const own = holders.find((holder) => holder.holder === flags.officer);
  if (!own)
    throw new FaultError({
      code: "officer.unknown",
      what: "signer folder",
      where: { file: flags.keys },
      expected: holders.map(({ holder }) => holder).join(", "),
      got: flags.officer,
    });
  const secrets = await askForHolders(flags, flags.keys, own.component, [flags.officer]);
  return openSigner(flags.keys, flags.officer, secrets(flags.officer));
}

/**
 * Has an act prepared over the link to the centre, shows it and sends it when it is confirmed. Exit code 1: it was not.
 * @param languages that a text of the component's must be there in
 */
export async function withOfficer(
  flags: OfficerActFlags,
  prepare: (client: CentreClient) => Promise<PreparedAct>,
  languages: readonly string[] = [],
): Promise<number> {
  const signer = await openOfficer(flags);
  const pinned = flags.origin === undefined ? {} : { pinnedOrigin: flags.origin };
  const client = await connectToCentre({
    ...{ url: flags.centre, officer: flags.officer, signer, receiptsIn: flags.keys, ...pinned },
    onReceiptTrouble: (problem) => say(`receipt: ${(problem as Error).message}`),
  });
  const act = await prepare(client);
  requireLanguages(act.examined, languages);
  say(showInFull(act.examined, act.statementId));
  if (!(await confirmAtTerminal(flags.yes === true))) {
    say("not signed");
    return CHECK_FAILED;
  }
  new UseWatch(flags.keys, flags.officer, say).signed(act.statementId);
  const answer = await sendAct(client, signer, act);
  print(
    flags.json ? JSON.stringify(answer) : `signed and recorded: entry ${answer.index}, statement ${answer.statement}`,
  );
  return DONE;
}
