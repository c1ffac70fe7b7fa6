/**
 * Acts about keys by the commands of the component's own machine, against a centre that runs: enrolment with each kind of
 * key, rotation, loss, suspicion, revocation, the ceremony for lost roots, and the centre's own keys.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { FaultError } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareOwnAct, sendAct } from "../apps/centre/src/signer/acts.ts";
import { connectToCentre } from "../apps/centre/src/signer/centre-client.ts";
import { openCopy } from "../apps/centre/src/signer/log-view.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";
import { expectRefusal } from "./support/expect-refusal.ts";
import { type Ended, jmc } from "./support/jmc.ts";
import { until } from "./support/wait.ts";

const DELAY_SECONDS = 7 * 86_400;
/** The centre's clock, which a test may put forward. */
let offset = 0;
const clock = { now: () => Date.now() * 1000 + offset, speed: 1 };

let founded: TestCentre;
let passphrase: string;

beforeAll(async () => {
  founded = await openTestCentre({ exercise: true, terms: { rootRecoverySeconds: DELAY_SECONDS }, more: { clock } });
  passphrase = join(founded.root, "passphrase");
  writeFileSync(passphrase, PASSPHRASE);
});
afterAll(() => founded.close());

const file = (name: string): string => join(founded.root, name);
const folderOf = (officer: string): string => founded.signers[officer[0]!]!;
const keysOf = (component: "A" | "B"): string[] => ["--keys", folderOf(component)];
const secret = (): string[] => ["--passphrase-file", passphrase, "--yes"];
const online = (): string[] => ["--centre", founded.url];
const twoRoots = ["--root", "root-1", "--root", "root-2"];

/** A command that must end well; its last line as JSON where it was asked for. */
async function done(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const ended = await jmc(args, environment);
  expect([ended.code, ended.stderr]).toEqual([0, expect.anything()]);
  return ended;
}

const enrol = (id: string, ...more: string[]) =>
  done([
    "officer",
    "enrol",
    id,
    "--role",
    "duty-officer",
    ...keysOf("A"),
    ...twoRoots,
    ...online(),
    ...secret(),
    ...more,
  ]);

async function signInCode(officer: string, folder = folderOf(officer), pin = PASSPHRASE) {
  try {
    await connectToCentre({ url: founded.url, officer, signer: openSigner(folder, officer, pin) });
    return "signed in";
  } catch (error) {
    if (error instanceof FaultError) return error.fault.code;
    throw error;
  }
}

/** What the record says of an officer's keys, latest last. */
async function listed(holder: string): Promise<{ keyid: string; ended: number | null; suspectFrom: number | null }[]> {
  const { stdout } = await done(["officer", "list", "--record", founded.folder, "--json"]);
  const keys = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { holder: string });
  return keys.filter((key) => key.holder === holder) as never;
}

async function note(officer: string, signer = openSigner(folderOf(officer), officer, PASSPHRASE)) {
  const client = await connectToCentre({ url: founded.url, officer, signer });
  const body = { title: "A burst", occurredAt: "2021-04-06T00:00:00.000000Z" };
  return sendAct(client, signer, await prepareOwnAct(client, { kind: "incident.opened", body }));
}

