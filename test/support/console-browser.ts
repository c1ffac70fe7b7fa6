/** What tests of the console in a real browser share: whether there is one, axe, and going about by keyboard alone. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";

export const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
/** The built console. */
export const CONSOLE = process.env.OPENJMC_CONSOLE ?? join(import.meta.dirname, "../../apps/console/dist");
/** What a test in a browser lacks here, in words; none where it can run. */
export const missingForBrowser: readonly string[] = [
  existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM}`,
  existsSync(join(CONSOLE, "index.html")) ? undefined : "the console is not built",
].filter((text) => text !== undefined);
export const WAIT = { timeout: 90_000 };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations of WCAG 2.2 A and AA on the page as it stands, or in the part that a selector names. */
export async function accessibility(page: Page, part = "html"): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(AXE);
  const found = (await page.evaluate(
    `axe.run(document.querySelector("${part}"), { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`,
  )) as { violations: { id: string; nodes: { html: string }[] }[] };
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 160)}`);
}

const MOST_STOPS = 250;
/** Both run in the page. */
const IS_FOCUSED = new Function("element", "return element === document.activeElement") as (
  element: unknown,
) => boolean;
const TAKEN = new Function("list", "return list.selectedOptions[0]?.label ?? ''") as (list: unknown) => string;

/** Goes from stop to stop with the Tab key until the thing has the focus: what no stop reaches no keyboard reaches. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor(WAIT);
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate(IS_FOCUSED)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not reach ${target}`);
}

/** Presses the thing as a keyboard does. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Types into a field in the place of what stands there. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** Takes a choice of a list with the arrow keys. */
export async function chooseIn(page: Page, field: Locator, label: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("Home");
  let before: string | undefined;
  for (;;) {
    const taken = await field.evaluate(TAKEN);
    if (taken === label) return;
    if (taken === before) throw new Error(`no ${label} in the list, which ends with ${taken}`);
    before = taken;
    await page.keyboard.press("ArrowDown");
  }
}

/** A room by its name through the palette. */
export async function goToRoom(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+KeyK");
  await page.getByRole("combobox").and(page.locator("input")).waitFor(WAIT);
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name, exact: true }).first().waitFor(WAIT);
}

/** Along a row of tabs with the arrow keys to the one of that name. */
export async function goToTab(page: Page, row: string, name: string): Promise<void> {
  const tabs = page.getByRole("tablist", { name: row, exact: true });
  await tabTo(page, tabs.locator("[aria-selected=true]"));
  const wanted = tabs.getByRole("tab", { name, exact: true });
  for (let step = 0; step < 20; step++) {
    if ((await wanted.getAttribute("aria-selected")) === "true") return;
    await page.keyboard.press("ArrowRight");
  }
  throw new Error(`no tab ${name} in ${row}`);
}
