import { describe, expect, it } from "vitest";
import type { RecordedEntry, RecordedKey } from "./entry.ts";
import { applyOfficer } from "./officers.ts";
import { type DeskState, emptyDesk } from "./state.ts";

const key = (component: string, more: Partial<RecordedKey> = {}): RecordedKey => ({
  ...{ keyId: `key of ${component}`, tier: "binding", component, holder: "Liaison", from: 1 },
  ...more,
});

function apply(state: DeskState, keys: readonly RecordedKey[]) {
  const entry = { claimedAt: 7, body: { roles: ["duty-officer"] }, keys } as unknown as RecordedEntry;
  return applyOfficer(state, entry);
}

const rowOf = (state: DeskState, component: string) => state.officers.get(`${component}/Liaison`);

describe("officers of one name in two components", () => {
  it("have a row each", () => {
    const state = emptyDesk();
    apply(state, [key("A")]);
    apply(state, [key("B")]);
    expect([rowOf(state, "A")?.keyid, rowOf(state, "B")?.keyid]).toEqual(["key of A", "key of B"]);
  });

  it("do not end with each other's key, nor show each other's sessions", () => {
    const state = emptyDesk();
    apply(state, [key("A"), key("B")]);
    apply(state, [key("A", { tier: "session", keyId: "tab" })]);
    const changes = apply(state, [key("A", { ended: 9 })]);
    expect(changes.map(({ key, tag }) => [key, tag])).toEqual([["Liaison", "A"]]);
    expect(rowOf(state, "A")).toMatchObject({ revokedAt: 9, sessions: [{ keyid: "tab" }] });
    expect(rowOf(state, "B")).toMatchObject({ component: "B", sessions: [] });
    expect(rowOf(state, "B")).not.toHaveProperty("revokedAt");
  });
});
