import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../testing/runs.ts";
import { utf8 } from "../bytes/bytes.ts";
import { encodeEnvelope, signEnvelope } from "../envelope/envelope.ts";
import { unwrap } from "../fault.ts";
import { canonicalize } from "../json/canonical.ts";
import { sha256, signerOf } from "../testing/primitives.ts";
import { decodePayload, encodePayload, type StatementBody } from "./body.ts";
import { formatStatementTime, parseStatementTime } from "./instant.ts";
import { extendKinds, STANDARD_KINDS } from "./kinds.ts";
import { countersign, prepareStatement, readLeaf, signStatement } from "./leaf.ts";

const STATEMENT: StatementBody = {
  ...{ origin: "exercise.test/log", kind: "incident.noted", component: "A", role: "A-Duty-1" },
  ...{ subject: "01ARZ3NDEKTSV4RRFFQ69G5FAV", revision: 1, at: "2021-03-01T03:40:00.000001Z" },
  ...{ refs: [{ rel: "evidence", sha256: "a".repeat(64) }], anchor: { size: 7, root: "b".repeat(64) } },
  body: { text: "A burst was heard. Взрыв был слышен." },
};

describe("times", () => {
  test("there and back, from the year 1 to the year 2200", () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800, max: 7_258_118_400 }), fc.nat(999_999), (second, micro) => {
        const instant = second * 1_000_000 + micro;
        fc.pre(Number.isSafeInteger(instant));
        expect(unwrap(parseStatementTime(formatStatementTime(instant)))).toBe(instant);
      }),
    );
    expect(formatStatementTime(1)).toBe("1970-01-01T00:00:00.000001Z");
    expect(formatStatementTime(-1)).toBe("1969-12-31T23:59:59.999999Z");
  });

  test.each([
    "2021-03-01T03:40:00Z",
    "2021-03-01T03:40:00.000Z",
    "2021-03-01T03:40:00.0000000Z",
    "2021-03-01T03:40:00.000000+00:00",
    "2021-03-01t03:40:00.000000z",
    "2021-02-29T03:40:00.000000Z",
    "2021-03-01T24:00:00.000000Z",
    "2021-03-01T03:40:60.000000Z",
    "2021-03-01 03:40:00.000000Z",
    "9999-12-31T23:59:59.999999Z",
    "",
    7,
  ])("%j is none", (text) => {
    expect(parseStatementTime(text)).toMatchObject({ ok: false, fault: { code: "statement.time" } });
  });
});

describe("payloads", () => {
  test("there and back", () => {
    expect(unwrap(decodePayload(unwrap(encodePayload(STATEMENT))))).toEqual(STATEMENT);
  });

  test.each([
    ["kind", { kind: "Kind with spaces" }],
    ["component", { component: "" }],
    ["role", { role: "оfficer" }],
    ["subject", { subject: 7 }],
    ["revision", { revision: -1 }],
    ["revision", { revision: "1" }],
    ["refs", { refs: {} }],
    ["refs.0", { refs: [{ rel: "evidence", sha256: "a".repeat(64), more: 1 }] }],
    ["refs.0.sha256", { refs: [{ rel: "evidence", sha256: "A".repeat(64) }] }],
    ["refs.0.rel", { refs: [{ rel: "", sha256: "a".repeat(64) }] }],
    ["refs", { refs: Array.from({ length: 257 }, () => STATEMENT.refs[0]!) }],
    ["anchor", { anchor: null }],
    ["anchor", { anchor: { size: 1, root: "b".repeat(64), more: 1 } }],
    ["anchor.size", { anchor: { size: -1, root: "b".repeat(64) } }],
    ["anchor.root", { anchor: { size: 1, root: "b" } }],
    ["body", { body: [] }],
  ])("a wrong %s is named", (field, wrong) => {
    const bytes = utf8(unwrap(canonicalize({ ...STATEMENT, ...wrong })));
    const read = decodePayload(bytes);
    expect(read).toMatchObject({ ok: false, fault: { code: "statement.malformed" } });
    if (!read.ok) expect(read.fault.where?.field).toBe(field);
  });

  test("no member may be missing or added", () => {
    const { refs: _refs, ...without } = STATEMENT;
    for (const value of [without, { ...STATEMENT, more: 1 }, [], null, 7]) {
      expect(decodePayload(utf8(unwrap(canonicalize(value)))).ok).toBe(false);
    }
  });

  test("nothing is signed that could not be read back", () => {
    const tries: [object, string][] = [
      [{ text: "x".repeat(33_000) }, "json.too-long"],
      [{ number: 0.5 }, "json.number"],
      [{ text: "\u202ereversed" }, "json.bidi-control"],
      [{ text: "e\u0301" }, "json.not-nfc"],
      [{ deep: JSON.parse("[".repeat(31) + "]".repeat(31)) }, "json.too-deep"],
    ];
    for (const [body, code] of tries) {
      expect(encodePayload({ ...STATEMENT, body })).toMatchObject({ ok: false, fault: { code } });
    }
  });
});

describe("leaves", () => {
  test("two signatures over one statement are two leaves with one id", async () => {
    const first = await signStatement(sha256, signerOf("one"), STATEMENT);
    const second = await countersign(sha256, signerOf("two"), first);
    const [left, right] = [unwrap(readLeaf(sha256, first)), unwrap(readLeaf(sha256, second))];
    expect(left.statementId).toBe(right.statementId);
    expect(left.statementId).toBe(unwrap(prepareStatement(sha256, STATEMENT)).statementId);
    expect(left.envelope.keyId).not.toBe(right.envelope.keyId);
    expect(await countersign(sha256, signerOf("two"), left)).toEqual(second);
  });

  test("the type on the envelope must be the kind inside", async () => {
    const payload = unwrap(encodePayload(STATEMENT));
    const type = "application/vnd.openjmc.incident.opened.v1+json";
    const leaf = unwrap(encodeEnvelope(await signEnvelope(sha256, signerOf("one"), type, payload)));
    expect(readLeaf(sha256, leaf)).toMatchObject({ fault: { code: "kind.mismatch" } });
  });
});

test("kinds may be added and never changed", () => {
  const rule = { kind: "drill.held", tier: "session", act: "plain" } as const;
  expect(unwrap(extendKinds(STANDARD_KINDS, [rule])).get("drill.held")).toBe(rule);
  const looser = { kind: "finding.proposed", tier: "session", act: "plain" } as const;
  expect(extendKinds(STANDARD_KINDS, [looser])).toMatchObject({ fault: { code: "kind.taken" } });
});
