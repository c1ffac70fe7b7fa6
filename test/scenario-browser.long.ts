/**
 * The disputed night in a real browser: what its duty officers do at the screen is done there, through the poor line that the scenario
 * describes, while everybody else acts as the script says. Long: the line is slow. `OPENJMC_SHOTS` names a folder for pictures.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScenarioFile } from "@openjmc/agreement";
import type { AppendedAnswer, FindingRow, IncidentRow } from "@openjmc/model";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { openPoorLink, type PoorLink } from "../apps/centre/src/scenario/poor-link.ts";
import { type Direction, playScenario } from "../apps/centre/src/scenario/scenario.ts";
import { until } from "./support/wait.ts";

const root = join(import.meta.dirname, "..");
const MISSION = join(root, "missions/karabakh-2020");
const CONSOLE = join(root, "apps/console/dist");
const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
const SHOTS = process.env.OPENJMC_SHOTS;
const INCIDENT = "01HBDNPK000000000000000N1C";
const WAIT = { timeout: 180_000 };
const FINDINGS = "/api/v1/views/findings?limit=5";
/** What is done at the screen, in its order. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  dissent: ["alert.acknowledged", "conclusion.stated", "finding.dissented", "read"],
  silence: ["alert.acknowledged", "read"],
};
/** How either way ends, as both sides read it on the incident's page, in English and in the authentic languages. */
const ENDS: Readonly<Record<string, readonly (readonly [locale: string, state: RegExp])[]>> = {
  dissent: [
    ["en", /\bsplit\b/i],
    ["ru", /раздельн/i],
    ["tr", /ayrışık/i],
  ],
  silence: [
    ["en", /one-sided/i],
    ["ru", /односторонн/i],
    ["tr", /tek taraflı/i],
  ],
};
const lacking = [
  existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM}`,
  existsSync(join(CONSOLE, "index.html")) ? undefined : "the console is not built",
].filter((text) => text !== undefined);

const scenario = parse(readFileSync(join(MISSION, "scenarios/disputed-night.yaml"), "utf8")) as ScenarioFile;

/** An officer's browser at the end of the line; what was loaded once need not come through it again. */
class Desk {
  readonly #line: PoorLink;
  readonly #context: BrowserContext;
  readonly #officer: string;
  #page: Page | undefined;
  readonly firstScreens: number[] = [];

  constructor(line: PoorLink, context: BrowserContext, officer: string) {
    this.#line = line;
    this.#context = context;
    this.#officer = officer;
  }

  /** Signs in anew: a watch is over after eight hours of the scenario. */
  async open(query: string): Promise<Page> {
    await this.#page?.close();
    const page = await this.#context.newPage();
    this.#page = page;
    const began = performance.now();
    await page.goto(`${this.#line.url}/`, { waitUntil: "commit", ...WAIT });
    await page.getByText(this.#officer, { exact: true }).first().click(WAIT);
    this.firstScreens.push(Math.round(performance.now() - began));
    await page.getByText("Sign out").waitFor(WAIT);
    await page.evaluate(
      `history.pushState(null, "", ${JSON.stringify(query)}); dispatchEvent(new PopStateEvent("popstate"))`,
    );
    return page;
  }

  /** Nothing that somebody must read may be cut off: the page is not wider than its window. */
  async shoot(name: string): Promise<void> {
    const page = this.#page!;
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name).toBe(true);
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }
}

const isIssued = (answer: unknown): boolean =>
  ["split", "one-sided"].includes((answer as { rows?: FindingRow[] }).rows?.[0]?.state ?? "");

/** The incident's page after the finding was issued: how it stands, both conclusions that there are, nobody named. */
async function readEnd(reader: string, desk: Desk, variant: string): Promise<void> {
  const page = await desk.open(`?room=incidents&item=${INCIDENT}`);
  for (const [locale, state] of ENDS[variant]!) {
    await page.locator("select:has(option[lang=tr])").first().selectOption(locale);
    await page.locator("main").getByText(state).first().waitFor(WAIT);
    await page.getByText("amber lighthouse").first().waitFor(WAIT);
    expect(await page.locator("main").textContent()).not.toMatch(/0[.,]61|61\s?%/);
    await desk.shoot(`${variant}-end-${reader}-${locale}`);
  }
  await page.locator("select:has(option[lang=tr])").first().selectOption("en");
}

