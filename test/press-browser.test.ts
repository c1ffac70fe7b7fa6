/** The open-source desk by keyboard in a real browser: paste, judge, claim, the fact's page, and one value adopted by both. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { FactView, TextSearch, TimelineEntry } from "@openjmc/model";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDemonstrationSigner } from "../apps/centre/src/signer/demonstration.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";
import { until } from "./support/wait.ts";

const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
const CONSOLE = process.env.OPENJMC_CONSOLE ?? join(import.meta.dirname, "../apps/console/dist");
const missing = [
  existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM}`,
  existsSync(join(CONSOLE, "index.html")) ? undefined : "the console is not built",
].filter((text) => text !== undefined);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WAIT = { timeout: 90_000 };
const SHOTS = process.env.OPENJMC_SHOTS;

const FIRST =
  "The memorandum on the joint monitoring centre was signed on 11 November 2020, the ministry said. Observers heard shots near Kalbajar. <script>globalThis.__ran=1</script> No\u202eeno was hurt.";
const SECOND = "Меморандум о совместном центре был подписан 12 ноября 2020 года, сообщили в министерстве.";

const VIOLATION =
  "Two shots were fired at posts near Lachin on 2 February at 22:15, violating the ceasefire, the ministry said.";
const THIRD = "The memorandum on the centre was signed on 13 November 2020.";
const page = (outlet: string, at: string, words: string): string =>
  `<html lang="en"><title>${words.slice(0, 30)}</title><meta property="og:site_name" content="${outlet}"><meta property="article:published_time" content="${at}"><p>${words}</p></html>`;
const CAPTURED = `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(page("outlet-e", "2021-02-03T09:00:00Z", THIRD)).toString("base64")}\r\n--b--`;
const PLAIN = "Меморандум подписан 12 ноября 2020 года. Наблюдатели видели 3 машины у Лачина.";
const FILES = [
  {
    name: "one.html",
    mimeType: "text/html",
    words: VIOLATION,
    content: page("outlet-d", "2021-02-03T08:00:00Z", VIOLATION),
  },
  { name: "two.mhtml", mimeType: "", words: THIRD, content: CAPTURED },
  { name: "three.txt", mimeType: "text/plain", words: PLAIN, content: PLAIN },
].map(({ name, mimeType, words, content }) => ({
  ...{ name, mimeType, buffer: Buffer.from(content), characters: words.length },
}));

describe.skipIf(missing.length > 0)(
  `the open-source desk in a browser${missing.length > 0 ? ` (${missing.join(", ")})` : ""}`,
  () => {
    let test: TestCentre;
    let browser: Browser;
    let context: BrowserContext;
    let a: Page;
    let b: Page;
    const stop = new AbortController();
    let token: string;
    const signers: Promise<unknown>[] = [];
    const troubles: string[] = [];

    beforeAll(async () => {
      test = await openTestCentre({ exercise: true, more: { consoleFolder: CONSOLE } });
      token = await tokenOf(test.url, "A-Duty-2", test.signer("A-Duty-2"));
      for (const folder of Object.values(test.signers))
        signers.push(
          runDemonstrationSigner({
            url: test.url,
            folder,
            passphrase: PASSPHRASE,
            signal: stop.signal,
            print: () => undefined,
          }),
        );
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
      context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
      [a, b] = [await signIn("A-Duty-1"), await signIn("B-Duty-1")];
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      stop.abort();
      await Promise.allSettled(signers);
      await test?.close();
    });

    async function signIn(officer: string): Promise<Page> {
      const page = await context.newPage();
      page.on("pageerror", (error) => troubles.push(`${officer}: ${error.message}`));
      await page.goto(test.url, { waitUntil: "load" });
      await page.getByText(officer, { exact: true }).first().click(WAIT);
      await page.getByText("Sign out").waitFor(WAIT);
      return page;
    }

    async function shot(page: Page, name: string): Promise<void> {
      if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
    }

    async function accessibility(page: Page): Promise<string[]> {
      await page.evaluate(AXE);
      const found = (await page.evaluate(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })",
      )) as { violations: { id: string; nodes: { html: string }[] }[] };
      return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 160)}`);
    }

    const asked = async <T>(path: string): Promise<T> => {
      return (await (await fetch(`${test.url}${path}`, { headers: bearer(token) })).json()) as T;
    };

    /** Pastes a text and signs where it is from, with the keyboard alone once the form is open. */
    async function takeIn(page: Page, words: string, outlet: string, published: string): Promise<void> {
      await page.bringToFront();
      await page.getByRole("button", { name: "Open sources", exact: true }).click(WAIT);
      await page.getByRole("tab", { name: "Take a text in" }).click(WAIT);
      await page.getByLabel("Text", { exact: true }).fill(words, WAIT);
      await page.keyboard.press("Control+Enter");
      await page.getByLabel("Outlet", { exact: true }).fill(outlet, WAIT);
      await page.getByLabel("Published", { exact: true }).fill(published);
      await page.keyboard.press("Control+Enter");
      await page.getByText("To judge:").waitFor(WAIT);
    }

    it("takes a pasted text in, shows its words with what was found in them, and runs nothing of it", async () => {
      await takeIn(a, FIRST, "outlet-a", "2020-11-12");
      await a.getByRole("button", { name: "11 November 2020" }).waitFor(WAIT);
      await a.getByText("⟨RLO⟩").waitFor(WAIT);
      expect(await a.evaluate("globalThis.__ran")).toBeUndefined();
      await shot(a, "reading");
      expect(await accessibility(a)).toEqual([]);
    });

    it("is judged with one key each, corrected where it is wrong, and signed at once with its claims", async () => {
      const open = async (): Promise<number> =>
        Number(/To judge: (\d+)/.exec((await a.getByText(/To judge: \d+/).textContent()) ?? "")?.[1]);
      const before = await open();
      expect(before).toBe(4);
      for (const [key, left] of [
        ["KeyA", 3],
        ["KeyA", 2],
        ["KeyX", 1],
      ] as const) {
        await a.keyboard.press(key);
        await expect.poll(open, WAIT).toBe(left);
      }
      await a.keyboard.press("KeyE");
      await a.getByLabel("Value", { exact: true }).fill("kalbajar-town", WAIT);
      await a.keyboard.press("Enter");
      await expect.poll(open, WAIT).toBe(0);
      await a.keyboard.press("KeyK");
      await a.keyboard.press("KeyU");
      await expect.poll(open, WAIT).toBe(1);
      await a.keyboard.press("Shift+KeyA");
      await expect.poll(open, WAIT).toBe(0);
      await shot(a, "judged");
      await a.keyboard.press("Control+Enter");
      await a.getByText("Signed:").waitFor(WAIT);
      await until("the text to be judged", async () => {
        const { rows } = await asked<TextSearch>("/api/v1/texts");
        return (
          rows[0] !== undefined && rows[0].judged.accepted > 1 && rows[0].judged.corrected === 1 && rows[0].claims === 1
        );
      });
    });

    it("shows both values of a fact on its page; each component adopts one, and it is settled", async () => {
      await takeIn(b, SECOND, "outlet-b", "2020-11-13");
      await b.keyboard.press("Shift+KeyA");
      await b.getByText("To judge: 0").waitFor(WAIT);
      await b.keyboard.press("Control+Enter");
      await b.getByText("Signed:").waitFor(WAIT);
      for (const page of [a, b]) {
        await page.bringToFront();
        await page.getByRole("button", { name: "Open sources", exact: true }).click(WAIT);
        await page.getByRole("tab", { name: "Facts" }).click(WAIT);
        await page.getByRole("button", { name: "memorandum", exact: true }).click(WAIT);
        await page.getByText("other values").first().waitFor(WAIT);
        const held = page.locator("section", { has: page.getByRole("heading", { name: "signed" }) });
        await held
          .locator("div", { has: page.getByText("2020-11-11", { exact: true }) })
          .getByRole("button", { name: "Adopt" })
          .first()
          .click(WAIT);
        await page.getByLabel("Reasons").fill("The paper itself bears this day.", WAIT);
        await page.keyboard.press("Control+Enter");
        await page.getByText("The paper itself bears this day.").first().waitFor(WAIT);
      }
      await b.getByText("settled by all").first().waitFor(WAIT);
      await shot(b, "fact");
      expect(await accessibility(b)).toEqual([]);
      const fact = await asked<FactView>("/api/v1/press/facts/memorandum");
      expect(fact.versions.filter(({ adoptedBy }) => adoptedBy.length === 2).map(({ value }) => value)).toEqual([
        "2020-11-11",
      ]);
      await b.getByRole("button", { name: "Begin a docket entry" }).click(WAIT);
      await expect.poll(() => b.getByLabel("What is alleged").inputValue(), WAIT).toContain("memorandum");
      await shot(b, "docket");
    });

    it("finds texts in another alphabet, and shows discrepancies and outlets in every language", async () => {
      await a.bringToFront();
      await a.getByRole("tab", { name: "Texts" }).click(WAIT);
      await a.getByLabel("Search").fill("Кельбаджар", WAIT);
      await a.getByRole("button", { name: /^The memorandum/ }).waitFor(WAIT);
      await expect.poll(() => a.getByRole("table", { name: "Texts" }).locator("tbody tr").count(), WAIT).toBe(1);
      await shot(a, "search");
      const language = a
        .locator("select")
        .filter({ has: a.locator("option", { hasText: "Türkçe" }) })
        .first();
      for (const [label, tabs] of [
        ["English", ["Discrepancies", "Outlets"]],
        ["Türkçe", ["Çelişkiler", "Yayın organları"]],
        ["Русский", ["Расхождения", "Издания"]],
      ] as const) {
        await language.selectOption({ label });
        for (const tab of tabs) {
          await a.getByRole("tab", { name: tab }).click(WAIT);
          await a.getByText(tab).first().waitFor(WAIT);
          expect(await accessibility(a), tab).toEqual([]);
          await shot(a, `${label}-${tab}`);
        }
      }
      await language.selectOption({ label: "English" });
      expect(troubles).toEqual([]);
    });

    it("takes three files at once to a reviewed timeline by keyboard, and a claim of it to the docket", async () => {
      await a.getByRole("tab", { name: "Texts" }).click(WAIT);
      await a.keyboard.press("KeyN");
      await a.locator("input[type=file]").setInputFiles(FILES);
      for (const [index, file] of FILES.entries()) {
        await a.getByText(new RegExp(`^${file.characters} characters`)).waitFor(WAIT);
        if (index === 0) await shot(a, "three-files");
        if (file.mimeType === "text/plain") {
          await a.keyboard.type("outlet-c");
          for (const _ of ["language", "published"]) await a.keyboard.press("Tab");
          await a.keyboard.type("2021-02-03 07:00");
        }
        await a.keyboard.press("Control+Enter");
      }
      for (const _ of FILES) {
        const title = await a.locator("bdi").first().textContent(WAIT);
        await a.getByText(/To judge: [1-9]/).waitFor(WAIT);
        await a.keyboard.press("Shift+KeyA");
        await a.getByText("To judge: 0").waitFor(WAIT);
        await a.keyboard.press("Control+Enter");
        await expect.poll(() => a.locator("bdi").first().textContent(), WAIT).not.toBe(title);
      }
      await a.keyboard.press("KeyT");
      const timeline = a.getByRole("list", { name: "Timeline" });
      await timeline.getByText("ceasefire-violation").first().waitFor(WAIT);
      await timeline.getByText("others say").first().waitFor(WAIT);
      await shot(a, "timeline");
      expect(await accessibility(a)).toEqual([]);
      const told = await asked<readonly TimelineEntry[]>("/api/v1/press/timeline");
      expect(told.filter(({ fact }) => fact === "ceasefire-violation").map(({ day, value }) => [day, value])).toEqual([
        ["2021-02-02", "PL-03"],
      ]);
      await a.getByRole("tab", { name: "To file" }).click(WAIT);
      await a.getByRole("button", { name: "Begin a docket entry" }).first().click(WAIT);
      await expect.poll(() => a.getByLabel("What is alleged").inputValue(), WAIT).toContain("Lachin");
      await a.getByLabel("Alleged by").selectOption({ index: 1 });
      await a.getByRole("button", { name: "Record the allegation" }).click(WAIT);
      await a.waitForURL(/[?&]item=/, WAIT);
      await a.getByRole("button", { name: "Open sources", exact: true }).click(WAIT);
      await a.getByRole("tab", { name: "To file" }).click(WAIT);
      await a.getByText("named in the docket").first().waitFor(WAIT);
      await shot(a, "filed");
      expect(troubles).toEqual([]);
    });
  },
);
