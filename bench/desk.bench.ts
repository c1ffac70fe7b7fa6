/**
 * The desk at the size of a hard year: 400,000 sightings, 7,000 of them in one day, on the embedded store. The record is filled through
 * a registrar (`support/desk-year.ts`), every entry signed, checked and durable; then a centre starts on it and everything is asked over
 * HTTP as the console asks: entering, lists, search, the queue, the map, a day's report; and the year's report, in which the centre must
 * go on answering. `--data DIR` or OPENJMC_DESK_DATA keeps the folder, or takes one that was made before; OPENJMC_SIGHTINGS sets another
 * number.
 */
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get as httpGet } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { formatInstant, type Instant, MICROSECONDS_PER_DAY } from "@openjmc/model";
import { pino } from "pino";
import { openCentre } from "../apps/centre/src/centre.ts";
import { anchorOf, now, postStatement, signAct, ulid } from "../test/support/acts.ts";
import { bearer, tokenOf } from "../test/support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey } from "../test/support/centre.ts";
import { seeded } from "../test/support/random.ts";
import { fillYear, sightingBodyOf } from "./support/desk-year.ts";
import { quantile, rounded } from "./support/quantile.ts";

const SIGHTINGS = Number(process.env.OPENJMC_SIGHTINGS ?? 400_000);
const DAYS = 365;
const STORM_DAY = 330;
const STORM = Math.min(7_000, Math.round(SIGHTINGS / 20));
const ENTRIES = 300;
const ENTRY_EVERY_MILLISECONDS = 100;
const ROUNDS = 40;
const QUESTIONS = [
  "mill",
  "mortar",
  "короткая очередь",
  "havan sesi",
  "explosion",
  "tracer quarry",
  "B-Duty-2 orchard",
  "zzz",
];
/** What the console's queue is made of. */
const QUEUE_VIEWS = ["alerts", "findings", "incidents", "allegations", "sources", "sorties", "collection"];

interface Made {
  readonly sightings: number;
  readonly startsAt: Instant;
  readonly fillSeconds: number;
  readonly entries: number;
}

export async function run(kept = process.env.OPENJMC_DESK_DATA) {
  const root = kept ?? mkdtempSync(join(tmpdir(), "openjmc-desk-"));
  try {
    return await measured(root);
  } finally {
    if (kept === undefined) rmSync(root, { recursive: true, force: true });
  }
}

async function measured(root: string) {
  const founded: FoundedCentre = {
    ...{ root, folder: join(root, "centre") },
    signers: { A: join(root, "signer-a"), B: join(root, "signer-b") },
  };
  const made = await makeOnce(founded);
  const open = () =>
    openCentre({
      ...{ folder: founded.folder, host: "127.0.0.1", port: 0, mqtt: { host: "127.0.0.1", port: 0 } },
      logger: pino({ level: "silent" }),
    });
  const first = await seconds(open);
  await first.value.stop();
  const again = await seconds(open);
  const centre = again.value;
  try {
    const ask = await askerOf(centre.url, founded, "A-Duty-1");
    // Other officers': one alone may not ask for so much in a minute.
    const reports = await askerOf(centre.url, founded, "B-Duty-1");
    const others = await askerOf(centre.url, founded, "B-Duty-2");
    // The thread of reports begins with the first one.
    const firstReport = await seconds(async () => (await reports.get(reportOf(1, made.startsAt, "html"))).text());
    const results = {
      ...(await askEverything(ask, made.startsAt)),
      reportOfStorm: await stormReports(reports, made.startsAt),
      reportOfDay: await dayReports(others, made.startsAt),
    };
    const year = await yearly(ask, made.startsAt);
    const worst = Math.max(...Object.values(results).map(({ p95 }) => p95));
    return {
      name: `the desk with ${SIGHTINGS.toLocaleString("en")} sightings in a year and ${STORM.toLocaleString("en")} in a day, embedded store`,
      headline: `entry, lists, search, queue, map and daily report: the slowest p95 ${worst} ms; the year's report ${year.html.seconds} s (PDF ${year.pdf.seconds} s)`,
      unit: "milliseconds over HTTP, sign-in apart",
      ...{ filled: made, views: { firstStartSeconds: first.seconds, startSeconds: again.seconds }, results, year },
      ...{ firstReportSeconds: firstReport.seconds },
      ...{ processMegabytes: Math.round(process.memoryUsage().rss / 1e6) },
      ...{ projectionMegabytes: Math.round(statSync(join(founded.folder, "projection.db")).size / 1e6) },
    };
  } finally {
    await centre.stop();
  }
}

