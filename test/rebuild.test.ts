/** The views are only ever rows made from record and picture: thrown away, they come back the same, on SQLite and on PostgreSQL. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { formatInstant, VIEW_NAMES } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type PrivatePostgres,
  postgresBinaries,
  startPrivatePostgres,
} from "../apps/centre/src/store/testing/private-postgres.ts";
import { now, perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { jmc, serveCentre } from "./support/jmc.ts";
import { sendBytes } from "./support/sockets.ts";
import { fireGun } from "./support/stations.ts";
import { beastOf } from "./support/traffic.ts";
import { until } from "./support/wait.ts";

const OFFICER = "A-Duty-1";
const PLACE = { lon: 47.1234567, lat: 39.9876543 };
/** Views that a running centre does not go on writing by itself. */
const STILL = VIEW_NAMES.filter((view) => !["sources", "coverage", "entries"].includes(view));

let test: TestCentre;
let scratch: string;
let token: string;
/** Rows of the still views before anything was thrown away, and the hash of every view once the centre was stopped. */
let rows: Readonly<Record<string, unknown>>;
let hashes: Readonly<Record<string, string>>;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "openjmc-rebuild-"));
  test = await openTestCentre({ exercise: true });
  token = await tokenOf(test.url, OFFICER, test.signer(OFFICER));
  await fillCentre();
  rows = await rowsOf(test.url, token);
  await test.centre.stop();
  hashes = (await rebuild()).views;
});
afterAll(async () => {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(test.root, { recursive: true, force: true });
});

async function fillCentre(): Promise<void> {
  const aircraft = { icao: 0xabc555, callsign: "AGAIN1", ...PLACE, altitudeMetres: 3000 };
  const frames = beastOf({ ...aircraft, velocityEast: 80, velocityNorth: 10 }, 0, 20);
  await sendBytes(test.centre.feedAddresses.get("rx-n2")!, Buffer.concat(frames));
  const { view } = test.centre.mission;
  const links = { folder: test.folder, addresses: test.centre.feedAddresses, sources: view.sources };
  await fireGun(links, PLACE, now() - 70_000_000);
  const act = (kind: string, subject: string, body: object) =>
    perform(test.url, token, test.signer(OFFICER), { kind, subject, body, officer: OFFICER });
  const incident = ulid();
  await act("incident.opened", incident, { title: "Gunfire", occurredAt: formatInstant(now()) });
  await act("incident.noted", incident, { text: "heard at the post" });
  for (let number = 0; number < 5; number++) await act("sighting.reported", ulid(), sightingBody(PLACE, now()));
  await act("finding.proposed", ulid(), {
    incident,
    question: "What happened?",
    texts: Object.fromEntries(view.authenticLanguages.map((language) => [language, "Gunfire"])),
    occurredAt: formatInstant(now()),
    observation: "explosion",
    count: { number: 1, unit: "explosion", qualifier: "exact" },
    means: ["acoustic"],
    provision: view.provisions[0]!.id,
    judgement: "recorded",
    unknowns: "",
    deadline: formatInstant(now() + 3_600_000_000),
  });
  const has = (view: string) => async () => ((await rowsOf(test.url, token))[view] as unknown[]).length > 0;
  for (const view of ["tracks", "events"]) await until(`a row in ${view}`, has(view));
}

async function rowsOf(url: string, bearerToken: string): Promise<Readonly<Record<string, unknown>>> {
  const pages = STILL.map(async (view) => {
    const response = await fetch(`${url}/api/v1/views/${view}?limit=1000`, { headers: bearer(bearerToken) });
    return [view, ((await response.json()) as { rows: unknown }).rows] as const;
  });
  return Object.fromEntries(await Promise.all(pages));
}

interface RebuildAnswer {
  readonly views: Readonly<Record<string, string>>;
  readonly equal?: boolean;
}

