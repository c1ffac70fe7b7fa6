/** Asking for a session, which anybody may: what strangers cannot spoil, and how long what is given lasts on a fast clock. */
import { type CentreDescription, formatInstant, type SigningRequest } from "@openjmc/model";
import {
  bytesToBase64,
  bytesToHex,
  formatPayloadType,
  possessionMessage,
  prepareStatement,
  unwrap,
} from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../apps/centre/src/primitives.ts";
import { watchForOfficer } from "../apps/centre/src/signer/watch.ts";
import { MOST_WAITING } from "../apps/centre/src/signing/requests.ts";
import { ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";

const SPEED = 60;
const WATCH = 8 * 3_600_000_000;
const began = Date.now() * 1000;
const clock = { now: () => began + (Date.now() * 1000 - began) * SPEED, speed: SPEED };

interface Filed {
  readonly request: SigningRequest;
  readonly secret: string;
}

let test: TestCentre;
beforeAll(async () => {
  test = await openTestCentre({ exercise: true, more: { clock } });
});
afterAll(() => test.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${test.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** What a tab sends, signed by a key that it has just made. */
async function bodyOf(officer: string) {
  const { origin, anchor } = (await (await fetch(`${test.url}/api/v1/centre`)).json()) as CentreDescription;
  const key = ed25519Signer(newEd25519Seed());
  const sessionKey = bytesToHex(key.publicKey);
  const claim = { origin, component: officer[0]!, holder: officer, anchorRoot: anchor.root, publicKey: sessionKey };
  const possession = bytesToBase64(await key.sign(possessionMessage(claim)));
  return { officer, sessionKey, possession, anchor: { size: anchor.size, root: anchor.root } };
}

const askFor = async (officer: string): Promise<Filed> =>
  (await (await post("/api/v1/sessions/requests", await bodyOf(officer))).json()) as Filed;

const standOf = async ({ request, secret }: Filed, wait = 0): Promise<SigningRequest> =>
  (await (
    await fetch(`${test.url}/api/v1/sessions/requests/${request.id}?wait=${wait}`, {
      headers: { "x-request-secret": secret },
    })
  ).json()) as SigningRequest;

async function waitingFor(token: string): Promise<readonly string[]> {
  const answer = await fetch(`${test.url}/api/v1/signer/requests`, { headers: bearer(token) });
  return ((await answer.json()) as { requests: readonly SigningRequest[] }).requests.map(({ id }) => id);
}

/** Puts a statement before the officer's own signer. */
async function putBefore(token: string, officer: string): Promise<Filed> {
  const { origin, anchor } = (await (await fetch(`${test.url}/api/v1/centre`)).json()) as CentreDescription;
  const { payload } = unwrap(
    prepareStatement(nodePrimitives.sha256, {
      ...{ origin, kind: "finding.dissented", component: officer[0]!, role: officer, subject: ulid(), revision: 0 },
      ...{ at: formatInstant(clock.now()), refs: [], anchor: { size: anchor.size, root: anchor.root }, body: {} },
    }),
  );
  const body = { payloadType: formatPayloadType("finding.dissented", 1), payload: bytesToBase64(payload) };
  return (await (await post("/api/v1/signing-requests", body, bearer(token))).json()) as Filed;
}

describe("a stranger", () => {
  it("files nothing without holding the key", async () => {
    const token = await tokenOf(test.url, "B-Duty-1", test.signer("B-Duty-1"));
    const body = await bodyOf("B-Duty-1");
    const foreign = (await bodyOf("B-Duty-1")).possession;
    for (const possession of [foreign, `${"A".repeat(86)}==`, "!".repeat(88)]) {
      const answer = await post("/api/v1/sessions/requests", { ...body, possession });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, "key.possession"]);
    }
    expect(await waitingFor(token)).toEqual([]);
  });

  it("who asks without end keeps no officer from signing and from signing in", async () => {
    const token = await tokenOf(test.url, "A-Duty-1", test.signer("A-Duty-1"));
    const colleague = await askFor("A-Duty-2");
    const statement = await putBefore(token, "A-Duty-1");
    const flood: Filed[] = [];
    for (let count = 0; count < MOST_WAITING; count++) flood.push(await askFor("A-Duty-1"));
    const honest = await askFor("A-Duty-1");
    const later = await putBefore(token, "A-Duty-1");
    const ids = [statement, ...flood.slice(1), honest, later].map(({ request }) => request.id);
    expect(await waitingFor(token)).toEqual(ids);
    expect(await standOf(flood[0]!)).toMatchObject({ state: "expired", fault: { code: "signing.too-many" } });
    expect(await standOf(colleague)).toMatchObject({ state: "waiting" });
  });
});

describe("on a clock that runs fast", () => {
  it("the token ends with its key, and both with the watch that the record takes", async () => {
    const officer = "B-Duty-1";
    const stop = new AbortController();
    const signer = test.signer(officer);
    const watching = watchForOfficer({
      ...{ url: test.url, officer, signer, print: () => undefined, confirm: async () => true, signal: stop.signal },
    });
    const { state, token } = await standOf(await askFor(officer), 20);
    stop.abort();
    await watching;
    expect(state).toBe("signed");
    const answer = await fetch(`${test.url}/api/v1/sessions/current`, { headers: bearer(token!) });
    const { expiresAt, keyid } = (await answer.json()) as { expiresAt: number; keyid: string };
    const until = test.centre.registrar.state.keys.get(keyid)!.until!;
    expect(until - clock.now()).toBeLessThanOrEqual(WATCH);
    const endOfKey = began + (until - began) / SPEED;
    expect(Math.abs(expiresAt - endOfKey)).toBeLessThan(1_000_000);
  });
});
