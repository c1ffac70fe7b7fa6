/** One event by many means, through a whole centre: heard by stations, seen by people, alleged; each component prefers an account. */
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeCue } from "@openjmc/formats";
import { destinationOf, distanceBetween, geodesicBetween } from "@openjmc/geo";
import {
  type CentreDescription,
  type EventAccounts,
  type EventRow,
  formatDegrees,
  formatInstant,
  type SightingBody,
  type SourceDescription,
} from "@openjmc/model";
import { afterAll, beforeAll, expect, it } from "vitest";
import { perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { exerciseWith } from "./support/mission.ts";
import { fireGun } from "./support/stations.ts";
import { until } from "./support/wait.ts";

const PLACE = { lon: 47.1234567, lat: 39.9876543 };
const OFFICERS = ["A-Duty-1", "B-Duty-1"] as const;

const CAMERA_PLACE = destinationOf(PLACE, 4, 4000);
/** It cannot send: its files are laid into the centre's inbox. */
const CAMERA: SourceDescription = {
  ...{ id: "cam-1", name: "Camera 1", format: "cues", means: "camera-thermal", ...CAMERA_PLACE, heightMetres: 700 },
  ...{ link: { kind: "folder", folder: "post" }, heightReference: "msl", rangeMetres: 9000, operator: "joint" },
  ...{ marking: "open", authentication: "address-only" },
};
const STILL = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

let root: string;
let test: TestCentre;
let tokens: readonly string[];
let event: EventRow;
let party = "";

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "openjmc-accounts-"));
  test = await openTestCentre({ exercise: true, missionFolder: exerciseWith(join(root, "mission"), [CAMERA]) });
  tokens = await Promise.all(OFFICERS.map((officer) => tokenOf(test.url, officer, test.signer(officer))));
  const firedAt = (Date.now() - 90_000) * 1000;
  const { mission } = await ask<CentreDescription>("/api/v1/centre");
  party = mission.parties[0]!.code;
  const links = { addresses: test.centre.feedAddresses, folder: test.folder, sources: mission.sources };
  await fireGun(links, PLACE, firedAt);
  await until("an event", async () => {
    const { rows } = await ask<{ rows: EventRow[] }>("/api/v1/views/events");
    if (rows[0] !== undefined) event = rows[0];
    return rows.length > 0;
  });
});
afterAll(async () => {
  await test.close();
  rmSync(root, { recursive: true });
});

const ask = async <T>(path: string, token = tokens[0]!): Promise<T> =>
  (await (await fetch(`${test.url}${path}`, { headers: bearer(token) })).json()) as T;
const accounts = () => ask<EventAccounts>(`/api/v1/events/${event.id}/accounts`);
/** More stations may hear it while the test goes on. */
const heardBy = (all: EventAccounts["accounts"]): number => all.find(({ kind }) => kind === "located")!.observations;
const act = (of: 0 | 1, kind: string, subject: string, body: object) =>
  perform(test.url, tokens[of]!, test.signer(OFFICERS[of]), {
    ...{ kind, subject, body, officer: OFFICERS[of], at: Date.now() * 1000 },
  });

it("shows what others saw of it, and joins the bearing that agrees", async () => {
  expect((await accounts()).accounts.map(({ kind }) => kind)).toEqual(["located"]);
  const observer = destinationOf(PLACE, 1, 3000);
  const { place: _place, ...body } = sightingBody(observer, event.originTime);
  const seen: SightingBody = {
    ...body,
    bearingDegrees: Math.round((geodesicBetween(observer, PLACE).azimuth * 180) / Math.PI),
    bearingUncertaintyDegrees: 2,
  };
  const sighting = ulid();
  await act(0, "sighting.reported", sighting, seen);
  await act(1, "allegation.received", ulid(), {
    ...{
      accuser: party,
      via: "hotline",
      what: "shelling",
      observation: "explosion",
      harm: "none",
      basis: "a call",
      language: "en",
    },
    count: { number: 3, unit: "round", qualifier: "at-least" },
    occurredAt: formatInstant(event.originTime),
    place: { lon: formatDegrees(PLACE.lon), lat: formatDegrees(PLACE.lat), uncertaintyMetres: 500 },
  });
  const { rule, accounts: all } = await accounts();
  expect(rule).toBe("most-observations");
  expect(all.map(({ kind }) => kind).sort()).toEqual(["allegation", "joined", "located", "sighting"]);
  expect(all[0]).toMatchObject({ kind: "joined", of: [sighting], observations: heardBy(all) + 1 });
  expect(distanceBetween(all[0]!, PLACE)).toBeLessThan(distanceBetween(event, PLACE) + 50);
  // The mission says how rounds may be told as explosions; the allegation's own count stands beside it.
  expect(all.find(({ kind }) => kind === "allegation")).toMatchObject({
    count: { number: 3, unit: "round", qualifier: "at-least" },
    converted: { unit: "explosion", rule: expect.any(String) },
  });
});

it("takes a camera's cue with its still out of the inbox, and its ray agrees", async () => {
  const line = encodeCue({
    ...{ station: CAMERA.id, sequence: 1, boot: 1, at: event.originTime, sight: "flash", bearingError: 0.004 },
    clock: { source: "gnss", errorMicroseconds: 1000 },
    bearing: geodesicBetween(CAMERA_PLACE, PLACE).azimuth,
    still: { mediaType: "image/jpeg", bytes: STILL },
  });
  const post = join(test.folder, "inbox/post");
  writeFileSync(join(post, ".half"), `${line}\n`);
  renameSync(join(post, ".half"), join(post, "one.jsonl"));
  await until("the cue", async () => (await accounts()).accounts.some(({ kind }) => kind === "camera"));
  const { accounts: all } = await accounts();
  const seen = all.find(({ kind }) => kind === "camera")!;
  expect(seen).toMatchObject({ agrees: true, source: CAMERA.id, sight: "flash" });
  expect(all[0]).toMatchObject({ kind: "joined", observations: heardBy(all) + 2 });
  expect(all.map(({ kind }) => kind)).toContain("crossing");
  const stored = () => fetch(`${test.url}/api/v1/attachments/${seen.still!.sha256}`, { headers: bearer(tokens[0]!) });
  await until("the still", async () => (await stored()).ok);
  expect(new Uint8Array(await (await stored()).arrayBuffer())).toEqual(STILL);
  await until("the file's place", async () => readdirSync(join(post, "taken")).length === 1);
});

it("keeps each component's preference beside the rule's, the latest word of each", async () => {
  await act(0, "account.preferred", event.id, { kind: "located", id: event.id, reason: "the observer was tired" });
  await act(1, "account.preferred", event.id, { kind: "joined", id: event.id, reason: "first thought" });
  await act(1, "account.preferred", event.id, { kind: "sighting", id: event.id, reason: "he stood close by" });
  const { preferences, accounts: all } = await accounts();
  expect(preferences.map(({ component, kind, reason }) => [component, kind, reason]).sort()).toEqual([
    ["A", "located", "the observer was tired"],
    ["B", "sighting", "he stood close by"],
  ]);
  expect(all[0]!.kind).toBe("joined");
  const wrong = act(0, "account.preferred", "no-event", { kind: "joined", id: event.id, reason: "x" });
  await expect(wrong).rejects.toThrow("event.unknown");
});
