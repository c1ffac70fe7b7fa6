import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { FaultError } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAuthenticatorData } from "./authenticator-data.ts";
import { readCoseKey } from "./cose-key.ts";
import { type Passkey, Passkeys } from "./passkeys.ts";

const ORIGIN = "https://centre.example:8443";
const CHALLENGE = "ab".repeat(24);
const OFFICER = { officer: "A-Duty-1", component: "A", keyid: "k1", name: "token", addedAt: 5 };
const url = (bytes: string | Buffer): string => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: string | Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** As an authenticator encodes its key: a CBOR map of small integers and byte strings. */
function coseOf(key: KeyObject): Buffer {
  const jwk = key.export({ format: "jwk" });
  const bytes = (value: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(value, "base64url")]);
  return jwk.kty === "EC"
    ? Buffer.concat([
        Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]),
        bytes(jwk.x!),
        Buffer.from([0x22]),
        bytes(jwk.y!),
      ])
    : Buffer.concat([Buffer.from([0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21]), bytes(jwk.x!)]);
}

/** An authenticator as the standard has it, with knobs to turn it wrong. */
function authenticator(kind: "ec" | "ed25519" = "ec") {
  const { publicKey, privateKey } =
    kind === "ec" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
  const id = randomBytes(16);
  const dataOf = (
    { domain = "centre.example", flags = 0x05, count = 0 } = {},
    credential = Buffer.alloc(0),
  ): Buffer => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
    return Buffer.concat([
      sha256(domain),
      Buffer.from([flags | (credential.length > 0 ? 0x40 : 0)]),
      counter,
      credential,
    ]);
  };
  const clientOf = (type: string, more: object = {}): string =>
    url(JSON.stringify({ type, challenge: url(CHALLENGE), origin: ORIGIN, crossOrigin: false, ...more }));
  const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseOf(publicKey)]);
  return {
    id: url(id),
    made: (data = {}, client = {}) => ({
      clientData: clientOf("webauthn.create", client),
      authenticatorData: url(dataOf(data, credential)),
    }),
    answer: (data = {}, client: object = {}) => {
      const bytes = dataOf(data);
      const clientData = clientOf("webauthn.get", client);
      const signed = Buffer.concat([bytes, sha256(Buffer.from(clientData, "base64url"))]);
      const signature = url(sign(kind === "ec" ? "sha256" : null, signed, privateKey));
      return { id: url(id), clientData, authenticatorData: url(bytes), signature };
    },
  };
}

function setUp() {
  const kept = new Map<string, Passkey>();
  const keeping = {
    list: () => kept.values(),
    put: (one: Passkey) => void kept.set(one.id, one),
    delete: (id: string) => void kept.delete(id),
  };
  return { kept, keeping, passkeys: new Passkeys(keeping) };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FaultError) return error.fault.code;
    throw error;
  }
  return "taken";
}

describe("a passkey", () => {
  it.each(["ec", "ed25519"] as const)("of %s is added once, answers, and is known again after a start", (kind) => {
    const { keeping, passkeys } = setUp();
    const device = authenticator(kind);
    expect(passkeys.add(OFFICER, device.made(), CHALLENGE)).toMatchObject({ id: device.id, officer: "A-Duty-1" });
    expect(codeOf(() => passkeys.add(OFFICER, device.made(), CHALLENGE))).toBe("passkey.known");
    expect(passkeys.use(device.answer(), CHALLENGE, 9)).toMatchObject({ officer: "A-Duty-1", usedAt: 9 });
    expect(new Passkeys(keeping).use(device.answer(), CHALLENGE, 10)).toMatchObject({ usedAt: 10 });
  });

  it.each<[string, object, object, string]>([
    ["for another domain", { domain: "elsewhere.example" }, {}, "passkey.domain"],
    ["without knowing who is there", { flags: 0x01 }, {}, "passkey.unverified"],
    ["to another challenge", {}, { challenge: url("cd".repeat(24)) }, "passkey.challenge"],
    ["of another page", {}, { origin: "https://elsewhere.example" }, "passkey.domain"],
    ["at another port", {}, { origin: "https://centre.example" }, "passkey.domain"],
    ["over a plain line", {}, { origin: "http://centre.example:8443" }, "passkey.domain"],
    ["inside another page", {}, { crossOrigin: true }, "passkey.domain"],
    ["of another kind", {}, { type: "webauthn.create" }, "passkey.form"],
  ])("answers nothing %s", (_name, data, client, code) => {
    const { passkeys } = setUp();
    const device = authenticator();
    passkeys.add(OFFICER, device.made(), CHALLENGE);
    expect(codeOf(() => passkeys.use(device.answer(data, client), CHALLENGE, 1))).toBe(code);
  });

  it("answers for nobody else, is not believed after a change, and shows that it has been copied", () => {
    const { passkeys } = setUp();
    const [device, other] = [authenticator(), authenticator()];
    passkeys.add(OFFICER, device.made({ count: 3 }), CHALLENGE);
    const use = (more: object, data = { count: 4 }) =>
      codeOf(() => passkeys.use({ ...device.answer(data), ...more }, CHALLENGE, 1));
    expect(use({ id: other.id })).toBe("passkey.unknown");
    expect(use({ signature: other.answer({ count: 4 }).signature })).toBe("passkey.signature");
    expect(use({ signature: url("x") })).toBe("passkey.signature");
    expect([use({}), use({}), use({}, { count: 0 }), use({}, { count: 5 })]).toEqual([
      ...["taken", "passkey.copied", "passkey.copied", "taken"],
    ]);
  });

  it("is added by few, removed by its officer alone", () => {
    const { kept, passkeys } = setUp();
    const devices = Array.from({ length: 10 }, () => authenticator());
    for (const device of devices) passkeys.add(OFFICER, device.made(), CHALLENGE);
    expect(codeOf(() => passkeys.add(OFFICER, authenticator().made(), CHALLENGE))).toBe("passkey.too-many");
    passkeys.remove("B", "A-Duty-1", devices[0]!.id);
    passkeys.remove("A", "A-Duty-2", devices[0]!.id);
    expect(kept.size).toBe(10);
    passkeys.remove("A", "A-Duty-1", devices[0]!.id);
    expect([kept.size, codeOf(() => passkeys.use(devices[0]!.answer(), CHALLENGE, 1))]).toEqual([9, "passkey.unknown"]);
  });
});

it("whatever bytes come for an authenticator's, nothing throws and no key is made of what is none", () => {
  const good = Buffer.from(authenticator().made().authenticatorData, "base64url");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: good.length }), (bytes, cut) => {
      readAuthenticatorData(Buffer.from(bytes));
      readCoseKey(bytes);
      if (cut < good.length) expect(readAuthenticatorData(good.subarray(0, cut))?.credential).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
