import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../testing/runs.ts";
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { cipher } from "../testing/cipher.ts";
import { primitives, sha256 } from "../testing/primitives.ts";
import { disclose, disclosedKey, type Room, seal, unseal, unwrapKey } from "./room.ts";
import { joinShares, splitTwoOfThree } from "./shares.ts";

const ROOM: Room = { origin: "exercise.test/log", room: "A", epoch: 1 };
const EPOCH_KEY = sha256(utf8("epoch key"));
const STATEMENT = utf8("what A thinks by itself");

function entropyOf(seed: string) {
  const bytes = (name: string, length: number) => sha256(utf8(`${seed} ${name}`)).slice(0, length);
  return {
    ...{ key: bytes("key", 32), salt: bytes("salt", 32) },
    ...{ nonce: bytes("nonce", 12), wrappingNonce: bytes("wrapping", 12) },
  };
}

describe("a sealed entry", () => {
  test("is opened by the room's owner, and by anyone once disclosed", async () => {
    const sealed = await seal(primitives, cipher, ROOM, EPOCH_KEY, STATEMENT, entropyOf("one"));
    const key = (await unwrapKey(cipher, EPOCH_KEY, sealed.body, sealed.wrappedKey))!;
    expect(unwrap(await unseal(primitives, cipher, ROOM, sealed.body, sealed.ciphertext, key))).toEqual(STATEMENT);
    const disclosed = unwrap(disclosedKey(disclose("0".repeat(64), key)));
    expect(unwrap(await unseal(primitives, cipher, ROOM, sealed.body, sealed.ciphertext, disclosed))).toEqual(
      STATEMENT,
    );
  });

  test("shows nothing of the statement, not even that two are the same", async () => {
    const one = await seal(primitives, cipher, ROOM, EPOCH_KEY, STATEMENT, entropyOf("one"));
    const two = await seal(primitives, cipher, ROOM, EPOCH_KEY, STATEMENT, entropyOf("two"));
    expect(one.body.commitment).not.toBe(two.body.commitment);
    expect(one.body.ciphertext).not.toBe(two.body.ciphertext);
    expect(Buffer.from(one.ciphertext).includes(Buffer.from(STATEMENT))).toBe(false);
  });

  test("is not opened by another key, in another room, or with another ciphertext", async () => {
    const sealed = await seal(primitives, cipher, ROOM, EPOCH_KEY, STATEMENT, entropyOf("one"));
    const { key } = entropyOf("one");
    const other = await seal(primitives, cipher, ROOM, EPOCH_KEY, utf8("other"), entropyOf("two"));
    const tries: [Promise<unknown>, string][] = [
      [unseal(primitives, cipher, ROOM, sealed.body, sealed.ciphertext, entropyOf("two").key), "sealed.key"],
      [unseal(primitives, cipher, { ...ROOM, room: "B" }, sealed.body, sealed.ciphertext, key), "sealed.key"],
      [unseal(primitives, cipher, ROOM, sealed.body, other.ciphertext, key), "sealed.ciphertext"],
      [
        unseal(primitives, cipher, ROOM, { ...sealed.body, commitment: other.body.commitment }, sealed.ciphertext, key),
        "sealed.commitment",
      ],
    ];
    for (const [work, code] of tries) expect(await work).toMatchObject({ ok: false, fault: { code } });
    expect(await unwrapKey(cipher, sha256(utf8("another")), sealed.body, sealed.wrappedKey)).toBeUndefined();
    expect(await unwrapKey(cipher, EPOCH_KEY, other.body, sealed.wrappedKey)).toBeUndefined();
  });

  test("a disclosure must hold a key", () => {
    expect(disclosedKey({ sealed: "", key: "AAAA" })).toMatchObject({ fault: { code: "sealed.key" } });
    expect(disclosedKey({ sealed: "", key: "AAA" })).toMatchObject({ fault: { code: "base64.malformed" } });
  });
});

describe("a key in three parts", () => {
  const secrets = fc.uint8Array({ minLength: 1, maxLength: 40 });

  test("comes back from any two, in either order", () => {
    fc.assert(
      fc.property(secrets, fc.infiniteStream(fc.nat(255)), (secret, stream) => {
        const shares = splitTwoOfThree(
          secret,
          secret.map(() => stream.next().value!),
        );
        for (const first of shares) {
          for (const second of shares.filter((share) => share !== first)) {
            expect(unwrap(joinShares(first, second))).toEqual(secret);
          }
        }
      }),
    );
  });

  test("one part alone fits every secret equally", () => {
    // For each value that a part can have there is exactly one random byte that gives it, whatever the secret.
    for (const number of [1, 2, 3]) {
      for (const secret of [0, 1, 77, 255]) {
        const values = Array.from(
          { length: 256 },
          (_, random) => splitTwoOfThree(Uint8Array.of(secret), Uint8Array.of(random))[number - 1]!.bytes[0]!,
        );
        expect(new Set(values).size).toBe(256);
      }
    }
  });

  test("the same part twice, or parts that do not belong together in length, give nothing", () => {
    const [one, two] = splitTwoOfThree(Uint8Array.of(1, 2), Uint8Array.of(3, 4)) as [
      { number: number; bytes: Uint8Array },
      { number: number; bytes: Uint8Array },
    ];
    expect(joinShares(one, one)).toMatchObject({ fault: { code: "share.mismatch" } });
    expect(joinShares(one, { ...two, bytes: Uint8Array.of(1) })).toMatchObject({ fault: { code: "share.mismatch" } });
    expect(joinShares(one, { ...two, number: 4 })).toMatchObject({ fault: { code: "share.mismatch" } });
  });
});
