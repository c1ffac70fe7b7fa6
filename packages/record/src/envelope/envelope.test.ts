import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToBase64 } from "../bytes/base64.ts";
import { utf8, utf8ToText } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { verifyStrict } from "../ed25519/profile.ts";
import { unwrap } from "../fault.ts";
import { canonicalize } from "../json/canonical.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { vectorJson, vectorsPresent } from "../testing/shared.ts";
import {
  decodeEnvelope,
  type Envelope,
  encodeEnvelope,
  preAuthenticationEncoding,
  signEnvelope,
  statementIdOf,
} from "./envelope.ts";
import { formatPayloadType, parsePayloadType } from "./payload-type.ts";

const TYPE = formatPayloadType("incident.opened");
const envelopes: fc.Arbitrary<Envelope> = fc.record({
  payloadType: fc.constant(TYPE),
  payload: fc.uint8Array({ maxLength: 200 }),
  keyId: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToHex),
  signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
});

describe("pre-authentication encoding", () => {
  test("is what DSSE writes, lengths in bytes", () => {
    const encoded = preAuthenticationEncoding("http://example.com/HelloWorld", utf8("hello wörld"));
    expect(unwrap(utf8ToText(encoded))).toBe("DSSEv1 29 http://example.com/HelloWorld 12 hello wörld");
  });

  test("keeps type and payload apart: no two pairs give the same bytes", () => {
    const pair = fc.tuple(
      fc.string({ unit: fc.constantFrom("1", " ", "a"), maxLength: 6 }),
      fc.string({ unit: fc.constantFrom("1", " ", "a"), maxLength: 6 }),
    );
    fc.assert(
      fc.property(pair, pair, (left, right) => {
        fc.pre(left[0] !== right[0] || left[1] !== right[1]);
        const [one, other] = [left, right].map(([type, payload]) =>
          bytesToHex(preAuthenticationEncoding(type, utf8(payload))),
        );
        expect(one).not.toBe(other);
      }),
      { numRuns: runs(1000) },
    );
  });

  test.skipIf(!vectorsPresent)("is what a real authenticator's challenge was made of (data/record/dsse)", () => {
    for (const name of ["es256", "eddsa"]) {
      const vector = vectorJson(`dsse/webauthn-assertion-${name}.json`);
      const challenge = JSON.parse(Buffer.from(vector.clientData, "base64").toString()).challenge;
      const digest = sha256(preAuthenticationEncoding(vector.payloadType, utf8(vector.payload_utf8)));
      expect(Buffer.from(digest).toString("base64url")).toBe(challenge);
      expect(statementIdOf(sha256, vector.payloadType, utf8(vector.payload_utf8))).toBe(bytesToHex(digest));
    }
  });
});

describe("envelopes", () => {
  test("there and back", () => {
    fc.assert(
      fc.property(envelopes, (envelope) => {
        expect(unwrap(decodeEnvelope(unwrap(encodeEnvelope(envelope))))).toEqual(envelope);
      }),
    );
  });

  test("signing gives a signature over the encoding and the key's hash", async () => {
    const signer = signerOf("any");
    const envelope = await signEnvelope(sha256, signer, TYPE, utf8("{}"));
    expect(envelope.keyId).toBe(bytesToHex(sha256(signer.publicKey)));
    const signed = preAuthenticationEncoding(TYPE, utf8("{}"));
    expect(verifyStrict(primitives, signer.publicKey, signed, envelope.signature).ok).toBe(true);
  });

  const whole = {
    payload: "e30=",
    payloadType: TYPE,
    signatures: [{ keyid: "0".repeat(64), sig: bytesToBase64(new Uint8Array(64)) }],
  };
  const signature = whole.signatures[0]!;

  test.each([
    ["no signature", { ...whole, signatures: [] }, "envelope.signatures"],
    ["two signatures", { ...whole, signatures: [signature, signature] }, "envelope.signatures"],
    ["a further member", { ...whole, more: 1 }, "envelope.malformed"],
    ["a missing member", { payload: "e30=", payloadType: TYPE }, "envelope.malformed"],
    [
      "a further member in the signature",
      { ...whole, signatures: [{ ...signature, alg: "none" }] },
      "envelope.malformed",
    ],
    ["a signature that is no object", { ...whole, signatures: ["x"] }, "envelope.malformed"],
    [
      "a key id that is no hash",
      { ...whole, signatures: [{ ...signature, keyid: "A".repeat(64) }] },
      "envelope.malformed",
    ],
    ["a short signature", { ...whole, signatures: [{ ...signature, sig: "AAAA" }] }, "signature.length"],
    ["other base64", { ...whole, payload: "e31=" }, "base64.malformed"],
    ["base64 of the URL alphabet", { ...whole, payload: "-_8=" }, "base64.malformed"],
    ["a payload that is no text", { ...whole, payload: 1 }, "envelope.malformed"],
    ["no object", [whole], "envelope.malformed"],
    ["null", null, "envelope.malformed"],
  ])("refuses %s", (_, value, code) => {
    expect(decodeEnvelope(utf8(unwrap(canonicalize(value))))).toMatchObject({ ok: false, fault: { code } });
  });

  test("refuses any other spelling of the same envelope", () => {
    const text = unwrap(canonicalize(whole));
    for (const other of [` ${text}`, text.replace(",", ", "), text.replace("application/", "application\\/")]) {
      expect(decodeEnvelope(utf8(other))).toMatchObject({ fault: { code: "json.not-canonical" } });
    }
  });

  test("never throws on any bytes", () => {
    const nearly = fc.jsonValue().map((value) => utf8(unwrap(canonicalize({ ...whole, payload: value }))));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 50 }), nearly), (bytes) => void decodeEnvelope(bytes)),
      {
        numRuns: runs(1000),
      },
    );
  });

  test("is too long beyond 65,535 bytes", () => {
    const long = {
      payloadType: TYPE,
      payload: new Uint8Array(50_000),
      keyId: "0".repeat(64),
      signature: new Uint8Array(64),
    };
    expect(encodeEnvelope(long)).toMatchObject({ fault: { code: "entry.too-long" } });
  });
});

describe("payload types", () => {
  test.each(["incident.opened", "sealed", "finding.proposed"])("%s", (kind) => {
    expect(unwrap(parsePayloadType(formatPayloadType(kind, 2)))).toEqual({ kind, version: 2 });
  });

  test.each([
    "application/vnd.openjmc.incident.opened.v0+json",
    "application/vnd.openjmc.incident.opened.v01+json",
    "application/vnd.openjmc.incident.opened+json",
    "application/vnd.openjmc.Incident.opened.v1+json",
    "application/vnd.openjmc.a.b.c.v1+json",
    "application/vnd.openjmc..v1+json",
    "application/json",
    "application/vnd.openjmc.incident.opened.v1+json\n",
  ])("%j is none", (text) => expect(parsePayloadType(text).ok).toBe(false));
});
