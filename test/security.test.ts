/**
 * A centre whose every text is hostile, asked by everybody for everything: nothing runs, nothing comes out that is another's, nothing is
 * written where it should not be. What is tried follows from the interface's own document and from the server's own routes.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { formatInstant, VIEW_NAMES } from "@openjmc/model";
import { bytesToBase64, prepareStatement, unwrap } from "@openjmc/record";
import { pino } from "pino";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RouteRelease } from "../apps/centre/src/api/release-form.ts";
import { pathsOf } from "../apps/centre/src/folder/index.ts";
import { readCentreFile } from "../apps/centre/src/founding/centre-file.ts";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { nodeOfficer } from "../apps/centre/src/room/found-room.ts";
import { signerSignInMessage } from "../apps/centre/src/signing/sign-in-message.ts";
import { anchorOf, now, perform, ulid } from "./support/acts.ts";
import { bearer, metric, tokenOf } from "./support/api.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";
import { bodyOf, fillRecord, type Schema, type TextField, textFieldsOf } from "./support/hostile-record.ts";
import { jmc } from "./support/jmc.ts";

const CHROMIUM = process.env.OPENJMC_CHROMIUM ?? "/usr/bin/chromium";
const CONSOLE = join(import.meta.dirname, "../apps/console/dist");
const missing = [
  existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM}`,
  existsSync(join(CONSOLE, "index.html")) ? undefined : "the console is not built",
].filter((text) => text !== undefined);

const [OWNER, COLLEAGUE, OTHER] = ["A-Duty-1", "A-Duty-2", "B-Duty-1"] as const;
/** Of the first party. */
const LIAISON = "A-Party-1";
/** What nobody but its owner may read, and what stands in no log. */
const SECRET = `secret${randomBytes(8).toString("hex")}`;
const CANARY = `canary${randomBytes(8).toString("hex")}`;

/** A page of hostile rows is long, and a busy machine slow. */
const PATIENCE = 120_000;

let test: TestCentre;
let schemas: Readonly<Record<string, Schema>>;
let fields: readonly TextField[];
/** Under which every statement of the record was made. */
let subject: string;
let refused: ReadonlyMap<string, string>;
const tokens = new Map<string, string>();
const logLines: string[] = [];

/** Number of a field, by which a text is known again wherever it is shown. */
const numberOf = ({ kind, path }: TextField): number =>
  fields.findIndex((field) => field.kind === kind && field.path === path);

/** A text that is a script to a browser and a formula to a spreadsheet, in as much room as the field gives. */
function hostile(field: TextField): string {
  const number = numberOf(field);
  const start = `${"=+-@"[number % 4]}${number}`;
  const long = `${start}<img src=x onerror=globalThis.__ran=${number}>'"\`javascript:__ran=1`;
  return long.length <= field.most ? long : `${start}<q>`.slice(0, field.most);
}

/** What the machine states of what was heard: names on the air are anybody's. */
const heard = (of: string) => [
  {
    kind: "alert.raised",
    body: {
      ...{
        rule: SCRIPT,
        severity: "warning",
        subjectKind: "source",
        subjectId: SCRIPT,
        zone: SCRIPT,
        grouped: "source",
      },
      ...{ occurredAt: formatInstant(now()), probabilityPerMille: 900, outline: { callsign: SCRIPT, icao: SCRIPT } },
    },
  },
  { kind: "alert.grown", body: { count: 37, until: formatInstant(now()), members: [of, SCRIPT] } },
];
const OF_PARTIES =
  /^(allegation\.(received|answered|admitted|documented)|protest\.|coordination\.|movement\.|notice\.acknowledged)/;
/** Of what one party alone says, the first party's: its liaison officer has it before him. */
const OF_THE_FIRST: ReadonlySet<string> = new Set(["movement.notified", "allegation.documented"]);
const SCRIPT = "=0<img src=x onerror=globalThis.__ran=0>";

