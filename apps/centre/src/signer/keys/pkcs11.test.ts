import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import { checkTorsionFree, utf8, verifyStrict } from "@openjmc/record";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodePrimitives } from "../../primitives.ts";
import { makeTokenKey, type TokenPlace, tokenKeys, tokenSigner } from "./pkcs11.ts";
import { strictly } from "./strict.ts";

const MODULE = "/usr/lib/softhsm/libsofthsm2.so";
const PIN = "135790";
const MESSAGE = utf8("openjmc ".repeat(4000));
const PLACE: TokenPlace = { module: MODULE, token: "component-a", id: "0a01" };

async function codeOf(work: unknown): Promise<string> {
  return Promise.resolve(work).then(
    () => "done",
    (error: unknown) => (error instanceof FaultError ? error.fault.code : String(error)),
  );
}

const hasToken = [MODULE, "/usr/bin/softhsm2-util", "/usr/bin/python3"].every((path) => existsSync(path));

describe.skipIf(!hasToken)("a token (needs softhsm2 and python3)", () => {
  const folder = mkdtempSync(join(tmpdir(), "openjmc-token-"));
  let publicKey: Uint8Array;

  beforeAll(async () => {
    mkdirSync(join(folder, "tokens"));
    const configuration = join(folder, "softhsm2.conf");
    writeFileSync(configuration, `directories.tokendir = ${join(folder, "tokens")}\nobjectstore.backend = file\n`);
    process.env.SOFTHSM2_CONF = configuration;
    const init = ["--init-token", "--free", "--label", PLACE.token, "--so-pin", "246810", "--pin", PIN];
    execFileSync("softhsm2-util", init, { stdio: "ignore" });
    publicKey = await makeTokenKey(PLACE, "A-Duty-1", PIN);
  });
  afterAll(() => {
    delete process.env.SOFTHSM2_CONF;
    rmSync(folder, { recursive: true });
  });

  it("makes a key that is fit to be enrolled, and tells of it", async () => {
    expect(checkTorsionFree(publicKey).ok).toBe(true);
    expect(await tokenKeys(PLACE, PIN)).toEqual([{ id: "0a01", label: "A-Duty-1", publicKey }]);
  });

  it("signs what statements are, and the signature is good in the strict profile", async () => {
    const signature = await strictly(tokenSigner(PLACE, publicKey, PIN), "pkcs11").sign(MESSAGE);
    expect(verifyStrict(nodePrimitives, publicKey, MESSAGE, signature).ok).toBe(true);
  });

  it("is not believed when the key on it is another one than the officer's", async () => {
    const signer = strictly(tokenSigner(PLACE, new Uint8Array(32).fill(9), PIN), "pkcs11");
    expect(await codeOf(signer.sign(MESSAGE))).toBe("key.bad-signature");
  });

  it("never makes a key over another", async () => {
    expect(await codeOf(makeTokenKey(PLACE, "A-Duty-2", PIN))).toBe("token.id-taken");
  });

  it.each<[string, Partial<TokenPlace>, string, string]>([
    ["a wrong PIN", {}, "111111", "token.pin"],
    ["another token", { token: "component-b" }, PIN, "token.missing"],
    ["another key", { id: "ff" }, PIN, "token.no-key"],
    ["no module", { module: "/nowhere/module.so" }, PIN, "token.no-module"],
  ])("says what is wrong: %s", async (_, change, pin, code) => {
    expect(await codeOf(tokenSigner({ ...PLACE, ...change }, publicKey, pin).sign(MESSAGE))).toBe(code);
  });
});

describe.skipIf(!existsSync("/usr/bin/python3"))("a module that is none (needs python3)", () => {
  it("is told as a fault, not as a crash of the signer", async () => {
    const library = "libc.so.6";
    expect(await codeOf(tokenKeys({ module: library, token: "x" }, PIN))).toBe("token.no-answer");
  });
});