describe("an officer's key", () => {
  it("is enrolled by two roots in one go, and signs in", async () => {
    await enrol("A-Duty-7");
    expect(await signInCode("A-Duty-7")).toBe("signed in");
    expect(await listed("A-Duty-7")).toMatchObject([{ ended: null, suspectFrom: null }]);
  });

  it("or root by root, by files from safe to safe", async () => {
    const request = ["officer", "enrol", "A-Duty-8", "--role", "duty-officer", ...keysOf("A"), ...secret()];
    await done([...request, "--record", founded.folder, "--out", file("enrol-0")]);
    for (const [position, root] of ["root-3", "root-1"].entries()) {
      const out = ["--out", file(`enrol-${position + 1}`)];
      await done(["sign", "file", file(`enrol-${position}`), ...keysOf("A"), "--holder", root, ...out, ...secret()]);
    }
    const first = await done(["sign", "import", file("enrol-1"), ...online()]);
    expect(first.stdout).toMatch(/recorded: entry/);
    expect(await signInCode("A-Duty-8")).toBe("session.signature");
    await done(["sign", "import", file("enrol-2"), ...online()]);
    expect(await signInCode("A-Duty-8")).toBe("signed in");
  });

  it("is not enrolled by one root, nor by the other component's", async () => {
    const request = ["officer", "enrol", "A-Duty-9", "--role", "duty-officer", ...secret(), ...online()];
    await done([...request, ...keysOf("A"), "--root", "root-1"]);
    expect(await signInCode("A-Duty-9")).toBe("session.signature");
    await done([...request, ...keysOf("A"), "--out", file("foreign-0")]);
    const sign = ["sign", "file", file("foreign-0"), ...keysOf("B"), "--holder", "root-1", "--out", file("foreign-1")];
    expectRefusalAmong(await jmc([...sign, ...secret()]), /component\.wrong/);
  });

  it("is rotated by its officer: the old one ends, what is signed in with it is refused", async () => {
    const old = openSigner(folderOf("A"), "A-Duty-7", PASSPHRASE);
    await done(["officer", "rotate", "A-Duty-7", ...keysOf("A"), ...online(), ...secret()]);
    expect(await signInCode("A-Duty-7")).toBe("signed in");
    await expect(connectToCentre({ url: founded.url, officer: "A-Duty-7", signer: old })).rejects.toThrow();
    expect((await listed("A-Duty-7")).map((key) => key.ended === null)).toEqual([false, true]);
    expect(readdirSync(folderOf("A")).filter((name) => name.startsWith("A-Duty-7.ended-"))).toHaveLength(1);
  });

  it("that is lost is replaced by two roots", async () => {
    await enrol("A-Duty-8", "--lost");
    expect(await signInCode("A-Duty-8")).toBe("signed in");
    expect((await listed("A-Duty-8")).map((key) => key.ended === null)).toEqual([false, true]);
  });

  it("that was stolen is marked, then revoked; what it signed stays and is shown as suspect", async () => {
    const before = await note("A-Duty-8");
    const after = await note("A-Duty-8");
    const act = ["--reason", "the machine was open", ...keysOf("A"), ...twoRoots, ...online(), ...secret()];
    await done(["officer", "suspect", "A-Duty-8", "--from", `${after.index}`, ...act]);
    expect(await signInCode("A-Duty-8")).toBe("signed in");
    await done(["officer", "revoke", "A-Duty-8", "--from", `${after.index}`, ...act]);
    expect(await signInCode("A-Duty-8")).toBe("session.signature");
    const { stdout } = await done(["officer", "uses", "A-Duty-8", "--record", founded.folder]);
    expect(stdout).toMatch(new RegExp(`^${before.index} .*incident.opened \\(binding\\)$`, "m"));
    expect(stdout).toMatch(new RegExp(`^${after.index} .*SUSPECT$`, "m"));
    expectRefusalAmong(await jmc(["officer", "revoke", "A-Duty-8", ...act]), /officer\.unknown/);
  });
});

/** A refusal after the text was shown: the last line says what is wrong. */
function expectRefusalAmong(ended: Ended, word: RegExp): void {
  expect(ended.stderr.trim().split("\n").at(-1)).toMatch(word);
  expect(ended.code).toBe(2);
}

describe("an officer's signer", () => {
  it("tells of each use of the key, and of one that it has not made itself", async () => {
    const args = ["sign", "--officer", "A-Duty-7", ...keysOf("A"), ...online(), ...secret()];
    const watching = startJmc(args);
    await until("what was before is told", () => watching.told().includes("officer.rotated"));
    const { index } = await note("A-Duty-7");
    await until(
      "a foreign use",
      () => watching.told().includes(`NOT BY THIS SIGNER: entry ${index} incident.opened`),
      40,
    );
    await enrol("A-Duty-10");
    await until(
      "a root's use",
      () => /ROOT KEY of your component used: entry \d+ officer.enrolled/.test(watching.told()),
      40,
    );
    watching.stop();
    writeFileSync(
      file("draft.json"),
      JSON.stringify({ kind: "incident.opened", body: { title: "B", occurredAt: "2021-04-06T00:00:00.000000Z" } }),
    );
    const own = await done([...args, "--act", file("draft.json"), "--json"]);
    const again = startJmc(args);
    const ownIndex = (JSON.parse(own.stdout) as { index: number }).index;
    await until("an own use", () => again.told().includes(`entry ${ownIndex} incident.opened`));
    expect(again.told()).toMatch(new RegExp(`key used: entry ${ownIndex} .*, signed here`));
    again.stop();
  });
});

