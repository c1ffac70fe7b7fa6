/** Whatever comes in on the API: a fault that says what, where, what was expected and what came; never an error of the centre's own. */
import { type CentreDescription, formatInstant } from "@openjmc/model";
import { signStatement } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { anchorOf, now, perform, postStatement, proposalBody, signAct, ulid } from "./support/acts.ts";
import { bearer, type Operation, operationsOf, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { randomBytesOf, seeded } from "./support/random.ts";
import { openSocket, write } from "./support/sockets.ts";

let test: TestCentre;
let token: string;
let operations: readonly Operation[];
const random = seeded(11);

beforeAll(async () => {
  test = await openTestCentre({ exercise: true });
  token = await tokenOf(test.url, "A-Duty-1", test.signer("A-Duty-1"));
  operations = await operationsOf(test.url);
});
afterAll(() => test.close());

const FAULT_FIELDS = new Set(["code", "what", "where", "expected", "got", "cause"]);

/** The answer's fault, if it is one of the asker's doing; fails where the centre itself broke. */
async function faultOf(response: Response): Promise<Record<string, unknown> | undefined> {
  if (response.status === 503 && response.url.endsWith("/readyz")) return undefined;
  const told = response.status >= 400 ? await response.text() : "";
  expect(response.status, `${response.url} ${told.slice(0, 300)}`).toBeLessThan(500);
  if (response.status < 400) {
    await response.body?.cancel();
    return undefined;
  }
  expect(response.headers.get("content-type"), response.url).toContain("application/json");
  const fault = JSON.parse(told) as Record<string, unknown>;
  expect(fault).toMatchObject({ code: expect.stringMatching(/^[a-z0-9-]+\.[a-z0-9-]+$/), what: expect.any(String) });
  expect(Object.keys(fault).filter((field) => !FAULT_FIELDS.has(field))).toEqual([]);
  return fault;
}

function send(method: string, path: string, init: RequestInit & { isPublic?: boolean } = {}): Promise<Response> {
  const headers = { ...(init.isPublic ? {} : bearer(token)), ...(init.headers as Record<string, string>) };
  return fetch(`${test.url}${path}`, { ...init, method, headers, signal: AbortSignal.timeout(120_000) });
}

const JSON_TYPE = { "content-type": "application/json" };
const withJson = (body: string): RequestInit => ({ headers: JSON_TYPE, body });

/** More than any route takes but the one for files. */
const LARGE = `"${"x".repeat(2_200_000)}"`;

const BODIES: readonly (readonly [name: string, init: RequestInit])[] = [
  ["no JSON", withJson("{half")],
  ["nothing", withJson("")],
  ["null", withJson("null")],
  ["a list", withJson("[1,2,3]")],
  ["a text", withJson('"text"')],
  ["wrong types", withJson('{"officer":5,"payload":[],"leaf":{},"challenge":true,"sessionKey":null,"signatures":"x"}')],
  ["a prototype", withJson('{"__proto__":{"admin":true}}')],
  ["nesting without end", withJson("[".repeat(100_000))],
  ["nested lists", withJson("[".repeat(5_000) + "]".repeat(5_000))],
  ["no UTF-8", { headers: JSON_TYPE, body: Uint8Array.from([0x22, 0xff, 0xfe, 0x22]) }],
  ["half a surrogate", withJson('{"officer":"\\ud800","payload":"\\ud800"}')],
  ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=1" }],
];
const PARAMETERS = [
  "x",
  "%00",
  "..%2f..%2fcentre.json",
  "%ff",
  "'%20or%201=1--",
  "a".repeat(190),
  "-1",
  "1e309",
  "%F0%9F%92%A9",
];
const QUERIES = [
  "",
  "?from=&until=x&time=y&bins=-1&limit=NaN&after=%00&tag='&wait=-1&ticket=%ff",
  "?from=1&from=2",
  "?date=2021-02-30&language=xx",
  "?from=9999999999999999&until=-9999999999999999&time=9999999999999999",
];

/** Streams answer without end, and signing out would end this test's session. */
function isAskable(operation: Operation): boolean {
  return !(
    operation.path === "/api/v1/stream" ||
    (operation.method === "DELETE" && operation.path.endsWith("/current"))
  );
}

const fill = (path: string, parameter: string): string => path.replace(/\{[^}]+\}|\*/g, parameter);
const takesBody = ({ method }: Operation): boolean => method === "POST" || method === "PUT";

