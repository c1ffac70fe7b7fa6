import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pathsOf } from "../../folder/index.ts";
import { createMachineKeys } from "../../founding/machine-keys.ts";
import { createKeyFile } from "../../signer/key-file.ts";
import { checkPersonsKeys } from "./check-persons-keys.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "openjmc-doctor-"));
  createMachineKeys(join(root, "keys"), "centre.test");
  writeFileSync(join(root, "genesis.txt"), "GENESIS OF A JOINT RECORD");
});
afterEach(() => rmSync(root, { recursive: true }));

async function findings(): Promise<{ state: string; code: string; values: object }[]> {
  const found = [];
  for await (const one of checkPersonsKeys({ paths: pathsOf(root), deep: false, live: false })) found.push(one);
  return found;
}

describe("keys in the centre's folder", () => {
  it("are the centre's own and nobody else's", async () => {
    expect(await findings()).toMatchObject([{ state: "good", code: "keys.good" }]);
  });

  it.each<[string, string, (folder: string) => void]>([
    [
      "an officer's key file",
      "signer",
      (at) => createKeyFile(join(at, "A-Duty-1.key.json"), OWNER, "a passphrase", 64),
    ],
    ["the same under another name", "signer", (at) => createKeyFile(join(at, "notes.txt"), OWNER, "a passphrase", 64)],
    ["a part of a room's key", "signer", (at) => writeFileSync(join(at, "room-A-epoch-1.root-1.share.json"), "{}")],
    ["a key of ssh", "ssh", (at) => writeFileSync(join(at, "id"), "-----BEGIN OPENSSH PRIVATE KEY-----\n")],
    ["a software token", "token", (at) => writeFileSync(join(at, "token.object"), "x")],
  ])("%s is found, however deep it lies", async (_, form, put) => {
    const deep = join(root, "mission", "a", "b");
    mkdirSync(deep, { recursive: true });
    put(deep);
    expect(await findings()).toMatchObject([{ state: "wrong", code: "keys.of-a-person", values: { form } }]);
  });
});

const OWNER = { holder: "A-Duty-1", component: "A" };
