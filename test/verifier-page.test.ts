/** The single-file verifier in a real browser, from file:// and without a network: what it says of archives that hold and that do not. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openZipArchive } from "../apps/centre/src/archive/zip-archive.ts";
import { makeCase } from "./support/case.ts";
import { jmc } from "./support/jmc.ts";

const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
const BUILT = join(import.meta.dirname, "../apps/console/dist/verify.html");
const missing = [
  existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM}`,
  existsSync(BUILT) ? undefined : "the verifier is not built",
].filter((text) => text !== undefined);

describe.skipIf(missing.length > 0)(`the verifier's page${missing.map((text) => ` (${text})`).join("")}`, () => {
  let scratch: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "openjmc-page-"));
    const made = await makeCase({ exercise: true, root: join(scratch, "centre") });
    const out = join(scratch, "record.zip");
    const ended = await jmc(["export", made.folder, "--release", "full,public", "--out", out]);
    expect(ended.code, ended.stderr).toBe(0);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    context = await browser.newContext({ offline: true, locale: "en-GB" });
    page = await context.newPage();
    page.on("request", (request) => asked.push(request.url()));
    // As it lies in the archive, taken out of it and opened from the disk.
    const { reader, close } = await openZipArchive(join(scratch, "record-full.zip"));
    writeFileSync(join(scratch, "verify.html"), (await reader.read("data/verify/verify.html"))!);
    await close();
    await page.goto(pathToFileURL(join(scratch, "verify.html")).href);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  async function verify(file: string): Promise<string> {
    await page.locator("input[type=file]").setInputFiles(file);
    await page.locator(".verdict, p.wrong").first().waitFor({ timeout: 60_000 });
    return page.locator("main").innerText();
  }

  it("says of the full archive that all holds, what both signed, and that it is an exercise", async () => {
    const text = await verify(join(scratch, "record-full.zip"));
    expect(text).toMatch(/^EXERCISE/);
    expect(text).toMatch(/ALL HOLDS/);
    expect(text).toMatch(/SIGNED BY BOTH components/);
    expect(text).toMatch(/Recordings sealed from/);
    expect(await page.locator(".exercise").count()).toBe(1);
  });

  it("says of the public one that entries are withheld, and shows which", async () => {
    const text = await verify(join(scratch, "record-public.zip"));
    expect(text).toMatch(/ALL HOLDS/);
    expect(text).toMatch(/entries are withheld/);
    await page.locator("summary").click();
    expect(await page.locator("details").innerText()).toMatch(/withheld at this level; its hash is in the tree/);
  });

  it("speaks the other languages", async () => {
    for (const [tag, said] of [
      ["tr", /HEPSİ TUTUYOR/],
      ["ru", /ВСЁ ВЕРНО/],
    ] as const) {
      await page.locator("select").selectOption(tag);
      expect(await page.locator("main").innerText()).toMatch(said);
      expect(await page.locator("html").getAttribute("lang")).toBe(tag);
    }
    await page.locator("select").selectOption("en");
  });

  it("says that an altered archive does not hold", async () => {
    const bytes = readFileSync(join(scratch, "record-full.zip"));
    const at = bytes.indexOf("payloadType");
    bytes[at + 200]! ^= 1;
    writeFileSync(join(scratch, "altered.zip"), bytes);
    const text = await verify(join(scratch, "altered.zip"));
    expect(text).toMatch(/DOES NOT HOLD/);
    expect(text).toMatch(/is not the file that was put in/);
  });

  it("says that what is no archive is none", async () => {
    writeFileSync(join(scratch, "no.zip"), "not a zip");
    expect(await verify(join(scratch, "no.zip"))).toMatch(/DOES NOT HOLD/);
  });

  it("asked for nothing but itself, and could not have: its policy allows no connection", async () => {
    expect(asked.every((url) => url.startsWith("file:"))).toBe(true);
    const reached = await page.evaluate(() =>
      fetch("http://127.0.0.1:9/").then(
        () => true,
        () => false,
      ),
    );
    expect(reached).toBe(false);
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    expect(policy).toMatch(/default-src 'none'/);
  });
});
