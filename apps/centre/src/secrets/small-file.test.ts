import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createGatewayKey, openGatewayKey } from "../gateway/gateway-key.ts";
import { readSecret, writeSecret } from "../room/secret-file.ts";
import { createKeyFile, openKeyFile } from "../signer/key-file.ts";
import { destroyFile, replaceFile, writeNewFile } from "./small-file.ts";

const disk = vi.hoisted(() => ({ synced: [] as string[], failing: false }));
vi.mock("node:fs", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs")>();
  const fsyncSync = (handle: number): void => {
    if (disk.failing) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    disk.synced.push(real.readlinkSync(`/proc/self/fd/${handle}`));
    real.fsyncSync(handle);
  };
  return { ...real, default: { ...real, fsyncSync }, fsyncSync };
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-small-file-"));
  path = join(folder, "one.key");
  disk.synced.length = 0;
  disk.failing = false;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a small file of keys", () => {
  it("is on the device, name and bytes, when it has been written", () => {
    writeNewFile(path, "first");
    expect(disk.synced).toEqual([path, folder]);
    expect(readFileSync(path, "utf8")).toBe("first");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is never written over as a new one, and nothing stays of one that could not be written", () => {
    writeNewFile(path, "first");
    expect(() => writeNewFile(path, "second")).toThrow(/EEXIST/);
    expect(readFileSync(path, "utf8")).toBe("first");
    disk.failing = true;
    expect(() => writeNewFile(join(folder, "other.key"), "third")).toThrow(/no space/);
    expect(readdirSync(folder)).toEqual(["one.key"]);
  });

  it("is replaced whole or not at all", () => {
    replaceFile(path, "first");
    replaceFile(path, "second");
    expect(disk.synced.slice(2)).toEqual([`${path}.new`, folder]);
    disk.failing = true;
    expect(() => replaceFile(path, "third")).toThrow(/no space/);
    expect(readFileSync(path, "utf8")).toBe("second");
    disk.failing = false;
    replaceFile(path, "fourth");
    expect(readFileSync(path, "utf8")).toBe("fourth");
    expect(readdirSync(folder)).toEqual(["one.key"]);
  });

  it("is destroyed with what a crash left of its writing", () => {
    writeNewFile(path, "secret");
    writeFileSync(`${path}.new`, "secret");
    disk.synced.length = 0;
    destroyFile(path);
    expect(readdirSync(folder)).toEqual([]);
    expect(disk.synced).toEqual([`${path}.new`, path, folder]);
  });
});

describe("every file of keys is on the device when it has been made:", () => {
  const passphrase = "correct horse battery staple";
  const inTurn = (): void => {
    expect(disk.synced.slice(-2)).toEqual([expect.stringContaining(path), folder]);
  };

  it("an officer's or a root's key", () => {
    createKeyFile(path, { holder: "root-1", component: "A" }, passphrase, 256);
    inTurn();
    expect(openKeyFile(path, passphrase).holder).toBe("root-1");
  });

  it("a room's key and its parts", async () => {
    await writeSecret(path, "room A epoch 1 key", new Uint8Array(32), passphrase, 256);
    inTurn();
    expect(readSecret(path, "room A epoch 1 key", passphrase)).toHaveLength(32);
  });

  it("a gateway's key, and its boot counter at each start", () => {
    createGatewayKey(path);
    inTurn();
    disk.synced.length = 0;
    expect(openGatewayKey(path).boot).toBe(1);
    inTurn();
    expect(openGatewayKey(path).boot).toBe(2);
  });
});
