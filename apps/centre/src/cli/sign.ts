/** `jmc sign`: the component's own signer. It connects out, shows every text in full, and signs only what it is told to. */
import { FaultError } from "@openjmc/model";
import { findFinding, type PreparedAct, prepareCountersignature, prepareOwnAct, sendAct } from "../signer/acts.ts";
import { connectToCentre } from "../signer/centre-client.ts";
import { requireLanguages, showInFull } from "../signer/examine.ts";
import { holdersOf, openSigner } from "../signer/signer-folder.ts";
import { UseWatch } from "../signer/use-watch.ts";
import { watchForOfficer } from "../signer/watch.ts";
import { confirmAtTerminal } from "./confirm.ts";
import { askForHolders, type SecretFlags } from "./secrets.ts";
import { readDraft } from "./sign/draft.ts";
import { authenticLanguagesOf } from "./sign/languages.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

export interface SignFlags extends SecretFlags {
  readonly centre: string;
  readonly keys: string;
  readonly officer: string;
  readonly origin?: string;
  readonly mission?: string;
  readonly propose?: string;
  readonly countersign?: string;
  readonly dissent?: string;
  readonly withdraw?: string;
  readonly act?: string;
  readonly text?: string;
  readonly language: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function runSign(flags: SignFlags): Promise<number> {
  const holders = holdersOf(flags.keys);
  const known = holders.map((holder) => holder.holder);
  const own = holders.find((holder) => holder.holder === flags.officer);
  if (!own)
    throw new FaultError({
      code: "officer.unknown",
      what: "signer folder",
      where: { file: flags.keys },
      expected: known.join(", "),
      got: flags.officer,
    });
  const secrets = await askForHolders(flags, flags.keys, own.component, [flags.officer]);
  const signer = openSigner(flags.keys, flags.officer, secrets(flags.officer));
  const pinned = flags.origin === undefined ? {} : { pinnedOrigin: flags.origin };
  const languages = flags.mission === undefined ? [] : authenticLanguagesOf(flags.mission);
  const isAct = [flags.propose, flags.countersign, flags.dissent, flags.withdraw, flags.act].some(
    (value) => value !== undefined,
  );
  if (!isAct) {
    const stop = new AbortController();
    void untilStopped().then(() => stop.abort());
    say(`signer of ${flags.officer}: waits for requests at ${flags.centre}; listens on nothing; stop with Ctrl-C`);
    await watchForOfficer({
      receiptsIn: flags.keys,
      url: flags.centre,
      officer: flags.officer,
      signer,
      ...pinned,
      languages,
      print,
      uses: new UseWatch(flags.keys, flags.officer, print),
      confirm: () => confirmAtTerminal(flags.yes === true),
      signal: stop.signal,
    });
    return DONE;
  }
  const client = await connectToCentre({
    ...{ url: flags.centre, officer: flags.officer, signer, receiptsIn: flags.keys, ...pinned },
    onReceiptTrouble: (problem) => say(`receipt: ${(problem as Error).message}`),
  });
  const act = await prepare(client, flags);
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

async function prepare(client: Awaited<ReturnType<typeof connectToCentre>>, flags: SignFlags): Promise<PreparedAct> {
  if (flags.countersign !== undefined) return prepareCountersignature(client, flags.countersign);
  if (flags.dissent !== undefined) {
    const finding = await findFinding(client, flags.dissent);
    return prepareOwnAct(client, {
      kind: "finding.dissented",
      subject: finding.id,
      revision: finding.revision,
      refs: [{ rel: "proposal", sha256: finding.statement }],
      body: { proposal: finding.statement, text: requireText(flags), language: flags.language },
    });
  }
  if (flags.withdraw !== undefined) {
    const finding = await findFinding(client, flags.withdraw);
    return prepareOwnAct(client, {
      kind: "finding.withdrawn",
      subject: finding.id,
      revision: finding.revision,
      refs: [{ rel: "proposal", sha256: finding.statement }],
      body: { proposal: finding.statement, reason: requireText(flags) },
    });
  }
  return prepareOwnAct(client, readDraft((flags.propose ?? flags.act)!, flags.propose !== undefined));
}

function requireText(flags: SignFlags): string {
  if (flags.text !== undefined && flags.text.trim() !== "") return flags.text;
  throw new FaultError({
    code: "text.missing",
    what: "command line",
    where: { field: "--text" },
    expected: "the reasons, in the officer's own words",
  });
}