async function rebuild(...flags: string[]): Promise<RebuildAnswer> {
  const { code, stdout, stderr } = await jmc(["rebuild", test.folder, "--json", ...flags]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as RebuildAnswer;
}

function dropViews(): void {
  for (const name of readdirSync(test.folder).filter((one) => one.startsWith("projection.db")))
    rmSync(join(test.folder, name));
}

describe("views thrown away", () => {
  it("had something in them, and a check finds them as the record makes them", async () => {
    for (const view of ["tracks", "events", "incidents", "sightings", "findings", "officers"])
      expect(rows[view], view).not.toHaveLength(0);
    expect(await rebuild("--check")).toEqual({ views: hashes, rebuilt: hashes, equal: true });
    expect(Object.keys(hashes).sort()).toEqual([...VIEW_NAMES, "track-points"].sort());
  });

  it("come back the same by the command", async () => {
    dropViews();
    expect((await rebuild()).views).toEqual(hashes);
  });

  it("come back the same by starting the centre", async () => {
    dropViews();
    const centre = await serveCentre(test.folder);
    try {
      expect(await rowsOf(centre.url, await tokenOf(centre.url, OFFICER, test.signer(OFFICER)))).toEqual(rows);
    } finally {
      expect(await centre.stop()).toBe(0);
    }
    expect(await rebuild("--check")).toMatchObject({ equal: true });
    hashes = (await rebuild()).views;
  });

  it("that somebody has changed are found out, and mended by a rebuild", async () => {
    const database = new DatabaseSync(join(test.folder, "projection.db"));
    database.exec("update view_sightings set data = replace(data, 'explosion', 'shot')");
    database.close();
    const { code, stdout } = await jmc(["rebuild", test.folder, "--check", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ equal: false });
    expect((await rebuild()).views).toEqual(hashes);
  });
});

const binaries = postgresBinaries();

describe.skipIf(!binaries)("on PostgreSQL (needs the server's programs)", () => {
  let postgres: PrivatePostgres;
  beforeAll(async () => {
    postgres = await startPrivatePostgres(binaries!);
  });
  afterAll(() => postgres.stop());

  it("every view has the same hash as on SQLite, before and after a run of the centre", async () => {
    expect((await rebuild("--postgres", postgres.url)).views).toEqual(hashes);
    expect(await rebuild("--check", "--postgres", postgres.url)).toMatchObject({ views: hashes, equal: true });
    const centre = await serveCentre(test.folder, ["--postgres", postgres.url]);
    const officer = await tokenOf(centre.url, OFFICER, test.signer(OFFICER));
    try {
      expect(await rowsOf(centre.url, officer)).toEqual(rows);
      await perform(centre.url, officer, test.signer(OFFICER), {
        kind: "sighting.reported",
        subject: ulid(),
        body: sightingBody(PLACE, now()),
        officer: OFFICER,
      });
    } finally {
      expect(await centre.stop()).toBe(0);
    }
    const after = await rebuild("--check", "--postgres", postgres.url);
    expect(after).toMatchObject({ equal: true });
    hashes = (await rebuild()).views;
    expect(after.views).toEqual(hashes);
  });
});

describe("doctor, backup and restore", () => {
  const says = async (args: string[]) => {
    const ended = await jmc(args);
    return { ...ended, text: ended.stdout + ended.stderr };
  };

  it("doctor finds nothing wrong, and says what is when something is", async () => {
    const sound = await says(["doctor", test.folder, "--deep", "--json"]);
    expect(sound.code, sound.text).toBe(0);
    const copy = join(scratch, "sick");
    await restored(await backedUp("sick.zip"), copy);
    const journal = join(copy, "journal");
    const [segment] = readdirSync(journal).filter((name) => !name.startsWith("."));
    const bytes = readFileSync(join(journal, segment!));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(journal, segment!), bytes);
    const sick = await says(["doctor", copy, "--deep", "--json"]);
    expect(sick.code).toBe(1);
    expect(sick.text).toContain(segment!.split(".")[0]!);
  });

  async function backedUp(name: string): Promise<string> {
    const target = join(scratch, name);
    const done = await says(["backup", test.folder, target, "--json"]);
    expect(done.code, done.text).toBe(0);
    return target;
  }

  async function restored(backup: string, folder: string): Promise<void> {
    const done = await says(["restore", backup, folder, "--json"]);
    expect(done.code, done.text).toBe(0);
  }

  it("a backup restores to a centre with the same record and views, and opens", async () => {
    const folder = join(scratch, "again");
    await restored(await backedUp("whole.zip"), folder);
    expect((await jmc(["verify", folder])).code).toBe(0);
    const checked = JSON.parse((await jmc(["rebuild", folder, "--check", "--json"])).stdout) as RebuildAnswer;
    expect(checked).toMatchObject({ views: hashes, equal: true });
    const centre = await serveCentre(folder);
    const officer = await tokenOf(centre.url, OFFICER, test.signer(OFFICER));
    const now = await rowsOf(centre.url, officer);
    expect(await centre.stop()).toBe(0);
    expect(now.incidents).toEqual(rows.incidents);
    expect(now.tracks).toEqual(rows.tracks);
  });

  it("a backup of a running centre is whole as well", async () => {
    const centre = await serveCentre(test.folder);
    const folder = join(scratch, "live");
    try {
      await restored(await backedUp("live.zip"), folder);
    } finally {
      await centre.stop();
    }
    expect((await jmc(["verify", folder])).code).toBe(0);
    expect((await jmc(["rebuild", folder, "--check"])).code).toBe(0);
  });

  it("a backup that was touched is refused, and a folder in use or not empty is left alone", async () => {
    const backup = await backedUp("touched.zip");
    const bytes = readFileSync(backup);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(backup, bytes);
    const touched = await says(["restore", backup, join(scratch, "touched")]);
    expect(touched.code).toBe(2);
    expect(existsSync(join(scratch, "touched", "centre.json"))).toBe(false);
    const over = await says(["restore", join(scratch, "whole.zip"), test.folder]);
    expect(over.code).toBe(2);
    expect(over.stderr).toMatch(/empty/);
  });
});