function startJmc(args: readonly string[]) {
  const jmcFile = join(import.meta.dirname, "../apps/centre/src/cli/jmc.ts");
  const child = spawn(process.execPath, [jmcFile, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => parts.push(part.toString()));
  return { told: () => parts.join(""), stop: () => child.kill("SIGTERM") };
}

const hasAgent = ["ssh-agent", "ssh-add", "ssh-keygen"].every((name) => existsSync(`/usr/bin/${name}`));
describe.skipIf(!hasAgent)("a key in an ssh-agent (needs openssh-client)", () => {
  let agent: ChildProcess;
  const environment = () => ({ SSH_AUTH_SOCK: file("agent") });
  beforeAll(async () => {
    agent = spawn("ssh-agent", ["-D", "-a", file("agent")], { stdio: "ignore" });
    while (!existsSync(file("agent"))) await pause(20);
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "A-Duty-11", "-f", file("ssh-key")]);
    execFileSync("ssh-add", ["-q", file("ssh-key")], { env: { ...process.env, ...environment() }, stdio: "ignore" });
  });
  afterAll(() => agent.kill());

  it("is enrolled and signs acts; the folder holds nothing secret of it", async () => {
    const roots = ["--role", "duty-officer", ...keysOf("A"), ...twoRoots, ...online(), ...secret()];
    await done(["officer", "enrol", "A-Duty-11", "--ssh-agent", "A-Duty-11", ...roots], environment());
    const act = ["--officer", "A-Duty-11", "--act", file("draft.json"), "--json", "--yes", ...keysOf("A"), ...online()];
    const signed = await done(["sign", ...act], environment());
    expect(JSON.parse(signed.stdout)).toMatchObject({ index: expect.any(Number) });
    expect(readFileSync(join(folderOf("A"), "A-Duty-11.key.json"), "utf8")).not.toMatch(/cipher|seed|PRIVATE/);
    expectRefusal(await jmc(["sign", ...act], { SSH_AUTH_SOCK: "" }), /agent\.missing/);
    expectRefusal(
      await jmc(["officer", "enrol", "A-Duty-12", "--ssh-agent", "nobody", ...roots], environment()),
      /agent\.no-key/,
    );
  });
});

const MODULE = "/usr/lib/softhsm/libsofthsm2.so";
const hasToken = [MODULE, "/usr/bin/softhsm2-util", "/usr/bin/python3"].every((path) => existsSync(path));
describe.skipIf(!hasToken)("a key on a token (needs softhsm2 and python3)", () => {
  const environment = () => ({ SOFTHSM2_CONF: file("softhsm2.conf") });
  beforeAll(() => {
    mkdirSync(file("tokens"));
    writeFileSync(file("softhsm2.conf"), `directories.tokendir = ${file("tokens")}\nobjectstore.backend = file\n`);
    const init = ["--init-token", "--free", "--label", "component-a", "--so-pin", "246810", "--pin", "135790"];
    execFileSync("softhsm2-util", init, { env: { ...process.env, ...environment() }, stdio: "ignore" });
    writeFileSync(file("pin"), "135790");
    writeFileSync(file("wrong-pin"), "000000");
  });

  it("is made inside, enrolled, and signs acts with the token's PIN", async () => {
    const token = ["--pkcs11", MODULE, "--token", "component-a"];
    const pin = ["--passphrase-file", `A-Duty-13=${file("pin")}`];
    await enrolWith("A-Duty-13", [...token, ...pin], environment());
    const act = ["--officer", "A-Duty-13", "--act", file("draft.json"), "--json", "--yes", ...keysOf("A"), ...online()];
    const signed = await done(["sign", ...act, ...pin], environment());
    expect(JSON.parse(signed.stdout)).toMatchObject({ index: expect.any(Number) });
    const wrong = ["--passphrase-file", file("wrong-pin")];
    expectRefusal(await jmc(["sign", ...act, ...wrong], environment()), /token\.pin/);
  });

  const enrolWith = (id: string, more: readonly string[], surroundings: Readonly<Record<string, string>>) =>
    done(
      [
        "officer",
        "enrol",
        id,
        "--role",
        "duty-officer",
        ...keysOf("A"),
        ...twoRoots,
        ...online(),
        ...secret(),
        ...more,
      ],
      surroundings,
    );
});

