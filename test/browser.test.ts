/** The whole thread in a real browser: two components in two tabs of one profile, from an alert to a finding with both keys. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CentreDescription, formatInstant } from "@openjmc/model";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMONSTRATION_PASSPHRASE } from "../apps/centre/src/cli/exercise/folder.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { perform, sightingBody, ulid } from "./support/acts.ts";
import { metric, tokenOf } from "./support/api.ts";

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

/** How far the record is sealed, as the badge in a screen's header says. */
async function sealedUpTo(page: Page): Promise<number> {
  const badge = page.getByRole("banner").getByText(/^(sealed up to [\d,]+ of [\d,]+|[\d,]+ entr(y|ies), all sealed)$/);
  await badge.waitFor(WAIT);
  return Number(/[\d,]+/.exec((await badge.textContent()) ?? "")![0].replaceAll(",", ""));
}

/** Violations of WCAG 2.2 A and AA on the page as it stands. */
async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })",
  )) as { violations: { id: string; nodes: { html: string }[] }[] };
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 120)}`);
}

/** Files of the centre and of both components' folders that hold one of the texts. */
function filesWith(root: string, texts: readonly string[]): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => existsSync(path) && texts.some((text) => readFileSync(path).includes(text)));
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

/** Shows what an address names, without a new page. */
async function visit(page: Page, query: string): Promise<void> {
  await page.bringToFront();
  await page.evaluate(
    `history.pushState(null, "", ${JSON.stringify(query)}); dispatchEvent(new PopStateEvent("popstate"))`,
  );
}

/** Types into fields by their labels, going to each by focus and typing key by key. */
async function fillByKeyboard(page: Page, form: Locator, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, typed] of Object.entries(texts)) {
    await form.getByLabel(label, { exact: true }).focus(WAIT);
    await page.keyboard.type(typed);
  }
}

/** An instant so many hours after another, as people type it. */
const later = (instant: string, hours: number): string =>
  formatInstant(Date.parse(instant) * 1000 + hours * 3_600_000_000);

/** Each would set `__ran` if a browser took it for more than letters. */
const SCRIPTS = [
  "<script>globalThis.__ran=1</script>",
  "<img src=x onerror=globalThis.__ran=2>",
  "<svg onload=globalThis.__ran=3></svg>",
  '"><script>globalThis.__ran=4</script>',
  "'onmouseover='globalThis.__ran=5' style='position:fixed;inset:0",
  "</title></style></textarea><img src=x onerror=globalThis.__ran=6>",
  "<iframe srcdoc='<script>parent.__ran=7</script>'></iframe>",
  "<details open ontoggle=globalThis.__ran=8>",
  "[link](javascript:globalThis.__ran=9) javascript:globalThis.__ran=9",
  "{{constructor.constructor('globalThis.__ran=10')()}}",
  "{n, plural, other {<b>globalThis.__ran=11</b>}}",
];

/** Acts of an officer whose every text is full of scripts; answers where they are shown. */
async function hideScripts() {
  const officer = "B-Duty-2";
  const signer = openSigner(join(folder, "centre-signer-b"), officer, DEMONSTRATION_PASSPHRASE);
  const token = await tokenOf(url, officer, signer);
  const answer = await fetch(`${url}/api/v1/centre`);
  const { mission, now: at } = (await answer.json()) as CentreDescription;
  const [incident, sighting, allegation] = [ulid(), ulid(), ulid()];
  const all = SCRIPTS.join(" ");
  const act = (kind: string, subject: string, body: object) =>
    perform(url, token, signer, { kind, subject, body, officer, at });
  await act("sighting.reported", sighting, { ...sightingBody(mission.mapCentre, at), remark: all });
  await act("allegation.received", allegation, {
    accuser: mission.parties[0]!.code,
    accused: mission.parties[1]!.code,
    via: "hotline",
    what: all,
    observation: "explosion",
    count: { number: 3, unit: "explosion", qualifier: "at-least" },
    occurredAt: formatInstant(at),
    harm: "none",
    basis: all,
    language: "en",
  });
  await act("incident.opened", incident, { title: SCRIPTS[0], occurredAt: formatInstant(at) });
  const { index } = await act("incident.noted", incident, { text: all });
  return { incident, sighting, allegation, entry: index };
}

const HTML = "<script>globalThis.__ran=12</script><img src=x onerror=globalThis.__ran=13>";
/** Two pixels by one: what a decoder takes, with a page behind its end that none may. */
const PICTURE = Buffer.concat([
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DA8J8BAAf/Af8Bf4mnAAAAAElFTkSuQmCC",
    "base64",
  ),
  Buffer.from(HTML),
]);
/** The same head with a size that no screen and no memory has. */
const BOMB = Buffer.from(PICTURE);
BOMB.writeUInt32BE(200_000, 16);
BOMB.writeUInt32BE(200_000, 20);
/** What each says that it is, and is not. */
const FILES: readonly (readonly [string, string, Uint8Array])[] = [
  ["true.png", "text/html", PICTURE],
  ["bomb.png", "image/png", BOMB],
  ["page.png", "image/png", Buffer.from(`<!doctype html>${HTML}\u202egnp`)],
  ["film.gif", "image/gif", Buffer.from(`GIF89a/*${HTML}*/=1;`)],
  ["paper.pdf", "application/pdf", Buffer.concat([Buffer.from(`%PDF-1.7 ${HTML}`), Buffer.of(0, 255)])],
];

/** What none of the console's own pages holds, and every page in a file would. */
const FOREIGN = "main script, main iframe, main object, main embed, main video, main img[src=x], main svg[onload]";

/** A case whose evidence is files, one of them made out of another; answers the incident. */
async function bringFiles(): Promise<string> {
  const officer = "B-Duty-2";
  const signer = openSigner(join(folder, "centre-signer-b"), officer, DEMONSTRATION_PASSPHRASE);
  const token = await tokenOf(url, officer, signer);
  const { now: at } = (await (await fetch(`${url}/api/v1/centre`)).json()) as CentreDescription;
  const incident = ulid();
  const act = (kind: string, body: object, refs: { rel: string; sha256: string }[] = [], subject = ulid()) =>
    perform(url, token, signer, { kind, subject, body, officer, at, refs });
  await act("incident.opened", { title: "Files", occurredAt: formatInstant(at) }, [], incident);
  let last: string | undefined;
  for (const [title, mediaType, bytes] of FILES) {
    const headers = { authorization: `Bearer ${token}`, "content-type": mediaType, "x-filename": title };
    const stored = await fetch(`${url}/api/v1/attachments`, { method: "POST", body: Buffer.from(bytes), headers });
    const { sha256 } = (await stored.json()) as { sha256: string };
    const derivation = { from: last, what: "converted", by: officer, how: "by another program" };
    const body = { incident, kind: "file", target: sha256, title, mediaType, bytes: bytes.length };
    const made = last === undefined ? body : { ...body, derivation };
    await act("evidence.attached", made, [{ rel: "attachment", sha256 }]);
    last = sha256;
  }
  return incident;
}

describe.skipIf(missing.length > 0)(
  `two components in one browser${missing.length > 0 ? ` (${missing.join(", ")})` : ""}`,
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
    });
    afterAll(async () => {
      await browser?.close();
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    });

    it("tells at the door and inside how far both mirrors and the witness have sealed the record", async () => {
      const door = await (await browser.newContext({ locale: "en-GB" })).newPage();
      await door.goto(url, { waitUntil: "load" });
      for (const page of [door, a]) {
        await page.bringToFront();
        await expect.poll(() => sealedUpTo(page), { timeout: 90_000 }).toBeGreaterThan(0);
        const [upTo, size] = [await sealedUpTo(page), await metric(url, "jmc_record_size")];
        expect(upTo).toBeLessThanOrEqual(size);
      }
      await door.context().close();
    });

    it("shows EXERCISE, the one clock and moving aircraft on the map", async () => {
      await a.bringToFront();
      await a.getByText("Nothing on this screen is real").waitFor(WAIT);
      await a.getByText("LIVE").first().waitFor(WAIT);
      expect(await accessibility(a)).toEqual([]);
    });

    it("opens an incident from an alert by keyboard, and the other component sees it", async () => {
      // A day of the agreement waits in the queue from the start; what is heard and seen comes before it.
      const heard = a.locator("li", { hasText: "new alert" }).filter({ hasNotText: "A day of the agreement" });
      await heard.first().waitFor(WAIT);
      await a.keyboard.press("KeyI");
      await b.bringToFront();
      await b.getByText("J-2021-0001").first().waitFor(WAIT);
    });

    it("seals each component's own conclusion until both are in, and shows them side by side then", async () => {
      const [ours, theirs] = ["Выстрелы слышали не менее восьми станций.", "Sekiz istasyon iki patlama duydu."];
      await openIncident(a);
      await a.getByLabel("Our conclusion").fill(ours, WAIT);
      await a.getByRole("button", { name: "Seal the conclusion" }).click();
      await a.getByText("Only our component can read this").waitFor(WAIT);
      await a.getByText(ours).first().waitFor(WAIT);
      await openIncident(b);
      await b.getByText("It is in, and sealed").waitFor(WAIT);
      expect(await b.content()).not.toContain(ours);
      expect(await accessibility(b)).toEqual([]);
      expect(filesWith(folder, [ours, theirs])).toEqual([]);
      await b.getByLabel("Our conclusion").fill(theirs, WAIT);
      await b.getByRole("button", { name: "Seal the conclusion" }).click();
      await b.getByText(ours).first().waitFor(WAIT);
      await a.bringToFront();
      await a.getByText(theirs).first().waitFor(WAIT);
      expect(await accessibility(a)).toEqual([]);
    });

    it("keeps a component's own notes in its own room: the other side and the centre's disk have nothing of them", async () => {
      const note = "Наш канал в посёлке молчит с полудня.";
      await a.bringToFront();
      const ours = a.getByRole("region", { name: "Our own notes" });
      await ours.getByLabel("Note for our component alone").fill(note, WAIT);
      await ours.getByRole("button", { name: "Seal the note" }).click();
      await ours.getByText(note, { exact: true }).and(ours.locator("p")).waitFor(WAIT);
      await openIncident(b);
      const theirs = b.getByRole("region", { name: "Our own notes" });
      await theirs.getByRole("button", { name: "Look into our room" }).click();
      await theirs.getByText("None yet.").waitFor(WAIT);
      expect(await b.content()).not.toContain(note);
      expect(filesWith(folder, [note])).toEqual([]);
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

    it("runs nothing of what is hidden in texts, wherever they are shown", async () => {
      const { incident, sighting, allegation, entry } = await hideScripts();
      await a.bringToFront();
      const places = { incidents: incident, sightings: sighting, allegations: allegation, record: entry };
      for (const [room, item] of Object.entries(places)) {
        await a.evaluate(`history.pushState(null, "", "?room=${room}&item=${item}");
          dispatchEvent(new PopStateEvent("popstate"))`);
        for (const script of SCRIPTS) await a.getByText(script).first().waitFor(WAIT);
      }
      await a.evaluate(`history.pushState(null, "", "?room=reports"); dispatchEvent(new PopStateEvent("popstate"))`);
      await a.frameLocator("iframe").getByText(SCRIPTS[0]!).first().waitFor(WAIT);
      await a.evaluate(`history.pushState(null, "", "?room=common"); dispatchEvent(new PopStateEvent("popstate"))`);
      await a.waitForTimeout(1000);
      const ran = await Promise.all(a.frames().map((frame) => frame.evaluate("globalThis.__ran")));
      expect(ran.filter((one) => one !== undefined)).toEqual([]);
    });

    it("looks into files as pixels or as letters, whatever they say that they are, and runs nothing in them", async () => {
      const incident = await bringFiles();
      const page = b;
      await visit(page, `?room=incidents&item=${incident}`);
      const shown = new Map<string, string>();
      for (const [title] of FILES) {
        const item = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: title, exact: true }) });
        await item.getByText("Preview", { exact: true }).first().dispatchEvent("click", {}, WAIT);
        await item.getByRole("button", { name: "Preview", exact: true }).dispatchEvent("click", {}, WAIT);
        await item.getByText("These bytes have the hash of the record.").waitFor(WAIT);
        const pixels = await item.getByRole("img", { name: title }).count();
        shown.set(title, pixels > 0 ? "pixels" : ((await item.locator("pre").textContent()) ?? ""));
      }
      expect(shown.get("true.png")).toBe("pixels");
      expect(shown.get("page.png")).toBe(`<!doctype html>${HTML}‹U+202E›gnp`);
      expect(shown.get("film.gif")).toContain(HTML);
      expect(shown.get("paper.pdf")).toContain("25 50 44 46");
      await page.getByText("It says that it is text/html; its bytes say otherwise.").waitFor(WAIT);
      await page.getByText("200,000 × 200,000 pixels: more than is drawn here", { exact: false }).waitFor(WAIT);
      await page.getByText(/^converted from true\.png [0-9a-f]{12}, by B-Duty-2: by another program$/).waitFor(WAIT);
      expect(await accessibility(page)).toEqual([]);
      // Whatever the content policy would have stopped: nothing of a file became a part of the page.
      expect(await page.evaluate(`document.querySelectorAll(${JSON.stringify(FOREIGN)}).length`)).toBe(0);
      expect(await page.evaluate("globalThis.__ran")).toBeUndefined();
    });

    it("plans collection and asks clearance for a sortie by keyboard; what was not tasked says so", async () => {
      await visit(a, "?room=sources");
      await a.getByText("not tasked").first().waitFor(WAIT);
      await visit(a, "?room=collection");
      const plan = a.getByRole("form", { name: "Ask for collection" });
      await fillByKeyboard(a, plan, {
        "What is to watch": "camera of V1",
        "Pointed at": "the bridge at the mill",
        Purpose: "is it still open",
      });
      await plan.getByLabel("Source of the mission").selectOption({ label: "Exercise UAV camera V1" });
      await plan.getByRole("checkbox").last().focus();
      await a.keyboard.press("Space");
      const from = await plan.getByLabel("From", { exact: true }).inputValue();
      await plan.getByLabel("Until", { exact: true }).fill(later(from, 24));
      await a.keyboard.press("Control+Enter");
      await a.getByText("waiting for consent").first().waitFor(WAIT);
      expect(await accessibility(a)).toEqual([]);

      await visit(b, "?room=collection");
      await b.getByRole("button", { name: "camera of V1" }).focus();
      await b.keyboard.press("Enter");
      const answer = b.getByRole("form", { name: "Record an answer" });
      await answer.getByLabel("Answer of").selectOption({ index: 1 });
      await answer.getByLabel("Answer", { exact: true }).selectOption({ label: "agreed" });
      await answer.getByLabel("Answer", { exact: true }).focus();
      await b.keyboard.press("Control+Enter");
      await visit(a, "?room=collection");
      await a.getByRole("table").getByText("agreed", { exact: true }).waitFor(WAIT);

      await visit(a, "?room=collection&item=sorties");
      const sortie = a.getByRole("form", { name: "Ask for clearance" });
      await fillByKeyboard(a, sortie, {
        Aircraft: "small UAV",
        "Serial number (Remote ID)": "SN-77",
        Purpose: "watch the line",
        "Highest altitude, metres": "900",
      });
      await sortie.getByRole("checkbox").last().focus();
      await a.keyboard.press("Space");
      await a.keyboard.press("Control+Enter");
      await a.getByText("waiting for clearance").first().waitFor(WAIT);
      await visit(a, "?room=collection&item=watch");
      await a
        .getByRole("table", { name: "Hours in which a flight would have been followed" })
        .getByText("3,000 m")
        .waitFor(WAIT);
      expect(await accessibility(a)).toEqual([]);
    });

    it("shades the map by how well the air is watched, as the address says", async () => {
      await visit(a, "?room=common&air=1000b");
      await a.getByText("Layers", { exact: true }).click();
      const choice = a.getByLabel("Watch of the air on the map");
      expect(await choice.inputValue()).toBe("1000b");
      await choice.selectOption({ index: 0 });
      await expect.poll(() => a.evaluate("location.search"), { timeout: 30_000 }).not.toContain("air=");
      await a.getByText("Layers", { exact: true }).click();
    });

    it("opens every room without a fault and speaks Turkish and Russian", async () => {
      await a.bringToFront();
      for (const room of [
        "Sightings",
        "Allegations",
        "Desk",
        "Sources & coverage",
        "Agreement",
        "Record",
        "Reports",
        "Officers",
      ]) {
        await a.getByText(room, { exact: true }).first().click();
        await a.getByRole("main").waitFor(WAIT);
        await a.waitForTimeout(500);
        expect(await accessibility(a), room).toEqual([]);
        expect(await sealedUpTo(a), room).toBeGreaterThan(0);
        // A page taller than its window has a second scrollbar, and keys that scroll lose the lists.
        expect(await a.evaluate("document.documentElement.scrollHeight - innerHeight"), room).toBeLessThanOrEqual(0);
      }
      for (const [room, tabs] of [
        ["Watch", ["Handovers", "Watch bill", "Acts off watch", "Roster"]],
        ["Mission", ["Contingent", "Texts and mandate", "Closure"]],
      ] as const) {
        await a.getByText(room, { exact: true }).first().click();
        for (const tab of tabs) {
          await a.getByText(tab, { exact: true }).first().focus();
          await a.keyboard.press("Enter");
          await a.getByText(tab, { exact: true }).and(a.locator("[aria-selected=true]")).waitFor(WAIT);
        }
        expect(await accessibility(a), room).toEqual([]);
        expect(await sealedUpTo(a), room).toBeGreaterThan(0);
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
