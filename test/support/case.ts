/** A centre with a case in it: incident, file, findings that both components signed, sealed minutes. Stopped when it is given. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AppendedAnswer, type FindingRow, formatInstant } from "@openjmc/model";
import { conceal, unwrap } from "@openjmc/record";
import { pathsOf } from "../../apps/centre/src/folder/index.ts";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";
import { type ActDraft, prepareCountersignature, prepareOwnAct, sendAct } from "../../apps/centre/src/signer/acts.ts";
import { now, ulid } from "./acts.ts";
import { bearer, tokenOf } from "./api.ts";
import { type FoundingOptions, openTestCentre, type TestCentre } from "./centre.ts";
import { sendBytes } from "./sockets.ts";
import { fireGun } from "./stations.ts";
import { beastOf } from "./traffic.ts";

export const PLACE = { lon: "47.1234567", lat: "39.9876543" };
const FILE = "an attached file, bytes and all";

export interface CaseCentre {
  readonly folder: string;
  readonly root: string;
  readonly incident: string;
  /** A finding with its place in the open, and one whose place was concealed before it was signed. */
  readonly open: AppendedAnswer;
  readonly concealed: AppendedAnswer;
  /** SHA-256 of the attached file. */
  readonly file: string;
  readonly test: TestCentre;
}

export async function makeCase(options: FoundingOptions = { exercise: true }): Promise<CaseCentre> {
  const test = await openTestCentre(options);
  const traffic = beastOf({ ...ghost, velocityEast: 60, velocityNorth: 10 }, 0, 12);
  await sendBytes(test.centre.feedAddresses.get("rx-n2")!, Buffer.concat(traffic));
  const { view } = test.centre.mission;
  const place = { lon: Number(PLACE.lon), lat: Number(PLACE.lat) };
  await fireGun(
    { folder: test.folder, addresses: test.centre.feedAddresses, sources: view.sources },
    place,
    now() - 70e6,
  );
  const incident = ulid();
  await act(test, "A-Duty-1", {
    kind: "incident.opened",
    subject: incident,
    body: { title: "Shots", occurredAt: at() },
  });
  const file = await attach(test, incident);
  const open = await finding(test, { ...findingBody(test, incident), place: { ...PLACE, uncertaintyMetres: 50 } });
  const concealed = await concealedFinding(test, incident);
  await test.centre.stop();
  return { folder: test.folder, root: test.root, incident, open, concealed, file, test };
}

const ghost = { icao: 0xabc999, callsign: "CASE1", lon: 47.26, lat: 40, altitudeMetres: 1500 };
const at = (): string => formatInstant(now());

async function act(test: TestCentre, officer: string, draft: ActDraft): Promise<AppendedAnswer> {
  const client = await test.client(officer);
  return sendAct(client, test.signer(officer), await prepareOwnAct(client, draft));
}

async function attach(test: TestCentre, incident: string): Promise<string> {
  const token = await tokenOf(test.url, "A-Duty-1", test.signer("A-Duty-1"));
  const answer = await fetch(`${test.url}/api/v1/attachments`, {
    method: "POST",
    headers: { ...bearer(token), "content-type": "application/octet-stream" },
    body: FILE,
  });
  const sha256 = createHash("sha256").update(FILE).digest("hex");
  if (!answer.ok) throw new Error(await answer.text());
  const body = { incident, kind: "file", target: sha256, title: "A file", bytes: FILE.length };
  await act(test, "A-Duty-1", { kind: "evidence.attached", refs: [{ rel: "attachment", sha256 }], body });
  return sha256;
}

function findingBody(test: TestCentre, incident: string): Record<string, unknown> {
  const { authenticLanguages, provisions } = test.centre.mission.view;
  return {
    ...{ incident, question: "What happened?", occurredAt: at(), observation: "explosion", means: ["acoustic"] },
    texts: Object.fromEntries(authenticLanguages.map((language) => [language, "Shots were heard."])),
    count: { number: 2, unit: "explosion", qualifier: "exact" },
    ...{ provision: provisions[0]!.id, judgement: "recorded", unknowns: "who fired" },
    deadline: formatInstant(now() + 3_600_000_000),
  };
}

/** Proposed by one component, countersigned by the other. */
async function finding(test: TestCentre, body: object): Promise<AppendedAnswer> {
  const proposed = await act(test, "A-Duty-1", { kind: "finding.proposed", body });
  const client = await test.client("B-Duty-1");
  const row = await client.get<{ rows: FindingRow[] }>("/api/v1/views/findings?limit=100");
  const key = row.rows.find(({ statement }) => statement === proposed.statement)!.statement;
  await sendAct(client, test.signer("B-Duty-1"), await prepareCountersignature(client, key));
  return proposed;
}

async function concealedFinding(test: TestCentre, incident: string): Promise<AppendedAnswer> {
  let salts = 0;
  const salt = () => new Uint8Array(createHash("sha256").update(`salt ${salts++}`).digest().subarray(0, 16));
  const body = { ...findingBody(test, incident), place: { ...PLACE, uncertaintyMetres: 50 } };
  const made = unwrap(conceal(nodePrimitives.sha256, body as never, ["place"], salt));
  const proposed = await finding(test, made.body);
  const folder = pathsOf(test.folder).disclosures;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${proposed.statement}.json`), JSON.stringify(made.disclosures));
  return proposed;
}
