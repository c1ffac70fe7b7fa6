/** Both components' mirrors and a neutral witness beside a real centre, in processes of their own. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CentreDescription, CosigningView } from "@openjmc/model";
import { openCheckpoint, parseVkeys, readLeaf, unwrap } from "@openjmc/record";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";
import { readLeaves } from "../apps/centre/src/record/index.ts";
import { metric, tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey, PASSPHRASE } from "./support/centre.ts";
import { CHROMIUM, missingForBrowser, WAIT } from "./support/console-browser.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { makeNodes, type RunningNode, startNode, type TestNodes } from "./support/nodes.ts";
import { ask, sight, sightMany } from "./support/officer.ts";
import { until } from "./support/wait.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-cosigning-"));
const ORIGIN = "exercise.test";
const SILENCE_SECONDS = 6;
let founded: FoundedCentre;
let nodes: TestNodes;
let centre: ServedCentre;
const running = new Map<string, RunningNode>();

beforeAll(async () => {
  nodes = makeNodes(root, ORIGIN);
  const cosigners = { policy: nodes.policy, silenceSeconds: SILENCE_SECONDS };
  founded = await foundTestCentre({ exercise: true, root, terms: { cosigners } });
  await startWitness();
  centre = await serveCentre(founded.folder);
});
afterAll(async () => {
  for (const node of running.values()) await node.kill();
  await centre?.kill();
  rmSync(root, { recursive: true, force: true });
});

const logKeyFile = (): string => join(founded.folder, "record", "log.vkey");

async function startMirror(name: "A" | "B"): Promise<RunningNode> {
  const node = await startNode("mirror", nodes.folders[name], ["--pull", centre.url, "--log-key", logKeyFile()]);
  running.set(name, node);
  return node;
}

async function startWitness(listen = "127.0.0.1:0"): Promise<void> {
  const witness = await startNode("witness", nodes.folders.N, ["--listen", listen, "--log-key", logKeyFile()]);
  running.set("N", witness);
  writeFileSync(join(founded.folder, "keys", "cosigners.json"), JSON.stringify({ N: { url: witness.url } }));
}

async function stop(name: string): Promise<void> {
  expect(await running.get(name)!.stop(), running.get(name)!.told()).toBe(0);
  running.delete(name);
}

const sealedSize = (): Promise<number> => metric(centre.url, "jmc_sealed_size");
const recordSize = (): Promise<number> => metric(centre.url, "jmc_record_size");
const allSealed = async (): Promise<boolean> => (await sealedSize()) === (await recordSize());

/** Grade of the anchor of a sighting made now. */
async function gradeNow(officer: string): Promise<string> {
  const { index } = await sight(centre.url, founded, officer);
  return (await ask<{ anchorGrade: string }>(centre.url, founded, officer, `/api/v1/entries/${index}`)).anchorGrade;
}