beforeAll(async () => {
  const logger = pino({ level: "trace" }, { write: (line: string) => void logLines.push(line) });
  test = await openTestCentre({ exercise: true, more: { logger, consoleFolder: CONSOLE } });
  const document = (await (await fetch(`${test.url}/api/v1/openapi.json`)).json()) as {
    readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  };
  schemas = document.components.schemas;
  fields = textFieldsOf(schemas);
  const keysOf = (officers: readonly string[]) =>
    officers.map((officer) => ({ officer, signer: test.signer(officer) }));
  const signers = { A: keysOf([OWNER, "A-Head"]), B: keysOf([OTHER, "B-Head"]) };
  const { origin } = readCentreFile(pathsOf(test.folder));
  const body = (kind: string, of: string) =>
    bodyOf(kind, schemas[kind]!, { subject: of, word: hostile, languages: ["ru", "tr"] });
  const { parties } = test.centre.mission.view;
  const [party, other] = parties.map(({ code }) => code);
  /** The same between two parties that there are, so that their liaison officers have it before them. */
  const between = (kind: string, of: string) => {
    const sides: Readonly<Record<string, string>> = {
      ".accuser": party!,
      ".from": party!,
      ".of": other!,
      ".to": other!,
    };
    const side = { ...sides, ".accused": other!, ".by": OF_THE_FIRST.has(kind) ? party! : other! };
    const word = (field: TextField) => side[field.path as keyof typeof side] ?? hostile(field);
    return bodyOf(kind, schemas[kind]!, { subject: of, word, languages: ["ru", "tr"] });
  };
  const concerning = Object.fromEntries(Object.entries(schemas).filter(([kind]) => OF_PARTIES.test(kind)));
  // The record below closes the centre: nobody is enrolled after it.
  const passphrase = join(test.root, "passphrase");
  writeFileSync(passphrase, PASSPHRASE);
  const roots = ["--keys", test.signers.A!, "--root", "root-1", "--root", "root-2", "--passphrase-file", passphrase];
  const enrolled = await jmc([
    "officer",
    "enrol",
    LIAISON,
    "--role",
    `party:${party}`,
    ...roots,
    "--centre",
    test.url,
    "--yes",
  ]);
  expect(enrolled.code, enrolled.stderr).toBe(0);
  await test.restart(async () => {
    ({ subject, refused } = await fillRecord(test.folder, origin, signers, schemas, body, heard));
    await fillRecord(test.folder, origin, signers, concerning, between, () => []);
  });
  for (const path of [test.root, test.folder, pathsOf(test.folder).keys])
    writeFileSync(join(path, "canary.txt"), CANARY);
  for (const officer of [OWNER, COLLEAGUE, OTHER, LIAISON, nodeOfficer("A")])
    tokens.set(officer, await tokenOf(test.url, officer, test.signer(officer)));
});
afterAll(() => test.close());

const headersOf = (officer: string | undefined) => (officer === undefined ? {} : bearer(tokens.get(officer)!));

/** Routes by which something can be asked, without those that answer without end or end this test's session. */
function askable(): readonly RouteRelease[] {
  return test.centre.app.releaseTable.filter(
    ({ method, url }) =>
      !["HEAD", "OPTIONS"].includes(method) &&
      url !== "/api/v1/stream" &&
      url !== "/api/v1/picture" &&
      !(method === "DELETE" && url.endsWith("/current")),
  );
}

