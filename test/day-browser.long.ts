/**
 * The day of six people, the whole of it at their screens: two liaison officers in the parties' portal, two duty officers and two heads
 * at the console. A claim with a film comes in, is answered, becomes a case, is concluded on by each side for itself, found jointly, and
 * stands in the day's report, which both heads sign in five languages. Long. `OPENJMC_SHOTS` names a folder for pictures.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AllegationRow, IncidentRow } from "@openjmc/model";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibility, CHROMIUM, CONSOLE, missingForBrowser } from "./support/console-browser.ts";
import { LANGUAGES, openStage, type Stage } from "./support/six-people.ts";
import { until } from "./support/wait.ts";

const SHOTS = process.env.OPENJMC_SHOTS;
const WAIT = { timeout: 120_000 };
const WHAT = "Two shells fell near E1.";
const ANSWER = "Our units did not fire.";
const PEOPLE = ["A-Party-1", "B-Party-1", "A-Duty-1", "B-Duty-1", "A-Head", "B-Head"] as const;
/** What sticks out of a page to the right, or nothing. Runs in the page. */
const WIDER = `document.documentElement.scrollWidth <= innerWidth ? "" :
  [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.tagName + "." + one.className + " " + one.textContent.slice(0, 40)).slice(0, 6).join("; ") || "?"`;
type Person = (typeof PEOPLE)[number];

