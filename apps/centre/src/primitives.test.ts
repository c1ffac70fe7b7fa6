import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "@openjmc/model";
import {
  bytesToHex,
  checkTorsionFree,
  ED25519_COSIGNATURE,
  noteKey,
  parseSignatureLine,
  parseVkey,
  plainSha256,
  settle,
  verifyNoteSignature,
  verifyStrict,
} from "@openjmc/record";
import { describe, expect, test } from "vitest";
import { ed25519Signer, newEd25519Seed, nodePrimitives, verifyMany } from "./primitives.ts";

const SHARED = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../../../shared");
const ML_DSA = join(SHARED, "data/record/c2sp/mldsa44-cosignature.json");
const words = Buffer.from("words");

describe("Node's cryptography", () => {
  test("hashes as the plain code does", () => {
    expect(bytesToHex(nodePrimitives.sha256(words))).toBe(bytesToHex(plainSha256(words)));
  });

  test("signs with a seed what the public key verifies (RFC 8032 section 7.1, test 1)", async () => {
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const signer = ed25519Signer(seed);
    expect(bytesToHex(signer.publicKey)).toBe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    expect(bytesToHex(await signer.sign(new Uint8Array(0)))).toMatch(
      /^e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e0652249/,
    );
  });

  test("makes keys that may be enrolled, each another", async () => {
    const [one, two] = [ed25519Signer(newEd25519Seed()), ed25519Signer(newEd25519Seed())];
    expect(bytesToHex(one.publicKey)).not.toBe(bytesToHex(two.publicKey));
    expect(checkTorsionFree(one.publicKey).ok).toBe(true);
    expect(verifyStrict(nodePrimitives, one.publicKey, words, await one.sign(words)).ok).toBe(true);
    expect(verifyStrict(nodePrimitives, two.publicKey, words, await one.sign(words)).ok).toBe(false);
  });

  test("a key that is none is no good, and no exception", () => {
    expect(nodePrimitives.verifyEd25519(new Uint8Array(31), words, new Uint8Array(64))).toBe(false);
    expect(nodePrimitives.verifyEd25519(new Uint8Array(32).fill(255), words, new Uint8Array(3))).toBe(false);
    expect(nodePrimitives.verifyMlDsa44!(new Uint8Array(1312), words, new Uint8Array(2420))).toBe(false);
  });

  test("answers many questions in their order, and the same as one by one", async () => {
    const signers = Array.from({ length: 40 }, (_, index) =>
      ed25519Signer(createHash("sha256").update(`${index}`).digest()),
    );
    const questions = await Promise.all(
      signers.map(async ({ publicKey, sign }, index) => {
        const signature = await sign(words);
        return {
          algorithm: "ed25519" as const,
          publicKey,
          message: index % 3 === 0 ? Buffer.from("x") : words,
          signature,
        };
      }),
    );
    const broken = { ...questions[0]!, publicKey: new Uint8Array(5) };
    const wanted = questions.map(({ publicKey, message, signature }) =>
      nodePrimitives.verifyEd25519(publicKey, message, signature),
    );
    expect(await verifyMany([...questions, broken])).toEqual([...wanted, false]);
    const sync = await settle(nodePrimitives.sha256, verifyMany, (primitives) =>
      questions.map(({ publicKey, message, signature }) => primitives.verifyEd25519(publicKey, message, signature)),
    );
    expect(sync).toEqual(wanted);
  });

  test.skipIf(!existsSync(ML_DSA))("verifies ML-DSA-44 (data/record/c2sp)", async () => {
    const vector = JSON.parse(readFileSync(ML_DSA, "utf8"));
    const key = unwrap(parseVkey(nodePrimitives.sha256, vector.vkey));
    const { bytes } = parseSignatureLine(vector.signature_line.trimEnd());
    expect(verifyNoteSignature(nodePrimitives, key, vector.checkpoint_text, bytes).ok).toBe(true);
    const many = await settle(
      nodePrimitives.sha256,
      verifyMany,
      (primitives) => verifyNoteSignature(primitives, key, vector.checkpoint_text, bytes).ok,
    );
    expect(many).toBe(true);
    const other = noteKey(nodePrimitives.sha256, key.name, ED25519_COSIGNATURE, new Uint8Array(32).fill(3));
    expect(verifyNoteSignature(nodePrimitives, other, vector.checkpoint_text, bytes).ok).toBe(false);
  });
});