/** Asks exactly for this path, as no browser would. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  const { host } = new URL(test.url);
  const [hostname, port] = host.split(":");
  return new Promise((resolve, reject) => {
    const { method = "GET", headers = {}, body } = options;
    const asked = httpRequest({ hostname, port, path, method, headers, timeout: 60_000 }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const known = Object.entries(response.headersDistinct).map(([name, values]): [string, string] => [
          name,
          values!.join(", "),
        ]);
        resolve({
          ...{ status: response.statusCode!, headers: new Headers(known) },
          text: Buffer.concat(parts).toString("utf8"),
        });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const takesBody = ({ method }: RouteRelease): boolean => method === "POST" || method === "PUT";
const JSON_TYPE = { "content-type": "application/json" };

describe("the hostile record", () => {
  it("holds a statement of every kind that people make, with every text that the document names", () => {
    expect(fields.length).toBeGreaterThan(150);
    expect([...refused]).toEqual([]);
    expect(new Set(fields.map(hostile)).size).toBeGreaterThan(fields.length * 0.95);
  });

  it("is shown by every view, and by every other answer, without a failure", async () => {
    for (const view of VIEW_NAMES)
      expect((await ask(`/api/v1/views/${view}?limit=1000`, { headers: headersOf(OWNER) })).status, view).toBe(200);
    const failed: string[] = [];
    for (const route of askable().filter(({ method }) => method === "GET"))
      for (const officer of [undefined, OWNER]) {
        const path = `${route.url.replace(/[:*]\w*/g, subject)}?date=${formatInstant(now()).slice(0, 10)}`;
        const { status, text } = await ask(path, { headers: headersOf(officer) });
        if (status >= 500 && !text.includes('"room.away"')) failed.push(`${path} ${status} ${text.slice(0, 200)}`);
      }
    expect(failed).toEqual([]);
  });
});

describe("a table", () => {
  /** Cells of RFC 4180 text that a spreadsheet would run. A number is none, whatever its sign. */
  function formulasIn(csv: string): string[] {
    const cells = csv.match(/"(?:[^"]|"")*"|[^",\r\n]+/g) ?? [];
    return cells
      .map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
      .filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?\d+([.,]\d+)?$/.test(cell));
  }

  it("holds no formula, by whatever way it leaves", async () => {
    expect(formulasIn('a,"=1+1","-5",-x')).toEqual(["=1+1", "-x"]);
    const date = formatInstant(now()).slice(0, 10);
    const tables: [string, string][] = [];
    for (const { url } of askable().filter(({ method }) => method === "GET"))
      for (const query of [`?date=${date}&format=csv`, "?format=csv"]) {
        const path = `${url.replace(/[:*]\w*/g, subject)}${query}`;
        const { status, headers, text } = await ask(path, { headers: headersOf(OWNER) });
        if (status === 200 && headers.get("content-type")?.includes("csv")) tables.push([path, text]);
      }
    expect(tables.length).toBeGreaterThan(1);
    for (const [path, text] of tables) expect(formulasIn(text), path).toEqual([]);
    // Somebody's words are in them: an empty table would hold no formula either.
    expect(tables.some(([, text]) => /[=+\-@]\d+<img/.test(text))).toBe(true);
    const { code, stdout, stderr } = await jmc([
      "report",
      "daily",
      "--data",
      test.folder,
      "--date",
      date,
      "--format",
      "csv",
    ]);
    expect([code, formulasIn(stdout)], stderr).toEqual([0, []]);
  });
});

describe("a page", () => {
  it("that the centre itself writes holds no element that somebody wrote", async () => {
    const date = formatInstant(now()).slice(0, 10);
    let pages = 0;
    for (const { url } of askable().filter(({ method }) => method === "GET"))
      for (const query of [`?date=${date}`, "?format=html"]) {
        const path = `${url.replace(/[:*]\w*/g, subject)}${query}`;
        const { headers, text } = await ask(path, { headers: headersOf(OWNER) });
        if (!/html|xml|svg/.test(headers.get("content-type") ?? "")) continue;
        pages += 1;
        expect(text, path).not.toMatch(/<img src=x|<q>/);
      }
    expect(pages).toBeGreaterThan(1);
  });
});

describe.skipIf(missing.length > 0)(`in a real browser${missing.length > 0 ? ` (${missing.join(", ")})` : ""}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-quic"] });
  });
  afterAll(() => browser?.close());

  it("no text of any field is more than letters, in any room, on any tab, in any item", async () => {
    // Without the content policy, which alone would stop a script: the page itself must not make one.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    const held = heldBy(OWNER, tokens.get(OWNER)!);
    await page.addInitScript(`if (top === self) sessionStorage.setItem("openjmc-session", ${held})`);
    await page.goto(test.url);
    await page.getByText("Sign out").waitFor({ timeout: PATIENCE });
    const shown = new Set<string>();
    const rooms = page.locator("nav button[class*=roomLink]");
    for (let number = 0; number < (await rooms.count()); number++) {
      await rooms.nth(number).dispatchEvent("click");
      await lookAt(page, shown);
      const tabs = page.locator("main [role=tab]");
      const room = await page.evaluate<string>(ROOM);
      for (let tab = 0; tab === 0 || tab < (await tabs.count()); tab++) {
        if ((await tabs.count()) > 0) await click(tabs.nth(tab));
        await lookAt(page, shown);
        for (const items of ITEMS) {
          const item = page.locator(items).first();
          if ((await item.count()) === 0) continue;
          await click(item);
          await lookAt(page, shown);
        }
        // An item may have led elsewhere.
        if ((await page.evaluate(ROOM)) !== room) await rooms.nth(number).dispatchEvent("click");
      }
    }
    const wrong = await Promise.all(page.frames().map((frame) => frame.evaluate(FOREIGN)));
    expect(wrong.flat()).toEqual([]);
    expect(errors).toEqual([]);
    // A page that shows nothing runs nothing either.
    expect(shown.size).toBeGreaterThan(fields.length / 4);
    await context.close();
  });

  it("nor in the portal, where one party reads what the other has written", async () => {
    const { code: party } = test.centre.mission.view.parties[0]!;
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const held = JSON.parse(JSON.parse(heldBy(LIAISON, tokens.get(LIAISON)!)));
    await page.addInitScript(
      `if (top === self) sessionStorage.setItem("openjmc-session", ${JSON.stringify(JSON.stringify({ ...held, party }))})`,
    );
    await page.goto(test.url);
    await page.getByText("Sign out").waitFor({ timeout: PATIENCE });
    const shown = new Set<string>();
    const tabs = page.locator("main [role=tab]");
    for (let tab = 0; tab < (await tabs.count()); tab++) {
      await tabs.nth(tab).dispatchEvent("click");
      await lookAt(page, shown);
    }
    expect(shown.size).toBeGreaterThan(8);
    await context.close();
  });

  it("a passkey that an officer has added lets him in again, and nobody else", async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    const options = {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
    } as const;
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
    });
    await page.goto(test.url);
    await page.evaluate(
      `sessionStorage.setItem("openjmc-session", ${heldBy(OWNER, await tokenOf(test.url, OWNER, test.signer(OWNER)))})`,
    );
    await page.goto(`${test.url}/?room=duty`);
    await page.getByLabel("Name of the device").fill(hostile(fields[0]!).slice(0, 60));
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByRole("button", { name: "Remove" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    expect(await page.evaluate(FOREIGN)).toEqual([]);
    const opened = await page.evaluate<{ officer: string; token: string }>(
      `JSON.parse(sessionStorage.getItem("openjmc-session"))`,
    );
    expect(opened.officer).toBe(OWNER);
    const [mine] = JSON.parse((await ask("/api/v1/passkeys", { headers: bearer(opened.token) })).text);
    expect(mine).toMatchObject({ usedAt: expect.any(Number) });
    // It opens the door and makes no other: a passkey is added by who has just signed in with his own key.
    const { challenge } = JSON.parse(
      (await ask("/api/v1/passkeys/challenges", { method: "POST", headers: JSON_TYPE, body: "{}" })).text,
    );
    const another = JSON.stringify({ challenge, clientData: "e30", authenticatorData: "AA", name: "x" });
    const added = await ask("/api/v1/passkeys", {
      method: "POST",
      headers: { ...bearer(opened.token), ...JSON_TYPE },
      body: another,
    });
    expect([added.status, JSON.parse(added.text).code]).toEqual([403, "passkey.stale"]);
    expect(JSON.parse((await ask("/api/v1/passkeys", { headers: headersOf(OTHER) })).text)).toEqual([]);
    // The officer's own key can take it away: another's cannot, and an authenticator that knows nobody is turned down.
    expect((await ask(`/api/v1/passkeys/${mine.id}`, { method: "DELETE", headers: headersOf(OTHER) })).status).toBe(
      204,
    );
    expect(JSON.parse((await ask("/api/v1/passkeys", { headers: headersOf(OWNER) })).text)).toHaveLength(1);
    await page.getByRole("button", { name: "Sign out" }).click();
    await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByText("The browser gave no passkey").waitFor();
    await context.close();
  });
});

