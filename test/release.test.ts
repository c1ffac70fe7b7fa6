/**
 * Nothing leaves the two components finer than the mission's grid or sooner than its delay: every route that the server knows,
 * the streams, the reports in every format, metrics, health, logs and files, asked by nobody, over a centre full of precise
 * positions, old and fresh.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CentreDescription,
  formatDegrees,
  formatInstant,
  type Instant,
  MICROSECONDS_PER_HOUR,
  VIEW_NAMES,
} from "@openjmc/model";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RouteRelease } from "../apps/centre/src/api/release-form.ts";
import { coarsePlace } from "../apps/centre/src/release/gate.ts";
import { perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, operationsOf, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import { sendBytes } from "./support/sockets.ts";
import { fireGun } from "./support/stations.ts";
import { beastOf } from "./support/traffic.ts";
import { until } from "./support/wait.ts";

const OFFICER = "A-Duty-1";

let test: TestCentre;
let token: string;
let offset = 0;
const clock = { now: (): Instant => Date.now() * 1000 + offset, speed: 1 };
const logLines: string[] = [];
/** Ids of things placed and too fresh for the public. */
const freshIds: string[] = [];
let fine: readonly number[] = [];
let attachment = "";

beforeAll(async () => {
  test = await openTestCentre({
    exercise: true,
    more: { clock, logger: pino({ level: "trace" }, { write: (line: string) => logLines.push(line) }) },
  });
  token = await tokenOf(test.url, OFFICER, test.signer(OFFICER));
  await happen({ icao: 0xabcd01, lon: 47.1234567, lat: 39.9876543 });
  offset += 2 * MICROSECONDS_PER_HOUR;
  freshIds.push(...(await happen({ icao: 0xabcd02, lon: 47.2345678, lat: 39.9123456 })));
  fine = await finePositions();
  attachment = await storeFile(`seen at ${formatDegrees(39.9876543)} ${formatDegrees(47.1234567)}`);
});
afterAll(() => test.close());