describe("a component's roots", () => {
  it("one that is lost is replaced by the other two", async () => {
    const request = ["root", "replace", "root-3", ...keysOf("A"), ...twoRoots, ...online(), ...secret()];
    await done(request);
    const enrolment = [
      "officer",
      "enrol",
      "A-Duty-14",
      "--role",
      "duty-officer",
      ...keysOf("A"),
      ...online(),
      ...secret(),
    ];
    await done([...enrolment, "--root", "root-3", "--root", "root-1"]);
    expect(await signInCode("A-Duty-14")).toBe("signed in");
  });

  it("all that are lost are made new, with the other side as witness, after the delay", async () => {
    const claim = ["root", "claim", "--reason", "the safe burnt", ...keysOf("B"), ...online(), ...secret()];
    await done([...claim, "--out", file("claim-0")]);
    const sign = (from: number, component: "A" | "B", ...holders: string[]) =>
      done([
        ...[
          "sign",
          "file",
          file(`claim-${from}`),
          ...keysOf(component),
          ...secret(),
          "--out",
          file(`claim-${from + 1}`),
        ],
        ...holders.flatMap((holder) => ["--holder", holder]),
      ]);
    await sign(0, "B", "B-Duty-1", "B-Head");
    const witnessed = await sign(1, "A", "root-1", "root-2");
    expect(witnessed.stderr).toContain("AS A WITNESS, for component B");
    await done(["sign", "import", file("claim-2"), ...online()]);
    expect((await openCopy(founded.folder)).state.claims.get("B")).toMatchObject({ status: "open" });
    const settle = ["officer", "settle", ...keysOf("B"), "--record", founded.folder];
    expect(await jmc(settle)).toMatchObject({ code: 1, stdout: "" });
    const restored = async () => (await openCopy(founded.folder)).state.claims.get("B")?.status === "restored";
    offset += (DELAY_SECONDS + 60) * 1_000_000;
    await until("the centre to carry the claim out", restored);
    await done(settle);
    const enrolment = ["officer", "enrol", "B-Duty-7", "--role", "duty-officer", ...keysOf("B"), ...twoRoots];
    await done([...enrolment, ...online(), ...secret()]);
    expect(await signInCode("B-Duty-7")).toBe("signed in");
  });

  it("a claim is stopped by a root that is left", async () => {
    const claim = ["root", "claim", "--reason", "lost, we are told", ...keysOf("A"), ...online(), ...secret()];
    await done([...claim, "--out", file("false-0")]);
    const parties = [
      ["A", "A-Duty-1", "A-Head"],
      ["B", "root-1", "root-2"],
    ] as const;
    for (const [position, [component, ...holders]] of parties.entries()) {
      const paths = [file(`false-${position}`), "--out", file(`false-${position + 1}`)];
      const named = holders.flatMap((holder) => ["--holder", holder]);
      await done(["sign", "file", ...paths, ...keysOf(component), ...named, ...secret()]);
    }
    const contest = [
      "root",
      "contest",
      "--reason",
      "our roots are here",
      "--record",
      founded.folder,
      "--root",
      "root-2",
    ];
    await done(["sign", "import", file("false-2"), ...online()]);
    await done([...contest, ...keysOf("A"), ...online(), ...secret()]);
    expect((await openCopy(founded.folder)).state.claims.get("A")).toMatchObject({ status: "contested" });
  });
});

describe("the centre's own keys", () => {
  it("are replaced by roots of both; who goes on with the old ones is found out", async () => {
    const old = readFileSync(join(founded.folder, "record", "log.vkey"), "utf8");
    const before = readFileSync(join(founded.folder, "record", "checkpoint"));
    const oldSeed = readFileSync(join(founded.folder, "keys", "log.seed"), "utf8");
    expectRefusal(
      await jmc(["rekey", founded.folder, "--reason", "stolen", "--out", file("rekey-0")]),
      /folder\.in-use/,
    );
    await founded.centre.stop();
    await done(["rekey", founded.folder, "--reason", "the machine was open", "--out", file("rekey-0")]);
    for (const [position, component] of (["A", "B"] as const).entries()) {
      const paths = [file(`rekey-${position}`), "--out", file(`rekey-${position + 1}`)];
      const holders = ["--holder", "root-1", "--holder", "root-2"];
      await done(["sign", "file", ...paths, ...keysOf(component), ...holders, ...secret()]);
      if (component === "A")
        expectRefusal(await jmc(["rekey", founded.folder, "--signed", file("rekey-1")]), /rekey\.incomplete/);
    }
    const carried = await done(["rekey", founded.folder, "--signed", file("rekey-2")]);
    const fresh = readFileSync(join(founded.folder, "record", "log.vkey"), "utf8");
    expect(fresh).not.toBe(old);
    expect(carried.stdout).toBe(fresh);
    expect(readFileSync(join(founded.folder, "keys", "log.seed"), "utf8")).not.toBe(oldSeed);
    await founded.restart();
    expect(await signInCode("A-Duty-1")).toBe("signed in");
    await note("A-Duty-1");
    await founded.centre.stop();
    writeFileSync(file("seen"), before);
    await done(["verify", founded.folder, "--seen", file("seen")]);
    const stolen = readFileSync(join(founded.folder, "record", "checkpoint"));
    writeFileSync(join(founded.folder, "record", "log.vkey"), old);
    writeFileSync(join(founded.folder, "record", "checkpoint"), before);
    expect((await jmc(["verify", founded.folder])).code).toBe(1);
    writeFileSync(join(founded.folder, "record", "log.vkey"), fresh);
    writeFileSync(join(founded.folder, "record", "checkpoint"), stolen);
    await founded.restart();
  });
});