/** What a browser keeps of a session, so that a test need not pair with a signer. */
const heldBy = (officer: string, token: string): string =>
  JSON.stringify(JSON.stringify({ officer, component: officer[0], token, keyid: "0".repeat(64) }));

/** Clicks what is there; what the page has drawn anew meanwhile comes again under its next number. */
async function click(what: Locator): Promise<void> {
  await what.dispatchEvent("click", undefined, { timeout: 3_000 }).catch((error: Error) => {
    if (error.name !== "TimeoutError") throw error;
  });
}

/** Elements that nobody but the author of a hostile text could have made, and whatever has run. */
const FOREIGN = `[
  ...[...document.querySelectorAll("img[src='x'], q:not([lang]), [onerror], a[href^='javascript:']")].map((one) => one.outerHTML),
  ...(globalThis.__ran === undefined ? [] : ["ran " + globalThis.__ran]),
]`;

/** Opens a thing of a list: in a table, in a list box, among buttons. */
const ITEMS = ["main tbody button", "main [role=option]", "main li button"];
const ROOM = `new URLSearchParams(location.search).get("room") ?? "common"`;
/** What a reader sees, with everything unfolded, and what stands in fields. Time goes on and is no sign of change. */
const READ = `[...document.querySelectorAll("details")].forEach((one) => { one.open = true; });
  [document.body.innerText, ...[...document.querySelectorAll("input, textarea")].map((one) => one.value)]
    .join("\\n").replace(/\\d\\d:\\d\\d:\\d\\d/g, "")`;

