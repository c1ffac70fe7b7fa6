/** The centre follows no address that it is given: links in acts, requests, files and reports are text. */
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { type CentreDescription, formatInstant } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now, perform, proposalBody, sightingBody, ulid } from "./support/acts.ts";
import { bearer, type Operation, operationsOf, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { openSocket } from "./support/sockets.ts";

const OFFICER = "A-Duty-1";
const PLACE = { lon: 47.1234567, lat: 39.9876543 };

let test: TestCentre;
let token: string;
/** Counts whoever comes. */
let trap: Server;
let visits = 0;
let address: string;
/** The address in the ways in which a program might be made to follow it. */
let lures: string;

beforeAll(async () => {
  trap = createServer((socket) => {
    visits += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(trap, "listening");
  const host = `127.0.0.1:${(trap.address() as { port: number }).port}`;
  address = `http://${host}/x`;
  lures = [
    address,
    `[here](${address})`,
    `<img src="${address}">`,
    `<link rel=stylesheet href="${address}">`,
    `<iframe src="${address}"></iframe>`,
    `<!ENTITY x SYSTEM "${address}">`,
    `url(${address})`,
    `=WEBSERVICE("${address}")`,
    `\${jndi:ldap://${host}/x}`,
  ].join(" ");
  test = await openTestCentre({ exercise: true });
  token = await tokenOf(test.url, OFFICER, test.signer(OFFICER));
});
afterAll(async () => {
  trap.close();
  await test.close();
});

const act = (kind: string, subject: string, body: object) =>
  perform(test.url, token, test.signer(OFFICER), { kind, subject, body, officer: OFFICER });

it("a visit to the trap is counted", async () => {
  const socket = await openSocket(address.slice("http://".length, -"/x".length));
  await once(socket, "close");
  expect(visits).toBe(1);
  visits = 0;
});

describe("an address", () => {
  it("in every field of acts that takes a text, and in what is made of them", async () => {
    const { mission } = (await (await fetch(`${test.url}/api/v1/centre`)).json()) as CentreDescription;
    const incident = ulid();
    await act("sighting.reported", ulid(), { ...sightingBody(PLACE, now()), remark: lures });
    await act("incident.opened", incident, { title: lures.slice(0, 200), occurredAt: formatInstant(now()) });
    await act("incident.noted", incident, { text: lures });
    const proposal = proposalBody(mission, incident);
    const texts = Object.fromEntries(Object.keys(proposal.texts).map((language) => [language, lures]));
    await act("finding.proposed", ulid(), { ...proposal, question: lures.slice(0, 200), texts, unknowns: lures });
    const date = new Date().toISOString().slice(0, 10);
    for (const format of ["html", "csv", "json", "pdf"]) {
      const report = await fetch(`${test.url}/api/v1/reports/daily?date=${date}&format=${format}`, {
        headers: bearer(token),
      });
      expect(report.status, format).toBe(200);
      await report.arrayBuffer();
    }
    expect(visits).toBe(0);
  });

  it("in every parameter, query, header and body of every route", async () => {
    const operations = (await operationsOf(test.url)).filter((one) => one.path !== "/api/v1/stream");
    for (const operation of operations.filter(({ method }) => method !== "DELETE")) await lure(operation);
    expect(visits).toBe(0);
  });
});

/** Asks with the address wherever there is room for it; what is answered does not matter. */
async function lure({ method, path }: Operation): Promise<void> {
  const names = ["url", "uri", "href", "source", "callback", "redirect", "from", "until", "date", "after", "tag"];
  const query = new URLSearchParams(names.map((name): [string, string] => [name, address]));
  const body = JSON.stringify(
    Object.fromEntries([...names, "officer", "payload", "leaf"].map((name) => [name, address])),
  );
  const filled = path.replace(/\{[^}]+\}|\*/g, encodeURIComponent(address));
  const headers = { ...bearer(token), referer: address, origin: address, "x-filename": address, forwarded: address };
  const takesBody = method === "POST" || method === "PUT";
  for (const type of ["application/json", "image/svg+xml", "text/html"]) {
    const response = await fetch(`${test.url}${filled}?${query}`, {
      method,
      headers: { ...headers, "x-forwarded-host": address, ...(takesBody ? { "content-type": type } : {}) },
      ...(takesBody ? { body: type === "application/json" ? body : lures } : {}),
      signal: AbortSignal.timeout(120_000),
    });
    expect(response.status, `${method} ${path}`).toBeLessThan(500);
    await response.arrayBuffer();
    if (!takesBody) return;
  }
}
