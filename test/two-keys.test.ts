/** From incident to finding with two components' keys, over the real API, with the real signers; each refusal by its own name. */

import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AppendedAnswer,
  FaultError,
  type FindingRow,
  formatInstant,
  type IncidentRow,
  makeUlid,
} from "@openjmc/model";
import {
  bytesToBase64,
  bytesToHex,
  canonicalize,
  formatPayloadType,
  type Json,
  possessionMessage,
  prepareStatement,
  countersign as signAgain,
  signStatement,
  unwrap,
} from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../apps/centre/src/primitives.ts";
import { prepareCountersignature, prepareOwnAct, sendAct } from "../apps/centre/src/signer/acts.ts";
import type { CentreClient } from "../apps/centre/src/signer/centre-client.ts";
import { readSeed } from "../apps/centre/src/signer/key-file.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { watchForOfficer } from "../apps/centre/src/signer/watch.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";

let test: TestCentre;
const clients = new Map<string, CentreClient>();
const now = (): number => Date.now() * 1000;
const ulid = (): string => makeUlid(now(), randomBytes(10));

beforeAll(async () => {
  test = await openTestCentre();
  for (const officer of ["A-Duty-1", "A-Duty-2", "B-Duty-1", "B-Head"])
    clients.set(officer, await test.client(officer));
});
afterAll(async () => {
  await test.close();
});

const client = (officer: string): CentreClient => clients.get(officer)!;

async function act(
  officer: string,
  kind: string,
  body: object,
  more: { subject?: string; revision?: number } = {},
): Promise<AppendedAnswer> {
  return sendAct(client(officer), test.signer(officer), await prepareOwnAct(client(officer), { kind, body, ...more }));
}

async function openIncident(): Promise<string> {
  const incident = ulid();
  await act(
    "A-Duty-1",
    "incident.opened",
    { title: "Six explosions", occurredAt: formatInstant(now()) },
    { subject: incident },
  );
  return incident;
}

function findingBody(incident: string, deadline = now() + 3_600_000_000): object {
  const { authenticLanguages, provisions } = test.centre.mission.view;
  return {
    incident,
    question: "What happened?",
    texts: Object.fromEntries(authenticLanguages.map((language) => [language, `Six explosions (${language})`])),
    occurredAt: formatInstant(now()),
    observation: "explosion",
    count: { number: 6, unit: "explosion", qualifier: "exact" },
    means: ["acoustic"],
    provision: provisions[0]!.id,
    judgement: "recorded",
    unknowns: "who fired",
    deadline: formatInstant(deadline),
  };
}

async function propose(
  incident: string,
  more: { subject?: string; revision?: number; deadline?: number } = {},
): Promise<FindingRow> {
  const subject = more.subject ?? ulid();
  const answer = await act("A-Duty-1", "finding.proposed", findingBody(incident, more.deadline), {
    subject,
    revision: more.revision ?? 0,
  });
  const row = await finding(subject, more.revision ?? 0);
  expect(row.statement).toBe(answer.statement);
  return row;
}

function finding(subject: string, revision = 0): Promise<FindingRow> {
  return client("A-Duty-1").get<FindingRow>(`/api/v1/views/findings/${subject}.${revision}`);
}

async function countersign(officer: string, statement: string): Promise<AppendedAnswer> {
  return sendAct(client(officer), test.signer(officer), await prepareCountersignature(client(officer), statement));
}

/** What a signer that checks nothing would send. */
async function rawCountersign(officer: string, proposal: FindingRow): Promise<unknown> {
  const entry = await client(officer).get<object>(`/api/v1/entries/${proposal.proposedBy.index}`);
  const { payload, payloadType, signatures } = entry as { payload: string; payloadType: string; signatures: object[] };
  const leaf = new TextEncoder().encode(unwrap(canonicalize({ payload, payloadType, signatures } as never)));
  const again = await signAgain(nodePrimitives.sha256, test.signer(officer), leaf);
  return client(officer).post("/api/v1/statements", JSON.parse(new TextDecoder().decode(again)));
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FaultError) return error.fault.code;
    throw error;
  }
  return "accepted";
}

describe("a finding", () => {
  it("becomes joint when officers of both components sign the same text", async () => {
    const incident = await openIncident();
    const proposal = await propose(incident);
    expect(proposal.state).toBe("proposed");
    await countersign("B-Duty-1", proposal.statement);
    expect(await finding(proposal.id)).toMatchObject({
      state: "joint",
      countersignedBy: { component: "B", role: "B-Duty-1" },
    });
    expect(await client("B-Duty-1").get<IncidentRow>(`/api/v1/views/incidents/${incident}`)).toMatchObject({
      state: "joint",
      number: expect.stringMatching(/^J-\d{4}-\d{4}$/),
    });
  });

  it("is issued as split with the dissent of the other component", async () => {
    const proposal = await propose(await openIncident());
    await act(
      "B-Duty-1",
      "finding.dissented",
      { proposal: proposal.statement, text: "Five, not six.", language: "en" },
      { subject: proposal.id },
    );
    expect(await finding(proposal.id)).toMatchObject({ state: "split", dissent: { text: "Five, not six." } });
  });

  it("lapses to one-sided when the deadline passes without an answer", async () => {
    const proposal = await propose(await openIncident(), { deadline: now() + 5_000_000 });
    await expect
      .poll(async () => (await finding(proposal.id)).state, { timeout: 120_000, interval: 200 })
      .toBe("one-sided");
    expect(await refusal(countersign("B-Duty-1", proposal.statement))).toBe("joint.one-sided");
  });

  it("stands the same after the centre has been stopped and started", async () => {
    const proposal = await propose(await openIncident());
    await countersign("B-Head", proposal.statement);
    const before = await finding(proposal.id);
    await test.restart();
    for (const officer of clients.keys()) clients.set(officer, await test.client(officer));
    expect(await finding(proposal.id)).toEqual(before);
  });
});