describe("a record that is cosigned", () => {
  it("is sealed once both mirrors and the witness have signed, and not before", async () => {
    await startMirror("A");
    await sight(centre.url, founded, "A-Duty-1");
    await until("mirror A holds the record", () => running.get("A")!.told().includes("cosigned"));
    expect(await sealedSize()).toBe(0);
    // How far it is anchored by then depends on how long the other component has been silent.
    expect(await gradeNow("A-Duty-1")).not.toBe("joint");
    await startMirror("B");
    await until("all is sealed", allSealed);
    expect(await sealedSize()).toBeGreaterThan(10);

    const note = new Uint8Array(await (await fetch(`${centre.url}/record/sealed`)).arrayBuffer());
    const [log] = unwrap(parseVkeys(nodePrimitives.sha256, readFileSync(logKeyFile(), "utf8")));
    const vkeys = await (await fetch(`${centre.url}/record/cosigners.vkey`)).text();
    const opened = unwrap(openCheckpoint(nodePrimitives, note, log!, unwrap(parseVkeys(nodePrimitives.sha256, vkeys))));
    expect(opened.note.verified[0]!.key).toBe(log);
    expect(opened.cosignatures.map(({ key }) => `${key.name} ${key.type}`).sort()).toEqual(
      ["A", "B", "N"].flatMap((name) => [4, 6].map((type) => `${ORIGIN}/${name} ${type}`)),
    );
  });

  it("anchors what people say to what all have cosigned", async () => {
    await until("the log tells of a jointly cosigned point", async () => (await gradeNow("B-Duty-1")) === "joint");
    const viewed = () => ask<CosigningView>(centre.url, founded, "B-Duty-1", "/api/v1/cosigning");
    await until("nobody is silent", async () => {
      const { anchorGrade, cosigners } = await viewed();
      return anchorGrade === "joint" && cosigners.every(({ isSilent }) => !isSilent);
    });
    const view = await viewed();
    expect(view).toMatchObject({ isNamed: true, silenceSeconds: SILENCE_SECONDS });
    expect(view.cosigners.map(({ name }) => name)).toEqual(["A", "A-pq", "B", "B-pq", "N", "N-pq"]);
  });

  it("gives receipts that verify without the centre, and forged ones do not", async () => {
    const { index } = await sight(centre.url, founded, "A-Duty-2");
    await until("it is sealed", async () => (await sealedSize()) > index);
    const receipt = new Uint8Array(await (await fetch(`${centre.url}/api/v1/record/proof/${index}`)).arrayBuffer());
    const leaf = [...readLeaves(join(founded.folder, "record"), index + 1, index)][0]!;
    const folder = mkdtempSync(join(root, "receipt-"));
    const path = join(folder, `${index}.tlog-proof`);
    writeFileSync(path, receipt);
    writeFileSync(join(folder, `${index}.leaf`), leaf);
    cpSync(join(founded.folder, "record", "policy"), join(folder, "policy"));
    const good = await jmc(["verify", path, "--json"]);
    expect([good.code, JSON.parse(good.stdout)]).toMatchObject([
      0,
      { holds: true, index, policyMet: true, cosigners: ["A", "A-pq", "B", "B-pq", "N", "N-pq"] },
    ]);
    writeFileSync(
      join(folder, `${index}.leaf`),
      leaf.map((byte, place) => (place === 40 ? byte ^ 1 : byte)),
    );
    const otherLeaf = await jmc(["verify", path, "--json"]);
    expect([otherLeaf.code, JSON.parse(otherLeaf.stdout).fault.code]).toEqual([1, "proof.mismatch"]);
    writeFileSync(join(folder, `${index}.leaf`), leaf);
    const text = Buffer.from(receipt).toString();
    const withoutB = text.split("\n").filter((line) => !line.startsWith(`— ${ORIGIN}/B `));
    writeFileSync(path, withoutB.join("\n"));
    const unmet = await jmc(["verify", path, "--json"]);
    expect([unmet.code, JSON.parse(unmet.stdout)]).toMatchObject([1, { policyMet: false, absent: ["B", "B-pq"] }]);
    expect((await fetch(`${centre.url}/api/v1/record/proof/999999`)).status).toBe(404);
    expect((await fetch(`${centre.url}/api/v1/record/proof/01`)).status).toBe(404);
  });
});

/** Size of an archive made now, as the command tells it. */
async function exported(name: string, ...flags: string[]): Promise<number> {
  const made = await jmc([
    "export",
    founded.folder,
    "--out",
    join(root, name),
    "--recordings",
    "none",
    "--json",
    ...flags,
  ]);
  expect(made.code, made.stderr).toBe(0);
  return JSON.parse(made.stdout).size;
}

/** A page in a real browser in which an officer, or nobody, has signed in already. */
async function pageOf(browser: Browser, officer?: string, party?: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(WAIT.timeout);
  if (officer !== undefined) {
    const token = await tokenOf(centre.url, officer, officerKey(founded, officer));
    const session = { officer, component: officer[0], token, keyid: "0".repeat(64), ...(party ? { party } : {}) };
    const held = JSON.stringify(JSON.stringify(session));
    await page.addInitScript(`if (top === self) sessionStorage.setItem("openjmc-session", ${held})`);
  }
  await page.goto(centre.url);
  return page;
}

/** The badge in a screen's header: entries sealed, and entries. */
async function badgeOf(page: Page): Promise<readonly [sealed: number, size: number]> {
  const badge = page.getByRole("banner").getByText(/^(sealed up to [\d,]+ of [\d,]+|[\d,]+ entr(y|ies), all sealed)$/);
  const numbers = ((await badge.textContent()) ?? "")
    .match(/\d(?:[\d,]*\d)?/g)!
    .map((text) => text.replaceAll(",", ""));
  return [Number(numbers[0]), Number(numbers.at(-1))];
}

