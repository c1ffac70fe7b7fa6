import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../testing/runs.ts";
import { utf8 } from "../bytes/bytes.ts";
import { bytesToHex, hexToBytes } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { vectorJson, vectorsPresent } from "../testing/shared.ts";
import { checkPublicKey, checkSignatureForm, verifyStrict } from "./profile.ts";
import { checkTorsionFree } from "./torsion.ts";

/** Verification that answers yes to everything: what the profile alone refuses then shows. */
const yes = { ...primitives, verifyEd25519: () => true };
const bytes = (hex: string) => unwrap(hexToBytes(hex));

describe.skipIf(!vectorsPresent)("Ed25519 vectors (data/record/ed25519)", () => {
  const REFUSED = [
    "low_order_A",
    "low_order_R",
    "non_canonical_A",
    "non_canonical_R",
    "low_order_residue",
    "reencoded_k",
  ];

  test("914 edge cases: the answer follows from the case's own flags", () => {
    const vectors = vectorJson("ed25519/cctv-ed25519vectors.json");
    expect(vectors).toHaveLength(914);
    for (const { number, key, sig, msg, flags } of vectors) {
      const wanted = !(flags ?? []).some((flag: string) => REFUSED.includes(flag));
      const got = verifyStrict(primitives, bytes(key), utf8(msg), bytes(sig)).ok;
      expect([number, got]).toEqual([number, wanted]);
    }
  });

  test("verifiers that clear the cofactor still differ only where small components do not cancel", () => {
    for (const { key, sig, msg, flags } of vectorJson("ed25519/cctv-ed25519vectors.json")) {
      if (!checkPublicKey(bytes(key)).ok || !checkSignatureForm(bytes(sig)).ok) continue;
      const lenient = ed25519.verify(bytes(sig), utf8(msg), bytes(key), { zip215: true });
      const strict = primitives.verifyEd25519(bytes(key), utf8(msg), bytes(sig));
      if (lenient !== strict) expect(flags).toContain("low_order_residue");
    }
  });

  test("Wycheproof's 151", () => {
    let count = 0;
    for (const group of vectorJson("ed25519/wycheproof-ed25519_test.json").testGroups) {
      for (const { tcId, msg, sig, result } of group.tests) {
        const got = verifyStrict(primitives, bytes(group.publicKey.pk), bytes(msg), bytes(sig)).ok;
        expect([tcId, got]).toEqual([tcId, result === "valid"]);
        count++;
      }
    }
    expect(count).toBe(151);
  });
});

describe("the strict profile", () => {
  const key = signerOf("any").publicKey;

  test.each([
    ["0000000000000000000000000000000000000000000000000000000000000000", "key.low-order"],
    ["0100000000000000000000000000000000000000000000000000000000000080", "key.low-order"],
    ["ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "key.low-order"],
    ["26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", "key.low-order"],
    ["c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "key.low-order"],
    ["edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "key.not-canonical"],
    ["f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "key.not-canonical"],
    ["00", "key.length"],
  ])("key %s: %s", (hex, code) => {
    expect(checkPublicKey(bytes(hex))).toMatchObject({ ok: false, fault: { code } });
    expect(verifyStrict(yes, bytes(hex), utf8("x"), new Uint8Array(64).fill(2))).toMatchObject({ fault: { code } });
  });

  test("a signature whose S is not below the group order", () => {
    const order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
    const signature = bytes(bytesToHex(key) + order);
    expect(verifyStrict(yes, key, utf8("x"), signature)).toMatchObject({ fault: { code: "signature.not-canonical" } });
  });

  test("a good signature holds for its message and key only", async () => {
    const signature = await signerOf("any").sign(utf8("words"));
    expect(verifyStrict(primitives, key, utf8("words"), signature).ok).toBe(true);
    expect(verifyStrict(primitives, key, utf8("word"), signature)).toMatchObject({ fault: { code: "signature.bad" } });
    expect(verifyStrict(primitives, signerOf("other").publicKey, utf8("words"), signature).ok).toBe(false);
  });

  test("never throws on any bytes", () => {
    const any = fc.uint8Array({ maxLength: 70 });
    fc.assert(fc.property(any, any, (left, right) => void verifyStrict(primitives, left, utf8("x"), right)));
  });
});

describe("the torsion check", () => {
  test("agrees with another implementation on keys with and without a small component", () => {
    const small = ed25519.Point.fromBytes(
      bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
      true,
    );
    for (let number = 0; number < 12; number++) {
      const point = ed25519.Point.fromBytes(signerOf(`key ${number}`).publicKey);
      const mixed = point.add(small.multiplyUnsafe(BigInt(number % 8)));
      expect(checkTorsionFree(mixed.toBytes()).ok).toBe(mixed.isTorsionFree());
      expect(mixed.isTorsionFree()).toBe(number % 8 === 0);
    }
  });

  test("half of all canonical encodings are no point at all", () => {
    let points = 0;
    for (let number = 0; number < 20; number++) {
      const encoded = sha256(utf8(`try ${number}`));
      encoded[31] = encoded[31]! & 0x3f;
      const result = checkTorsionFree(encoded);
      const isPoint = result.ok || result.fault.code !== "key.not-a-point";
      const reference = (() => {
        try {
          return ed25519.Point.fromBytes(encoded) !== undefined;
        } catch {
          return false;
        }
      })();
      expect(isPoint).toBe(reference);
      if (isPoint) points++;
    }
    expect(points).toBeGreaterThan(2);
  });
});
