/**
 * A day of six people at one running centre: two duty officers, two heads and two liaison officers take a claim in, look at it, make a
 * case of it with a lead of each side, conclude each for itself under seal, find jointly, and sign the day's report in five languages.
 * First from the command line, step by step as the guides tell it; then the next day's intake and report in a browser.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AllegationRow, formatInstant, type IncidentRow } from "@openjmc/model";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMONSTRATION_PASSPHRASE } from "../apps/centre/src/cli/exercise/folder.ts";
import { signerFolders } from "../apps/centre/src/scenario/theatre.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { jmc } from "./support/jmc.ts";
import { IS_TORTURE } from "./support/random.ts";
import { DAY_START, LANGUAGES, openStage, type Stage } from "./support/six-people.ts";
import { until } from "./support/wait.ts";

const CONSOLE = join(import.meta.dirname, "../apps/console/dist");
const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
/** A folder for pictures of the screens, where somebody wants them. */
const SHOTS = process.env.OPENJMC_SHOTS;
const HOUR = 3_600_000_000;
/** Letters of each language's own that its report must hold. */
const SCRIPTS: Readonly<Record<(typeof LANGUAGES)[number], RegExp>> = {
  en: /Every number is computed from rows/,
  tr: /[ığşçöü]/,
  ru: /[а-яё]{6}/i,
  az: /[əğışçöü]/,
  hy: /[\u0531-\u0587]{6}/,
};
const WAIT = { timeout: 120_000 };
const hasPdfToText = spawnSync("pdftotext", ["-v"]).error === undefined;
const lacking = [
  existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM}`,
  existsSync(join(CONSOLE, "index.html")) ? undefined : "the console is not built",
].filter((text) => text !== undefined);

let stage: Stage;
let browser: Browser | undefined;
let token: string | undefined;

beforeAll(async () => {
  stage = await openStage(CONSOLE);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** `jmc sign` of an officer, at the officer's own machine. */
async function sign(officer: string, ...args: readonly string[]): Promise<{ readonly statement: string }> {
  const keys = signerFolders(stage.folder, stage.mission).get(officer[0]!)!;
  const common = ["--centre", stage.centre.url, "--keys", keys, "--officer", officer, "--origin", "exercise.day"];
  const secret = ["--passphrase-file", stage.passphrase, "--yes", "--json"];
  const { code, stdout, stderr } = await jmc(["sign", ...common, ...secret, ...args]);
  expect(code, `${officer} ${args.join(" ")}: ${stderr}`).toBe(0);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as { readonly statement: string };
}

/** A draft as a file, signed and sent. */
function state(officer: string, kind: string, body: object, subject = ulid()): Promise<{ readonly statement: string }> {
  const file = join(stage.root, `${ulid()}.json`);
  writeFileSync(file, JSON.stringify({ kind, subject, body }));
  return sign(officer, kind === "finding.proposed" ? "--propose" : "--act", file);
}

const ask = async <T>(path: string): Promise<T> => (await stage.players.ask("A-Duty-1", path)) as T;
/** A file as an officer of a component fetches it. */
async function readFileOf(sha256: string): Promise<Uint8Array> {
  const key = openSigner(signerFolders(stage.folder, stage.mission).get("A")!, "A-Duty-2", DEMONSTRATION_PASSPHRASE);
  token ??= await tokenOf(stage.centre.url, "A-Duty-2", key);
  const answer = await fetch(`${stage.centre.url}/api/v1/attachments/${sha256}`, { headers: bearer(token) });
  expect(answer.status).toBe(200);
  return answer.bytes();
}

const incident = ulid();
const claim = ulid();
const hours = (count: number): string => formatInstant(DAY_START + count * HOUR);

describe("a day from the command line", { timeout: 600_000 }, () => {
  it("intake and triage: a party's claim comes in by a liaison officer, is admitted, and becomes a case with two leads", async () => {
    await state(
      "A-Liaison",
      "allegation.received",
      {
        ...{ accuser: "P", accused: "Q", via: "letter", what: "Two shells fell near E1.", language: "en" },
        ...{ observation: "explosion", count: { number: 2, unit: "explosion", qualifier: "exact" } },
        ...{ occurredAt: hours(-1), place: { lon: "47.1600000", lat: "40.0300000", uncertaintyMetres: 200 } },
        ...{ harm: "one roof", basis: "the owner" },
      },
      claim,
    );
    await state("A-Duty-1", "allegation.admitted", { answerUntil: hours(6), note: "" }, claim);
    const opened = { title: "Two shells near village E1", occurredAt: hours(-1), lon: "47.1600000", lat: "40.0300000" };
    await state("A-Duty-1", "incident.opened", opened, incident);
    const evidence = { incident, kind: "allegation", target: claim, title: "Claim of P" };
    await state("A-Duty-1", "evidence.attached", evidence);
    await state("A-Duty-1", "incident.led", { officer: "A-Duty-1" }, incident);
    await state("B-Duty-1", "incident.led", { officer: "B-Duty-1" }, incident);
    const answer = { by: "Q", position: "denied", text: "Our units did not fire.", language: "en" };
    await state("B-Liaison", "allegation.answered", answer, claim);
    expect(await ask(`/api/v1/views/incidents/${incident}`)).toMatchObject({
      leads: [{ component: "A" }, { component: "B" }],
    });
  });

  it("assessments: each side's own is sealed until both are in", async () => {
    await sign("A-Duty-1", "--conclude", incident, "--hours", "8", "--text", "Two impacts; the line is not known.");
    const sealed = await ask<IncidentRow>(`/api/v1/views/incidents/${incident}`);
    expect(sealed.conclusions).toMatchObject([{ component: "A", state: "sealed" }]);
    expect(JSON.stringify(sealed)).not.toContain("the line is not known");
    await sign("B-Duty-1", "--conclude", incident, "--hours", "8", "--text", "Two impacts, from the south.");
    await until("both conclusions are open", async () => {
      const row = await ask<IncidentRow>(`/api/v1/views/incidents/${incident}`);
      return row.conclusions.length === 2 && row.conclusions.every(({ text }) => text?.startsWith("Two impacts"));
    });
  });

  it("a joint finding under both keys ends the claim too", async () => {
    const { statement } = await state("A-Duty-1", "finding.proposed", {
      ...{ incident, question: "What fell there, and when?", occurredAt: hours(-1), observation: "explosion" },
      texts: { ru: "Два разрыва у села E1.", tr: "E1 köyü yakınında iki patlama." },
      ...{ count: { number: 2, unit: "explosion", qualifier: "exact" }, means: ["party-report"] },
      ...{ provision: "statement-2020/1", judgement: "recorded", unknowns: "Who fired.", version: "as signed" },
      ...{ reading: "by its words", coverage: "0 h watched", confidencePerMille: 600, deadline: hours(30) },
      reply: { by: "Q", askedAt: hours(0), text: "Our units did not fire.", language: "en" },
    });
    await sign("B-Duty-1", "--countersign", statement);
    expect(await ask(`/api/v1/views/incidents/${incident}`)).toMatchObject({ state: "joint" });
    expect(await ask<AllegationRow>(`/api/v1/views/allegations/${claim}`)).toMatchObject({ state: "ended" });
  });

  it("the day's report in five languages, kept at the cut-off, is signed by both heads and can be read", async () => {
    stage.clock.moveTo(Date.parse("2021-06-02T15:31:00Z") * 1000);
    await until("five editions", async () => (await stage.editions("2021-06-02")).length === LANGUAGES.length, 300);
    for (const row of await stage.editions("2021-06-02")) {
      const { report, date, language, format, sha256 } = row;
      const body = { report, date, language, format, sha256 };
      // One language through the command line in plain runs: the others through the same signers, without a process for each.
      if (IS_TORTURE || language === "en") {
        const { statement } = await state("A-Head", "report.approved", body);
        await sign("B-Head", "--countersign", statement);
      } else {
        const act = { officer: "A-Head", kind: "report.approved", body, subject: ulid() };
        await stage.players.act({ officer: "B-Head", countersign: (await stage.players.act(act)).statement });
      }
    }
    const rows = await stage.editions("2021-06-02");
    expect(rows.map(({ language, state: standing }) => [language, standing]).sort()).toEqual(
      LANGUAGES.map((language) => [language, "joint"]).sort(),
    );
    for (const row of rows) expect(row.approvedBy.map(({ role }) => role).sort()).toEqual(["A-Head", "B-Head"]);
  });

  it.skipIf(!hasPdfToText)(
    `pdftotext finds each language's own letters${hasPdfToText ? "" : " (no pdftotext)"}`,
    async () => {
      for (const { sha256, language } of await stage.editions("2021-06-02")) {
        const pdf = await readFileOf(sha256);
        const file = join(stage.root, `${language}.pdf`);
        writeFileSync(file, pdf);
        const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
        expect(text, language).toMatch(SCRIPTS[language as (typeof LANGUAGES)[number]]);
        expect(text, language).toContain("J-2021-0001");
        expect(text, language).not.toMatch(/\uFFFD|\u25A1/);
      }
    },
  );
});