async function makeOnce(founded: FoundedCentre): Promise<Made> {
  const kept = join(founded.root, "made.json");
  if (existsSync(kept)) return sameSize(JSON.parse(readFileSync(kept, "utf8")) as Made, kept);
  await foundTestCentre({ root: founded.root });
  const today = Math.floor(now() / MICROSECONDS_PER_DAY) * MICROSECONDS_PER_DAY;
  const startsAt = today - DAYS * MICROSECONDS_PER_DAY;
  const filled = await seconds(() =>
    fillYear({
      ...{ founded, startsAt, days: DAYS, sightings: SIGHTINGS, stormDay: STORM_DAY, stormSightings: STORM },
      onDay: (day, entries) => {
        if (day % 30 === 0) process.stderr.write(`day ${day}: ${entries} entries\n`);
      },
    }),
  );
  const made = { sightings: SIGHTINGS, startsAt, fillSeconds: filled.seconds, entries: filled.value };
  writeFileSync(kept, JSON.stringify(made));
  return made;
}

function sameSize(made: Made, file: string): Made {
  if (made.sightings === SIGHTINGS) return made;
  throw new Error(`${file}: made with ${made.sightings} sightings, not ${SIGHTINGS}`);
}

interface Asker {
  get(path: string): Promise<Response>;
  /**
   * Read to its end, packed as it comes, and let go: the asker lives in the centre's own process, and a text of a megabyte put
   * together there would be the centre's to clear away, as a browser's never is.
   */
  drain(path: string): Promise<void>;
  enter(body: object): Promise<number>;
}

