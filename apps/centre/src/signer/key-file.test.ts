import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ed25519Signer } from "../primitives.ts";
import { createKeyFile, openKeyFile, readKeyHeader, readSeed } from "./key-file.ts";

const OWNER = { holder: "A-Duty-1", component: "A" };
const PASSPHRASE = "correct horse battery staple";
/** Enough to show that it is used; the real amount would only make the test slow. */
const MEMORY_KIB = 256;

interface Fields {
  readonly publicKey: string;
  readonly keyDerivation: { readonly salt: string };
  readonly cipher: { readonly data: string; readonly tag: string };
}

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-key-"));
  path = join(folder, "A-Duty-1.key");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const create = () => createKeyFile(path, OWNER, PASSPHRASE, MEMORY_KIB);
const change = (edit: (file: Fields) => void): void => {
  const file = JSON.parse(readFileSync(path, "utf8")) as Fields;
  edit(file);
  writeFileSync(path, JSON.stringify(file));
};
/** Another first digit, so that the text stays hexadecimal. */
const flipped = (hex: string): string => (hex.startsWith("0") ? "1" : "0") + hex.slice(1);

describe("a key file", () => {
  it("opens with its passphrase, and signs as the key that was made", async () => {
    const made = create();
    const opened = openKeyFile(path, PASSPHRASE);
    expect(opened).toMatchObject({ ...OWNER, publicKey: made.publicKey });
    const message = new TextEncoder().encode("message");
    expect(await opened.sign(message)).toEqual(await made.sign(message));
  });

  it("opens with the same passphrase written in another normal form", () => {
    createKeyFile(path, OWNER, "caf\u00e9 au lait", MEMORY_KIB);
    expect(openKeyFile(path, "cafe\u0301 au lait").holder).toBe(OWNER.holder);
  });

  it("says whose it is without the passphrase, and nothing of the seed", () => {
    const made = create();
    expect(readKeyHeader(path)).toEqual({ ...OWNER, publicKey: made.publicKey });
    const { seed } = readSeed(path, PASSPHRASE);
    const bytes = readFileSync(path);
    const text = bytes.toString();
    expect(ed25519Signer(seed).publicKey).toEqual(made.publicKey);
    for (const form of ["hex", "base64", "base64url"] as const)
      expect(text).not.toContain(Buffer.from(seed).toString(form));
    expect(bytes.includes(Buffer.from(seed))).toBe(false);
  });

  it("may be read by its owner only, and is never written over", () => {
    create();
    const before = readFileSync(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(() => create()).toThrow("key.exists");
    expect(readFileSync(path)).toEqual(before);
  });

  it("is another one each time, under the same passphrase too", () => {
    create();
    const first = readFileSync(path, "utf8");
    rmSync(path);
    create();
    const [one, other] = [first, readFileSync(path, "utf8")].map((text) => JSON.parse(text));
    expect(other.publicKey).not.toBe(one.publicKey);
    expect(other.keyDerivation.salt).not.toBe(one.keyDerivation.salt);
    expect(other.cipher.nonce).not.toBe(one.cipher.nonce);
  });

  it.each(["", "correct horse battery stapl", `${PASSPHRASE} `, PASSPHRASE.toUpperCase()])(
    "stays closed to %j",
    (passphrase) => {
      create();
      expect(() => openKeyFile(path, passphrase)).toThrow("key.passphrase");
    },
  );

  it.each([
    ["another holder", (file) => Object.assign(file, { holder: "A-Head" })],
    ["another component", (file) => Object.assign(file, { component: "B" })],
    ["another public key", (file) => Object.assign(file, { publicKey: flipped(file.publicKey) })],
    ["another salt", (file) => Object.assign(file.keyDerivation, { salt: flipped(file.keyDerivation.salt) })],
    ["fewer passes", (file) => Object.assign(file.keyDerivation, { passes: 1 })],
    ["another ciphertext", (file) => Object.assign(file.cipher, { data: flipped(file.cipher.data) })],
    ["another tag", (file) => Object.assign(file.cipher, { tag: flipped(file.cipher.tag) })],
    ["a tag cut short", (file) => Object.assign(file.cipher, { tag: file.cipher.tag.slice(0, 8) })],
  ] as [string, (file: Fields) => void][])("with %s does not open", (_name, edit) => {
    create();
    change(edit);
    expect(() => openKeyFile(path, PASSPHRASE)).toThrow("key.passphrase");
  });

  it.each(["", "{", "[]", '{"version":9}', "null", "\u0000\u0001"])("that is none (%j) is said to be none", (text) => {
    writeFileSync(path, text);
    expect(() => openKeyFile(path, PASSPHRASE)).toThrow("key.malformed");
    expect(() => readKeyHeader(path)).toThrow("key.malformed");
  });

  it("that is not there is said not to be", () => {
    expect(() => openKeyFile(path, PASSPHRASE)).toThrow("key.unreadable");
  });
});
