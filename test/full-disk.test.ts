/** A disk that runs full: refused clearly, told at /readyz, nothing torn or lost, and on as soon as there is room. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CentreDescription, formatInstant } from "@openjmc/model";
import mqtt from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMqttPasswords } from "../apps/centre/src/founding/machine-keys.ts";
import { anchorOf, now, perform, postStatement, proposalBody, sightingBody, signAct, ulid } from "./support/acts.ts";
import { bearer, metric, tokenOf } from "./support/api.ts";
import { foundTestCentre, officerKey, openTestCentre, type TestCentre } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { end, openSocket, write } from "./support/sockets.ts";
import { arrivalLine, beastOf } from "./support/traffic.ts";

const MEGABYTE = 1024 * 1024;
const POLL = { timeout: 120_000, interval: 100 };
const PLACE = { lon: 47.1234567, lat: 39.9876543 };
const DEADLINES = 8;
const incident = { kind: "incident.opened", officer: "A-Duty-1" };
const incidentBody = () => ({ title: "Explosion", occurredAt: formatInstant(now()) });

describe("a centre that is told its disk is full", () => {
  let test: TestCentre;
  let token: string;
  let freeBytes = 1024 * MEGABYTE;
  const readiness = async () => (await fetch(`${test.url}/readyz`)).status;
  const fill = async () => {
    freeBytes = MEGABYTE;
    await expect.poll(readiness, POLL).toBe(503);
  };
  const clear = async () => {
    freeBytes = 1024 * MEGABYTE;
    await expect.poll(readiness, POLL).toBe(200);
  };

  beforeAll(async () => {
    test = await openTestCentre({
      exercise: true,
      more: { diskSpace: () => ({ freeBytes, totalBytes: 2048 * MEGABYTE }) },
    });
    token = await tokenOf(test.url, "A-Duty-1", test.signer("A-Duty-1"));
  });
  afterAll(() => test.close());

  it("says so where readiness is asked, without telling strangers where its files lie", async () => {
    await fill();
    const answer = await (await fetch(`${test.url}/readyz`)).text();
    expect(JSON.parse(answer)).toMatchObject({
      status: "not ready",
      faults: [
        { code: "disk.full", expected: expect.stringMatching(/^at least \d+ bytes free$/), got: `${freeBytes}` },
      ],
    });
    expect(answer).not.toContain(test.folder);
    await clear();
  });

  it("refuses acts and files with disk.full, keeps nothing of them, and takes them when there is room", async () => {
    const signer = test.signer("A-Duty-1");
    const anchor = await anchorOf(test.url, token);
    const envelope = await signAct(signer, anchor, { ...incident, subject: ulid(), body: incidentBody() });
    const file = () =>
      fetch(`${test.url}/api/v1/attachments`, {
        method: "POST",
        headers: { ...bearer(token), "content-type": "video/mp4" },
        body: "x".repeat(100_000),
      });
    await fill();
    const { size } = await anchorOf(test.url, token);
    for (const refused of [await postStatement(test.url, token, envelope), await file()]) {
      expect(refused.status).toBe(507);
      expect(await refused.json()).toMatchObject({ code: "disk.full", what: expect.any(String), got: `${freeBytes}` });
    }
    expect(await anchorOf(test.url, token)).toMatchObject({ size });
    expect(readdirSync(join(test.folder, "attachments/incoming"))).toEqual([]);
    await clear();
    expect((await postStatement(test.url, token, envelope)).status).toBe(201);
    expect((await file()).status).toBe(201);
  });

  it("lets frames wait and decodes every one of them afterwards", async () => {
    const source = { source: "rx-n2" };
    const frames = () => metric(test.url, "jmc_source_frames_total", source);
    const aircraft = { icao: 0xabc123, callsign: "WAIT1", lon: 47, lat: 40, altitudeMetres: 3000 };
    const messages = beastOf({ ...aircraft, velocityEast: 90, velocityNorth: 0 }, 0, 20);
    const before = await frames();
    const socket = await openSocket(test.centre.feedAddresses.get("rx-n2")!);
    await write(socket, Buffer.concat(messages.slice(0, 20)));
    await expect.poll(frames, POLL).toBe(before + 20);
    await fill();
    await write(socket, Buffer.concat(messages.slice(20)));
    await end(socket);
    expect(await frames()).toBe(before + 20);
    await clear();
    await expect.poll(frames, POLL).toBe(before + messages.length);
  });

  it("does not thank a station for what it could not keep", async () => {
    const client = await mqtt.connectAsync(`mqtt://${test.centre.feedAddresses.get("mqtt")}`, {
      username: "ac-03",
      password: readMqttPasswords(join(test.folder, "keys"))["ac-03"]!,
      reconnectPeriod: 200,
    });
    client.on("error", () => undefined);
    const frames = () => metric(test.url, "jmc_source_frames_total", { source: "ac-03" });
    const before = await frames();
    await fill();
    let isThanked = false;
    const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
    const published = client
      .publishAsync("jmc/exercise/acoustic/ac-03", arrivalLine("ac-03", now()), { qos: 1 })
      .then(() => {
        isThanked = true;
      });
    await closed;
    expect(isThanked).toBe(false);
    await clear();
    await published;
    expect(await frames()).toBe(before + 1);
    await client.endAsync(true);
  });
});

/** A small device of the test's own; undefined where the machine does not let it mount one. */
function mountSmallDevice(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-small-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  if (mounted.status === 0) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

const device = mountSmallDevice(128);

describe.skipIf(!device)("a device that is full in truth (needs leave to mount a tmpfs)", () => {
  const ballast = join(device ?? "", "ballast");
  const serving: ServedCentre[] = [];
  const serve = async (folder: string): Promise<ServedCentre> => {
    const centre = await serveCentre(folder);
    serving.push(centre);
    return centre;
  };
  const room = (): number => {
    const { bavail, bsize } = statfsSync(device!);
    return bavail * bsize;
  };
  /** Writes until no more than so many bytes are left. */
  function fillTo(leftBytes: number): void {
    const file = openSync(ballast, "a");
    const block = Buffer.alloc(64 * 1024, 1);
    try {
      for (let left = room(); left > leftBytes; left = room())
        writeSync(file, block, 0, Math.min(block.length, left - leftBytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      closeSync(file);
    }
  }

  afterAll(async () => {
    for (const centre of serving) await centre.kill();
    if (device) spawnSync("umount", ["-l", device]);
    if (device) rmSync(device, { recursive: true, force: true });
  });

  it("refuses below the reserve, goes on above it, stops safely at zero, and tears nothing", async () => {
    const root = join(device!, "site");
    mkdirSync(root);
    const founded = await foundTestCentre({ root });
    const signer = officerKey(founded, "A-Duty-1");
    const taken: { statement: string; index: number }[] = [];
    const centre = await serve(founded.folder);
    const token = await tokenOf(centre.url, "A-Duty-1", signer);
    const act = (kind: string, body: object, subject = ulid()) =>
      perform(centre.url, token, signer, { kind, body, subject, officer: "A-Duty-1" });
    for (let number = 0; number < 10; number++) taken.push(await act("sighting.reported", sightingBody(PLACE, now())));

    // The reserve: people's acts wait, the centre's own end still fits.
    fillTo(8 * MEGABYTE);
    await expect.poll(async () => (await fetch(`${centre.url}/readyz`)).status, POLL).toBe(503);
    await expect(act("sighting.reported", sightingBody(PLACE, now()))).rejects.toThrow(/507.*disk\.full/);
    rmSync(ballast);
    await expect.poll(async () => (await fetch(`${centre.url}/readyz`)).status, POLL).toBe(200);

    // Nothing left at all when the centre must write the ends of deadlines; what its tidying sets free is taken at once.
    const opened = ulid();
    taken.push(await act("incident.opened", incidentBody(), opened));
    for (let second = 0; second < DEADLINES; second++)
      taken.push(await act("finding.proposed", await proposalOf(centre.url, opened, 4 + second)));
    const filling = setInterval(() => fillTo(0), 50);
    expect(await centre.ended.finally(() => clearInterval(filling))).toBe(1);
    expect(centre.told()).toMatch(/disk\.full/);
    rmSync(ballast);

    const again = await serve(founded.folder);
    const headers = bearer(await tokenOf(again.url, "A-Duty-1", signer));
    for (const { statement, index } of taken) {
      const entry = await (await fetch(`${again.url}/api/v1/entries/${index}`, { headers })).json();
      expect(entry).toMatchObject({ statementId: statement });
    }
    const findings = async () =>
      ((await (await fetch(`${again.url}/api/v1/views/findings`, { headers })).json()) as { rows: { state: string }[] })
        .rows;
    await expect.poll(findings, POLL).toMatchObject(Array(DEADLINES).fill({ state: "one-sided" }));
    expect(await again.stop()).toBe(0);
    const verified = await jmc(["verify", founded.folder, "--json"]);
    expect(verified.code, verified.stdout).toBe(0);
    const checked = await jmc(["rebuild", founded.folder, "--check", "--json"]);
    expect(JSON.parse(checked.stdout)).toMatchObject({ equal: true });
  });
});

/** A proposal whose deadline passes after so many seconds. */
async function proposalOf(url: string, incidentId: string, seconds: number): Promise<object> {
  const { mission } = (await (await fetch(`${url}/api/v1/centre`)).json()) as CentreDescription;
  return proposalBody(mission, incidentId, seconds);
}