async function askerOf(url: string, founded: FoundedCentre, officer: string): Promise<Asker> {
  const signer = officerKey(founded, officer);
  const token = await tokenOf(url, officer, signer);
  const get = async (path: string): Promise<Response> => {
    const answer = await fetch(`${url}/api/v1/${path}`, { headers: bearer(token) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    return answer;
  };
  const drain = async (path: string): Promise<void> => {
    const [answer] = await once(
      httpGet(`${url}/api/v1/${path}`, { headers: { ...bearer(token), "accept-encoding": "gzip" } }),
      "response",
    );
    if (answer.statusCode !== 200 || answer.headers["content-encoding"] !== "gzip")
      throw new Error(`${path}: ${answer.statusCode} ${answer.headers["content-encoding"]}`);
    for await (const part of answer) if (part.length === 0) throw new Error(`${path}: an empty part`);
  };
  const enter = async (body: object): Promise<number> => {
    const subject = ulid();
    const act = { kind: "sighting.reported", subject, body, officer };
    const envelope = await signAct(signer, await anchorOf(url, token), act);
    const began = performance.now();
    const answer = await postStatement(url, token, envelope);
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    await (await get(`views/sightings/${subject}`)).json();
    return performance.now() - began;
  };
  return { get, drain, enter };
}

/** Entering is timed until the row is read back; the rest until the whole answer has come. */
async function askEverything(ask: Asker, startsAt: Instant) {
  const random = seeded(7);
  const storm = startsAt + STORM_DAY * MICROSECONDS_PER_DAY;
  const day = () => Math.floor(random() * (DAYS - 1));
  const spanOf = (begins: Instant): string =>
    `from=${formatInstant(begins)}&until=${formatInstant(begins + MICROSECONDS_PER_DAY)}`;
  const anyDay = (): string => spanOf(startsAt + day() * MICROSECONDS_PER_DAY);
  const text = async (path: string): Promise<void> => void (await (await ask.get(path)).text());
  const entries: number[] = [];
  for (let index = 0; index < ENTRIES; index += 1) {
    entries.push(await ask.enter(sightingBodyOf(now() - 120_000_000, random)));
    await pause(Math.max(0, ENTRY_EVERY_MILLISECONDS - entries.at(-1)!));
  }
  const box = () => {
    const [lon, lat] = [46.2 + random() * 0.8, 39.2 + random() * 0.8];
    return `box=${lon},${lat},${lon + 0.2},${lat + 0.2}`;
  };
  const question = (index: number): string => encodeURIComponent(QUESTIONS[index % QUESTIONS.length]!);
  const cursors = await deepCursors(ask);
  return {
    entry: timesOf(entries),
    list: await times(() => text("views/sightings?limit=200")),
    listDeep: await times((index) => text(`views/sightings?limit=200&after=${cursors[index % cursors.length]!}`)),
    listOfKindAndDay: await times(() => text(`views/sightings?limit=200&tag=explosion&${anyDay()}`)),
    search: await times((index) => text(`views/sightings?limit=100&words=${question(index)}`)),
    searchInDay: await times((index) => text(`views/sightings?limit=100&words=${question(index)}&${anyDay()}`)),
    queue: await times(
      async () => void (await Promise.all(QUEUE_VIEWS.map((view) => text(`views/${view}?limit=200`)))),
    ),
    mapOfDay: await times(() => text(`views/sightings?limit=1000&${spanOf(storm)}&box=46,39,47.5,40.5`)),
    mapOfPlace: await times(() => text(`views/sightings?limit=1000&${box()}`)),
    histogramOfDay: await times(() => text(`histogram?${anyDay()}&bins=120`)),
    histogramOfYear: await times(() =>
      text(
        `histogram?from=${formatInstant(startsAt)}&until=${formatInstant(startsAt + DAYS * MICROSECONDS_PER_DAY)}&bins=365`,
      ),
    ),
  };
}

const htmlOf = (ask: Asker, day: number, startsAt: Instant, language: string): Promise<void> =>
  ask.drain(reportOf(day, startsAt, `html&language=${language}`));

const stormReports = (ask: Asker, startsAt: Instant) =>
  times((index) => htmlOf(ask, STORM_DAY, startsAt, LANGUAGES[index % LANGUAGES.length]!));

function dayReports(ask: Asker, startsAt: Instant) {
  const random = seeded(8);
  return times(() => htmlOf(ask, 1 + Math.floor(random() * (DAYS - 1)), startsAt, "en"));
}

const LANGUAGES = ["en", "tr", "ru", "az", "hy"];

const dateOf = (startsAt: Instant, day: number): string =>
  formatInstant(startsAt + day * MICROSECONDS_PER_DAY).slice(0, 10);

const reportOf = (day: number, startsAt: Instant, format: string): string =>
  `reports/daily?date=${dateOf(startsAt, day)}&format=${format}`;

/** Pages far behind the first, as one who reads on comes to them. */
async function deepCursors(ask: Asker): Promise<string[]> {
  const cursors: string[] = [];
  let after = "";
  for (let page = 0; page < 120; page += 1) {
    const answer = (await (await ask.get(`views/sightings?limit=1000${after}`)).json()) as { next?: string };
    if (answer.next === undefined) break;
    after = `&after=${answer.next}`;
    if (page % 10 === 0) cursors.push(answer.next);
  }
  return cursors;
}

/** The report of the year, while another page asks for the newest sightings ten times a second. */
async function yearly(ask: Asker, startsAt: Instant) {
  const path = (format: string): string =>
    `reports/periodic?from=${dateOf(startsAt, 1)}&date=${dateOf(startsAt, DAYS - 1)}&format=${format}`;
  const one = async (format: string) => {
    const waits: number[] = [];
    let isOver = false;
    const beside = (async () => {
      while (!isOver) {
        const began = performance.now();
        await (await ask.get("views/sightings?limit=200")).text();
        waits.push(performance.now() - began);
        await pause(100);
      }
    })();
    const made = await seconds(async () => (await (await ask.get(path(format))).arrayBuffer()).byteLength);
    isOver = true;
    await beside;
    return { seconds: made.seconds, bytes: made.value, listBeside: timesOf(waits) };
  };
  return { html: await one("html"), pdf: await one("pdf"), annex: await one("annex") };
}

async function times(work: (index: number) => Promise<void>, rounds = ROUNDS) {
  const millis: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const began = performance.now();
    await work(index);
    millis.push(performance.now() - began);
  }
  return timesOf(millis);
}

const timesOf = (millis: readonly number[]) => ({
  p50: rounded(quantile(millis, 0.5)),
  p95: rounded(quantile(millis, 0.95)),
  most: rounded(Math.max(...millis)),
});

async function seconds<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const began = performance.now();
  const value = await work();
  return { value, seconds: rounded((performance.now() - began) / 1000) };
}

if (process.argv[1] === import.meta.filename) {
  const at = process.argv.indexOf("--data");
  console.log(JSON.stringify(await run(at < 0 ? undefined : process.argv[at + 1]), null, 2));
}
