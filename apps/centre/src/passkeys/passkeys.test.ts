import { FaultError } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAuthenticatorData } from "./authenticator-data.ts";
import { readCoseKey } from "./cose-key.ts";
import { type Passkey, Passkeys } from "./passkeys.ts";
import { makeAuthenticator } from "./testing/authenticator.ts";

const ORIGIN = "https://centre.example:8443";
const CHALLENGE = "ab".repeat(24);
const authenticator = (kind?: "ec" | "ed25519") => makeAuthenticator(ORIGIN, CHALLENGE, kind);
const OFFICER = { officer: "A-Duty-1", component: "A", keyid: "k1", name: "token", addedAt: 5 };
const url = (text: string): string => Buffer.from(text).toString("base64url");

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
