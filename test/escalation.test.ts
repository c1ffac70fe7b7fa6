/**
 * Word out of a real centre, to real servers of mail and webhooks: a flash to both parties under one key, the ladder on the
 * centre's clock, what is tried again and what is not, the feeds and the card, and a centre that is killed while it sends.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type EscalationRow,
  formatDegrees,
  formatInstant,
  type Instant,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
} from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coarsePlace } from "../apps/centre/src/release/gate.ts";
import { prepareCountersignature, sendAct } from "../apps/centre/src/signer/acts.ts";
import { perform, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { foundTestCentre, officerKey, openTestCentre, type TestCentre } from "./support/centre.ts";
import { type HookServer, openHookServer } from "./support/hooks.ts";
import { serveCentre } from "./support/jmc.ts";
import { type MailServer, openMailServer } from "./support/smtp.ts";
import { until } from "./support/wait.ts";

const OFFICER = "A-Duty-1";
const TOKEN = "a token of the recipient's own";
const PLACE = { lon: formatDegrees(47.1234567), lat: formatDegrees(39.9876543), uncertaintyMetres: 100 };

let test: TestCentre;
let token: string;
let mails: MailServer;
let hooks: HookServer;
let offset = 0;
const clock = { now: (): Instant => Date.now() * 1000 + offset, speed: 1 };

function setAddresses(folder: string, recipients: object, allowPrivate = true): void {
  const smtp = { host: "127.0.0.1", port: mails.port, security: "none", from: "centre@centre.test" };
  writeFileSync(join(folder, "keys", "channels.json"), JSON.stringify({ smtp, allowPrivate, recipients }));
}

const everyone = () => ({
  "A-capital-duty": { webhook: `${hooks.url}/a`, email: "duty@a.test" },
  "B-capital-duty": { email: "duty@b.test", phone: "+00 1" },
  "A-ministry": { capTokenSha256: createHash("sha256").update(TOKEN).digest("hex") },
  "P-liaison": { webhook: `${hooks.url}/p`, email: "p@parties.test" },
  "Q-liaison": { webhook: `${hooks.url}/q`, email: "q@parties.test" },
});

beforeAll(async () => {
  [mails, hooks] = await Promise.all([openMailServer(), openHookServer()]);
  test = await openTestCentre({ more: { clock } });
  setAddresses(test.folder, everyone());
  token = await tokenOf(test.url, OFFICER, test.signer(OFFICER));
});
afterAll(async () => {
  await test.close();
  await Promise.all([mails.close(), hooks.close()]);
});

const act = (kind: string, body: object, subject = ulid()) =>
  perform(test.url, token, test.signer(OFFICER), { kind, body, subject, officer: OFFICER, at: clock.now() });

async function get(path: string, headers: Record<string, string> = bearer(token)): Promise<Response> {
  return fetch(`${test.url}${path}`, { headers });
}

const rowOf = (id: string): EscalationRow => test.centre.registrar.desk.escalations.get(id)!;
const told = (id: string): string[] =>
  rowOf(id).deliveries.map((one) => `${one.recipient} ${one.channel} ${one.edition} ${one.outcome}`);
const delivered = (id: string, count: number) =>
  until(`${count} deliveries, has ${told(id)}`, () => rowOf(id).deliveries.length >= count);

const flash = (expires = clock.now() + MICROSECONDS_PER_HOUR) => ({
  ...{ event: "mines", headline: "Mines on the road", text: `Seen at ${PLACE.lat} ${PLACE.lon}`, language: "en" },
  ...{ instruction: "Stop all traffic.", area: "north road", place: PLACE, expires: formatInstant(expires) },
});
const ladder = (holdUntil = clock.now()) => ({
  ...{
    title: "Fire goes on",
    text: "Fire at the mill.",
    asked: "Call both parties.",
    language: "en",
    area: "the mill",
  },
  ...{ holdUntil: formatInstant(holdUntil), place: PLACE },
});

describe("a flash", () => {
  it("goes to both parties under one key, the same bytes but for whom they are for, coarse and one-sided", async () => {
    const id = ulid();
    await act("flash.sent", flash(), id);
    await delivered(id, 6);
    expect(told(id).sort()).toEqual([
      "P-liaison cap one-sided no-address",
      "P-liaison email one-sided accepted",
      "P-liaison webhook one-sided accepted",
      "Q-liaison cap one-sided no-address",
      "Q-liaison email one-sided accepted",
      "Q-liaison webhook one-sided accepted",
    ]);
    const [p, q] = ["/p", "/q"].map((path) => JSON.parse(hooks.hooks.find((hook) => hook.path === path)!.body));
    const same = ({ id: _id, recipient: _recipient, ...rest }: Record<string, unknown>) => rest;
    expect(same(p)).toEqual(same(q));
    expect(p.matter).toMatchObject({ standing: "one-sided", components: ["A"], text: "Seen at … …" });
    const coarse = coarsePlace({ lon: 47.1234567, lat: 39.9876543 }, test.centre.mission.view.release.gridMetres);
    expect([Number(p.matter.place.lon), Number(p.matter.place.lat)]).toEqual([coarse.lon, coarse.lat]);
    const both = mails.mails.filter(({ to }) => to[0]!.endsWith("@parties.test"));
    expect(both.map((mail) => mail.headers["x-openjmc-message"]).sort()).toEqual([
      `${id}.1.P-liaison.email.one-sided`,
      `${id}.1.Q-liaison.email.one-sided`,
    ]);
    // Each reads it in his own language; the other's script is not in it.
    expect(both.find(({ to }) => to[0] === "p@parties.test")!.text).toMatch(/[\u0530-\u058f].*Stop all traffic/s);
    expect(both.find(({ to }) => to[0] === "q@parties.test")!.text).toContain("Yalnız".slice(1));
    for (const mail of both) expect(mail.text).not.toContain(PLACE.lat);
  });

  it("is signed so that the receiver can tell, and becomes joint for those who had it", async () => {
    const id = [...test.centre.registrar.desk.escalations.keys()][0]!;
    const { publicKey } = (await (await get("/api/v1/public/webhook-key", {})).json()) as { publicKey: string };
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(publicKey, "base64")]),
      ...{ format: "der", type: "spki" },
    });
    const { headers, body } = hooks.hooks[0]!;
    const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
    const signature = Buffer.from(String(headers["webhook-signature"]).slice(4), "base64");
    expect(verify(null, signed, key, signature)).toBe(true);
    const b = await test.client("B-Duty-1");
    await sendAct(b, test.signer("B-Duty-1"), await prepareCountersignature(b, rowOf(id).statement));
    await delivered(id, 10);
    expect(rowOf(id).standing).toBe("joint");
    const last = JSON.parse(hooks.hooks.at(-1)!.body);
    expect(last).toMatchObject({ edition: "joint", replaces: [expect.stringMatching(/one-sided$/)] });
  });

  it("is in the public feed only after the mission's delay, coarse, as CAP 1.2", async () => {
    const before = await (await get("/api/v1/public/cap", {})).text();
    expect(before).not.toContain("<alert");
    offset += MICROSECONDS_PER_HOUR;
    const after = await (await get("/api/v1/public/cap", {})).text();
    expect(after).toContain('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">');
    expect(after).toMatch(/<circle>39\.\d{1,4},47\.\d{1,4} \d+<\/circle>/);
    expect(after).not.toMatch(/39\.98765|47\.12345/);
  });
});

describe("the ladder", () => {
  it("climbs by the clock, tries again, passes over what has no address, and stops at an answer", async () => {
    const id = ulid();
    hooks.status = 500;
    mails.refuse(1);
    const at = mails.mails.length;
    await act("escalation.begun", ladder(), id);
    await until("a failed webhook", () => hooks.hooks.some((hook) => hook.body.includes(id)));
    // B has no webhook: its e-mail goes at once, refused once and taken at the second attempt.
    await delivered(id, 2);
    expect(told(id)).toEqual([
      "B-capital-duty webhook one-sided no-address",
      "B-capital-duty email one-sided accepted",
    ]);
    expect(rowOf(id).deliveries[1]).toMatchObject({ attempts: 2 });
    expect(mails.mails.slice(at).map((mail) => mail.headers["message-id"])).toEqual([
      `<${id}.1.B-capital-duty.email.one-sided@centre.test>`,
    ]);
    offset += 6 * MICROSECONDS_PER_MINUTE;
    await delivered(id, 4);
    expect(told(id)).toContain("A-capital-duty webhook one-sided unreachable");
    expect(told(id)).toContain("A-capital-duty email one-sided accepted");
    offset += 11 * MICROSECONDS_PER_MINUTE;
    await delivered(id, 6);
    expect(told(id).filter((line) => line.includes("card"))).toHaveLength(2);
    offset += 16 * MICROSECONDS_PER_MINUTE;
    await until("the next rung", () => told(id).some((line) => line.startsWith("A-ministry cap")));
    const feed = await get("/api/v1/public/cap?recipient=A-ministry", bearer(TOKEN));
    expect(await feed.text()).toContain(`${id}.2.A-ministry.cap.one-sided`);
    expect((await get("/api/v1/public/cap?recipient=A-ministry", bearer("another"))).status).toBe(401);
    const answer = { recipient: "A-ministry", by: "the desk", text: "Seen.", language: "en" };
    await act("escalation.answered", { ...answer, answeredAt: formatInstant(clock.now()) }, id);
    const count = rowOf(id).deliveries.length;
    offset += 24 * MICROSECONDS_PER_HOUR;
    token = await tokenOf(test.url, OFFICER, test.signer(OFFICER));
    await act("escalation.ended", { outcome: "resolved", reason: "It is quiet." }, id);
    await until("the word of the end", () => told(id).some((line) => line.includes("ended")));
    expect(new Set(rowOf(id).deliveries.map((one) => one.message)).size).toBe(rowOf(id).deliveries.length);
    expect(count).toBeGreaterThan(6);
    hooks.status = 204;
  });

  it("has a card for voice that says whose word it is, and shows beforehand what each will read", async () => {
    const id = [...test.centre.registrar.desk.escalations.keys()].at(-1)!;
    const card = await get(`/api/v1/escalations/${id}/card?recipient=B-capital-duty`);
    const html = await card.text();
    expect(html).toContain("+00 1");
    expect(html).toContain("Fire at the mill.");
    expect((await get(`/api/v1/escalations/${id}/card?recipient=nobody`)).status).toBe(400);
    const response = await fetch(`${test.url}/api/v1/escalations/preview`, {
      ...{ method: "POST", body: JSON.stringify({ kind: "flash.sent", body: flash() }) },
      headers: { ...bearer(token), "content-type": "application/json" },
    });
    const { previews } = (await response.json()) as { previews: { recipient: string; text: string }[] };
    expect(previews.map(({ recipient }) => recipient)).toEqual(["P-liaison", "Q-liaison"]);
    for (const { text } of previews) expect(text).not.toContain(PLACE.lat);
  });

  it("does not go to an address inside where the operator does not allow it", async () => {
    setAddresses(
      test.folder,
      { "P-liaison": { webhook: `${hooks.url}/p` }, "Q-liaison": { webhook: "https://127.0.0.1/q" } },
      false,
    );
    const [id, count] = [ulid(), hooks.hooks.length];
    await act("flash.sent", flash(clock.now() + 2_000_000), id);
    await until("told as unreachable", () => told(id).filter((line) => line.includes("unreachable")).length === 2);
    expect(
      rowOf(id)
        .deliveries.filter((one) => one.outcome === "unreachable")
        .map((one) => one.detail),
    ).toEqual(["plain HTTP is refused", "an address inside, refused"]);
    expect(hooks.hooks).toHaveLength(count);
    setAddresses(test.folder, everyone());
  });
});

it("a centre killed while it sends goes on under the same ids, and loses nothing", async () => {
  const founded = await foundTestCentre();
  const { url: hookUrl, hooks: seen } = hooks;
  setAddresses(founded.folder, {
    "P-liaison": { webhook: `${hookUrl}/kp`, email: "kp@parties.test" },
    "Q-liaison": { webhook: `${hookUrl}/kq` },
  });
  const id = ulid();
  const ofKill = () => seen.filter(({ path }) => path.startsWith("/k"));
  hooks.status = 0;
  let served = await serveCentre(founded.folder);
  const signer = officerKey(founded, OFFICER);
  const expires = Date.now() * 1000 + MICROSECONDS_PER_HOUR;
  await perform(served.url, await tokenOf(served.url, OFFICER, signer), signer, {
    ...{ kind: "flash.sent", body: flash(expires), subject: id, officer: OFFICER },
  });
  await until("both webhooks on their way", () => ofKill().length >= 2);
  // Both were sent and neither was answered: killed now, the centre cannot know.
  await served.kill();
  hooks.status = 204;
  served = await serveCentre(founded.folder);
  try {
    const session = bearer(await tokenOf(served.url, OFFICER, signer));
    const read = async () =>
      (await (
        await fetch(`${served.url}/api/v1/views/escalations/${id}`, { headers: session })
      ).json()) as EscalationRow;
    await until("all delivered", async () => (await read()).deliveries.length === 6);
    const row = await read();
    expect(new Set(row.deliveries.map(({ message }) => message)).size).toBe(6);
    const ids = ofKill().map(({ headers }) => headers["webhook-id"]);
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(2);
    expect(new Set(ofKill().map(({ path, body }) => `${path}${body}`)).size).toBe(2);
  } finally {
    await served.kill();
    rmSync(founded.root, { recursive: true, force: true });
  }
});