/** What a verifier says of an archive. */
async function verifiedSize(name: string): Promise<number> {
  const { code, stdout } = await jmc(["verify", join(root, name), "--json"]);
  const { holds, findings, size } = JSON.parse(stdout);
  expect([code, holds, findings]).toEqual([0, true, []]);
  return size;
}

describe("archives", () => {
  it("are made beside the centre at work, one right after the other, each with all cosignatures", async () => {
    const before = await recordSize();
    const first = await exported("first.zip");
    expect(await exported("second.zip")).toBeGreaterThanOrEqual(first);
    expect(await verifiedSize("second.zip")).toBeGreaterThanOrEqual(first);
    expect(await recordSize()).toBeGreaterThanOrEqual(before + 2);
    expect(centre.told()).not.toContain("stopped");
  });
});

describe.skipIf(missingForBrowser.length > 0)(["on every screen", ...missingForBrowser].join(", "), () => {
  const LIAISON = "A-Party-1";
  let browser: Browser;
  const pages: Page[] = [];
  beforeAll(async () => {
    const { mission } = (await (await fetch(`${centre.url}/api/v1/centre`)).json()) as CentreDescription;
    const { code: party } = mission.parties[0]!;
    const secret = join(root, "passphrase");
    writeFileSync(secret, PASSPHRASE);
    const keys = ["--keys", founded.signers.A, "--root", "root-1", "--root", "root-2", "--passphrase-file", secret];
    const args = ["officer", "enrol", LIAISON, "--role", `party:${party}`, ...keys, "--centre", centre.url, "--yes"];
    const { code, stderr } = await jmc(args);
    expect([code, stderr]).toEqual([0, expect.anything()]);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-quic"] });
    for (const [officer, of] of [[undefined], ["A-Duty-1"], [LIAISON, party]])
      pages.push(await pageOf(browser, officer, of));
  });
  afterAll(() => browser?.close());

  /** Asks of the door, each of an officer's rooms, and each tab of a party's portal. */
  async function everywhere(holds: (sealed: number, size: number) => boolean): Promise<number> {
    let screens = 0;
    const look = async (page: Page, screen: string): Promise<void> => {
      const told = async (): Promise<string> => {
        const [sealed, size] = await badgeOf(page);
        return holds(sealed, size) ? "holds" : `${sealed} of ${size}`;
      };
      await expect.poll(told, { ...WAIT, message: screen }).toBe("holds");
      screens += 1;
    };
    for (const [page, places] of [
      [pages[0]!, undefined],
      [pages[1]!, "nav button[class*=roomLink]"],
      [pages[2]!, "main [role=tab]"],
    ] as const) {
      // A page behind others asks for nothing.
      await page.bringToFront();
      await page
        .getByRole("banner")
        .getByText(/sealed/)
        .waitFor();
      if (places === undefined) {
        await look(page, "door");
        continue;
      }
      await page.getByText("Sign out").waitFor();
      for (let place = 0; place < (await page.locator(places).count()); place++) {
        await page.locator(places).nth(place).dispatchEvent("click");
        await look(page, `${places} ${place}`);
      }
    }
    return screens;
  }

  it("stands how far the record is sealed, and what is not while one cosigner is behind", async () => {
    await until("all is sealed", allSealed);
    const whole = await sealedSize();
    const screens = await everywhere((sealed, size) => sealed >= whole && size >= sealed);
    expect(screens).toBeGreaterThan(12);
    await running.get("B")!.kill();
    running.delete("B");
    const before = await recordSize();
    await sight(centre.url, founded, "A-Duty-1");
    // What B has signed before it was killed may still be counted, and nothing beyond.
    const behind = (sealed: number, size: number) => sealed >= whole && sealed <= before && size > before;
    expect(await everywhere(behind)).toBe(screens);
    expect(await sealedSize()).toBeLessThanOrEqual(before);
    await startMirror("B");
    await until("all is sealed", allSealed);
    expect(await everywhere((sealed, size) => sealed > before && size >= sealed)).toBe(screens);
  });
});