describe.skipIf(lacking.length > 0)(
  `the disputed night in a browser${lacking.length > 0 ? ` (${lacking.join(", ")})` : ""}`,
  { timeout: 3_600_000 },
  () => {
    const folders: string[] = [];
    let browser: Browser | undefined;
    afterAll(async () => {
      await browser?.close();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    });

    it.each(["dissent", "silence"])("plays to its end over the poor line: %s", async (variant) => {
      const folder = mkdtempSync(join(tmpdir(), "openjmc-night-"));
      folders.push(folder);
      browser ??= await chromium.launch({
        executablePath: CHROMIUM,
        args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
      });
      const desks = new Map<string, Desk>();
      const lines: PoorLink[] = [];
      const done: string[] = [];
      const direct: Direction = {
        opened: async ({ centre }) => {
          for (const officer of ["A-Duty-1", "B-Duty-1"]) {
            const line = await openPoorLink(centre.url, scenario.link!, officer);
            lines.push(line);
            const context = await browser!.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
            desks.set(officer, new Desk(line, context, officer));
          }
        },
        players: (players) => ({
          ask: async (officer, get) => {
            const answer = await players.ask(officer, get);
            // Whoever sits at a desk looks at the page, too, once the finding stands as it will.
            if (desks.has(officer) && get === FINDINGS && isIssued(answer)) {
              for (const [reader, desk] of desks) await readEnd(reader, desk, variant);
              done.push("read");
            }
            return answer;
          },
          hash: (officer, get) => players.hash(officer, get),
          act: async (order) => {
            const desk = desks.get(order.officer);
            const kind = "kind" in order ? order.kind : "countersigned";
            const incident = async () =>
              (await players.ask("A-Duty-2", `/api/v1/views/incidents/${INCIDENT}`)) as IncidentRow;
            const answer = (statement: string) => ({ statement }) as AppendedAnswer;
            if (desk && "kind" in order && order.kind === "alert.acknowledged") {
              const page = await desk.open(`?room=common&select=alert:${order.subject}`);
              await page.getByText("Fire inside the ceasefire area").first().click(WAIT);
              await page.keyboard.press("KeyA");
              const row = async () =>
                (await players.ask("A-Duty-2", `/api/v1/views/alerts/${order.subject}`)) as {
                  acknowledged: { component: string }[];
                };
              await until(
                "acknowledged",
                async () => (await row()).acknowledged.some(({ component }) => component === "A"),
                180,
              );
              await desk.shoot(`${variant}-acknowledged`);
              done.push(kind);
              return answer("");
            }
            if (desk && order.officer === "B-Duty-1" && "kind" in order && order.kind === "conclusion.stated") {
              const page = await desk.open(`?room=incidents&item=${INCIDENT}`);
              await page.getByText("It is in, and sealed").waitFor(WAIT);
              expect(await page.content()).not.toContain("amber lighthouse");
              await desk.shoot(`${variant}-sealed-by-the-other`);
              await page.getByLabel("Our conclusion").fill((order.body as { text: string }).text, WAIT);
              await page.getByRole("button", { name: "Seal the conclusion" }).click(WAIT);
              await page.getByText("amber lighthouse").first().waitFor(WAIT);
              await desk.shoot(`${variant}-both-opened`);
              done.push(kind);
              return answer((await incident()).conclusions.find(({ component }) => component === "B")!.mark.statement);
            }
            if (desk && "kind" in order && order.kind === "finding.dissented") {
              const page = await desk.open(`?room=incidents&item=${INCIDENT}`);
              await page.getByRole("button", { name: "Dissent", exact: true }).first().click(WAIT);
              await page.getByLabel("Where and why you differ").fill((order.body as { text: string }).text, WAIT);
              await page.getByRole("button", { name: "Review and sign the dissent" }).click(WAIT);
              await page.getByRole("button", { name: "Send to my signer" }).click(WAIT);
              const rows = async () =>
                (await players.ask("A-Duty-2", "/api/v1/views/findings?limit=5")) as { rows: FindingRow[] };
              await until("split", async () => (await rows()).rows[0]?.state === "split", 180);
              await desk.shoot(`${variant}-dissented`);
              done.push(kind);
              return answer("");
            }
            return players.act(order as never);
          },
        }),
      };
      try {
        const played = await playScenario({
          ...{ scenario, variant, missionFolder: MISSION, folder, link: scenario.link, consoleFolder: CONSOLE, direct },
          onStep: () => undefined,
        });
        expect(played.steps.flatMap(({ at, faults }) => faults.map((fault) => `${at}: ${fault}`))).toEqual([]);
        expect(done).toEqual(STEPS[variant]);
        const screens = [...desks.values()].flatMap(({ firstScreens }) => firstScreens);
        process.stdout.write(`first screens over the line, ms: ${screens.join(", ")}\n`);
      } finally {
        await Promise.all(lines.map((line) => line.close()));
      }
    });
  },
);
