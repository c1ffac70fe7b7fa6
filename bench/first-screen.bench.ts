/**
 * The console at the end of a poor line: the one of the mission's disputed night, 256 kbit/s, 800 ms and 5 % of packets sent again. A
 * browser that has never seen the console opens it: until the door stands and an officer can be chosen, until that officer's first
 * room lists what waits, and until its map is there; then the same browser comes again. The centre is a real one, and so is the browser.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ScenarioFile, ScenarioLink } from "@openjmc/agreement";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { parse } from "yaml";
import { openPoorLink, type PoorLink } from "../apps/centre/src/scenario/poor-link.ts";
import { runDemonstrationSigner } from "../apps/centre/src/signer/demonstration.ts";
import { openTestCentre, PASSPHRASE } from "../test/support/centre.ts";
import { CHROMIUM, CONSOLE, missingForBrowser } from "../test/support/console-browser.ts";
import { quantile } from "./support/quantile.ts";

const ROUNDS = 7;
const OFFICER = "A-Duty-1";
const SCENARIO = join(import.meta.dirname, "../missions/karabakh-2020/scenarios/disputed-night.yaml");
const WAIT = { timeout: 180_000 };

/** Milliseconds since the address was entered (`door`) and since the officer was chosen (`room`, `map`); kilobytes that came. */
interface Visit {
  readonly door: number;
  readonly room: number;
  readonly map: number;
  readonly kilobytes: number;
}

export async function run(rounds = ROUNDS) {
  const name = "the console's first screens over the poor line";
  if (missingForBrowser.length > 0) return { name, skipped: missingForBrowser.join(", ") };
  const link = (parse(readFileSync(SCENARIO, "utf8")) as ScenarioFile).link!;
  const centre = await openTestCentre({ exercise: true, more: { consoleFolder: CONSOLE } });
  const stop = new AbortController();
  const signer = runDemonstrationSigner({
    ...{ url: centre.url, folder: centre.signers.A!, passphrase: PASSPHRASE, signal: stop.signal },
    print: () => undefined,
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const first: Visit[] = [];
    const again: Visit[] = [];
    for (let round = 0; round < rounds; round++) {
      const [new_, known] = await twice(browser, centre.url, link, `${round}`);
      first.push(new_);
      again.push(known);
    }
    const told = { firstVisit: summary(first), nextVisit: summary(again) };
    return {
      ...{ name, unit: `seconds over ${rounds} lines, each with its own losses` },
      headline: `the door in ${told.firstVisit.door.median} s (longest ${told.firstVisit.door.longest}), an officer's room ${told.firstVisit.room.median} s later; when the browser knows the console ${told.nextVisit.door.median} s`,
      ...{ link, ...told },
    };
  } finally {
    await browser.close();
    stop.abort();
    await signer;
    await centre.close();
  }
}

async function twice(browser: Browser, url: string, link: ScenarioLink, seed: string): Promise<[Visit, Visit]> {
  const line = await openPoorLink(url, link, seed);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  try {
    return [await visit(context, line), await visit(context, line)];
  } finally {
    await context.close();
    await line.close();
  }
}

async function visit(context: BrowserContext, line: PoorLink): Promise<Visit> {
  const page = await context.newPage();
  const { received } = line.count();
  if (process.env.OPENJMC_WATCH !== undefined) watch(page);
  const began = performance.now();
  await page.goto(`${line.url}/`, { waitUntil: "commit", ...WAIT });
  const officer = page.getByText(OFFICER, { exact: true }).first();
  await officer.waitFor(WAIT);
  const door = performance.now() - began;
  const listed = page.waitForEvent("requestfinished", {
    predicate: (asked) => /views\/alerts/.test(asked.url()),
    ...WAIT,
  });
  await officer.click(WAIT);
  const chosen = performance.now();
  await page.getByRole("tab", { name: "Review" }).waitFor(WAIT);
  await listed;
  const room = performance.now() - chosen;
  await page.locator("canvas.maplibregl-canvas").waitFor(WAIT);
  const map = performance.now() - chosen;
  await page.getByRole("button", { name: "Sign out" }).click(WAIT);
  await officer.waitFor(WAIT);
  await page.close();
  return { door, room, map, kilobytes: (line.count().received - received) / 1000 };
}

/** For whoever looks into where the time goes. */
function watch(page: Page): void {
  const began = performance.now();
  const tell = (what: string, path: string): void =>
    void process.stderr.write(`${Math.round(performance.now() - began)} ${what} ${path}\n`);
  page.on("request", (request) => tell("asked", request.url()));
  page.on("requestfinished", (request) => tell("came", request.url()));
}

function summary(visits: readonly Visit[]) {
  const of = (part: keyof Visit, scale: number) => {
    const values = visits.map((visit) => visit[part] / scale);
    return { median: tenth(quantile(values, 0.5)), longest: tenth(Math.max(...values)) };
  };
  return { door: of("door", 1000), room: of("room", 1000), map: of("map", 1000), kilobytes: of("kilobytes", 1) };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

if (import.meta.main) console.log(JSON.stringify(await run(Number(process.argv[2] ?? ROUNDS)), undefined, 1));