describe.skipIf(lacking.length > 0)(
  `a day in the browser${lacking.length > 0 ? ` (${lacking.join(", ")})` : ""}`,
  { timeout: 600_000 },
  () => {
    async function signIn(officer: string): Promise<Page> {
      browser ??= await chromium.launch({
        executablePath: CHROMIUM,
        args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
      });
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
      const page = await context.newPage();
      await page.goto(stage.centre.url, { waitUntil: "load" });
      await page.getByText(officer, { exact: true }).first().click(WAIT);
      await page.getByText("Sign out").waitFor(WAIT);
      return page;
    }

    it("both heads approve the day's report, each at the own signer", async () => {
      stage.clock.moveTo(Date.parse("2021-06-03T15:31:00Z") * 1000);
      await until("five editions", async () => (await stage.editions("2021-06-03")).length === LANGUAGES.length, 300);
      const row = (await stage.editions("2021-06-03")).find(({ language }) => language === "en")!;
      const [a, b] = [await signIn("A-Head"), await signIn("B-Head")];
      const approvals = async () =>
        (await stage.editions("2021-06-03")).find(({ id }) => id === row.id)!.approvedBy.length;
      for (const [index, page] of [a, b].entries()) {
        await page.bringToFront();
        await page.evaluate(`history.pushState(null, "", "?room=reports&item=${row.id}");
          dispatchEvent(new PopStateEvent("popstate"))`);
        // The first head approves the bytes; the second one signs the same text.
        const name = index === 0 ? "Approve these bytes" : "Sign the same text";
        await page.getByRole("button", { name }).first().click(WAIT);
        await page.getByRole("button", { name: "Send to my signer" }).click(WAIT);
        await until(`approval ${index + 1}`, async () => (await approvals()) === index + 1, 300);
        if (SHOTS) await page.screenshot({ path: join(SHOTS, `day-${index + 1}.png`) });
      }
      const signed = (await stage.editions("2021-06-03")).find(({ id }) => id === row.id)!;
      expect([signed.state, signed.approvedBy.map(({ role }) => role)]).toEqual(["joint", ["A-Head", "B-Head"]]);
    });
  },
);
