/**
 * The parties' liaison officers at a real centre: enrolled by a component's roots, they state what is their side's to state, see
 * their side's items without positions, and nothing else of the centre, whatever they ask.
 */
import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import {
  type AllegationRow,
  type AppendedAnswer,
  type CentreDescription,
  type FindingRow,
  formatDegrees,
  formatInstant,
  type IncidentRow,
  MICROSECONDS_PER_HOUR,
  type PortalView,
} from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlikeTheLog } from "../apps/centre/src/month/log-alone.ts";
import { type Anchor, now, perform, sightingBody, signAct, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";

const PLACE = { lon: formatDegrees(47.1234567), lat: formatDegrees(39.9876543), uncertaintyMetres: 100 };

let test: TestCentre;
let parties: readonly string[];
/** Liaison officers of either party, each enrolled by another component, and an officer of a component. */
const [OF_P, OF_Q, DUTY] = ["A-Party-1", "B-Party-1", "A-Duty-1"] as const;
const tokens = new Map<string, string>();

beforeAll(async () => {
  test = await openTestCentre({ exercise: true });
  const { mission } = (await (await fetch(`${test.url}/api/v1/centre`)).json()) as CentreDescription;
  parties = mission.parties.map(({ code }) => code);
  const secret = join(test.root, "passphrase");
  writeFileSync(secret, PASSPHRASE);
  for (const [index, officer] of [OF_P, OF_Q].entries()) {
    const keys = ["--keys", test.signers[officer[0]!]!, "--root", "root-1", "--root", "root-2"];
    const args = ["officer", "enrol", officer, "--role", `party:${parties[index]}`, ...keys, "--centre", test.url];
    const { code, stderr } = await jmc([...args, "--passphrase-file", secret, "--yes"]);
    expect([code, stderr]).toEqual([0, expect.anything()]);
  }
  for (const officer of [OF_P, OF_Q, DUTY]) tokens.set(officer, await tokenOf(test.url, officer, test.signer(officer)));
});
afterAll(() => test.close());

const headersOf = (officer: string) => bearer(tokens.get(officer)!);

async function get<T>(path: string, officer: string): Promise<T> {
  return (await (await fetch(`${test.url}${path}`, { headers: headersOf(officer) })).json()) as T;
}

/** Signs as the officer and posts to the portal; `AppendedAnswer` or a fault. `files` are named by reference. */
async function state(
  officer: string,
  kind: string,
  body: object,
  subject = ulid(),
  by = officer,
  files: readonly string[] = [],
) {
  const anchor = await get<Anchor>("/api/v1/portal/anchor", officer);
  const refs = files.map((sha256) => ({ rel: "attachment", sha256 }));
  const envelope = await signAct(test.signer(by), anchor, { kind, body, subject, officer: by, refs });
  const response = await fetch(`${test.url}/api/v1/portal/statements`, {
    ...{ method: "POST", body: envelope },
    headers: { ...headersOf(officer), "content-type": "application/json" },
  });
  return (await response.json()) as AppendedAnswer & { readonly code?: string };
}

/** Stores a file as its party's. */
const bring = async (officer: string, bytes: Uint8Array, name = "film.mp4") => {
  const headers = { ...headersOf(officer), "content-type": "video/mp4", "x-filename": encodeURIComponent(name) };
  const url = `${test.url}/api/v1/portal/files`;
  const answer = await fetch(url, { method: "POST", body: bytes as Uint8Array<ArrayBuffer>, headers });
  return { status: answer.status, ...((await answer.json()) as { sha256?: string; code?: string }) };
};

const claim = () => ({
  ...{ accuser: parties[0], accused: parties[1], via: "portal", what: `shells at ${PLACE.lat} ${PLACE.lon}` },
  ...{ observation: "explosion", occurredAt: formatInstant(now() - 3 * MICROSECONDS_PER_HOUR), place: PLACE },
  ...{ harm: "one roof", basis: "the owner", language: "en" },
});
const soon = () => formatInstant(now() + MICROSECONDS_PER_HOUR);
const act = (kind: string, body: object, subject: string) =>
  perform(test.url, tokens.get(DUTY)!, test.signer(DUTY), { kind, body, subject, officer: DUTY });

describe("an allegation through the portal", () => {
  it("has its receipt at once, is answered by the accused's own liaison officer, and tells neither a position", async () => {
    const id = ulid();
    const receipt = await state(OF_P, "allegation.received", claim(), id);
    expect(receipt).toMatchObject({ index: expect.any(Number), statement: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const row = await get<AllegationRow>(`/api/v1/views/allegations/${id}`, DUTY);
    expect(row).toMatchObject({ state: "received", mark: { index: receipt.index, role: OF_P } });
    expect(await get<PortalView>("/api/v1/portal", OF_P)).toMatchObject({
      party: parties[0],
      allegations: [{ id, role: "accuser", state: "received", hasPlace: true, receipt: { index: receipt.index } }],
    });
    expect((await get<PortalView>("/api/v1/portal", OF_Q)).allegations).toEqual([]);
    await act("allegation.admitted", { answerUntil: soon(), note: "" }, id);
    const [seen] = (await get<PortalView>("/api/v1/portal", OF_Q)).allegations;
    expect(seen).toMatchObject({ id, role: "accused", state: "admitted", due: { clock: "answer" } });
    expect(seen).not.toHaveProperty("basis");
    const answer = { by: parties[1], position: "denied", text: "It was not us.", language: "en" };
    expect(await state(OF_Q, "allegation.answered", answer, id)).toMatchObject({ index: expect.any(Number) });
    for (const officer of [OF_P, OF_Q]) {
      const text = JSON.stringify(await get("/api/v1/portal", officer));
      expect(text).toContain("It was not us.");
      expect(text).not.toMatch(/47\.12|39\.98/);
    }
  });

  it("is refused where it speaks for the other side, in another's name, or is no statement of a party", async () => {
    const id = ulid();
    await state(OF_P, "allegation.received", claim(), id);
    await act("allegation.admitted", { answerUntil: soon(), note: "" }, id);
    const answer = { by: parties[1], position: "admitted", text: "We did.", language: "en" };
    const refused: readonly (readonly [string, Promise<{ readonly code?: string }>])[] = [
      ["accusing for the other", state(OF_P, "allegation.received", { ...claim(), accuser: parties[1] })],
      ["answering for the accused", state(OF_P, "allegation.answered", answer, id)],
      ["withdrawing another's", state(OF_Q, "allegation.withdrawn", { by: parties[0], reason: "x" }, id)],
      ["admitting", state(OF_P, "allegation.admitted", { answerUntil: soon(), note: "" }, id)],
      ["sighting", state(OF_P, "sighting.reported", sightingBody({ lon: 46, lat: 40 }, now()))],
      ["opening a case", state(OF_P, "incident.opened", { title: "x", occurredAt: soon() })],
    ];
    for (const [name, answered] of refused) expect((await answered).code, name).toBe("party.not-yours");
    const closing = { outcome: "not-admitted", reason: "x", deadline: soon() };
    expect(await state(OF_P, "allegation.closed", closing, id)).toMatchObject({ code: "party.binding" });
    expect(await state(OF_P, "allegation.received", claim(), ulid(), DUTY)).toMatchObject({ code: "role.wrong" });
  });
});

describe("the right of reply", () => {
  it("comes before a party is named: what it answered through the portal stands in the finding, word for word", async () => {
    const [id, incident] = [ulid(), ulid()];
    await state(OF_P, "allegation.received", claim(), id);
    await act("allegation.admitted", { answerUntil: soon(), note: "" }, id);
    await act("incident.opened", { title: "Shells", occurredAt: formatInstant(now()) }, incident);
    await act("evidence.attached", { incident, kind: "allegation", target: id, title: "claim" }, ulid());
    const provision = test.centre.mission.view.provisions[0]!.id;
    const texts = Object.fromEntries(test.centre.mission.view.authenticLanguages.map((tongue) => [tongue, "Shells."]));
    const finding = (reply?: string) => ({
      ...{ incident, question: "Who?", texts, occurredAt: formatInstant(now()), observation: "explosion", provision },
      ...{ count: { number: 3, unit: "explosion", qualifier: "exact" }, means: ["acoustic"], judgement: "established" },
      ...{ unknowns: "", deadline: soon() },
      attribution: { actor: parties[1], confidencePerMille: 850, basis: "two bearings" },
      ...(reply === undefined
        ? {}
        : { reply: { by: parties[1], askedAt: formatInstant(now()), text: reply, language: "en" } }),
    });
    await expect(act("finding.proposed", finding(), ulid())).rejects.toThrow("attribution.no-reply");
    const answer = { by: parties[1], position: "denied", text: "No gun of ours stands there.", language: "en" };
    await state(OF_Q, "allegation.answered", answer, id);
    await expect(act("finding.proposed", finding("They deny it."), ulid())).rejects.toThrow("reply.differs");
    const { statement } = await act("finding.proposed", finding(answer.text), ulid());
    const rows = await get<{ rows: { statement: string; proposal: { reply?: { text: string } } }[] }>(
      "/api/v1/views/findings",
      DUTY,
    );
    expect(rows.rows.find((row) => row.statement === statement)?.proposal.reply?.text).toBe(answer.text);
  });
});

describe("a file that a party hands in", () => {
  const FILM = randomBytes(300_000);
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const told = (file: string, by = parties[0]!) => ({
    ...{ by, file, name: "film.mp4", mediaType: "video/mp4", bytes: FILM.length },
    custody: {
      ...{
        at: formatInstant(now()),
        from: "the owner of the roof",
        how: "by hand",
        device: "a telephone",
        place: PLACE,
      },
      ...{ capturedAt: formatInstant(now() - 3 * MICROSECONDS_PER_HOUR), clockFastSeconds: 43 },
    },
  });

  it("has its receipt, is custody from intake for both components, and is nothing to the other side", async () => {
    const id = ulid();
    await state(OF_P, "allegation.received", claim(), id);
    const { status, sha256 } = await bring(OF_P, FILM);
    expect([status, sha256]).toEqual([201, hash(FILM)]);
    const receipt = await state(OF_P, "allegation.documented", told(sha256!), id, OF_P, [sha256!]);
    expect(receipt).toMatchObject({ index: expect.any(Number) });
    const [own] = (await get<PortalView>("/api/v1/portal", OF_P)).allegations;
    const mine = { file: sha256, name: "film.mp4", bytes: FILM.length, receipt: { index: receipt.index } };
    expect(own).toMatchObject({ id, files: [mine] });
    await act("allegation.admitted", { answerUntil: soon(), note: "" }, id);
    const [theirs] = (await get<PortalView>("/api/v1/portal", OF_Q)).allegations;
    expect(theirs).toMatchObject({ id, role: "accused", files: [] });
    const { url } = test;
    for (const officer of [OF_P, OF_Q])
      expect((await fetch(`${url}/api/v1/attachments/${sha256}`, { headers: headersOf(officer) })).status).toBe(403);
    // Both components read it, each time told; as evidence of a case its custody begins with the party's word.
    const read = await fetch(`${url}/api/v1/attachments/${sha256}`, { headers: headersOf(DUTY) });
    expect(hash(await read.bytes())).toBe(sha256);
    const { rows } = await get<{ rows: { kind: string }[] }>("/api/v1/views/entries?limit=3", DUTY);
    expect(rows.map(({ kind }) => kind)).toContain("original.read");
    const incident = ulid();
    await act("incident.opened", { title: "Shells at E1", occurredAt: formatInstant(now()) }, incident);
    const attached = { incident, kind: "file", target: sha256, title: "film.mp4" };
    await perform(url, tokens.get(DUTY)!, test.signer(DUTY), {
      ...{ kind: "evidence.attached", subject: ulid(), body: attached, officer: DUTY },
      refs: [{ rel: "attachment", sha256: sha256! }],
    });
    expect(await get(`/api/v1/views/incidents/${incident}`, DUTY)).toMatchObject({
      evidence: [{ custody: [{ step: "obtained", from: "the owner of the roof", clockFastSeconds: 43 }] }],
    });
  });

  it("is refused where it is another's, unknown, unnamed, twice, or too large; none is told apart from what is not there", async () => {
    const id = ulid();
    await state(OF_P, "allegation.received", claim(), id);
    const others = randomBytes(1000);
    const { sha256: foreign } = await bring(OF_Q, others);
    const absent = "0".repeat(64);
    const { sha256: own } = await bring(OF_P, randomBytes(1000));
    const documented = (file: string, files: readonly string[], by?: string) =>
      state(OF_P, "allegation.documented", told(file, by), id, OF_P, files);
    const refused: readonly (readonly [string, Promise<{ readonly code?: string }>, string])[] = [
      ["another's", documented(foreign!, [foreign!]), "attachment.not-stored"],
      ["nobody's", documented(absent, [absent]), "attachment.not-stored"],
      ["without a reference", documented(own!, []), "attachment.not-stored"],
      ["another's beside it", documented(own!, [own!, foreign!]), "attachment.not-stored"],
      ["in another's name", documented(own!, [own!], parties[1]!), "party.not-yours"],
      [
        "asking by another kind",
        state(OF_P, "allegation.received", claim(), ulid(), OF_P, [foreign!]),
        "attachment.not-stored",
      ],
    ];
    for (const [name, answered, code] of refused) expect((await answered).code, name).toBe(code);
    expect(await carried(OF_P, foreign!)).toBe("access.party");
    // Nor does it tell whoever signs nothing whether a file is there.
    for (const file of [foreign!, absent]) expect(await carried(DUTY, file, true)).toBe("signature.bad");
    expect(await documented(own!, [own!])).toMatchObject({ index: expect.any(Number) });
    expect((await documented(own!, [own!])).code).toBe("allegation.file-twice");
    expect((await bring(DUTY, others)).code).toBe("access.party");
    const { mostBytes } = (await get<PortalView>("/api/v1/portal", OF_P)).limits;
    const { code } = await announce(OF_P, mostBytes + 1);
    expect(code).toBe("attachment.too-large");
  });

  /** Brings a statement that names a file past the portal, under an officer's own key or with a signature that is not of it. */
  async function carried(officer: string, file: string, isTorn = false): Promise<string | undefined> {
    const anchor = await get<Anchor>("/api/v1/portal/anchor", OF_P);
    const refs = [{ rel: "attachment", sha256: file }];
    const act = { kind: "allegation.documented", body: told(file), subject: ulid(), officer, refs };
    const envelope = JSON.parse(await signAct(test.signer(officer), anchor, act)) as { signatures: { sig: string }[] };
    const [signature] = envelope.signatures;
    if (isTorn) signature!.sig = `${signature!.sig.startsWith("A") ? "B" : "A"}${signature!.sig.slice(1)}`;
    const response = await fetch(`${test.url}/api/v1/statements/signed`, {
      ...{ method: "POST", body: JSON.stringify(envelope), headers: { "content-type": "application/json" } },
    });
    return ((await response.json()) as { readonly code?: string }).code;
  }

  /** Says how long the file will be, and sends none of it. */
  function announce(officer: string, bytes: number): Promise<{ readonly code: string }> {
    const { hostname, port } = new URL(test.url);
    const headers = { ...headersOf(officer), "content-type": "video/mp4", "content-length": `${bytes}` };
    return new Promise((resolve, reject) => {
      const options = { hostname, port, path: "/api/v1/portal/files", method: "POST", headers };
      const asked = request(options, async (answer) => {
        resolve((await new Response(answer as never).json()) as { code: string });
        asked.destroy();
      });
      asked.on("error", reject);
      asked.flushHeaders();
    });
  }
});

describe("whatever else a liaison officer asks", () => {
  it("every address inside the components is refused to him, and none of its values comes out", async () => {
    await act("sighting.reported", sightingBody({ lon: 47.1234567, lat: 39.9876543 }, now()), ulid());
    const [alleged] = (await get<{ rows: AllegationRow[] }>("/api/v1/views/allegations", DUTY)).rows;
    const inside = test.centre.app.releaseTable.filter(({ release }) => release === "inside" || release === "machine");
    expect(inside.length).toBeGreaterThan(30);
    for (const { method, url } of inside) {
      if (method === "HEAD" || method === "OPTIONS" || url === "/api/v1/picture") continue;
      const path = url.replace(":view/:key", `allegations/${alleged!.id}`).replace(":view", "allegations");
      const hasBody = method === "POST" || method === "PUT";
      const response = await fetch(`${test.url}${path.replace(/[:*]\w*/g, "0")}`, {
        method,
        headers: { ...headersOf(OF_P), ...(hasBody ? { "content-type": "application/json" } : {}) },
        ...(hasBody ? { body: "{}" } : {}),
      });
      expect([response.status, ((await response.json()) as { code: string }).code], `${method} ${path}`).toEqual([
        403,
        "access.party",
      ]);
    }
  });

  it("nothing that one party alone has told is given to the other, or to nobody, at any address with whatever ids", async () => {
    const [id, secret, name] = [ulid(), `secret${ulid()}`, `film${ulid()}.mp4`];
    await state(OF_P, "allegation.received", { ...claim(), what: secret, harm: secret, basis: secret }, id);
    const { sha256 } = await bring(OF_P, randomBytes(100), name);
    const body = { by: parties[0], file: sha256, name, mediaType: "video/mp4", bytes: 100 };
    const custody = { at: formatInstant(now()), from: secret, how: secret };
    const { statement } = await state(OF_P, "allegation.documented", { ...body, custody }, id, OF_P, [sha256!]);
    const asked = test.centre.app.releaseTable.filter(
      ({ method, url, release }) =>
        ["GET", "POST", "PUT"].includes(method) &&
        url !== "/api/v1/picture" &&
        url !== "/api/v1/stream" &&
        release !== "machine",
    );
    let answers = 0;
    for (const { method, url } of asked)
      for (const value of new Set(/[:*]/.test(url) ? [id, sha256!, statement] : [""]))
        for (const headers of [headersOf(OF_Q), {}]) {
          const isGet = method === "GET";
          const path = `${url.replace(/[:*]\w*/g, value)}${isGet ? `?party=${parties[0]}&recipient=${parties[0]}&words=secret` : ""}`;
          const init = isGet ? {} : { body: "{}", headers: { ...headers, "content-type": "application/json" } };
          const text = await (await fetch(`${test.url}${path}`, { method, headers, ...init })).text();
          const told = [secret, name, ...(value === sha256 ? [] : [sha256!])].filter((one) => text.includes(one));
          expect(told, `${method} ${path}`).toEqual([]);
          answers += 1;
        }
    expect(answers).toBeGreaterThan(200);
    // Whose it is reads it: the words are there to be found.
    expect(JSON.stringify(await get("/api/v1/portal", OF_P))).toContain(secret);
  });

  it("entries of the record, sensors' sites and the socket stay closed, and an officer of a component has no portal", async () => {
    const size = test.centre.registrar.size;
    const bundle = await fetch(`${test.url}/record/tile/entries/000.p/${size % 256}`, { headers: headersOf(OF_P) });
    expect(bundle.status).toBe(401);
    expect((await get<CentreDescription>("/api/v1/centre", OF_P)).mission.sources ?? []).toEqual([]);
    expect((await get<CentreDescription>("/api/v1/centre", DUTY)).mission.sources).not.toEqual([]);
    for (const path of ["/api/v1/portal", "/api/v1/portal/anchor"])
      expect(await get(path, DUTY)).toMatchObject({ code: "access.party" });
    for (const path of ["/api/v1/portal", "/api/v1/portal/anchor"])
      expect((await fetch(`${test.url}${path}`)).status).toBe(401);
    const ended = await fetch(`${test.url}/api/v1/sessions/current`, { method: "DELETE", headers: headersOf(OF_Q) });
    expect(ended.status).toBe(204);
    expect((await fetch(`${test.url}/api/v1/portal`, { headers: headersOf(OF_Q) })).status).toBe(401);
  });
});

it("every case stands the same for whoever has the log alone, and one that is told otherwise is seen", async () => {
  const [{ rows: allegations }, { rows: incidents }] = [
    await get<{ rows: AllegationRow[] }>("/api/v1/views/allegations?limit=1000", DUTY),
    await get<{ rows: IncidentRow[] }>("/api/v1/views/incidents?limit=1000", DUTY),
  ];
  const { rows: findings } = await get<{ rows: FindingRow[] }>("/api/v1/views/findings?limit=1000", DUTY);
  const told = { alerts: [], allegations, incidents, findings };
  expect(allegations.length).toBeGreaterThan(3);
  expect(unlikeTheLog(test.folder, told)).toEqual([]);
  const [first, ...others] = allegations;
  const ended = { ...first!, state: "ended" as const, outcome: "withdrawn" as const };
  expect(unlikeTheLog(test.folder, { ...told, allegations: [ended, ...others] })).toEqual([`allegation ${first!.id}`]);
  const lost = unlikeTheLog(test.folder, { ...told, incidents: [] });
  expect(lost.sort()).toEqual(incidents.map(({ id }) => `incident ${id}`).sort());
});
