/**
 * `jmc mission configure`: other files for the centre to work by. Each head gives the command on a copy of the folder that is his own:
 * the first proposes, the second signs the very same text if his files are the same. Nobody has to believe anybody's summary.
 */
import { resolve } from "node:path";
import { FaultError, type JointActRow, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { base64ToBytes, decodePayload, unwrap } from "@openjmc/record";
import { readFoundingMission } from "../../founding/founding-mission.ts";
import { encodeBundle } from "../../mission/bundle.ts";
import { MISSION_CONFIGURED, type MissionConfiguredBody } from "../../mission/configuration.ts";
import { type PreparedAct, prepareCountersignature, prepareOwnAct } from "../../signer/acts.ts";
import type { CentreClient } from "../../signer/centre-client.ts";
import { type OfficerActFlags, withOfficer } from "../sign/officer-act.ts";
import { print } from "../terminal.ts";

export async function runConfigure(folder: string, flags: OfficerActFlags): Promise<number> {
  return withOfficer(flags, async (client) => {
    const { exercise, startsAt } = await centreOf(client);
    const { files, named } = readFoundingMission(resolve(folder), {
      exercise,
      ...(startsAt === undefined ? {} : { startsAt }),
    });
    const waiting = await findWaiting(client, named.sha256);
    if (!flags.json) print(`${files.size} files of mission ${named.id}, digest ${named.sha256}`);
    return waiting ? prepareCountersignature(client, waiting) : propose(client, named, files);
  });
}

interface CentreAnswer {
  readonly exercise: boolean;
  readonly mission: { readonly exerciseSetting?: { readonly startsAt: number } };
}

async function centreOf(client: CentreClient): Promise<{ readonly exercise: boolean; readonly startsAt?: number }> {
  const { exercise, mission } = await client.get<CentreAnswer>("/api/v1/centre");
  const startsAt = mission.exerciseSetting?.startsAt;
  return { exercise, ...(startsAt === undefined ? {} : { startsAt }) };
}

/** The other component's proposal of the very same files, if it waits. Error: `mission.waits` where one of our own does. */
async function findWaiting(client: CentreClient, sha256: string): Promise<string | undefined> {
  const { rows } = await client.get<{ readonly rows: readonly JointActRow[] }>("/api/v1/joint-acts");
  for (const { kind, state, statement, signedBy } of rows) {
    if (kind !== MISSION_CONFIGURED || state !== "proposed") continue;
    const entry = await client.get<{ readonly payload: string }>(`/api/v1/entries/${signedBy[0]!.index}`);
    const { body } = unwrap(decodePayload(unwrap(base64ToBytes(entry.payload))));
    if (body.sha256 !== sha256) continue;
    if (!signedBy.some(({ component }) => component === client.component)) return statement;
    throw new FaultError({
      code: "mission.waits",
      what: "configuration of the mission",
      expected: "the other component's signature",
      got: `proposed by ${signedBy[0]!.role}, entry ${signedBy[0]!.index}`,
    });
  }
  return undefined;
}

async function propose(
  client: CentreClient,
  { id, sha256 }: { readonly id: string; readonly sha256: string },
  files: ReadonlyMap<string, string>,
): Promise<PreparedAct> {
  const { sha256: bundle } = await client.attach(encodeBundle(files));
  const { now } = await client.get<{ readonly now: number }>("/api/v1/anchor");
  const body: MissionConfiguredBody = { mission: id, sha256, files: bundle };
  return prepareOwnAct(client, {
    kind: MISSION_CONFIGURED,
    subject: id,
    // A later proposal of the same component has a later revision; nothing else hangs on it.
    revision: Math.floor(now / MICROSECONDS_PER_SECOND),
    refs: [
      { rel: "mission", sha256 },
      { rel: "attachment", sha256: bundle },
    ],
    body,
  });
}