describe("every operation of the interface", () => {
  it("answers strange addresses and queries with a fault or an answer, never with a failure", async () => {
    for (const operation of operations.filter(isAskable))
      for (const parameter of operation.path.includes("{") || operation.path.includes("*") ? PARAMETERS : [""])
        for (const query of takesBody(operation) ? [""] : QUERIES)
          await faultOf(await send(operation.method, fill(operation.path, parameter) + query));
  });

  it("answers strange bodies with a fault, never with a failure", async () => {
    for (const operation of operations.filter(isAskable).filter(takesBody))
      for (const [, init] of BODIES) await faultOf(await send(operation.method, fill(operation.path, "x"), init));
  });

  it("refuses a body beyond its limit", async () => {
    for (const operation of operations.filter(takesBody)) {
      // Files are taken larger than this; how large, tests beside their routes know.
      if (/\/(attachments|texts|files)$/.test(operation.path)) continue;
      const response = await send(operation.method, fill(operation.path, "x"), withJson(LARGE));
      const fault = await faultOf(response);
      expect(fault, operation.path).toMatchObject({
        code: "body.too-large",
        where: { field: "body" },
        expected: expect.stringMatching(/^at most \d+ bytes$/),
        got: `${LARGE.length} bytes`,
      });
    }
  });

  it("asks for a session where it needs one, before it looks at anything else", async () => {
    for (const operation of operations.filter(isAskable)) {
      const response = await send(operation.method, fill(operation.path, "x"), { isPublic: true });
      const fault = await faultOf(response);
      if (response.status === 401) expect(fault).toMatchObject({ code: expect.stringMatching(/^session\./) });
    }
  });
});

describe("says what, where, what was expected and what came", () => {
  const cases: readonly (readonly [name: string, method: string, path: string, init: RequestInit, fault: object])[] = [
    [
      "JSON that is cut off",
      "POST",
      "/api/v1/statements",
      withJson('{"payload":'),
      { code: "request.malformed", where: { field: "body" }, expected: expect.any(String), got: expect.any(String) },
    ],
    [
      "a field that is missing",
      "POST",
      "/api/v1/statements",
      withJson('{"payload":"","payloadType":""}'),
      { code: "request.field", where: { field: "body" }, expected: expect.stringContaining("signatures") },
    ],
    [
      "a field of another type",
      "POST",
      "/api/v1/statements",
      withJson('{"payload":"","payloadType":"","signatures":7}'),
      { code: "request.field", where: { field: "body/signatures" }, expected: "must be array", got: "7" },
    ],
    [
      "a body of another kind",
      "POST",
      "/api/v1/statements",
      { headers: { "content-type": "text/xml" }, body: "<a/>" },
      { code: "request.media-type", where: { field: "content-type" }, expected: "application/json", got: "text/xml" },
    ],
    [
      "a view that is not there",
      "GET",
      "/api/v1/views/secrets",
      {},
      { code: "view.unknown", expected: expect.stringContaining("tracks"), got: "secrets" },
    ],
    [
      "a time that is none",
      "GET",
      "/api/v1/picture/at?time=noon",
      {},
      { code: "request.field", where: { field: "time" }, expected: expect.stringContaining("RFC 3339"), got: "noon" },
    ],
    [
      "a parameter given twice",
      "GET",
      "/api/v1/views/tracks?limit=1&limit=2",
      {},
      { code: "request.field", where: { field: "limit" }, expected: expect.any(String), got: "2 times" },
    ],
    [
      "a date of no calendar",
      "GET",
      "/api/v1/reports/daily?date=2021-13-45",
      {},
      { code: "report.date", expected: expect.any(String), got: expect.any(String) },
    ],
    [
      "a file name in no encoding",
      "POST",
      "/api/v1/attachments",
      { headers: { "content-type": "application/pdf", "x-filename": "%E0%A4%A" }, body: "x" },
      { code: "request.field", where: { field: "x-filename" }, expected: expect.any(String), got: "%E0%A4%A" },
    ],
    [
      "an address that is not there",
      "PATCH",
      "/api/v2/everything",
      {},
      { code: "route.unknown", expected: expect.any(String), got: "PATCH /api/v2/everything" },
    ],
  ];

  it.each(cases)("%s", async (_name, method, path, init, expected) => {
    expect(await faultOf(await send(method, path, init))).toMatchObject({ what: expect.any(String), ...expected });
  });

  it("a statement from a future clock", async () => {
    const anchor = (await (await send("GET", "/api/v1/anchor")).json()) as {
      origin: string;
      size: number;
      root: string;
    };
    const at = formatInstant((Date.now() + 3_600_000) * 1000);
    const leaf = await signStatement(nodePrimitives.sha256, test.signer("A-Duty-1"), {
      origin: anchor.origin,
      kind: "incident.noted",
      component: "A",
      role: "A-Duty-1",
      subject: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
      revision: 0,
      at,
      refs: [],
      anchor: { size: anchor.size, root: anchor.root },
      body: { text: "from tomorrow" },
    });
    const response = await send("POST", "/api/v1/statements", withJson(new TextDecoder().decode(leaf)));
    expect(await faultOf(response)).toMatchObject({
      code: "statement.time-ahead",
      where: { field: "at" },
      expected: expect.any(String),
      got: at,
    });
  });

  it("a finding that lacks a language in which both components sign", async () => {
    const { mission } = (await (await send("GET", "/api/v1/centre")).json()) as CentreDescription;
    const [officer, signer, incident] = ["A-Duty-1", test.signer("A-Duty-1"), ulid()];
    const opened = { title: "Shots", occurredAt: formatInstant(now()) };
    await perform(test.url, token, signer, { kind: "incident.opened", officer, subject: incident, body: opened });
    const proposal = proposalBody(mission, incident);
    expect(Object.keys(proposal.texts).length).toBeGreaterThan(1);
    for (const missing of Object.keys(proposal.texts)) {
      const { [missing]: _, ...texts } = proposal.texts;
      const act = { kind: "finding.proposed", officer, subject: ulid(), body: { ...proposal, texts } };
      const envelope = await signAct(signer, await anchorOf(test.url, token), act);
      expect(await faultOf(await postStatement(test.url, token, envelope))).toMatchObject({
        code: "language.missing",
        where: { field: `body.texts.${missing}` },
        got: Object.keys(texts).join(", "),
      });
    }
  });
});

