import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { FaultError } from "@openjmc/model";
import { utf8, verifyStrict } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodePrimitives } from "../../primitives.ts";
import { agentIdentities, agentSigner, agentSocket } from "./ssh-agent.ts";
import { strictly } from "./strict.ts";

const MESSAGE = utf8("openjmc ".repeat(4000));

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: unknown) => (error instanceof FaultError ? error.fault.code : String(error)),
  );
}

const folder = mkdtempSync(join(tmpdir(), "openjmc-agent-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hasSsh = ["ssh-agent", "ssh-add", "ssh-keygen"].every((name) => existsSync(`/usr/bin/${name}`));

describe.skipIf(!hasSsh)("a real ssh-agent (needs openssh-client)", () => {
  const socket = join(folder, "agent");
  let agent: ChildProcess;

  beforeAll(async () => {
    agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
    while (!existsSync(socket)) await pause(20);
    for (const [type, name] of [
      ["ecdsa", "other"],
      ["ed25519", "A-Duty-1"],
    ] as const) {
      const file = join(folder, name);
      execFileSync("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", name, "-f", file]);
      execFileSync("ssh-add", ["-q", file], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: "ignore" });
    }
  });
  afterAll(() => {
    agent.kill();
  });

  it("tells its Ed25519 keys, and only these", async () => {
    const found = await agentIdentities(socket);
    expect(found.map((identity) => identity.comment)).toEqual(["A-Duty-1"]);
    expect(found[0]!.publicKey).toHaveLength(32);
  });

  it("signs what statements are, and the signature is good in the strict profile", async () => {
    const [identity] = await agentIdentities(socket);
    const signature = await strictly(agentSigner(identity!.publicKey, socket), "ssh-agent").sign(MESSAGE);
    expect(verifyStrict(nodePrimitives, identity!.publicKey, MESSAGE, signature).ok).toBe(true);
  });

  it("refuses for a key that it does not have", async () => {
    expect(await codeOf(Promise.resolve(agentSigner(new Uint8Array(32).fill(7), socket).sign(MESSAGE)))).toBe(
      "agent.refused",
    );
  });
});

describe("an agent that misbehaves", () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** An agent that answers whatever it is asked with these bytes, and hangs up. */
  function agentThatSays(answer: Buffer): string {
    const path = join(folder, `fake-${servers.length}`);
    servers.push(createServer((connection) => connection.end(answer)).listen(path));
    return path;
  }

  const framed = (...bytes: number[]): Buffer => Buffer.from([0, 0, 0, bytes.length, ...bytes]);
  const string = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);

  it.each<[string, Buffer, string]>([
    ["hangs up", Buffer.alloc(0), "agent.malformed"],
    ["refuses", framed(5), "agent.refused"],
    ["breaks off", Buffer.from([0, 0, 0, 9, 12]), "agent.malformed"],
    ["announces too much", Buffer.from([255, 255, 255, 255, 12]), "agent.malformed"],
    ["counts keys that are not there", framed(12, 0, 0, 0, 3), "agent.malformed"],
    ["gives a string longer than its answer", framed(12, 0, 0, 0, 1, 0, 0, 9, 9), "agent.malformed"],
  ])("by name, when it %s", async (_, answer, code) => {
    expect(await codeOf(agentIdentities(agentThatSays(answer)))).toBe(code);
  });

  it("by name, when its signature is not one of this key over these bytes", async () => {
    const signature = string(Buffer.concat([string(Buffer.from("ssh-ed25519")), string(Buffer.alloc(64, 3))]));
    const socket = agentThatSays(framed(14, ...signature));
    const key = new Uint8Array(32).fill(9);
    expect(await codeOf(strictly(agentSigner(key, socket), "ssh-agent").sign(MESSAGE) as Promise<Uint8Array>)).toBe(
      "key.bad-signature",
    );
  });

  it("by name, when it signs with another algorithm", async () => {
    const signature = string(Buffer.concat([string(Buffer.from("ssh-rsa")), string(Buffer.alloc(64, 3))]));
    const socket = agentThatSays(framed(14, ...signature));
    expect(await codeOf(Promise.resolve(agentSigner(new Uint8Array(32), socket).sign(MESSAGE)))).toBe(
      "agent.malformed",
    );
  });

  it("by name, when there is none", async () => {
    expect(() => agentSocket("")).toThrow("agent.missing");
    writeFileSync(join(folder, "file"), "");
    for (const name of ["nothing", "file"])
      expect(await codeOf(agentIdentities(join(folder, name)))).toBe("agent.unreachable");
  });
});
