/** One event by many means, through a whole centre: heard by stations, seen by people, alleged; each component prefers an account. */
import { destinationOf, distanceBetween, geodesicBetween } from "@openjmc/geo";
import {
  type CentreDescription,
  type EventAccounts,
  type EventRow,
  formatDegrees,
  formatInstant,
  type SightingBody,
} from "@openjmc/model";
import { afterAll, beforeAll, expect, it } from "vitest";
import { perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { fireGun } from "./support/stations.ts";
import { until } from "./support/wait.ts";

const PLACE = { lon: 47.1234567, lat: 39.9876543 };
const OFFICERS = ["A-Duty-1", "B-Duty-1"] as const;

let test: TestCentre;
let tokens: readonly string[];
let event: EventRow;
let party = "";

beforeAll(async () => {
  test = await openTestCentre({ exercise: true });
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
afterAll(() => test.close());

const ask = async <T>(path: string, token = tokens[0]!): Promise<T> =>
  (await (await fetch(`${test.url}${path}`, { headers: bearer(token) })).json()) as T;
const accounts = () => ask<EventAccounts>(`/api/v1/events/${event.id}/accounts`);
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
  expect(all[0]).toMatchObject({ kind: "joined", of: [sighting], observations: event.stations.length + 1 });
  expect(distanceBetween(all[0]!, PLACE)).toBeLessThan(distanceBetween(event, PLACE) + 50);
  expect(all.find(({ kind }) => kind === "allegation")!.count).toEqual({
    number: 3,
    unit: "round",
    qualifier: "at-least",
  });
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
