/** Private rooms and sealed conclusions over real sockets: two components' nodes, their officers' pages, one joint centre. */
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, formatInstant, type IncidentRow } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RoomEntry } from "../apps/centre/src/room/room-entry.ts";
import { anchorOf, now, perform, postStatement, signAct, ulid } from "./support/acts.ts";
import { tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import {
  askRoom,
  getJson,
  openTestRoom,
  type Page,
  sealAct,
  sealConclusion,
  storeBytes,
  type TestRoom,
} from "./support/rooms.ts";
import { until } from "./support/wait.ts";

let test: TestCentre;
let roomA: TestRoom;
let roomB: TestRoom;
let a: Page;
let b: Page;

async function pageOf(officer: string): Promise<Page> {
  const signer = test.signer(officer);
  return { url: test.url, officer, token: await tokenOf(test.url, officer, signer), signer };
}

beforeAll(async () => {
  test = await openTestCentre();
  [roomA, roomB] = (await Promise.all(
    (["A", "B"] as const).map((component) => openTestRoom(test.url, test.signers[component]!, component)),
  )) as [TestRoom, TestRoom];
  [a, b] = await Promise.all([pageOf("A-Duty-1"), pageOf("B-Duty-1")]);
});
afterAll(async () => {
  await Promise.all([roomA?.stop(), roomB?.stop()]);
  await test.close();
});

async function openIncident(): Promise<string> {
  const subject = ulid();
  const body = { title: "Six explosions", occurredAt: formatInstant(now()) };
  await perform(a.url, a.token, a.signer, { kind: "incident.opened", officer: a.officer, subject, body });
  return subject;
}

const incidentOf = (page: Page, id: string): Promise<IncidentRow> => getJson(page, `/api/v1/views/incidents/${id}`);
const conclusionOf = async (id: string, component: string) =>
  (await incidentOf(a, id)).conclusions.find((one) => one.component === component);
const search = async (page: Page, words: string): Promise<readonly RoomEntry[]> =>
  (await askRoom<{ entries: readonly RoomEntry[] }>(page, { do: "search", words })).entries;

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FaultError) return error.fault.code;
    throw error;
  }
  return "accepted";
}

async function act(page: Page, kind: string, body: object): Promise<string> {
  const envelope = await signAct(page.signer, await anchorOf(page.url, page.token), {
    ...{ kind, body, officer: page.officer, subject: ulid() },
  });
  const response = await postStatement(page.url, page.token, envelope);
  return response.status === 201 ? "accepted" : ((await response.json()) as { code: string }).code;
}

/** The centre's clock as the log has it moves with what the machine states. */
async function moveTheLogsClock(): Promise<void> {
  await test.centre.registrar.act([{ kind: "source.stated", subject: `test-${ulid()}`, body: { state: "live" } }]);
}