/** Waits until the page stands still, and notes the texts that it shows. */
async function lookAt(page: Page, shown: Set<string>): Promise<void> {
  for (let still = 0, last = "", tries = 0; still < 2 && tries < 100; tries++) {
    const text = await page.evaluate<string>(READ);
    for (const match of text.matchAll(/[=+\-@](\d+)<(?:img|q)/g)) shown.add(match[1]!);
    still = text === last ? still + 1 : 0;
    last = text;
    await page.waitForTimeout(60);
  }
  expect(await page.evaluate(FOREIGN)).toEqual([]);
}

describe("an address", () => {
  const WAYS = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\\\",
    "....//",
    "..%252f",
    "%c0%ae%c0%ae/",
    "..;/",
  ];
  const GOALS = ["canary.txt", "keys/canary.txt", "keys/log.seed", "centre.json", "local.db"];

  it("leads to no file but those that are meant to be read, however it is written", async () => {
    const parametrised = askable().filter(({ url }) => /[:*]/.test(url));
    const bases = ["/", "/assets/", "/record/", "/record/tile/", ...parametrised.map(({ url }) => url)];
    for (const base of new Set(bases))
      for (const way of WAYS)
        for (const depth of [1, 3])
          for (const goal of depth === 1 ? GOALS : GOALS.slice(0, 1)) {
            const climb = `${way.repeat(depth)}${goal}`;
            const path = /[:*]/.test(base) ? base.replace(/[:*]\w*/g, climb) : `${base}${climb}`;
            const { text, status } = await ask(path, { headers: headersOf(OWNER) });
            expect([text.includes(CANARY), status >= 500 && status !== 503], path).toEqual([false, false]);
          }
    const seed = readFileSync(join(pathsOf(test.folder).keys, "log.seed"), "utf8").trim();
    const sent = await ask("/record/..%2fkeys%2flog.seed", { headers: headersOf(OWNER) });
    expect(sent.text).not.toContain(seed);
  });
});

