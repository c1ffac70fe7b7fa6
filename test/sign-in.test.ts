/** Asking for a session, which anybody may: what strangers cannot spoil, and how long what is given lasts on a fast clock. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
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
import { makeAuthenticator } from "../apps/centre/src/passkeys/testing/authenticator.ts";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../apps/centre/src/primitives.ts";
import { watchForOfficer } from "../apps/centre/src/signer/watch.ts";
import { MOST_WAITING } from "../apps/centre/src/signing/requests.ts";
import { ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import { until } from "./support/wait.ts";

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

/** A session that the officer's own signer has enrolled. */
async function enrolled(officer: string): Promise<string> {
  const stop = new AbortController();
  const signer = test.signer(officer);
  const watching = watchForOfficer({
    ...{ url: test.url, officer, signer, print: () => undefined, confirm: async () => true, signal: stop.signal },
  });
  const { state, token } = await standOf(await askFor(officer), 20);
  stop.abort();
  await watching;
  expect(state).toBe("signed");
  return token!;
}

const current = async (token: string): Promise<{ expiresAt: number; keyid: string; code?: string }> =>
  (await (await fetch(`${test.url}/api/v1/sessions/current`, { headers: bearer(token) })).json()) as never;

describe("on a clock that runs fast", () => {
  it("the token ends with its key, and both with the watch that the record takes", async () => {
    const { expiresAt, keyid } = await current(await enrolled("B-Duty-1"));
    const until = test.centre.registrar.state.keys.get(keyid)!.until!;
    expect(until - clock.now()).toBeLessThanOrEqual(WATCH);
    const endOfKey = began + (until - began) / SPEED;
    expect(Math.abs(expiresAt - endOfKey)).toBeLessThan(1_000_000);
  });
});

describe("a passkey", () => {
  const OFFICER = "B-Duty-2";
  const give = async () =>
    ((await (await post("/api/v1/passkeys/challenges", {})).json()) as { challenge: string }).challenge;
  const device = makeAuthenticator("http://localhost:8080", "");
  const answer = async (challenge: string, keyids: readonly string[]) => {
    const made = device.answer({}, { challenge: Buffer.from(challenge).toString("base64url") });
    return (await post("/api/v1/passkeys/sessions", { ...made, challenge, keyids })).json() as Promise<{
      readonly token: string;
      readonly keyid?: string;
      readonly code?: string;
    }>;
  };

  it("opens the same watch again, with its key and as long as that lasts, or without one to read", async () => {
    const token = await enrolled(OFFICER);
    const { keyid, expiresAt } = await current(token);
    const challenge = await give();
    const made = device.made({}, { challenge: Buffer.from(challenge).toString("base64url") });
    const added = await post("/api/v1/passkeys", { ...made, challenge, name: "token" }, bearer(token));
    expect([added.status, await added.json()]).toMatchObject([201, { name: "token" }]);
    // Whatever else a browser names: only the officer's own key of a watch that goes on is his.
    const foreign = [...test.centre.registrar.state.keys.keys()].filter((id) => id !== keyid).slice(0, 10);
    const again = await give();
    const opened = await answer(again, [...foreign, keyid]);
    expect(opened).toMatchObject({ officer: OFFICER, keyid });
    expect(Math.abs((await current(opened.token)).expiresAt - expiresAt)).toBeLessThan(1_000_000);
    expect(await answer(again, [keyid])).toMatchObject({ code: "session.challenge" });
    expect(await answer(await give(), foreign)).not.toHaveProperty("keyid");
  });

  it("opens nothing once the officer's key is revoked, and what it has opened ends", async () => {
    const { token } = await answer(await give(), []);
    const secret = join(test.root, "passphrase");
    writeFileSync(secret, PASSPHRASE);
    const keys = [
      "--keys",
      test.signers.B!,
      "--root",
      "root-1",
      "--root",
      "root-2",
      "--passphrase-file",
      secret,
      "--reason",
      "lost",
    ];
    const { code, stderr } = await jmc(["officer", "revoke", OFFICER, ...keys, "--centre", test.url, "--yes"]);
    expect(code, stderr).toBe(0);
    await until("the session has ended", async () => (await current(token)).code === "session.missing");
    expect(await answer(await give(), [])).toMatchObject({ code: "passkey.unknown" });
  });
});
