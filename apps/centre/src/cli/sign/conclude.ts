/** A component's own conclusion from the command line: shown, confirmed, signed, and sealed in the component's own room. */
import { randomBytes } from "node:crypto";
import { FaultError, formatInstant, type Instant, MICROSECONDS_PER_HOUR, makeUlid } from "@openjmc/model";
import { connectToCentre } from "../../signer/centre-client.ts";
import { sealAct } from "../../signer/seal-act.ts";
import { UseWatch } from "../../signer/use-watch.ts";
import { confirmAtTerminal } from "../confirm.ts";
import { CHECK_FAILED, DONE, print, say } from "../terminal.ts";
import { type OfficerActFlags, openOfficer } from "./officer-act.ts";

export interface ConcludeFlags extends OfficerActFlags {
  readonly conclude: string;
  readonly text?: string;
  readonly language: string;
  readonly hours: string;
}

/** Errors: `request.field`, those of `sealAct`. Exit code 1: it was not confirmed. */
export async function runConclude(flags: ConcludeFlags): Promise<number> {
  const { conclude: incident, text, language } = flags;
  const hours = Number(flags.hours);
  if (text === undefined || text.trim() === "") throw wrong("--text", "the conclusion", "nothing");
  if (!(hours > 0)) throw wrong("--hours", "hours until it is opened at the latest", flags.hours);
  const signer = await openOfficer(flags);
  const pinned = flags.origin === undefined ? {} : { pinnedOrigin: flags.origin };
  const client = await connectToCentre({
    ...{ url: flags.centre, officer: flags.officer, signer, receiptsIn: flags.keys, ...pinned },
    onReceiptTrouble: (problem) => say(`receipt: ${(problem as Error).message}`),
  });
  const { now } = await client.get<{ readonly now: Instant }>("/api/v1/anchor");
  const deadline = formatInstant(now + Math.round(hours * MICROSECONDS_PER_HOUR));
  const body = { incident, text, language };
  say(JSON.stringify({ kind: "conclusion.stated", body, "sealed until both are in, or": deadline }, null, 2));
  if (!(await confirmAtTerminal(flags.yes === true))) {
    say("not signed");
    return CHECK_FAILED;
  }
  const draft = { kind: "conclusion.stated", subject: makeUlid(now, randomBytes(10)), body };
  const { index, statement } = await sealAct(client, signer, draft, { kind: draft.kind, incident, deadline });
  new UseWatch(flags.keys, flags.officer, say).signed(statement);
  print(
    flags.json ? JSON.stringify({ index, statement }) : `sealed and recorded: entry ${index}, statement ${statement}`,
  );
  return DONE;
}

function wrong(field: string, expected: string, got: string): FaultError {
  return new FaultError({ code: "request.field", what: "command line", where: { field }, expected, got });
}
