/** `jmc sign`: the component's own signer. It connects out, shows every text in full, and signs only what it is told to. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { FaultError } from "@openjmc/model";
import { findFinding, type PreparedAct, prepareCountersignature, prepareOwnAct, sendAct } from "../signer/acts.ts";
import { connectToCentre } from "../signer/centre-client.ts";
import { showInFull } from "../signer/examine.ts";
import { holdersOf, openSigner } from "../signer/signer-folder.ts";
import { watchForOfficer } from "../signer/watch.ts";
import { readPassphrase } from "./passphrase.ts";
import { untilStopped } from "./serve.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";

export interface SignFlags {
  readonly centre: string;
  readonly keys: string;
  readonly officer: string;
  readonly origin?: string;
  readonly passphraseFile?: string;
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
  const known = holdersOf(flags.keys).map((holder) => holder.holder);
  if (!known.includes(flags.officer))
    throw new FaultError({
      code: "officer.unknown",
      what: "signer folder",
      where: { file: flags.keys },
      expected: known.join(", "),
      got: flags.officer,
    });
  const passphrase = await readPassphrase(
    `of ${flags.officer}`,
    flags.passphraseFile === undefined ? {} : { file: flags.passphraseFile },
  );
  const signer = openSigner(flags.keys, flags.officer, passphrase);
  const pinned = flags.origin === undefined ? {} : { pinnedOrigin: flags.origin };
  const isAct = [flags.propose, flags.countersign, flags.dissent, flags.withdraw, flags.act].some(
    (value) => value !== undefined,
  );
  if (!isAct) {
    const stop = new AbortController();
    void untilStopped().then(() => stop.abort());
    say(`signer of ${flags.officer}: waits for requests at ${flags.centre}; listens on nothing; stop with Ctrl-C`);
    await watchForOfficer({
      url: flags.centre,
      officer: flags.officer,
      signer,
      ...pinned,
      print,
      confirm: () => confirm(flags),
      signal: stop.signal,
    });
    return DONE;
  }
  const client = await connectToCentre({ url: flags.centre, officer: flags.officer, signer, ...pinned });
  const act = await prepare(client, flags);
  say(showInFull(act.examined, act.statementId));
  if (!(await confirm(flags))) {
    say("not signed");
    return CHECK_FAILED;
  }
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
  const path = (flags.propose ?? flags.act)!;
  const draft = readDraft(path);
  return prepareOwnAct(client, flags.propose === undefined ? draft : { ...draft, kind: "finding.proposed" });
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

/** A draft file: {kind?, subject?, revision?, refs?, body}. */
function readDraft(path: string): {
  kind: string;
  subject?: string;
  revision?: number;
  refs?: { rel: string; sha256: string }[];
  body: object;
} {
  try {
    const draft = JSON.parse(readFileSync(path === "-" ? 0 : path, "utf8")) as { kind: string; body: object };
    if (typeof draft.body === "object" && draft.body !== null) return draft;
  } catch (error) {
    throw new FaultError({
      code: "draft.unreadable",
      what: "draft",
      where: { file: path },
      expected: "JSON with a body",
      cause: (error as Error).message,
    });
  }
  throw new FaultError({ code: "draft.malformed", what: "draft", where: { file: path }, expected: "JSON with a body" });
}

async function confirm(flags: SignFlags): Promise<boolean> {
  if (flags.yes) return true;
  if (!process.stdin.isTTY) return false;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question('Type "sign" to sign this text, anything else to refuse: ');
    return answer.trim().toLowerCase() === "sign";
  } finally {
    reader.close();
  }
}