/** Files below a folder that hold the bytes of a text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

const openedState = async (incident: string, component: string) => (await conclusionOf(incident, component))?.state;

describe("a conclusion", () => {
  it("stays sealed until both are in, and then both are opened", async () => {
    const incident = await openIncident();
    await sealConclusion(a, incident, "Canary of A: they came from the east.");
    expect(await conclusionOf(incident, "A")).toMatchObject({ state: "sealed", isAfterTheOther: false });
    expect(await conclusionOf(incident, "A")).not.toHaveProperty("text");
    await until("A reads its own", async () => (await search(a, "canary EAST")).length === 1);
    expect(await search(b, "canary")).toEqual([]);
    for (const folder of [test.folder, test.signers.A!, test.signers.B!])
      expect(filesWith(folder, "Canary of A")).toEqual([]);
    expect(roomA.node.search("canary")[0]).toMatchObject({ state: "sealed", role: "A-Duty-1" });

    await sealConclusion(b, incident, "Conclusion of B: from the west.");
    await until("A's opened", async () => (await openedState(incident, "A")) === "disclosed");
    await until("B's opened", async () => (await openedState(incident, "B")) === "disclosed");
    expect(await conclusionOf(incident, "A")).toMatchObject({
      ...{ text: "Canary of A: they came from the east.", language: "en", isAfterTheOther: false },
      disclosed: { component: "A", role: "A-Node" },
      mark: { role: "A-Duty-1" },
    });
    expect(await conclusionOf(incident, "B")).toMatchObject({ text: "Conclusion of B: from the west." });

    // Whoever has the record and the ciphertexts opens them without the centre.
    const { stdout } = await jmc(["verify", test.folder]);
    expect(stdout).toMatch(/Entry \d+, sealed in room A, was opened by entry \d+, .*: conclusion\.stated of A-Duty-1/);
    expect(stdout).toContain("It says: Canary of A: they came from the east.");
    expect(stdout).toContain("It says: Conclusion of B: from the west.");
  });

  it("is opened when the clock runs out, and what the other side says then is marked", async () => {
    const incident = await openIncident();
    await sealConclusion(a, incident, "Nobody answered.", 6);
    const stated = { incident, text: "Too soon.", language: "en" };
    expect(await act(b, "conclusion.stated", stated)).toBe("conclusion.not-sealed");
    await until("the clock ran out", async () => {
      await moveTheLogsClock();
      return (await openedState(incident, "A")) === "disclosed";
    });
    expect(await act(b, "conclusion.stated", { ...stated, text: "We agree." })).toBe("accepted");
    expect(await conclusionOf(incident, "B")).toMatchObject({ state: "open", isAfterTheOther: true });
  });

  it("stands the same after the centre has been stopped and started", async () => {
    const incident = await openIncident();
    await sealConclusion(a, incident, "Before the stop, A.");
    await sealConclusion(b, incident, "Before the stop, B.");
    await until(
      "opened",
      async () =>
        (await openedState(incident, "A")) === "disclosed" && (await openedState(incident, "B")) === "disclosed",
    );
    const before = await incidentOf(a, incident);
    await test.restart();
    a = await pageOf("A-Duty-1");
    b = await pageOf("B-Duty-1");
    expect(await incidentOf(a, incident)).toEqual(before);
    // The nodes keep to the address that they were given, and the centre has another one now.
    await Promise.all([roomA.stop(), roomB.stop()]);
    roomA = await openTestRoom(test.url, test.signers.A!, "A");
    roomB = await openTestRoom(test.url, test.signers.B!, "B");
    expect(roomA.node.search("before the stop")).toMatchObject([{ state: "disclosed" }]);
  });
});

describe("a note in a room", () => {
  const note = (text: string) => ({ kind: "room.noted", subject: ulid(), body: { title: "Ours", text } });

  it("is read and found by its own officers only", async () => {
    await sealAct(a, note("Größere Übung im Süden, только для нас"));
    await until("found", async () => (await search(a, "UBUNG только")).length === 1);
    expect(await search(b, "übung")).toEqual([]);
    expect(await codeOf(askRoom(b, { do: "search", words: "" }, "A"))).toBe("room.not-yours");
    expect(readFileSync(join(roomA.folder, "reads.jsonl"), "utf8")).toContain("A-Duty-1");
    expect(filesWith(test.folder, "A-Duty-1 read")).toEqual([]);
  });

  it("is released by its own component when it wants to", async () => {
    const { statement } = await sealAct(a, note("To be released"));
    await until("known", async () => (await search(a, "released")).length === 1);
    await askRoom(a, { do: "disclose", statement });
    await until("released", async () => (await search(a, "released"))[0]?.state === "disclosed");
    expect(await codeOf(askRoom(a, { do: "disclose", statement }))).toBe("disclosed.closed");
  });

  it("is gone when its key is destroyed, and the record says that it was there", async () => {
    const { statement, key } = await sealAct(a, note("To be forgotten"));
    await until("known", async () => (await search(a, "forgotten")).length === 1);
    const commitment = (await search(a, "forgotten"))[0]!.sealed.commitment;
    expect(readdirSync(join(roomA.folder, "keys"))).toContain(commitment);
    await askRoom(a, { do: "erase", statement, reason: "a name was in it" });
    await until("erased", async () =>
      (await search(a, "")).some((one) => one.statement === statement && one.state === "erased"),
    );
    expect(await search(a, "forgotten")).toEqual([]);
    expect(readdirSync(join(roomA.folder, "keys"))).not.toContain(commitment);
    expect(await codeOf(askRoom(a, { do: "disclose", statement }))).toBe("room.key-gone");
    // Somebody who kept the key all the same is told that it was destroyed.
    const disclosed = { sealed: statement, key: Buffer.from(key).toString("base64") };
    expect(await act(a, "disclosed", disclosed)).toBe("disclosed.closed");
  });
});

describe("refused, each by its own name", () => {
  const sealed = { room: "A", epoch: 1, commitment: "0".repeat(64), ciphertext: "1".repeat(64), bytes: 60 };

  it("a disclosure before the other side's conclusion is in", async () => {
    const incident = await openIncident();
    const { statement, key } = await sealConclusion(a, incident, "Held back.");
    await until("known", async () => (await search(a, "held back")).length === 1);
    expect(await codeOf(askRoom(a, { do: "disclose", statement }))).toBe("disclosed.early");
    const disclosed = { sealed: statement, key: Buffer.from(key).toString("base64") };
    expect(await act(a, "disclosed", disclosed)).toBe("disclosed.early");
    expect(await act(b, "disclosed", disclosed)).toBe("disclosed.component");
  });

  it("an entry without its ciphertext, in another's room, under another epoch, or of no incident", async () => {
    expect(await act(a, "sealed", sealed)).toBe("sealed.missing");
    expect(await act(b, "sealed", sealed)).toBe("sealed.room");
    expect(await act(a, "sealed", { ...sealed, epoch: 2 })).toBe("sealed.epoch");
    const promise = { kind: "conclusion.stated", incident: ulid(), deadline: "2099-01-01T00:00:00.000000Z" };
    expect(await act(a, "sealed", { ...sealed, promise })).toBe("incident.unknown");
    expect(
      await act(a, "sealed", { ...sealed, promise: { ...promise, deadline: "2001-01-01T00:00:00.000000Z" } }),
    ).toBe("deadline.past");
  });

  it("a key that does not fit, and a disclosure of nothing", async () => {
    const { statement } = await sealAct(a, { kind: "room.noted", subject: ulid(), body: { text: "Fits" } });
    const wrong = randomBytes(32).toString("base64");
    expect(await act(a, "disclosed", { sealed: statement, key: wrong })).toBe("sealed.key");
    expect(await act(a, "disclosed", { sealed: "2".repeat(64), key: wrong })).toBe("disclosed.unknown");
  });

  it("a statement sealed in a colleague's name, or that is not what was promised", async () => {
    const incident = await openIncident();
    const promise = { kind: "conclusion.stated", incident, deadline: "2099-01-01T00:00:00.000000Z" };
    const { statement, key } = await sealAct(a, { kind: "room.noted", subject: ulid(), body: { text: "x" }, promise });
    await sealConclusion(b, incident, "B is in.");
    const disclosed = { sealed: statement, key: Buffer.from(key).toString("base64") };
    expect(await act(a, "disclosed", disclosed)).toBe("opened.promise");
  });

  it("a ciphertext that is not the one that was sealed", async () => {
    const content = randomBytes(80);
    await storeBytes(a, content);
    const { createHash } = await import("node:crypto");
    const ciphertext = createHash("sha256").update(content).digest("hex");
    expect(await act(a, "sealed", { ...sealed, ciphertext, bytes: 81 })).toBe("sealed.missing");
  });

  it("whoever is not the node: its announcement and its questions", async () => {
    const announcement = await getJson(a, "/api/v1/rooms/A");
    const headers = { "content-type": "application/json", authorization: `Bearer ${a.token}` };
    const line = `${a.url}/api/v1/rooms/A/line`;
    const put = await fetch(line, { method: "PUT", headers, body: JSON.stringify(announcement) });
    expect(await put.json()).toMatchObject({ code: "room.not-yours" });
    expect(await codeOf(getJson(a, "/api/v1/rooms/A/line"))).toBe("room.not-yours");
    expect(await codeOf(getJson(b, "/api/v1/rooms/A"))).toBe("room.not-yours");
  });
});
