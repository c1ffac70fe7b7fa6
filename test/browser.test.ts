/** The whole thread in a real browser: two components in two tabs of one profile, from an alert to a finding with both keys. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
const root = join(import.meta.dirname, "..");
const built = existsSync(join(root, "apps/console/dist/index.html"));
const missing = [
  existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM}`,
  built ? undefined : "the console is not built",
].filter((text) => text !== undefined);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WAIT = { timeout: 90_000 };

let child: ChildProcess;
let url: string;
let folder: string;
let browser: Browser;
let context: BrowserContext;
let a: Page;
let b: Page;
const troubles: string[] = [];

/** `jmc exercise` as a newcomer starts it, on a free port; answers the address it prints. */
function startExercise(data: string): Promise<string> {
  child = spawn(
    process.env.OPENJMC_NODE ?? process.execPath,
    [
      join(root, "apps/centre/src/cli/jmc.ts"),
      "exercise",
      "--data",
      data,
      "--port",
      "0",
      "--speed",
      "8",
      "--seed",
      "3",
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const match = /EXERCISE centre: (http\S+)/.exec(said);
      if (match) resolve(match[1]!);
    };
    child.stdout!.on("data", read);
    child.stderr!.on("data", read);
    child.once("exit", () => reject(new Error(said)));
  });
}

async function signIn(officer: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(`${officer}: ${error.message}`));
  await page.goto(url, { waitUntil: "load" });
  await page.getByText(officer, { exact: true }).first().click();
  await page.getByText("Sign out").waitFor(WAIT);
  return page;
}

/** Violations of WCAG 2.2 A and AA on the page as it stands. */
async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })",
  )) as { violations: { id: string; nodes: { html: string }[] }[] };
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 120)}`);
}

async function openIncident(page: Page): Promise<void> {
  await page.bringToFront();
  await page
    .getByRole("link", { name: "Incidents" })
    .or(page.getByRole("button", { name: "Incidents" }))
    .or(page.getByText("Incidents", { exact: true }))
    .first()
    .click();
  await page.getByText("J-2021-0001").first().click(WAIT);
}

describe.skipIf(missing.length > 0)(
  `two components in one browser${missing.length > 0 ? ` (${missing.join(", ")})` : ""}`,
  { timeout: 240_000 },
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "openjmc-browser-"));
      url = await startExercise(join(folder, "centre"));
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          "--no-sandbox",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
        ],
      });
      context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
      a = await signIn("A-Duty-1");
      b = await signIn("B-Duty-1");
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    });

    it("shows EXERCISE, the one clock and moving aircraft on the map", async () => {
      await a.bringToFront();
      await a.getByText("Nothing on this screen is real").waitFor(WAIT);
      await a.getByText("LIVE").first().waitFor(WAIT);
      expect(await accessibility(a)).toEqual([]);
    });

    it("opens an incident from an alert by keyboard, and the other component sees it", async () => {
      await a.getByText("new alert").first().waitFor(WAIT);
      await a.keyboard.press("KeyI");
      await b.bringToFront();
      await b.getByText("J-2021-0001").first().waitFor(WAIT);
    });

    it("takes each component's own conclusion, shown beside the other's", async () => {
      await openIncident(a);
      await a.getByLabel("Our conclusion").fill("Выстрелы слышали не менее восьми станций.", WAIT);
      await a.getByRole("button", { name: "State the conclusion" }).click();
      await openIncident(b);
      await b.getByText("Выстрелы слышали не менее восьми станций.").first().waitFor(WAIT);
      expect(await accessibility(b)).toEqual([]);
    });

    it("becomes joint when both officers' own signers have signed the same text", async () => {
      await a.bringToFront();
      await a.getByRole("button", { name: "Propose a finding" }).first().click(WAIT);
      await a.getByLabel("acoustic sensor").check();
      await a.getByRole("button", { name: "Begin the texts from these facts" }).click();
      await a.getByRole("button", { name: "Review the exact text" }).click();
      await a.getByText("This is the exact text that will be signed").waitFor(WAIT);
      await a.getByRole("button", { name: "Send to my signer" }).click();
      await a.getByText("finding proposed").first().waitFor(WAIT);
      await b.bringToFront();
      await b.getByRole("button", { name: "Countersign" }).first().click(WAIT);
      await b.getByText("You sign the other component's text, byte for byte").waitFor(WAIT);
      await b.getByRole("button", { name: "Send to my signer" }).click();
      await b.getByText("joint finding").first().waitFor(WAIT);
      await a.bringToFront();
      await a.getByText("joint finding").first().waitFor(WAIT);
    });

    it("opens every room without a fault and speaks Turkish and Russian", async () => {
      await a.bringToFront();
      for (const room of ["Sightings", "Allegations", "Sources & coverage", "Agreement", "Record", "Reports", "Duty"]) {
        await a.getByText(room, { exact: true }).first().click();
        await a.getByRole("main").waitFor(WAIT);
        await a.waitForTimeout(500);
        expect(await accessibility(a), room).toEqual([]);
      }
      const language = a
        .locator("select")
        .filter({ has: a.locator("option", { hasText: "Türkçe" }) })
        .first();
      await language.selectOption({ label: "Türkçe" });
      await a.getByText("TATBİKAT").first().waitFor(WAIT);
      await language.selectOption({ label: "Русский" });
      await a.getByText("УЧЕНИЕ").first().waitFor(WAIT);
      expect(troubles).toEqual([]);
    });
  },
);
