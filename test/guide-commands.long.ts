/**
 * Commands as the guides tell to type them, taken from the guides' own text and run: those that no other test runs. Names of folders,
 * files and addresses are replaced by those of a centre that is there. Long.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CentreDescription, FindingRow } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform, proposalBody, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey, PASSPHRASE } from "./support/centre.ts";
import { type Ended, jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { steadyPort } from "./support/port.ts";
import { openTakReceiver } from "./support/tak-receiver.ts";
import { until } from "./support/wait.ts";

const project = join(import.meta.dirname, "..");
const shared = process.env.OPENJMC_SHARED ?? join(project, "../shared");
const CAPTURE = join(shared, "data/adsb/ulss7-1522782148.beast");
const RADAR = join(shared, "data/asterix/cat_034_048.pcap");
const JMC = join(project, "apps/centre/src/cli/jmc.ts");
type Replaced = Readonly<Record<string, string>>;

const root = mkdtempSync(join(tmpdir(), "openjmc-guides-"));
const path = (name: string): string => join(root, name);
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

/** The words of the one line of a guide that begins so, without `npx jmc` and without what the shell does. */
function typed(guide: string, start: string, replaced: Replaced): string[] {
  const lines = readFileSync(join(project, "docs", guide), "utf8").split("\n");
  const found = lines.map((line) => line.trim()).filter((line) => line.startsWith(`npx jmc ${start}`));
  expect(found.length, `${guide}: ${start}`).toBeGreaterThan(0);
  const words = found[0]!
    .replace(/ > \S+$/, "")
    .match(/(?:[^\s"]|"[^"]*")+/g)!
    .slice(2);
  return words.map((word) => replaced[word] ?? word.replaceAll('"', ""));
}

async function run(
  guide: string,
  start: string,
  replaced: Replaced = {},
  more: readonly string[] = [],
): Promise<Ended> {
  const ended = await jmc([...typed(guide, start, replaced), ...more]);
  expect(ended.code, `${start}: ${ended.stderr}`).toBe(0);
  return ended;
}

/** Starts what does not end by itself and waits until it says so much. */
function start(args: readonly string[], said: RegExp): Promise<ChildProcess> {
  const child = spawn(process.execPath, [JMC, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let text = "";
  return new Promise((resolve, reject) => {
    const hear = (part: Buffer): void => {
      text += part.toString();
      if (said.test(text)) resolve(child);
    };
    child.stdout!.on("data", hear);
    child.stderr!.on("data", hear);
    child.once("exit", (code) => reject(new Error(`${args.join(" ")} ended with ${code}: ${text}`)));
  });
}

describe("what is asked of a mission's files alone", () => {
  it("the calendar of the agreement, and what would follow from notice or consent", async () => {
    const out = path("agreement.ics");
    await run("officers.md", "agreement calendar", { "agreement.ics": out });
    expect(readFileSync(out, "utf8")).toContain("BEGIN:VEVENT");
    expect((await run("officers.md", "agreement what-if --notice")).stdout).toContain("statement-2020");
    expect((await run("officers.md", "agreement what-if --accepted")).stdout).not.toBe("");
  });

  it("a roster becomes a draft that a head signs", async () => {
    const text = readFileSync(join(project, "docs/officers.md"), "utf8");
    writeFileSync(path("roster.csv"), /```csv\n([\s\S]*?)```/.exec(text)![1]!);
    await run("officers.md", "roster", { "roster.csv": path("roster.csv"), "roster.json": path("roster.json") });
    expect(JSON.parse(readFileSync(path("roster.json"), "utf8"))).toMatchObject({ kind: expect.any(String) });
  });

  it("heights of a mission's box are made from tiles", async () => {
    // Tiles of three arc seconds, flat at 100 m.
    const tile = Buffer.alloc(1201 * 1201 * 2);
    for (let at = 0; at < tile.length; at += 2) tile.writeInt16BE(100, at);
    for (const name of ["N39E046.hgt", "N39E047.hgt"]) writeFileSync(path(name), tile);
    const replaced = { "N39E046.hgt": path("N39E046.hgt"), "N39E047.hgt": path("N39E047.hgt") };
    const { stdout } = await run("operators.md", "heights", replaced);
    expect(stdout).toMatch(/^ncols/i);
  });
});

describe("a short exercise and what is made of it", () => {
  const data = path("data-2");
  beforeAll(async () => {
    await run("operators.md", "exercise --data data-2", { "data-2": data });
  });

  it("may be watched on a port, with a seed and a speed, and ends when it is told to", async () => {
    const replaced = { data: path("data"), "8080": `${await steadyPort()}` };
    const child = await start(typed("operators.md", "exercise --data data --port", replaced), /http:\/\//);
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    expect(await gone).toBe(0);
  });

  it("a track's course, from the journal", async () => {
    const centre = await serveCentre(data);
    const answer = await fetch(`${centre.url}/api/v1/centre`);
    expect(answer.status).toBe(200);
    await centre.stop();
    const lines = (await jmc(["replay", data])).stdout.split("\n").filter((line) => line.includes('"track"'));
    const track = lines.map((line) => /"id":"([0-9a-f]{16,})"/.exec(line)?.[1]).find((id) => id !== undefined);
    expect(track).toBeDefined();
    const replaced = { DIR: data, TRACK: track! };
    const words = typed("operators.md", "replay DIR --course", replaced).slice(0, -2);
    const { code, stdout, stderr } = await jmc(words);
    expect([code, stdout.split("\n").length > 1], stderr).toEqual([0, true]);
  });

  it("a span of the journal is fused again and compared", async () => {
    const replaced = {
      DIR: data,
      "2021-03-01T06:00:00Z": "2000-01-01T00:00:00Z",
      "2021-03-01T12:00:00Z": "2100-01-01T00:00:00Z",
    };
    await run("operators.md", "replay --check DIR --from", replaced);
  });

  it("reports of every kind, in other languages and forms", async () => {
    const settings = JSON.parse(readFileSync(join(data, "exercise/clock.json"), "utf8").toString()) as object;
    expect(settings).toBeDefined();
    const out = (name: string): Replaced => ({ DIR: data, [name]: path(name) });
    await run("officers.md", "report daily", out("daily.html"));
    expect(readFileSync(path("daily.html"), "utf8")).toMatch(/lang="ru"/);
    await run("officers.md", "report weekly", out("weekly.pdf"));
    expect(readFileSync(path("weekly.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
    await run("officers.md", "report thematic", out("access.html"));
    await run("operators.md", "report final", out("final.html"));
    for (const name of ["access.html", "final.html"]) expect(existsSync(path(name))).toBe(true);
  });
});

describe("a centre at work", () => {
  let founded: FoundedCentre;
  let centre: ServedCentre;
  let description: CentreDescription;
  const take = openTakReceiver();
  const logKey = (): string => join(founded.folder, "record/log.vkey");
  const secret = path("passphrase");

  beforeAll(async () => {
    writeFileSync(secret, PASSPHRASE);
    founded = await foundTestCentre({ root: path("."), exercise: true });
    const receiver = await take;
    const tak = typed("operators.md", "serve DIR --tak udp", {
      "udp://239.2.3.1:6969": "udp://127.0.0.1:6969",
      "tcp://192.0.2.8:8087": receiver.url,
    }).slice(2);
    const mqtt = typed("operators.md", "serve DIR --mqtt-host", {
      "0.0.0.0": "127.0.0.1",
      "1883": `${await steadyPort()}`,
    }).slice(2);
    centre = await serveCentre(founded.folder, [...tak, ...mqtt]);
    description = (await (await fetch(`${centre.url}/api/v1/centre`)).json()) as CentreDescription;
  });
  afterAll(async () => {
    (await take).close();
    await centre?.kill();
  });

  it("says where it sends Cursor on Target", () => {
    expect(centre.told()).toMatch(/out to udp:\/\/127\.0\.0\.1:6969/);
    expect(centre.told()).toContain("out to tcp://127.0.0.1");
  });

  it("asks for the files of a receiver that wants TLS, and names the one that lacks", async () => {
    const ended = await jmc(typed("operators.md", "serve DIR --tak tls", { DIR: path("data-2") }));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("ca.pem")]);
  });

  it("channels are put in place, told and tried", async () => {
    const got: string[] = [];
    const office = createWebServer((request, response) => {
      request.on("data", (part: Buffer) => got.push(part.toString()));
      request.on("end", () => response.end());
    });
    await new Promise<void>((resolve) => office.listen(0, "127.0.0.1", resolve));
    const { port } = office.address() as AddressInfo;
    const recipients = { "A-capital-duty": { webhook: `http://127.0.0.1:${port}/in` } };
    writeFileSync(path("channels.json"), JSON.stringify({ allowPrivate: true, recipients }));
    const replaced = { DIR: founded.folder, "channels.json": path("channels.json") };
    const set = await jmc(typed("operators.md", "channels --data DIR --set", replaced));
    expect([set.code, set.stdout], set.stderr).toEqual([1, expect.stringContaining("A-capital-duty")]);
    const told = await jmc(typed("operators.md", "channels --data DIR", replaced));
    // All the others cannot be reached.
    expect([told.code, told.stdout]).toEqual([1, set.stdout]);
    await run("operators.md", "channels --data DIR --try", replaced);
    expect(got.join("")).toContain("openjmc.try");
    office.close();
  });

  it("nodes make their keys, a draft names them, and a mirror fetches and keeps receipts in view", async () => {
    const nodes = { "MIRROR-A": path("MIRROR-A"), WITNESS: path("WITNESS"), "centre.example": "exercise.test" };
    const keys = { "log.vkey": logKey(), "a.policy": path("a.policy"), "n.policy": path("n.policy") };
    await run("operators.md", "mirror init", { ...nodes, ...keys });
    await run("operators.md", "witness init", { ...nodes, ...keys });
    const b = ["mirror", "init", path("B"), "--name", "B", "--origin", "exercise.test", "--log-key", logKey()];
    expect((await jmc([...b, "--out", path("b.policy")])).code).toBe(0);
    const out = { "b.policy": path("b.policy"), "cosigners.json": path("cosigners.json") };
    await run("operators.md", "cosigners", { ...keys, ...out });
    expect(JSON.parse(readFileSync(path("cosigners.json"), "utf8"))).toMatchObject({ kind: "cosigners.named" });
    const addresses = { "http://localhost:8080": centre.url, "SIGNER-A/receipts": join(founded.signers.A, "receipts") };
    const mirror = await start(typed("operators.md", "mirror run", { ...nodes, ...addresses }), /\S/);
    mirror.kill("SIGTERM");
  });

  it("a component's node opens its room, and listens for gateways", async () => {
    const replaced = {
      "https://centre.example:8443": centre.url,
      "/media/a/keys": founded.signers.A,
      "0.0.0.0:30200": "127.0.0.1:0",
    };
    const words = typed("operators.md", "room serve", replaced);
    const node = await start([...words, "--passphrase-file", secret], /127\.0\.0\.1:\d+/);
    node.kill("SIGTERM");
  });

  it("a dissent is signed from the command line, and the finding is split", async () => {
    const key = officerKey(founded, "A-Head");
    const token = await tokenOf(centre.url, "A-Head", key);
    const incident = ulid();
    const body = { title: "Shots", occurredAt: new Date().toISOString().replace(/Z$/, "000Z") };
    const officer = "A-Head";
    await perform(centre.url, token, key, { kind: "incident.opened", subject: incident, body, officer });
    const proposal = proposalBody(description.mission, incident);
    const finding = { kind: "finding.proposed", subject: ulid(), body: proposal, officer };
    const { statement } = await perform(centre.url, token, key, finding);
    const replaced = {
      ...{ "https://centre.example:8443": centre.url, "/media/b/keys": founded.signers.B, FINDING: statement },
    };
    const dissent = "sign --centre https://centre.example:8443 --keys /media/b/keys --officer B-Head --dissent";
    await run("officers.md", dissent, replaced, ["--passphrase-file", secret, "--yes"]);
    const asked = await fetch(`${centre.url}/api/v1/views/findings?limit=5`, { headers: bearer(token) });
    const { rows } = (await asked.json()) as { readonly rows: readonly FindingRow[] };
    expect(rows[0]).toMatchObject({ statement, state: "split" });
    const spot = { DIR: founded.folder, "01JH000000000000000000000A": incident, "spot.html": path("spot.html") };
    await run("officers.md", "report spot", spot);
    expect(readFileSync(path("spot.html"), "utf8")).toContain("Shots");
  });

  it.skipIf(!existsSync(CAPTURE))(
    `a capture is fed as it was received${existsSync(CAPTURE) ? "" : " (no capture)"}`,
    async () => {
      const [listening] = [...centre.feeds].find(([name]) => name.includes("rx-n2"))!.slice(1);
      const replaced = { "capture.beast": CAPTURE, "127.0.0.1:30100": listening!.replace(/^\w+:\/\//, "") };
      await run("operators.md", "feed capture.beast --format beast", { ...replaced, "20": "max" });
      const port = await steadyPort();
      const waits = { "capture.beast": CAPTURE, "127.0.0.1:30005": `127.0.0.1:${port}` };
      const child = await start(typed("operators.md", "feed capture.beast --listen", waits), /\d/);
      const bytes = await new Promise<number>((resolve) => {
        const socket = connect(port, "127.0.0.1");
        socket.once("data", (part) => {
          resolve(part.length);
          socket.destroy();
        });
      });
      expect(bytes).toBeGreaterThan(0);
      child.kill("SIGTERM");
    },
  );

  it.skipIf(!existsSync(RADAR))(
    `a radar's capture is sent as datagrams${existsSync(RADAR) ? "" : " (no capture)"}`,
    async () => {
      const socket = createSocket("udp4");
      let got = 0;
      socket.on("message", ({ length }) => {
        got += length;
      });
      await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
      const target = `udp:127.0.0.1:${socket.address().port}`;
      await run("operators.md", "feed radar.pcap", { "radar.pcap": RADAR, "udp:127.0.0.1:8600": target }, [
        "--speed",
        "max",
      ]);
      await until("datagrams came", () => got > 0);
      socket.close();
    },
  );

  it("a log of annotations is founded beside the record", async () => {
    const closed = await foundTestCentre({ root: mkdtempSync(path("closed-")) });
    const signers = { "A=/media/a/keys": `A=${closed.signers.A}`, "B=/media/b/keys": `B=${closed.signers.B}` };
    const folders = { "NOTES-DIR": path("notes"), DIR: closed.folder, "/srv/mission": "karabakh-2020" };
    const names = { "centre.example.notes": "centre.test.notes" };
    const secrets = ["A", "B"].flatMap((code) => ["--passphrase-file", `${code}=${secret}`]);
    // Nobody cosigns this record: its end is taken.
    secrets.push("--unsealed");
    const { stdout } = await run("operators.md", "init NOTES-DIR", { ...signers, ...folders, ...names }, secrets);
    expect(stdout).toContain("Succeeds centre.test");
  });
});