describe("refused, each by its own name", () => {
  it("two officers of one component", async () => {
    const proposal = await propose(await openIncident());
    expect(await refusal(rawCountersign("A-Duty-2", proposal))).toBe("joint.same-component");
    expect(await refusal(countersign("A-Duty-2", proposal.statement))).toBe("role.wrong");
  });

  it("the same officer twice", async () => {
    const proposal = await propose(await openIncident());
    expect(await refusal(countersign("A-Duty-1", proposal.statement))).toBe("joint.same-officer");
  });

  it("a countersignature of another revision", async () => {
    const incident = await openIncident();
    const first = await propose(incident);
    await propose(incident, { subject: first.id, revision: 1 });
    expect(await refusal(countersign("B-Duty-1", first.statement))).toBe("joint.superseded");
  });

  it("a countersignature of another text", async () => {
    const proposal = await propose(await openIncident());
    const anchor = await client("B-Duty-1").get<{ origin: string; size: number; root: string }>("/api/v1/anchor");
    const leaf = await signStatement(nodePrimitives.sha256, test.signer("B-Duty-1"), {
      origin: anchor.origin,
      kind: "finding.proposed",
      component: "A",
      role: "A-Duty-1",
      subject: proposal.id,
      revision: 0,
      at: formatInstant(now()),
      refs: [],
      anchor: { size: anchor.size, root: anchor.root },
      body: { ...proposal.proposal, question: "Another text" } as never,
    });
    expect(
      await refusal(client("B-Duty-1").post("/api/v1/statements", JSON.parse(new TextDecoder().decode(leaf)))),
    ).toBe("joint.other-text");
  });

  it("a countersignature after withdrawal", async () => {
    const proposal = await propose(await openIncident());
    await act(
      "A-Duty-1",
      "finding.withdrawn",
      { proposal: proposal.statement, reason: "new evidence" },
      { subject: proposal.id },
    );
    expect(await finding(proposal.id)).toMatchObject({ state: "withdrawn" });
    expect(await refusal(countersign("B-Duty-1", proposal.statement))).toBe("joint.withdrawn");
  });

  it("a binding kind under a session key", async () => {
    const incident = await openIncident();
    const session = await openSession("A-Duty-1");
    const anchor = await client("A-Duty-1").get<{ origin: string; size: number; root: string }>("/api/v1/anchor");
    const leaf = await signStatement(nodePrimitives.sha256, session, {
      origin: anchor.origin,
      kind: "finding.proposed",
      component: "A",
      role: "A-Duty-1",
      subject: ulid(),
      revision: 0,
      at: formatInstant(now()),
      refs: [],
      anchor: { size: anchor.size, root: anchor.root },
      body: findingBody(incident) as { readonly [name: string]: Json },
    });
    expect(
      await refusal(client("A-Duty-1").post("/api/v1/statements", JSON.parse(new TextDecoder().decode(leaf)))),
    ).toBe("tier.binding-under-session");
  });

  it("a text put before an officer's signer in another's name", async () => {
    const body = prepare("B-Duty-1", "finding.proposed", findingBody(await openIncident()));
    expect(await refusal(client("A-Duty-1").post("/api/v1/signing-requests", body))).toBe("role.wrong");
  });
});

function prepare(officer: string, kind: string, body: object): { payloadType: string; payload: string } {
  const prepared = unwrap(
    prepareStatement(nodePrimitives.sha256, {
      origin: "centre.test",
      kind,
      component: officer[0]!,
      role: officer,
      subject: ulid(),
      revision: 0,
      at: formatInstant(now()),
      refs: [],
      anchor: test.centre.registrar.anchor(),
      body: body as { readonly [name: string]: Json },
    }),
  );
  return { payloadType: formatPayloadType(kind, 1), payload: bytesToBase64(prepared.payload) };
}

