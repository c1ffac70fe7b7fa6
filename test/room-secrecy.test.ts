/**
 * What a component seals is nowhere at the joint centre before it is disclosed: not in its files, its logs, its streams, its
 * answers, its heap or the rest of its memory. What is public is found in all of them by the same search, so that the
 * search is known to find.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatInstant, type IncidentRow, VIEW_NAMES } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now, perform, ulid } from "./support/acts.ts";
import { tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey } from "./support/centre.ts";
import { type ServedCentre, serveCentre } from "./support/jmc.ts";
import { CAN_READ_MEMORY, formsOf, secretsInHeap, secretsInMemory, snapshotOptions } from "./support/memory-of.ts";
import { askRoom, getJson, openTestRoom, type Page, sealAct, sealConclusion, type TestRoom } from "./support/rooms.ts";
import { until } from "./support/wait.ts";

const PUBLIC = "canaryPublicQ7ZK2WXPLM told to everybody";
const OURS = "canarySealedA4VJ8RTNBC only for our own side";
const THEIRS = "canarySealedB9HD3YGSFE only for their own side";
const NOTE = "canaryNotedA6MM1LKOPI a note that stays ours";
const QUERY = "canarynoteda6mm1lkopi";

let founded: FoundedCentre;
let centre: ServedCentre;
let dumps: string;
let rooms: TestRoom[] = [];
let a: Page;
let b: Page;
let incident: string;
const streamed: string[] = [];
const listening = new AbortController();
const keys = new Map<string, Uint8Array>();

const secrets = (): Record<string, readonly Buffer[]> => ({
  public: formsOf(PUBLIC),
  ours: formsOf(OURS),
  theirs: formsOf(THEIRS),
  note: formsOf(NOTE),
  query: formsOf(QUERY),
  ...Object.fromEntries([...keys].map(([name, key]) => [`key of ${name}`, formsOf(key)])),
});

async function pageOf(officer: string): Promise<Page> {
  const signer = officerKey(founded, officer);
  return { url: centre.url, officer, token: await tokenOf(centre.url, officer, signer), signer };
}

async function listen(page: Page): Promise<void> {
  const response = await fetch(`${page.url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${page.token}` },
    signal: listening.signal,
  });
  const decoder = new TextDecoder();
  for await (const part of response.body!) streamed.push(decoder.decode(part as Uint8Array, { stream: true }));
}

beforeAll(async () => {
  founded = await foundTestCentre();
  dumps = mkdtempSync(join(tmpdir(), "openjmc-dumps-"));
  mkdirSync(dumps, { recursive: true });
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = snapshotOptions(dumps);
  centre = await serveCentre(founded.folder);
  if (before === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = before;
  rooms = await Promise.all((["A", "B"] as const).map((one) => openTestRoom(centre.url, founded.signers[one], one)));
  [a, b] = await Promise.all([pageOf("A-Duty-1"), pageOf("B-Duty-1")]);
  for (const page of [a, b]) listen(page).catch(() => undefined);

  incident = ulid();
  const opened = { title: PUBLIC, occurredAt: formatInstant(now()) };
  await perform(a.url, a.token, a.signer, {
    kind: "incident.opened",
    officer: a.officer,
    subject: incident,
    body: opened,
  });
  keys.set("ours", (await sealConclusion(a, incident, OURS)).key);
  const note = await sealAct(a, { kind: "room.noted", subject: ulid(), body: { title: "Ours", text: NOTE } });
  keys.set("note", note.key);
  await until(
    "the note is found",
    async () => (await askRoom<{ entries: readonly object[] }>(a, { do: "search", words: QUERY })).entries.length === 1,
  );
});

afterAll(async () => {
  listening.abort();
  await Promise.all(rooms.map((room) => room.stop()));
  await centre?.stop();
  rmSync(founded.root, { recursive: true, force: true });
  rmSync(dumps, { recursive: true, force: true });
});

function namesIn(bytes: Buffer): string[] {
  return Object.entries(secrets())
    .filter(([, forms]) => forms.some((form) => bytes.includes(form)))
    .map(([name]) => name);
}

describe("what is sealed", () => {
  it("is in no file of the centre, its logs and databases included", () => {
    const files = readdirSync(founded.folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const found = files.flatMap((one) => namesIn(readFileSync(join(one.parentPath, one.name))));
    expect([...new Set(found)]).toEqual(["public"]);
    expect(files.some((one) => one.name.endsWith(".log"))).toBe(true);
  });

  it("is in no answer, view, entry or stream of the centre, for either side", async () => {
    const answers = [streamed.join("")];
    for (const page of [a, b]) {
      for (const view of VIEW_NAMES)
        answers.push(JSON.stringify(await getJson(page, `/api/v1/views/${view}?limit=500`)));
      const { size } = await getJson<{ size: number }>(page, "/api/v1/anchor");
      for (let index = 0; index < size; index++)
        answers.push(JSON.stringify(await getJson(page, `/api/v1/entries/${index}`)));
    }
    answers.push(await (await fetch(`${centre.url}/metrics`)).text());
    expect(namesIn(Buffer.from(answers.join("\n")))).toEqual(["public"]);
  });

  it("is nowhere on the centre's heap", async () => {
    expect(await secretsInHeap(centre.pid, dumps, secrets())).toEqual(["public"]);
  });

  it.skipIf(!CAN_READ_MEMORY)(
    `is nowhere in the centre's memory${CAN_READ_MEMORY ? "" : " (no /proc on this system)"}`,
    () => {
      expect(secretsInMemory(centre.pid, secrets())).toEqual(["public"]);
    },
  );

  it("is there for all once both are in, and what stays sealed stays away", async () => {
    await sealConclusion(b, incident, THEIRS);
    const texts = async () =>
      (await getJson<IncidentRow>(a, `/api/v1/views/incidents/${incident}`)).conclusions.flatMap(
        (one) => one.text ?? [],
      );
    await until("both are opened", async () => (await texts()).length === 2);
    expect((await texts()).sort()).toEqual([OURS, THEIRS].sort());
    if (CAN_READ_MEMORY)
      expect(secretsInMemory(centre.pid, secrets())).toEqual(expect.arrayContaining(["ours", "public", "theirs"]));
    expect(await secretsInHeap(centre.pid, dumps, { note: formsOf(NOTE), ours: formsOf(OURS) })).toEqual(["ours"]);
  });
});