describe("on the socket itself", () => {
  /** Sends bytes and reads until the centre hangs up. */
  async function exchange(bytes: Uint8Array | string): Promise<string> {
    const { port } = new URL(test.url);
    const socket = await openSocket(`127.0.0.1:${port}`);
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    await write(socket, bytes);
    const gaveUp = setTimeout(() => socket.destroy(), 60_000);
    await closed;
    clearTimeout(gaveUp);
    return Buffer.concat(parts).toString();
  }

  it("refuses what is no HTTP with a fault", async () => {
    const answer = await exchange("\u0016\u0003\u0001 hello, this is TLS\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.slice(answer.indexOf("{")))).toMatchObject({
      code: "request.malformed",
      what: "request",
      expected: expect.any(String),
      got: expect.any(String),
    });
  });

  it("survives random bytes, endless headers and half-sent bodies", async () => {
    for (let round = 0; round < 20; round++) await exchange(randomBytesOf(2_000, random));
    await exchange(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(200_000)}\r\n\r\n`);
    const { port } = new URL(test.url);
    for (let round = 0; round < 20; round++) {
      const socket = await openSocket(`127.0.0.1:${port}`);
      await write(
        socket,
        `POST /api/v1/attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: a/b\r\nContent-Length: 1000\r\n\r\nhalf`,
      );
      socket.destroy();
    }
    expect((await send("GET", "/healthz")).status).toBe(200);
  });

  it("serves others while hundreds send their request letter by letter", async () => {
    const { port } = new URL(test.url);
    const slow = await Promise.all(Array.from({ length: 300 }, () => openSocket(`127.0.0.1:${port}`)));
    for (const socket of slow) await write(socket, "GET /api/v1/centre HT");
    expect((await send("GET", "/api/v1/views/tracks")).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

it("stands at the end as it stood", async () => {
  expect((await fetch(`${test.url}/readyz`)).status).toBe(200);
  expect((await send("GET", "/api/v1/sessions/current")).status).toBe(200);
});
