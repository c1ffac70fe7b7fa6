/** What a lying server may put before a signer, and what the signer makes of it. */
import { bytesToBase64, encodePayload, formatPayloadType, type StatementBody, unwrap } from "@openjmc/record";
import { describe, expect, it } from "vitest";
import { examine, showInFull } from "./examine.ts";

const SIGNER = { origin: "centre.test", officer: "A-Duty-1", component: "A" };
const TRUE: StatementBody = {
  origin: SIGNER.origin,
  kind: "finding.proposed",
  component: "A",
  role: "A-Duty-1",
  subject: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  revision: 0,
  at: "2030-01-01T00:00:00.000000Z",
  refs: [],
  anchor: { size: 7, root: "0".repeat(64) },
  body: { question: "What happened?", texts: { en: "Two explosions." } },
};

const requestOf = (statement: StatementBody, payloadType = formatPayloadType(statement.kind, 1)) => ({
  payload: bytesToBase64(unwrap(encodePayload(statement))),
  payloadType,
});
const requestOfText = (text: string) => ({
  payload: bytesToBase64(new TextEncoder().encode(text)),
  payloadType: formatPayloadType(TRUE.kind, 1),
});
const canonical = new TextDecoder().decode(unwrap(encodePayload(TRUE)));

describe("a text put before a signer", () => {
  it("is taken as it stands when it is what it seems", () => {
    expect(examine(requestOf(TRUE), SIGNER)).toMatchObject({ statement: TRUE, isCountersignature: false });
    const others = { ...TRUE, component: "B", role: "B-Duty-1" };
    expect(examine(requestOf(others), SIGNER)).toMatchObject({ statement: others, isCountersignature: true });
  });

  it.each([
    ["of another log", requestOf({ ...TRUE, origin: "centre.other" }), "origin.wrong"],
    ["under the type of another kind", requestOf(TRUE, formatPayloadType("finding.withdrawn", 1)), "kind.mismatch"],
    ["of a kind that officers do not sign so", requestOf({ ...TRUE, kind: "officer.revoked" }), "kind.not-signed"],
    ["in the name of a colleague", requestOf({ ...TRUE, role: "A-Head" }), "role.wrong"],
    [
      "that would open the other component's session",
      requestOf({ ...TRUE, kind: "session.enrolled", component: "B", role: "B-Duty-1" }),
      "role.wrong",
    ],
    ["with a space too many", requestOfText(canonical.replace(":", ": ")), "json."],
    ["with a field twice, of which one would be shown", requestOfText(canonical.replace("{", '{"at":"x",')), "json."],
    ["with a field that no statement has", requestOfText(canonical.replace("{", '{"also":1,')), "."],
    ["with letters in another normal form", requestOfText(canonical.replace("Two", "Twe\u0301")), "json."],
    ["with a mark that turns letters around", requestOfText(canonical.replace("Two", "Two\u202e")), "json."],
    ["cut off", requestOfText(canonical.slice(0, -1)), "json."],
    ["in other base64", { ...requestOf(TRUE), payload: `${requestOf(TRUE).payload.replace(/=+$/, "")}\n` }, "base64"],
  ])("%s is refused", (_name, request, code) => {
    expect(() => examine(request, SIGNER)).toThrow(code);
  });

  it("that names other numbers in one language than in another is shown with a warning", () => {
    const shownOf = (texts: Record<string, string>) =>
      showInFull(examine(requestOf({ ...TRUE, body: { question: "When?", texts } }), SIGNER), "f".repeat(64));
    const warning = "! THE LANGUAGES DO NOT NAME THE SAME NUMBERS. Not in all of them: en: 9; ru: 8";
    expect(shownOf({ en: "On 9 May.", ru: "8 мая.", tr: "Mayıs." })).toContain(warning);
    expect(shownOf({ en: "On 9 May.", ru: "9 мая." })).not.toContain("!");
  });

  it("is shown with every field, and nothing in it can hide or turn around what stands beside it", () => {
    const examined = examine(requestOf({ ...TRUE, body: { deep: { list: ["x", "two shots"] } } }), SIGNER);
    const shown = showInFull(examined, "f".repeat(64));
    expect(shown).toMatch(/deep\.list\.1 two shots/);
    for (const value of [TRUE.kind, TRUE.origin, TRUE.subject, TRUE.at, "A/A-Duty-1", TRUE.anchor.root, "f".repeat(64)])
      expect(shown).toContain(value);
    // No text with such letters is read, so these come past the reading: the showing does not rely on it.
    const tricky = { ...examined.statement, body: { text: "two\u202eowt \u200bshots\u0007\u2066" } };
    const shownTricky = showInFull({ ...examined, statement: tricky }, "f".repeat(64));
    expect(shownTricky).toContain("two\\u{202e}owt \\u{200b}shots\\u{7}\\u{2066}");
    expect(shownTricky.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