describe("a file", () => {
  const store = (name: string, type: string, body: Uint8Array) =>
    ask("/api/v1/attachments", {
      ...{ method: "POST", body },
      headers: { ...headersOf(OWNER), "content-type": type, "x-filename": encodeURIComponent(name) },
    });
  const listing = () => readdirSync(test.root, { recursive: true }).map(String);
  const html = "<script>globalThis.__ran=1</script>";
  /** Begins as one format and goes on as another. */
  const POLYGLOTS: readonly (readonly [string, string, Uint8Array])[] = [
    ["picture.gif", "image/gif", Buffer.from(`GIF89a/*${html}*/=1;`)],
    ["picture.svg", "image/svg+xml", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()">${html}</svg>`)],
    ["report.pdf", "application/pdf", Buffer.from(`%PDF-1.7 ${html} PK\u0003\u0004`, "latin1")],
    ["page.html", "text/html", Buffer.from(`<!doctype html>${html}`)],
    ["sheet.csv", "text/csv", Buffer.from("=1+1\n")],
    ["photo.jpg", "text/html;charset=utf-7", Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), Buffer.from(html)])],
  ];

  it("is given back as a download and as nothing else, whatever it says that it is", async () => {
    for (const [name, type, bytes] of POLYGLOTS) {
      const stored = await store(name, type, bytes);
      expect(stored.status, name).toBe(201);
      const { sha256 } = JSON.parse(stored.text) as { sha256: string };
      const { headers, status } = await ask(`/api/v1/attachments/${sha256}`, { headers: headersOf(OWNER) });
      expect([status, headers.get("content-type")], name).toEqual([200, "application/octet-stream"]);
      expect(headers.get("content-disposition"), name).toBe(`attachment; filename="${sha256}"`);
      expect(headers.get("x-content-type-options"), name).toBe("nosniff");
      expect(headers.get("content-security-policy"), name).toContain("sandbox");
      expect((await ask(`/api/v1/attachments/${sha256}`)).status).toBe(401);
    }
  });

  it("is kept by its hash, whatever its name", async () => {
    const before = listing().length;
    const names = [
      "../../escaped",
      "/escaped",
      "..\\\\escaped",
      "a\u0000b",
      "con",
      `${"x".repeat(5000)}`,
      "\u202egpj.exe",
      "..",
    ];
    for (const [index, name] of names.entries())
      expect((await store(name, "text/plain", Buffer.from(`${index}`))).status, name).toBeLessThan(500);
    expect(listing().filter((path) => /escaped|exe$|^con$/.test(path))).toEqual([]);
    expect(listing().length).toBeLessThanOrEqual(before + 2 * names.length);
  });

  it("that says that it is larger than any may be is refused before it is read", async () => {
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(test.url);
      const headers = { ...headersOf(OWNER), "content-type": "video/mp4", "content-length": `${2 * 1024 ** 4}` };
      const asked = httpRequest(
        { hostname, port, path: "/api/v1/attachments", method: "POST", headers },
        (response) => {
          let said = "";
          response.on("data", (part: Buffer) => {
            said += part.toString();
          });
          response.on("end", () => resolve({ status: response.statusCode!, text: said }));
        },
      );
      asked.on("error", reject);
      asked.write("a");
    });
    expect([status, JSON.parse(text).code]).toEqual([413, "attachment.too-large"]);
  });
});

