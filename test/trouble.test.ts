/** What an operator meets: each trouble has its own message and exit code, and leaves the folder fit to go on. */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { get } from "node:https";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FoundedCentre, foundTestCentre } from "./support/centre.ts";
import { jmc, serveCentre } from "./support/jmc.ts";

const REPOSITORY = join(import.meta.dirname, "..");
let founded: FoundedCentre;
let scratch: string;
let holder: Server;
let heldPort: string;

beforeAll(async () => {
  founded = await foundTestCentre({ exercise: true });
  scratch = mkdtempSync(join(tmpdir(), "openjmc-trouble-"));
  holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", () => resolve()));
  heldPort = String((holder.address() as { port: number }).port);
});
afterAll(() => {
  holder.close();
  for (const folder of [founded.root, scratch]) rmSync(folder, { recursive: true, force: true });
});

const serve = (...args: string[]) => jmc(["serve", ...args]);

/** One line that says what is wrong, and exit code 2: no stack, no half-started centre. */
function expectRefusal(ended: Awaited<ReturnType<typeof jmc>>, ...words: (string | RegExp)[]): void {
  for (const word of words) expect(ended.stderr).toMatch(word);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(ended.code).toBe(2);
}

describe("a second process on the same folder", () => {
  it("is refused and told which process holds it; when that is gone, it is let in", async () => {
    const first = await serveCentre(founded.folder);
    const held = new RegExp(`folder\\.in-use.*process ${first.pid} \\(serve\\)`);
    expectRefusal(await serve(founded.folder, "--port", "0"), held);
    expectRefusal(await jmc(["rebuild", founded.folder]), held);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await first.kill();
    const second = await serveCentre(founded.folder);
    expect(await second.stop()).toBe(0);
    expect(second.told()).toMatch(/everything acknowledged is on disk/);
  });
});

describe("refused at the start", () => {
  it("an unknown mission, with those that there are", async () => {
    const target = join(scratch, "unknown");
    const ended = await jmc(["init", target, "--mission", "atlantis-1900", "--signer", `A=${scratch}/a`], {
      OPENJMC_PASSPHRASE: "long enough a phrase",
    });
    expectRefusal(ended, /mission\.unknown/, /karabakh-2020/);
    expectRefusal(
      await jmc(["exercise", "--data", target, "--mission", "atlantis-1900", "--headless"]),
      /mission\.unknown/,
    );
    expect(existsSync(target)).toBe(false);
  });

  it("a folder that was never founded", async () => {
    expectRefusal(await serve(scratch), /centre\.not-founded/, /jmc init/);
    expectRefusal(await serve(join(scratch, "nowhere")), /centre\.not-founded/);
    expect(existsSync(join(scratch, "nowhere"))).toBe(false);
  });

  it("a port that is taken, and the folder is free again", async () => {
    expectRefusal(await serve(founded.folder, "--port", heldPort, "--mqtt-port", "0"), /port\.taken/, heldPort);
    expectRefusal(await serve(founded.folder, "--port", "0", "--mqtt-port", heldPort), /feed\.port-taken/, heldPort);
    expect(existsSync(join(founded.folder, "lock"))).toBe(false);
  });

  it("a port that is none", async () => {
    expectRefusal(await serve(founded.folder, "--port", "80808"), /port\.malformed.*--port.*80808/);
  });

  it("the open network without TLS", async () => {
    expectRefusal(await serve(founded.folder, "--host", "0.0.0.0"), /tls\.required/, /--tls self/);
  });

  it("half a certificate", async () => {
    expectRefusal(await serve(founded.folder, "--tls-cert", "x.pem"), /tls\.incomplete/);
    expectRefusal(
      await serve(founded.folder, "--tls-cert", join(scratch, "no.pem"), "--tls-key", join(scratch, "no.key")),
      /tls\.unreadable/,
      /no\.pem/,
    );
  });
});

