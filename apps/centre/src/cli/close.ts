/** `jmc close`: the last act of a mission, by a head of component; refused with everything that is still open by name. */
import { FaultError, formatInstant, type JointActRow, type LifeView, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { type PreparedAct, prepareCountersignature, prepareOwnAct, sendAct } from "../signer/acts.ts";
import { type CentreClient, connectToCentre } from "../signer/centre-client.ts";
import { showInFull } from "../signer/examine.ts";
import { holdersOf, openSigner } from "../signer/signer-folder.ts";
import { confirmAtTerminal } from "./confirm.ts";
import { askForHolders, type SecretFlags } from "./secrets.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";

export interface CloseFlags extends SecretFlags {
  readonly centre: string;
  readonly keys: string;
  readonly officer: string;
  readonly origin?: string;
  readonly check?: boolean;
  readonly attended?: readonly string[];
  readonly note?: string;
  readonly answerHours: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function runClose(flags: CloseFlags): Promise<number> {
  const own = holdersOf(flags.keys).find(({ holder }) => holder === flags.officer);
  if (!own)
    throw new FaultError({
      ...{ code: "officer.unknown", what: "signer folder", where: { file: flags.keys }, got: flags.officer },
      expected: "an officer whose key lies there",
    });
  const secrets = await askForHolders(flags, flags.keys, own.component, [flags.officer]);
  const signer = openSigner(flags.keys, flags.officer, secrets(flags.officer));
  const pinned = flags.origin === undefined ? {} : { pinnedOrigin: flags.origin };
  const client = await connectToCentre({
    ...{ url: flags.centre, officer: flags.officer, signer, receiptsIn: flags.keys, ...pinned },
    onReceiptTrouble: (problem) => say(`receipt: ${(problem as Error).message}`),
  });
  const life = await client.get<LifeView>("/api/v1/mission/life");
  if (life.phase === "closed" || life.lacking.length > 0 || flags.check) return tell(life, flags);
  const act = await prepare(client, life, flags);
  say(showInFull(act.examined, act.statementId));
  if (!(await confirmAtTerminal(flags.yes === true))) {
    say("not signed");
    return CHECK_FAILED;
  }
  const { index, statement } = await sendAct(client, signer, act);
  const { phase } = await client.get<LifeView>("/api/v1/mission/life");
  if (flags.json) print(JSON.stringify({ phase, index, statement }));
  else
    print(
      `signed: entry ${index}. ${phase === "closed" ? "The record is closed." : "The other component's head signs the same text: jmc close, there."}`,
    );
  return DONE;
}

/** Exit 0 where the record is closed or could be; 1 with a line for each thing that is in the way. */
function tell({ phase, lacking }: LifeView, { json }: CloseFlags): number {
  if (json) print(JSON.stringify({ phase, lacking }));
  else if (phase === "closed") print("The record is closed.");
  else if (lacking.length === 0) print("Nothing is in the way.");
  else for (const { kind, id, count } of lacking) print(`${kind}\t${id}${count > 1 ? `\t${count}` : ""}`);
  return phase === "closed" || lacking.length === 0 ? DONE : CHECK_FAILED;
}

/** The other head's proposal as it stands, where there is one; else one of one's own. */
async function prepare(client: CentreClient, life: LifeView, flags: CloseFlags): Promise<PreparedAct> {
  const { rows } = await client.get<{ readonly rows: readonly JointActRow[] }>("/api/v1/joint-acts");
  const theirs = rows.find(
    (row) =>
      row.kind === "centre.closed" && row.state === "proposed" && row.signedBy[0]!.component !== client.component,
  );
  if (theirs) return prepareCountersignature(client, theirs.statement);
  const { now } = await client.get<{ readonly now: number }>("/api/v1/anchor");
  return prepareOwnAct(client, {
    kind: "centre.closed",
    body: {
      ...{ plan: life.plan!.statement, trigger: life.plan!.trigger, closedAt: formatInstant(now) },
      ...{ attendance: (flags.attended ?? []).map(attendanceOf), finalReport: await finalReport(client) },
      note: flags.note ?? "",
      deadline: formatInstant(now + Number(flags.answerHours) * MICROSECONDS_PER_HOUR),
    },
  });
}

/** `CODE: role`. Error: `request.field`. */
function attendanceOf(text: string): { readonly of: string; readonly role: string } {
  const [of = "", role = ""] = text.split(":").map((part) => part.trim());
  if (of !== "" && role !== "") return { of, role };
  throw new FaultError({
    ...{ code: "request.field", what: "command line", where: { field: "--attended" }, got: text },
    expected: "who and in which role, as “H: chief of the general staff”",
  });
}

async function finalReport(client: CentreClient): Promise<string> {
  const { rows } = await client.get<{ rows: readonly { report: string; state: string; sha256: string }[] }>(
    "/api/v1/views/reports?tag=final&limit=100",
  );
  const approved = rows.find(({ report, state }) => report === "final" && state === "joint");
  if (approved) return approved.sha256;
  throw new FaultError({ code: "closure.report", what: "closure", expected: "a final report that both have approved" });
}
