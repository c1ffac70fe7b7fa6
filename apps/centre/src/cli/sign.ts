/** `jmc sign`: the component's own signer. It connects out, shows every text in full, and signs only what it is told to. */
import { FaultError } from "@openjmc/model";
import { findFinding, findJointAct, type PreparedAct, prepareCountersignature, prepareOwnAct } from "../signer/acts.ts";
import type { CentreClient } from "../signer/centre-client.ts";
import { UseWatch } from "../signer/use-watch.ts";
import { watchForOfficer } from "../signer/watch.ts";
import { confirmAtTerminal } from "./confirm.ts";
import { readDraft } from "./sign/draft.ts";
import { authenticLanguagesOf } from "./sign/languages.ts";
import { type OfficerActFlags, openOfficer, withOfficer } from "./sign/officer-act.ts";
import { DONE, print, say } from "./terminal.ts";
import { untilStopped } from "./until-stopped.ts";

export interface SignFlags extends OfficerActFlags {
  readonly mission?: string;
  readonly propose?: string;
  readonly countersign?: string;
  readonly dissent?: string;
  readonly withdraw?: string;
  readonly act?: string;
  readonly conclude?: string;
  readonly hours: string;
  readonly text?: string;
  readonly language: string;
}

export async function runSign(flags: SignFlags): Promise<number> {
  const { conclude } = flags;
  if (conclude !== undefined) return (await import("./sign/conclude.ts")).runConclude({ ...flags, conclude });
  const languages = flags.mission === undefined ? [] : authenticLanguagesOf(flags.mission);
  const acts = [flags.propose, flags.countersign, flags.dissent, flags.withdraw, flags.act];
  if (acts.some((value) => value !== undefined))
    return withOfficer(flags, (client) => prepare(client, flags), languages);
  const signer = await openOfficer(flags);
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  say(`signer of ${flags.officer}: waits for requests at ${flags.centre}; listens on nothing; stop with Ctrl-C`);
  await watchForOfficer({
    receiptsIn: flags.keys,
    url: flags.centre,
    officer: flags.officer,
    signer,
    ...(flags.origin === undefined ? {} : { pinnedOrigin: flags.origin }),
    languages,
    print,
    uses: new UseWatch(flags.keys, flags.officer, print),
    confirm: () => confirmAtTerminal(flags.yes === true),
    signal: stop.signal,
  });
  return DONE;
}

async function prepare(client: CentreClient, flags: SignFlags): Promise<PreparedAct> {
  if (flags.countersign !== undefined) return prepareCountersignature(client, flags.countersign);
  const answered = await answerToJointAct(client, flags);
  if (answered) return answered;
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

/** Dissent from a joint act other than a finding, or taking one's own proposal back. */
async function answerToJointAct(client: CentreClient, flags: SignFlags): Promise<PreparedAct | undefined> {
  const act = await findJointAct(client, flags.dissent ?? flags.withdraw ?? "");
  if (!act) return undefined;
  const { id: subject, statement: proposal } = act;
  const text = requireText(flags);
  const isDissent = flags.dissent !== undefined;
  return prepareOwnAct(client, {
    ...{ kind: isDissent ? "act.dissented" : "act.withdrawn", subject },
    refs: [{ rel: "proposal", sha256: proposal }],
    body: isDissent ? { proposal, text, language: flags.language } : { proposal, reason: text },
  });
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