describe("refused because of what lies in the folder", () => {
  /** A copy of the founded folder with one thing changed. */
  function changed(name: string, change: (folder: string) => void): string {
    const copy = join(scratch, name);
    cpSync(founded.folder, copy, { recursive: true });
    change(copy);
    return copy;
  }
  const flip = (path: string): void => {
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(path, bytes);
  };

  it.each([
    [
      "mission files that are not those both components signed",
      (folder: string) => appendFileSync(join(folder, "mission/rules.yaml"), "# one more line\n"),
      /mission\.changed/,
    ],
    [
      "a centre file that is none",
      (folder: string) => writeFileSync(join(folder, "centre.json"), "{"),
      /centre\.malformed/,
    ],
    ["a machine key that is gone", (folder: string) => rmSync(join(folder, "keys/log.seed")), /key\.unreadable/],
    [
      "a record without its head",
      (folder: string) => {
        rmSync(join(folder, "record/checkpoint"));
        rmSync(join(folder, "keeper/head"));
      },
      /record\.missing/,
    ],
    [
      "a record whose checkpoint was touched",
      (folder: string) => {
        flip(join(folder, "record/checkpoint"));
        rmSync(join(folder, "keeper/head"));
      },
      /note\.|checkpoint\.|record\.|signature\./,
    ],
    [
      "a record whose tiles were touched",
      (folder: string) => {
        const edge = join(folder, "record/tile/entries/000.p");
        const name = String(Math.max(...readdirSync(edge).map(Number)));
        flip(join(edge, name));
      },
      /record\./,
    ],
  ] as const)("%s", async (_name, change, message) => {
    const folder = changed(_name.replaceAll(/\W/g, "-"), change as (folder: string) => void);
    expectRefusal(await serve(folder, "--port", "0", "--mqtt-port", "0"), message as RegExp);
  });

  it("but views that are no database are made again", async () => {
    const folder = changed("views", (copy) =>
      writeFileSync(join(copy, "projection.db"), "not a database ".repeat(900)),
    );
    const centre = await serveCentre(folder);
    expect(await centre.stop()).toBe(0);
  });
});

describe("a Node that is too old", () => {
  const requires = (version: string) =>
    spawnSync(
      process.execPath,
      ["-e", `import("${REPOSITORY}/scripts/prepare.mjs").then((it) => it.requireNode(${JSON.stringify(version)}))`],
      { encoding: "utf8" },
    );

  it.each(["18.20.4", "20.18.3", "19.9.0"])("%s is refused with what is expected", (version) => {
    const ended = requires(version);
    expect(ended.stderr).toMatch(
      new RegExp(`node\\.too-old: Node\\.js ${version.replaceAll(".", "\\.")} .*expected 20\\.19`),
    );
    expect(ended.status).toBe(2);
  });

  it.each(["20.19.0", "22.0.0", "24.1.0"])("%s is let through", (version) => {
    expect(requires(version).status).toBe(0);
  });
});

describe("--tls self", () => {
  const fetchOver = (url: string, ca?: string): Promise<number> =>
    new Promise((resolve, reject) => {
      get(`${url}/api/v1/centre`, ca === undefined ? {} : { ca }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      }).on("error", reject);
    });

  it("serves https with an authority of the site's own, the same after a restart", async () => {
    const first = await serveCentre(founded.folder, ["--tls", "self"]);
    expect(first.url).toMatch(/^https:\/\/localhost:\d+$/);
    expect(first.told()).toMatch(/site-ca\.pem[\s\S]*SHA-256 ([0-9A-F]{2}:){31}/);
    const ca = readFileSync(join(founded.folder, "tls/site-ca.pem"), "utf8");
    expect(await fetchOver(first.url, ca)).toBe(200);
    await expect(fetchOver(first.url)).rejects.toThrow(/certificate/);
    await first.stop();
    const second = await serveCentre(founded.folder, ["--host", "0.0.0.0", "--tls", "self"]);
    expect(await fetchOver(`https://127.0.0.1:${new URL(second.url).port}`, ca)).toBe(200);
    await second.stop();
  });
});