describe("when cosigners fall silent", () => {
  it("nothing waits: acts are recorded, the anchor's grade falls and says so, the seal stands still", async () => {
    await running.get("B")!.kill();
    running.delete("B");
    const sealed = await sealedSize();
    await until("anchors of the lower grade", async () => (await gradeNow("A-Duty-1")) === "one-and-neutral");
    expect(await sealedSize()).toBeLessThan(await recordSize());
    expect(await sealedSize()).toBeGreaterThanOrEqual(sealed);
    await stop("A");
    await stop("N");
    await until("anchors that nobody stands behind", async () => (await gradeNow("A-Duty-1")) === "none");
    await until("all show as silent", async () => {
      const view = await ask<CosigningView>(centre.url, founded, "A-Duty-1", "/api/v1/cosigning");
      return view.cosigners.every(({ isSilent }) => isSilent);
    });
  });

  it("a node that was away catches up with nothing lost, killed on the way as it may be", async () => {
    await sightMany(centre.url, founded, "A-Duty-1", 600);
    for (let kill = 0; kill < 3; kill++) {
      const mirror = await startMirror("A");
      await new Promise((resolve) => setTimeout(resolve, 150 + kill * 250));
      await mirror.kill();
    }
    await startMirror("A");
    await startMirror("B");
    const size = await recordSize();
    await until("both hold it", () => ["A", "B"].every((name) => heldBy(name as "A" | "B") >= size));
    for (const name of ["A", "B"] as const) {
      const [theirs, own] = [join(nodes.folders[name], "record"), join(founded.folder, "record")];
      expect([...readLeaves(theirs, size)]).toEqual([...readLeaves(own, size)]);
      const verified = await jmc(["verify", theirs, "--json"]);
      expect([verified.code, JSON.parse(verified.stdout).holds], verified.stdout).toEqual([0, true]);
    }
    await startWitness(new URL(witnessUrl()).host);
    await until("all is sealed again", allSealed);
    await until("and anchored to", async () => (await gradeNow("B-Duty-2")) === "joint");
  });
});

describe("a centre that stops", () => {
  it("has its last entries cosigned, and starts again with what was sealed", async () => {
    await sight(centre.url, founded, "B-Duty-1");
    expect(await centre.stop(), centre.told()).toBe(0);
    const note = readFileSync(join(founded.folder, "record", "checkpoint"), "utf8");
    expect(note.split("\n").filter((line) => line.startsWith("— ")).length).toBe(7);
    const verified = await jmc(["verify", founded.folder, "--json"]);
    expect(verified.code, verified.stdout).toBe(0);
    const sealed = Number(note.split("\n")[1]);
    expect(await exported("stopped.zip")).toBe(sealed);
    expect(await exported("stopped-again.zip")).toBe(sealed);
    expect(await verifiedSize("stopped-again.zip")).toBe(sealed);
    expect(await exported("bare.zip", "--unsealed")).toBe(sealed + 2);
    centre = await serveCentre(founded.folder);
    expect(await sealedSize()).toBeGreaterThan(600);
  });

  it("has said once what it runs, as anybody's shell says it, and a verifier tells it", async () => {
    const said = async () =>
      [...readLeaves(join(founded.folder, "record"), await recordSize())]
        .map((leaf) => unwrap(readLeaf(nodePrimitives.sha256, leaf)).statement)
        .filter(({ kind }) => kind === "centre.started");
    const clone = join(import.meta.dirname, "..");
    const lock = createHash("sha256").update(readFileSync(join(clone, "package-lock.json")));
    const [programme] = await said();
    expect(programme).toMatchObject({
      ...{ role: "centre", subject: "programme" },
      body: { runtime: `Node ${process.version}`, lockSha256: lock.digest("hex") },
    });
    const told = await jmc(["verify", founded.folder]);
    expect(told.stdout).toContain(String(programme!.body.sourcesSha256));
    // The centre that was started again has had the time of a verification to find that it runs the same.
    expect(await centre.stop(), centre.told()).toBe(0);
    centre = await serveCentre(founded.folder);
    expect(await said()).toHaveLength(1);
  });
});

function heldBy(name: "A" | "B"): number {
  const note = readFileSync(join(nodes.folders[name], "keeper", "head"), "utf8");
  return Number(note.split("\n")[1]);
}

function witnessUrl(): string {
  return (JSON.parse(readFileSync(join(founded.folder, "keys", "cosigners.json"), "utf8")) as { N: { url: string } }).N
    .url;
}