/** What a browser tab does: a key of its own, enrolled by the officer's signer, which waits at the centre. */
async function openSession(officer: string): Promise<ReturnType<typeof ed25519Signer>> {
  const key = ed25519Signer(newEd25519Seed());
  const { record, origin } = (await (await fetch(`${test.url}/api/v1/centre`)).json()) as {
    record: { size: number; root: string };
    origin: string;
  };
  const publicKey = bytesToHex(key.publicKey);
  const possession = bytesToBase64(
    await key.sign(
      possessionMessage({ origin, component: officer[0]!, holder: officer, anchorRoot: record.root, publicKey }),
    ),
  );
  const stop = new AbortController();
  const watching = watchForOfficer({
    url: test.url,
    officer,
    signer: test.signer(officer),
    print: () => undefined,
    confirm: async () => true,
    signal: stop.signal,
  });
  const asked = (await (
    await fetch(`${test.url}/api/v1/sessions/requests`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ officer, sessionKey: publicKey, possession, anchor: record }),
    })
  ).json()) as { request: { id: string }; secret: string };
  const answer = (await (
    await fetch(`${test.url}/api/v1/sessions/requests/${asked.request.id}?wait=20`, {
      headers: { "x-request-secret": asked.secret },
    })
  ).json()) as { state: string; token: string };
  stop.abort();
  await watching;
  expect(answer.state).toBe("signed");
  const current = await fetch(`${test.url}/api/v1/sessions/current`, {
    headers: { authorization: `Bearer ${answer.token}` },
  });
  expect(await current.json()).toMatchObject({ officer, component: officer[0] });
  return key;
}

/** What one side's roots sign: the first root alone, then with the second. */
async function byRoots(component: "A" | "B", kind: string, subject: string, body: object): Promise<Uint8Array[]> {
  const root = (number: number) => openSigner(test.signers[component]!, `root-${number}`, PASSPHRASE);
  const first = await signStatement(nodePrimitives.sha256, root(1), {
    ...{ origin: "centre.test", kind, component, role: "root", subject, revision: 0, at: formatInstant(now()) },
    ...{ refs: [], anchor: test.centre.registrar.anchor(), body: body as { readonly [name: string]: Json } },
  });
  return [first, await signAgain(nodePrimitives.sha256, root(2), first)];
}

const send = (leaf: Uint8Array): Promise<string> =>
  refusal(client("A-Duty-1").post("/api/v1/statements", JSON.parse(new TextDecoder().decode(leaf))));

describe("a node, which nobody stands before,", () => {
  it.each(["B-Node", "A-Node"])("countersigns nothing and proposes nothing: %s", async (node) => {
    clients.set(node, await test.client(node));
    const proposal = await propose(await openIncident());
    expect(await refusal(rawCountersign(node, proposal))).toBe("node.binding");
    expect(await finding(proposal.id)).toMatchObject({ state: "proposed" });
    const leaf = await signStatement(nodePrimitives.sha256, test.signer(node), {
      ...{ origin: "centre.test", kind: "finding.proposed", component: node[0]!, role: node, subject: ulid() },
      ...{ revision: 0, at: formatInstant(now()), refs: [], anchor: test.centre.registrar.anchor() },
      body: findingBody(proposal.incident) as { readonly [name: string]: Json },
    });
    expect(await send(leaf)).toBe("node.binding");
  });
});

describe("an officer is of one component", () => {
  it.each(["B-Duty-1", "B-Duty-9"])("whose roots alone enrol under the name %s", async (officer) => {
    const key = ed25519Signer(newEd25519Seed());
    const publicKey = bytesToHex(key.publicKey);
    const { root: anchorRoot } = test.centre.registrar.anchor();
    const text = possessionMessage({ origin: "centre.test", component: "A", holder: officer, anchorRoot, publicKey });
    const possession = bytesToBase64(await key.sign(text));
    const body = { officer, roles: ["duty-officer"], key: publicKey, possession };
    const [first] = await byRoots("A", "officer.enrolled", officer, body);
    expect(await send(first!)).toBe("officer.name-of-other");
    expect(await refusal(client("B-Duty-1").get("/api/v1/anchor"))).toBe("accepted");
  });

  it("whose roots alone revoke, and one root ends no session", async () => {
    const session = await test.client("B-Engineer");
    const stands = () => refusal(session.get("/api/v1/anchor"));
    const body = { officer: "B-Engineer", reason: "lost" };
    const [foreign] = await byRoots("A", "officer.revoked", "B-Engineer", body);
    expect([await send(foreign!), await stands()]).toEqual(["officer.unknown", "accepted"]);
    const [first, second] = await byRoots("B", "officer.revoked", "B-Engineer", body);
    expect([await send(first!), await stands()]).toEqual(["accepted", "accepted"]);
    expect([await send(second!), await stands()]).toEqual(["accepted", "session.missing"]);
    expect(await refusal(test.client("B-Engineer"))).toBe("session.signature");
  });
});

describe("keys", () => {
  it("leave no private seed of a person under the centre's folder", () => {
    const keys = Object.values(test.signers).flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".key.json"))
        .map((name) => join(folder, name)),
    );
    const secrets = keys.map((path) => Buffer.from(readSeed(path, PASSPHRASE).seed));
    // Three roots, five officers and the node of each component.
    expect(secrets).toHaveLength(18);
    const files = readdirSync(test.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of files) {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      for (const secret of secrets) {
        for (const form of [secret, secret.toString("hex"), secret.toString("base64")])
          expect(bytes.includes(form)).toBe(false);
      }
      expect(entry.name.endsWith(".key.json")).toBe(false);
    }
  });
});