const inside = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${test.url}${path}`, { headers: bearer(token) })).json()) as T;

/** Everything that may happen at a place: a flight, a bang, and what people say of it. Answers the ids of it all. */
async function happen(place: { readonly icao: number; readonly lon: number; readonly lat: number }): Promise<string[]> {
  const [tracks, events] = [await idsOf("tracks"), await idsOf("events")];
  await fly(place);
  await bang(place);
  const made = await tell(place);
  await until("a new track", async () => (await idsOf("tracks")).length > tracks.length);
  await until("a new event", async () => (await idsOf("events")).length > events.length);
  const isNew = (known: readonly string[]) => (id: string) => !known.includes(id);
  return [...made, ...(await idsOf("tracks")).filter(isNew(tracks)), ...(await idsOf("events")).filter(isNew(events))];
}

async function idsOf(view: string): Promise<readonly string[]> {
  return (await inside<{ rows: { id: string }[] }>(`/api/v1/views/${view}?limit=1000`)).rows.map((row) => row.id);
}

async function fly({ icao, lon, lat }: { icao: number; lon: number; lat: number }): Promise<void> {
  const aircraft = { icao, callsign: "FINE01", lon, lat, altitudeMetres: 3048, velocityEast: 71, velocityNorth: 33 };
  await sendBytes(test.centre.feedAddresses.get("rx-n2")!, Buffer.concat(beastOf(aircraft, 0, 20)));
}

async function bang(place: { lon: number; lat: number }): Promise<void> {
  const { mission } = await inside<CentreDescription>("/api/v1/centre");
  const links = { folder: test.folder, addresses: test.centre.feedAddresses, sources: mission.sources };
  await fireGun(links, place, clock.now() - 70_000_000);
}

async function tell(place: { lon: number; lat: number }): Promise<string[]> {
  const { mission } = await inside<CentreDescription>("/api/v1/centre");
  const at = clock.now();
  const text = `${formatDegrees(place.lat)} N ${formatDegrees(place.lon)} E`;
  const body = { lon: formatDegrees(place.lon), lat: formatDegrees(place.lat) };
  const sighting = { ...sightingBody(place, at), remark: `two flashes at ${text}` };
  const [incident, finding, sighted, alleged, flashed, barred] = [ulid(), ulid(), ulid(), ulid(), ulid(), ulid()];
  const act = (kind: string, subject: string, of: object) =>
    perform(test.url, token, test.signer(OFFICER), { kind, subject, body: of, officer: OFFICER, at });
  await act("sighting.reported", sighted, sighting);
  await act("incident.opened", incident, { title: `Explosions at ${text}`, occurredAt: formatInstant(at), ...body });
  await act("incident.noted", incident, { text: `looked again at ${text}` });
  await act("allegation.received", alleged, {
    accuser: mission.parties[0]!.code,
    accused: mission.parties[1]!.code,
    via: "hotline",
    what: `shelling of ${text}`,
    observation: "explosion",
    count: { number: 3, unit: "explosion", qualifier: "at-least" },
    occurredAt: formatInstant(at),
    place: { ...body, uncertaintyMetres: 100 },
    harm: "none",
    basis: `call from ${text}`,
    language: "en",
  });
  await act("finding.proposed", finding, {
    incident,
    question: "What happened?",
    texts: Object.fromEntries(mission.authenticLanguages.map((language) => [language, `Explosions at ${text}`])),
    occurredAt: formatInstant(at),
    place: { ...body, uncertaintyMetres: 100 },
    observation: "explosion",
    count: { number: 2, unit: "explosion", qualifier: "exact" },
    means: ["saw", "acoustic"],
    provision: mission.provisions[0]!.id,
    judgement: "recorded",
    unknowns: "",
    deadline: formatInstant(at + 48 * MICROSECONDS_PER_HOUR),
  });
  await act("flash.sent", flashed, {
    ...{ event: "mines", headline: `Mines at ${text}`, text: `Seen at ${text}`, instruction: "Stop.", language: "en" },
    ...{ area: text, place: { ...body, uncertaintyMetres: 100 } },
    expires: formatInstant(at + 24 * MICROSECONDS_PER_HOUR),
  });
  await act("access.restricted", barred, {
    ...{ title: `Road at ${text}`, restriction: "denial", by: mission.parties[0]!.code, area: text, reason: text },
    ...{ from: formatInstant(at), place: { ...body, uncertaintyMetres: 100 } },
  });
  return [sighted, incident, alleged, finding, flashed, barred];
}

async function storeFile(text: string): Promise<string> {
  const response = await fetch(`${test.url}/api/v1/attachments`, {
    method: "POST",
    headers: { ...bearer(token), "content-type": "text/plain" },
    body: text,
  });
  return ((await response.json()) as { sha256: string }).sha256;
}

/** Every longitude and latitude that the components see anywhere. */
async function finePositions(): Promise<readonly number[]> {
  const found = new Set<number>();
  const { mission } = await inside<CentreDescription>("/api/v1/centre");
  const rows: unknown[] = [mission.sources];
  for (const view of VIEW_NAMES) rows.push(await inside(`/api/v1/views/${view}?limit=1000`));
  for (const one of objectsIn(rows)) {
    for (const value of [one.lon, one.lat]) if (value !== undefined) found.add(Number(value));
  }
  return [...found];
}

function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

/** Middles of grid cells may stand beside a fine position by chance; nothing else may. */
function isOnGrid(degrees: number): boolean {
  const { gridMetres } = test.centre.mission.view.release;
  const near = fine.flatMap((lon) =>
    fine.map((lat) => coarsePlace({ lon, lat: Math.max(-90, Math.min(90, lat)) }, gridMetres)),
  );
  return near.some(({ lon, lat }) => Math.abs(lon - degrees) < 1e-6 || Math.abs(lat - degrees) < 1e-6);
}

/** Numbers in a text that are, to within some metres, a longitude or latitude that only the components may know. */
function leaksIn(text: string): string[] {
  const numbers = text.match(/\d{1,3}[.,]\d{4,}/g) ?? [];
  return numbers.filter((digits) => {
    const degrees = Number(digits.replace(",", "."));
    return fine.some((value) => Math.abs(Math.abs(value) - degrees) < 1e-4) && !isOnGrid(degrees);
  });
}

/** Pairs in JSON that do not lie on the grid, at whatever depth. */
function offGrid(text: string): unknown[] {
  const { gridMetres } = test.centre.mission.view.release;
  const isOff = (lon: number, lat: number): boolean => {
    const coarse = coarsePlace({ lon, lat }, gridMetres);
    return Math.abs(coarse.lon - lon) > 1e-6 || Math.abs(coarse.lat - lat) > 1e-6;
  };
  return [...objectsIn(JSON.parse(text))].filter((one) => {
    const flat = (JSON.stringify(one.coordinates ?? []).match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    const drawn = flat.some((lon, index) => index % 2 === 0 && isOff(lon, flat[index + 1]!));
    return drawn || (one.lon !== undefined && isOff(Number(one.lon), Number(one.lat)));
  });
}

/** What is wrong with an answer that anybody got. */
function expectReleased(name: string, text: string, mediaType: string): void {
  expect(leaksIn(text), `${name}: fine positions`).toEqual([]);
  expect(
    freshIds.filter((id) => text.includes(id)),
    `${name}: fresh things`,
  ).toEqual([]);
  if (mediaType.includes("json") && text !== "") expect(offGrid(text), `${name}: places off the grid`).toEqual([]);
}

async function textOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.headers.get("content-type")?.includes("pdf")) return bytes.toString("utf8");
  const read = spawnSync("pdftotext", ["-layout", "-", "-"], { input: bytes, encoding: "utf8" });
  return read.status === 0 ? read.stdout : bytes.toString("latin1");
}

/** A route's addresses with true values in the place of its parameters, so that what it would tell is there to be told. */
async function addressesOf(url: string): Promise<readonly string[]> {
  const view = /^\/api\/v1\/views\/:view/.test(url);
  if (view && url.endsWith(":key")) return [`/api/v1/views/tracks/${(await idsOf("tracks"))[0]}`];
  if (view) return VIEW_NAMES.map((name) => `/api/v1/views/${name}?limit=1000`);
  if (url === "/record/tile/*")
    return ["0/000", "0/000.p/40", "entries/000", ...partials()].map((tile) => `/record/tile/${tile}`);
  if (url.endsWith("/reports/daily")) return reportAddresses(url);
  if (/\/reports\/(weekly|periodic|thematic)$/.test(url))
    return ["json", "geojson", "kml", "acled", "annex"].map((format) => `${url}?date=${dates()[2]}&format=${format}`);
  if (url.includes("/tracks/")) return [url.replace(":id", (await idsOf("tracks"))[0]!)];
  if (url.endsWith("/entries/:index")) return Array.from({ length: 40 }, (_, index) => `/api/v1/entries/${index}`);
  if (url.endsWith("/picture/at")) return [`${url}?time=${clock.now()}`];
  if (url.endsWith("/histogram")) return [`${url}?from=0&until=${clock.now()}`];
  return [url.replace(":sha256", attachment).replace(/[:*]\w*/g, "x")];
}

const partials = (): string[] => {
  const size = test.centre.registrar.size;
  return [`0/000.p/${size % 256}`, `entries/000.p/${size % 256}`];
};

const dates = (): string[] =>
  [-1, 0, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));

/** The span of the test may lie across a cut-off: the days around it hold all of it. */
function reportAddresses(url: string): string[] {
  const of = (date: string, format: string, language = "en") =>
    `${url}?date=${date}&format=${format}&language=${language}`;
  return dates().flatMap((date) => [
    ...["html", "csv", "json", "geojson", "kml"].map((format) => of(date, format)),
    ...["tr", "ru"].map((language) => of(date, "csv", language)),
    of(date, "pdf"),
  ]);
}

const BODIES: Readonly<Record<string, object>> = {
  "/api/v1/signer/challenges": {},
  "/api/v1/sessions/requests": {
    officer: OFFICER,
    sessionKey: "0".repeat(64),
    possession: `${"A".repeat(86)}==`,
    anchor: { size: 0, root: "0".repeat(64) },
  },
};

async function ask(route: RouteRelease, address: string, headers: Record<string, string> = {}): Promise<Response> {
  const hasBody = route.method === "POST" || route.method === "PUT";
  return fetch(`${test.url}${address}`, {
    method: route.method,
    headers: { ...headers, ...(hasBody ? { "content-type": "application/json" } : {}) },
    ...(hasBody ? { body: JSON.stringify(BODIES[route.url] ?? {}) } : {}),
  });
}

describe("the table of routes", () => {
  it("says of every route how it is released, and the interface's document lists every one", async () => {
    const documented = new Set((await operationsOf(test.url)).map(({ method, path }) => `${method} ${path}`));
    const named = ({ method, url }: RouteRelease) => `${method} ${url.replace(/:(\w+)/g, "{$1}").replace("*", "{*}")}`;
    const missing = test.centre.app.releaseTable
      .filter((route) => !["HEAD", "OPTIONS"].includes(route.method))
      .map(named)
      .filter((name) => !documented.has(name));
    expect(missing).toEqual([]);
    expect(test.centre.app.releaseTable.length).toBeGreaterThan(20);
  });

  it("finds fine positions where they belong: the measure measures", async () => {
    const views = await textOf(await fetch(`${test.url}/api/v1/views/tracks`, { headers: bearer(token) }));
    expect(leaksIn(views)).not.toEqual([]);
    expect(offGrid(views)).not.toEqual([]);
    for (const format of ["csv", "json", "html", "pdf"]) {
      const texts = dates().map(async (date) => {
        const url = `${test.url}/api/v1/reports/daily?date=${date}&format=${format}`;
        return textOf(await fetch(url, { headers: bearer(token) }));
      });
      expect(leaksIn((await Promise.all(texts)).join("\n")), format).not.toEqual([]);
    }
  });
});

describe("asked by nobody", () => {
  it.each([
    ["without a token", {}],
    ["with a token of nobody", bearer("x".repeat(43))],
  ])("every route keeps what is fine or fresh, %s", async (_name, headers) => {
    for (const route of test.centre.app.releaseTable) {
      if (route.method === "OPTIONS" || route.url === "/api/v1/picture") continue;
      for (const address of await addressesOf(route.url)) {
        const response = await ask(route, address, headers as Record<string, string>);
        if (route.release === "inside") expect(response.status, address).toBe(401);
        if (route.release === "rendered") expect(response.status, address).toBe(200);
        const text = await textOf(response);
        expectReleased(`${route.method} ${address}`, text, response.headers.get("content-type") ?? "");
        for (const [name, value] of response.headers) expect(leaksIn(value), `${address}: ${name}`).toEqual([]);
      }
    }
  });

  it("the entries of the record are refused though its hashes are given", async () => {
    const [hashes, entries] = partials();
    expect((await fetch(`${test.url}/record/tile/${hashes}`)).status).toBe(200);
    expect((await fetch(`${test.url}/record/tile/${entries}`)).status).toBe(401);
    expect((await fetch(`${test.url}/record/tile/${entries}`, { headers: bearer(token) })).status).toBe(200);
  });

  it("the picture's socket closes without a word", async () => {
    for (const query of ["", "?ticket=", `?ticket=${"x".repeat(32)}`]) {
      const socket = new WebSocket(`${test.url.replace("http", "ws")}/api/v1/picture${query}`);
      let messages = 0;
      socket.onmessage = () => {
        messages += 1;
      };
      const { code } = await new Promise<CloseEvent>((resolve) => {
        socket.onclose = resolve;
      });
      expect([code, messages]).toEqual([4401, 0]);
    }
  });

  it("a ticket opens the picture once", async () => {
    const { ticket } = await inside<{ ticket: string }>("/api/v1/picture/ticket");
    const open = () => new WebSocket(`${test.url.replace("http", "ws")}/api/v1/picture?ticket=${ticket}`);
    const first = open();
    first.binaryType = "arraybuffer";
    await new Promise((resolve) => {
      first.onmessage = resolve;
    });
    const second = open();
    const { code } = await new Promise<CloseEvent>((resolve) => {
      second.onclose = resolve;
    });
    expect(code).toBe(4401);
    first.close();
  });
});

describe("the public report", () => {
  interface PublicReport {
    readonly violations: readonly { id: string; at: number; lon?: number; lat?: number; description: string }[];
    readonly findings: readonly { id: string }[];
  }

  it("holds what is old enough, coarse, and nothing else", async () => {
    const reports = await Promise.all(
      dates().map(async (date) =>
        JSON.parse(await textOf(await fetch(`${test.url}/api/v1/public/reports/daily?date=${date}&format=json`))),
      ),
    );
    const violations = (reports as PublicReport[]).flatMap((report) => report.violations);
    expect(violations.map((line) => line.description)).toContainEqual(
      expect.stringMatching(/^two flashes at … N … E$/),
    );
    const limit = clock.now() - test.centre.mission.view.release.delay;
    expect(violations.filter((line) => line.at > limit)).toEqual([]);
    expect((reports as PublicReport[]).flatMap((report) => report.findings)).toHaveLength(1);
  });
});

describe("outside the interface", () => {
  it("log lines tell no position and no secret", () => {
    expect(logLines.length).toBeGreaterThan(3);
    expect(leaksIn(logLines.join(""))).toEqual([]);
    expect(logLines.filter((line) => line.includes(token))).toEqual([]);
  });

  it("record files that are public hold hashes only, and the command line's public report keeps the same rule", async () => {
    const record = join(test.folder, "record");
    for (const name of ["checkpoint", "log.vkey", "cosigners.vkey"])
      expect(leaksIn(readFileSync(join(record, name), "utf8"))).toEqual([]);
    for (const format of ["csv", "json", "html"])
      for (const date of dates()) {
        const args = [
          "report",
          "daily",
          "--data",
          test.folder,
          "--date",
          date,
          "--format",
          format,
          "--audience",
          "public",
        ];
        const { code, stdout, stderr } = await jmc(args);
        expect(code, stderr).toBe(0);
        expectReleased(args.join(" "), stdout, format);
      }
  });
});