describe("another site's page", () => {
  const EVIL = {
    origin: "https://elsewhere.example",
    referer: "https://elsewhere.example/x",
    cookie: "token=x; session=x",
  };

  it("has nothing to send along: no answer sets a cookie, none lets another origin read it", async () => {
    for (const route of askable()) {
      const path = route.url.replace(/[:*]\w*/g, "0");
      for (const headers of [EVIL, { ...EVIL, ...headersOf(OWNER) }]) {
        const body = takesBody(route) ? { body: "{}" } : {};
        const answer = await ask(path, { method: route.method, headers: { ...headers, ...JSON_TYPE }, ...body });
        expect(answer.headers.get("set-cookie"), path).toBeNull();
        for (const name of ["access-control-allow-origin", "access-control-allow-credentials"])
          expect(answer.headers.get(name), `${path} ${name}`).toBeNull();
      }
    }
    const preflight = {
      ...EVIL,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    };
    const { status, headers } = await ask("/api/v1/statements", { method: "OPTIONS", headers: preflight });
    expect([status >= 400, headers.get("access-control-allow-origin")]).toEqual([true, null]);
  });

  it("changes nothing by a form, as nobody is known by what a browser adds by itself", async () => {
    const size = test.centre.registrar.size;
    for (const route of askable().filter(({ method }) => method !== "GET"))
      for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]) {
        // A challenge is given to whoever asks, and is nothing without a key.
        if (route.url.endsWith("/challenges")) continue;
        const path = route.url.replace(/[:*]\w*/g, "0");
        const asked = { method: route.method, headers: { ...EVIL, "content-type": type }, body: "a=1" };
        expect((await ask(path, asked)).status, `${route.method} ${path} ${type}`).toBeGreaterThanOrEqual(400);
      }
    expect(test.centre.registrar.size).toBe(size);
  });

  it("may not frame a page of the centre's, nor have it load anything from elsewhere", async () => {
    const { headers } = await ask("/");
    const policy = headers.get("content-security-policy")!;
    for (const rule of ["frame-ancestors 'self'", "object-src 'none'", "script-src 'self'", "connect-src 'self'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });
});

describe("a session", () => {
  const whoAmI = (token: string) => ask("/api/v1/sessions/current", { headers: bearer(token) });

  it("is never one that its user was given by somebody else", async () => {
    const planted = randomBytes(32).toString("base64url");
    expect((await whoAmI(planted)).status).toBe(401);
    const { body } = await signInBody();
    const answer = await ask("/api/v1/signer/sessions", {
      ...{ method: "POST", body: JSON.stringify(body) },
      headers: { ...JSON_TYPE, ...bearer(planted), cookie: `token=${planted}`, "x-session": planted },
    });
    const { token } = JSON.parse(answer.text) as { token: string };
    expect([token === planted, (await whoAmI(planted)).status, (await whoAmI(token)).status]).toEqual([
      false,
      401,
      200,
    ]);
    const replayed = await ask("/api/v1/signer/sessions", {
      method: "POST",
      body: JSON.stringify(body),
      headers: JSON_TYPE,
    });
    expect([replayed.status, JSON.parse(replayed.text).code]).toEqual([401, "session.challenge"]);
  });

  it("ends where it is ended, and no other with it; a token in an address is none", async () => {
    const [one, two] = [
      await tokenOf(test.url, OWNER, test.signer(OWNER)),
      await tokenOf(test.url, OWNER, test.signer(OWNER)),
    ];
    expect(one).not.toBe(two);
    expect((await ask(`/api/v1/sessions/current?token=${one}&access_token=${one}`)).status).toBe(401);
    expect((await ask("/api/v1/sessions/current", { method: "DELETE", headers: bearer(one) })).status).toBe(204);
    expect([(await whoAmI(one)).status, (await whoAmI(two)).status]).toEqual([401, 200]);
  });

  async function signInBody() {
    const challenge = JSON.parse(
      (await ask("/api/v1/signer/challenges", { method: "POST", headers: JSON_TYPE, body: "{}" })).text,
    );
    const message = signerSignInMessage(challenge.origin, OWNER, challenge.challenge);
    const signature = bytesToBase64(await test.signer(OWNER).sign(message));
    return { body: { officer: OWNER, challenge: challenge.challenge as string, signature } };
  }
});

describe("what is one officer's or one component's alone", () => {
  /** What the owner has: a draft, a text that waits for his signer, and his component's room. */
  async function belongings() {
    const headers = { ...headersOf(OWNER), ...JSON_TYPE };
    const put = await ask("/api/v1/drafts/mine", { method: "PUT", headers, body: JSON.stringify({ text: SECRET }) });
    expect(put.status).toBe(204);
    const anchor = await anchorOf(test.url, tokens.get(OWNER)!);
    const prepared = unwrap(
      prepareStatement(nodePrimitives.sha256, {
        ...{ origin: anchor.origin, kind: "incident.noted", component: "A", role: OWNER, subject: ulid(), revision: 0 },
        ...{
          at: formatInstant(now()),
          refs: [],
          anchor: { size: anchor.size, root: anchor.root },
          body: { text: SECRET },
        },
      }),
    );
    const { payloadType } = prepared;
    const body = JSON.stringify({ payloadType, payload: bytesToBase64(prepared.payload) });
    const filed = JSON.parse((await ask("/api/v1/signing-requests", { method: "POST", headers, body })).text);
    return { id: filed.request.id as string, secret: filed.secret as string, encoded: body };
  }

  it("is given to nobody else and changed by nobody else, at any address", async () => {
    const { id, secret, encoded } = await belongings();
    const payload = (JSON.parse(encoded) as { payload: string }).payload;
    const ids = [id, "mine", "A", subject];
    for (const route of askable())
      for (const officer of [COLLEAGUE, OTHER, LIAISON, undefined]) {
        const paths = new Set(ids.map((value) => route.url.replace(/[:*]\w*/g, value)));
        for (const path of paths) {
          const headers = { ...headersOf(officer), ...(takesBody(route) ? JSON_TYPE : {}) };
          const answer = await ask(path, {
            method: route.method,
            headers,
            ...(takesBody(route) ? { body: "{}" } : {}),
          });
          const told = [SECRET, secret, payload].filter((one) => answer.text.includes(one));
          expect(told, `${route.method} ${path} to ${officer ?? "nobody"}`).toEqual([]);
        }
      }
    const draft = await ask("/api/v1/drafts/mine", { headers: headersOf(OWNER) });
    expect(draft.text).toContain(SECRET);
    const waiting = await ask("/api/v1/signer/requests", { headers: headersOf(OWNER) });
    expect(waiting.text).toContain(payload);
    const standing = await ask(`/api/v1/signing-requests/${id}`, {
      headers: { ...headersOf(OWNER), "x-request-secret": secret },
    });
    expect(JSON.parse(standing.text)).toMatchObject({ state: "waiting" });
  });

  it("as a component's room is its own: neither the other's officer nor its own machine may be the other", async () => {
    const line = (officer: string, method = "GET") =>
      ask("/api/v1/rooms/A/line?wait=0", { method, headers: headersOf(officer) }).then(({ status, text }) => [
        status,
        JSON.parse(text || "{}").code,
      ]);
    expect(await line(nodeOfficer("A"))).toEqual([200, undefined]);
    for (const officer of [OWNER, OTHER]) expect(await line(officer)).toEqual([403, "room.not-yours"]);
    expect((await ask("/api/v1/rooms/A", { headers: headersOf(OTHER) })).status).toBe(403);
  });

  it("as a statement in another's name is refused, with whatever session it is brought", async () => {
    const act = { kind: "incident.noted", subject, body: { text: "x" }, officer: OTHER };
    const size = test.centre.registrar.size;
    // B's words under the key of A's officer: the key decides, not the session.
    await expect(perform(test.url, tokens.get(OTHER)!, test.signer(OWNER), act)).rejects.toThrow(
      /key\.|role\.|component\.|signature\./,
    );
    expect(test.centre.registrar.size).toBe(size);
  });
});

it("requests are limited by officer: who has asked too often keeps nobody else out, from the same address", async () => {
  const bring = (officer: string) =>
    ask("/api/v1/imports/sightings", {
      ...{ method: "POST", body: JSON.stringify({ text: "a;b" }) },
      headers: { ...headersOf(officer), ...JSON_TYPE },
    });
  const answers = [];
  for (let count = 0; count <= 60; count++) answers.push(await bring(COLLEAGUE));
  expect(JSON.parse(answers.at(-1)!.text)).toMatchObject({ code: "rate.limited" });
  expect(answers.at(-1)!.status).toBe(429);
  expect((await bring(OTHER)).status).not.toBe(429);
});

describe("the log", () => {
  const LINES = `${SECRET}\r\n{"level":60,"msg":"forged"}\u001b[2J\u202e\u2028`;

  it("has one line for each refusal, in the centre's own words, and none of what was asked or brought", async () => {
    logLines.length = 0;
    let count = 0;
    for (const route of askable()) {
      const path = `${route.url.replace(/[:*]\w*/g, encodeURIComponent(LINES))}?${new URLSearchParams({ from: LINES, tag: LINES })}`;
      const headers: Record<string, string> = {
        ...headersOf(OWNER),
        ...{
          "user-agent": SECRET,
          "x-filename": encodeURIComponent(LINES),
          referer: SECRET,
          "x-request-secret": SECRET,
        },
        ...(takesBody(route) ? JSON_TYPE : {}),
      };
      const body = JSON.stringify({ officer: LINES, payload: LINES, [LINES]: LINES, text: LINES });
      const { status } = await ask(path, { method: route.method, headers, ...(takesBody(route) ? { body } : {}) });
      if (status >= 400) count += 1;
    }
    for (const authorization of [`Bearer ${SECRET}`, `Basic ${SECRET}`])
      for (const { method, url } of askable().slice(0, 20)) {
        const { status } = await ask(url.replace(/[:*]\w*/g, "x"), {
          method,
          headers: { authorization, ...JSON_TYPE },
        });
        if (status >= 400) count += 1;
      }
    expect(count).toBeGreaterThan(40);
    for (const line of logLines) {
      expect(line.endsWith("\n") && line.indexOf("\n") === line.length - 1, line).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
      expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
      expect(line).not.toContain(SECRET);
      expect(line).not.toContain("forged");
    }
    const told = logLines.map((line) => JSON.parse(line) as { msg: string; code?: string; officer?: string });
    expect(told.filter(({ msg }) => msg === "refused")).toHaveLength(count);
    for (const line of told.filter(({ msg }) => msg === "refused"))
      expect(line.code).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/);
    expect(told.some(({ officer }) => officer === OWNER)).toBe(true);
    expect(await metric(test.url, "jmc_requests_refused_total", { code: "session.missing" })).toBeGreaterThan(0);
  });
});