describe.skipIf(missingForBrowser.length > 0)(
  `a day of six people in the browser${missingForBrowser.length > 0 ? ` (${missingForBrowser.join(", ")})` : ""}`,
  { timeout: 1_800_000 },
  () => {
    let stage: Stage;
    let browser: Browser;
    const pages = new Map<Person, Page>();
    const troubles: string[] = [];
    let claim: string;
    let incident: string;

    beforeAll(async () => {
      stage = await openStage(CONSOLE, { "A-Party-1": "P", "B-Party-1": "Q" });
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
      });
      for (const person of PEOPLE) pages.set(person, await signIn(person));
    });
    afterAll(async () => {
      if (troubles.length > 0) process.stdout.write(`${troubles.join("\n")}\n`);
      await browser?.close();
      await stage?.close();
    });

    async function signIn(person: Person): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
      const page = await context.newPage();
      page.on("pageerror", (error) => troubles.push(`${person}: ${error.message}`));
      await page.goto(stage.centre.url, { waitUntil: "load" });
      await page.getByText(person, { exact: true }).first().click(WAIT);
      await page.getByText("Sign out").waitFor(WAIT);
      return page;
    }

    /** Whose turn it is: the page in front, where the address leads. */
    async function turnOf(person: Person, view?: string): Promise<Page> {
      const page = pages.get(person)!;
      await page.bringToFront();
      if (view !== undefined)
        await page.evaluate(`history.pushState(null, "", "${view}"); dispatchEvent(new PopStateEvent("popstate"))`);
      return page;
    }

    /** Looks at a screen: in two languages, no wider than its window, and nobody shut out. */
    async function look(person: Person, name: string, other: "tr" | "ru"): Promise<void> {
      const page = pages.get(person)!;
      const language = page.locator("select:has(option[lang=tr])").first();
      for (const locale of ["en", other]) {
        await language.selectOption(locale);
        await expect.poll(() => page.evaluate("document.documentElement.lang"), WAIT).toBe(locale);
        if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `day-${name}-${person}-${locale}.png`) });
        const wide = await page.evaluate(WIDER);
        if (wide !== "") troubles.push(`${name} ${locale}: wider than its window: ${wide}`);
      }
      await language.selectOption("en");
      await expect.poll(() => page.evaluate("document.documentElement.lang"), WAIT).toBe("en");
      troubles.push(...(await accessibility(page)).map((violation) => `${name}: ${violation}`));
    }

    const fill = async (form: Locator, values: Readonly<Record<string, string>>): Promise<void> => {
      for (const [label, value] of Object.entries(values))
        await form.getByLabel(label, { exact: true }).first().fill(value, WAIT);
    };
    const ask = async <T>(path: string): Promise<T> => (await stage.players.ask("A-Duty-2", path)) as T;
    const claimRow = () => ask<AllegationRow>(`/api/v1/views/allegations/${claim}`);
    const caseRow = () => ask<IncidentRow>(`/api/v1/views/incidents/${incident}`);

    it("P's liaison officer alleges, and hands in a film; both have their receipts", async () => {
      const page = await turnOf("A-Party-1");
      const form = page.getByRole("form", { name: "New allegation" });
      await form.getByLabel("Alleged against").selectOption("Q");
      await fill(form, { "What is alleged": WHAT, "When, UTC": "2021-06-02T04:00:00Z" });
      await form.getByLabel("What was observed").selectOption("explosion");
      await fill(form, { "Longitude, degrees": "47.16", "Latitude, degrees": "40.03", Harm: "one roof" });
      await fill(form, { "How the party knows": "the owner" });
      await form.getByRole("button", { name: "Sign and send" }).click(WAIT);
      await page.getByText("Receipt: entry").first().waitFor(WAIT);
      [{ id: claim }] = (await ask<{ rows: [AllegationRow] }>("/api/v1/views/allegations?limit=1")).rows;
      const film = join(stage.root, "film of the roof.mp4");
      writeFileSync(film, Buffer.alloc(3_000_000, 7));
      await page.getByText("Files", { exact: true }).click(WAIT);
      await page.getByLabel("Choose a file").setInputFiles(film, WAIT);
      const custody = page.getByRole("form", { name: "Its way to you" });
      await fill(custody, { "From whom you have it": "the owner of the roof", How: "on a card, by hand" });
      await look("A-Party-1", "1-film", "ru");
      await custody.getByRole("button", { name: "Hand in the file" }).click(WAIT);
      await until("the film is in the record", async () => (await claimRow()).files?.length === 1, 180);
      await expect.poll(() => page.getByText("Receipt: entry").count(), WAIT).toBe(2);
    });

    it("A's duty officer reads and admits it, and makes a case of it", async () => {
      const page = await turnOf("A-Duty-1", `?room=allegations&item=${claim}`);
      await page.getByText(WHAT).first().waitFor(WAIT);
      const [film] = await Promise.all([
        page.waitForEvent("download", WAIT),
        page.getByRole("button", { name: "film of the roof.mp4" }).click(WAIT),
      ]);
      expect(film.suggestedFilename()).toBe("film of the roof.mp4");
      await page.getByRole("button", { name: "Admit to inquiry" }).click(WAIT);
      await until("admitted", async () => (await claimRow()).state === "admitted", 180);
      await look("A-Duty-1", "2-admitted", "ru");
      await page.getByRole("button", { name: "Open an incident" }).click(WAIT);
      await until("a case", async () => (await claimRow()).incident !== undefined, 180);
      incident = (await claimRow()).incident!;
      await turnOf("A-Duty-1", `?room=incidents&item=${incident}`);
      await lead(page);
      const offers = page.getByLabel("Attach from the picture and from people");
      const offer = offers.locator("option", { hasText: "film of the roof.mp4" });
      await offer.waitFor({ state: "attached", ...WAIT });
      await offers.selectOption((await offer.getAttribute("value"))!);
      await page.getByRole("button", { name: "Attach", exact: true }).click(WAIT);
      await until("the film is evidence", async () => (await caseRow()).evidence.some(({ custody }) => custody), 180);
    });

    async function lead(page: Page): Promise<void> {
      await page.getByText("Name our component's lead").first().click(WAIT);
      await page.getByRole("button", { name: "Name our component's lead" }).click(WAIT);
    }

    it("Q's liaison officer answers, and learns nothing of the film", async () => {
      const page = await turnOf("B-Party-1");
      await page.getByText(WHAT).first().waitFor(WAIT);
      const form = page.getByRole("form", { name: "The accused side's answer" });
      await form.getByLabel("What it comes to").selectOption("denied");
      await fill(form, { "Your answer": ANSWER });
      await form.getByRole("button", { name: "Sign the answer" }).click(WAIT);
      await until("answered", async () => (await claimRow()).answers?.length === 1, 180);
      await page.getByText(ANSWER).first().waitFor(WAIT);
      expect(await page.content()).not.toMatch(/film of the roof|owner/);
      await look("B-Party-1", "3-answered", "tr");
    });

    it("both sides conclude, each for itself, sealed until both are in", async () => {
      const [a, b] = [pages.get("A-Duty-1")!, pages.get("B-Duty-1")!];
      await turnOf("A-Duty-1", `?room=incidents&item=${incident}`);
      await a.getByLabel("Our conclusion").fill("Two impacts; the line is not known.", WAIT);
      await a.getByRole("button", { name: "Seal the conclusion" }).click(WAIT);
      await until("sealed", async () => (await caseRow()).conclusions.length === 1, 180);
      await turnOf("B-Duty-1", `?room=incidents&item=${incident}`);
      await lead(b);
      await b.getByText("It is in, and sealed").waitFor(WAIT);
      expect(await b.content()).not.toContain("the line is not known");
      await look("B-Duty-1", "4-sealed", "tr");
      await b.getByLabel("Our conclusion").fill("Two impacts, from the south.", WAIT);
      await b.getByRole("button", { name: "Seal the conclusion" }).click(WAIT);
      await b.getByText("the line is not known").first().waitFor(WAIT);
      await turnOf("A-Duty-1");
      await a.getByText("Two impacts, from the south.").first().waitFor(WAIT);
    });

    it("they find jointly, each at the own signer, and the claim ends with it", async () => {
      const a = await turnOf("A-Duty-1");
      await a.getByRole("button", { name: "Propose a finding" }).first().click(WAIT);
      await a.getByLabel("report by a party").check(WAIT);
      const form = a.getByRole("form", { name: "Propose a finding" });
      await form.getByLabel("Provision", { exact: true }).selectOption({ index: 1 });
      await form.getByLabel("Number", { exact: true }).first().fill("2", WAIT);
      await a.getByLabel("What is not known").fill("Who fired.", WAIT);
      await a.getByRole("button", { name: "Begin the texts from these facts" }).click(WAIT);
      await expect.poll(() => a.getByLabel("Text in Turkish").inputValue(), WAIT).not.toBe("");
      await a.getByRole("button", { name: "Review the exact text" }).click(WAIT);
      await a.getByText("This is the exact text that will be signed").waitFor(WAIT);
      if (SHOTS !== undefined) await a.screenshot({ path: join(SHOTS, "day-5-exact-text-A-Duty-1-en.png") });
      await a.getByRole("button", { name: "Send to my signer" }).click(WAIT);
      await a.getByText("finding proposed").first().waitFor(WAIT);
      const b = await turnOf("B-Duty-1");
      await b.getByRole("button", { name: "Countersign" }).first().click(WAIT);
      await b.getByText("You sign the other component's text, byte for byte").waitFor(WAIT);
      await b.getByRole("button", { name: "Send to my signer" }).click(WAIT);
      await b.getByText("joint finding").first().waitFor(WAIT);
      await look("B-Duty-1", "6-joint", "tr");
      expect(await claimRow()).toMatchObject({ state: "ended", outcome: "substantiated" });
      for (const person of ["A-Party-1", "B-Party-1"] as const) {
        const page = await turnOf(person);
        await page.getByText("substantiated", { exact: true }).first().waitFor(WAIT);
      }
      await look("A-Party-1", "7-ended", "ru");
    });

    it("both heads sign the day's report in five languages", async () => {
      stage.clock.moveTo(Date.parse("2021-06-02T15:31:00Z") * 1000);
      const date = "2021-06-02";
      await until("five editions", async () => (await stage.editions(date)).length === LANGUAGES.length, 300);
      const standing = async (id: string) => (await stage.editions(date)).find((row) => row.id === id)!;
      for (const person of ["A-Head", "B-Head"] as const) {
        // Ten hours and a half have passed: a watch is over after eight.
        await pages.get(person)!.context().close();
        pages.set(person, await signIn(person));
        for (const { id } of await stage.editions(date)) {
          const page = await turnOf(person, `?room=reports&item=${id}`);
          const before = (await standing(id)).approvedBy.length;
          const name = person === "A-Head" ? "Approve these bytes" : "Sign the same text";
          await page.getByRole("button", { name }).first().click(WAIT);
          await page.getByRole("button", { name: "Send to my signer" }).click(WAIT);
          await until(`${person} has signed`, async () => (await standing(id)).approvedBy.length === before + 1, 300);
        }
        await look(person, "8-report", person === "A-Head" ? "ru" : "tr");
      }
      const rows = await stage.editions(date);
      expect(rows.map(({ language, state }) => [language, state]).sort()).toEqual(
        LANGUAGES.map((language) => [language, "joint"]).sort(),
      );
      expect(troubles).toEqual([]);
    });
  },
);
