import { describe, expect, it } from "vitest";
import { checkPartyAct } from "./docket/party-acts.ts";
import type { RecordedEntry, RecordedKey } from "./entry.ts";
import { headFault } from "./head.ts";
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

describe("an officer's roles", () => {
  const enrol = (state: DeskState, keyId: string, roles: readonly string[], kind = "officer.enrolled") =>
    applyOfficer(state, {
      kind,
      claimedAt: 7,
      body: { roles },
      keys: [key("A", { keyId })],
    } as unknown as RecordedEntry);

  it("are those of his last enrolment: whoever is head no more signs as one no more", () => {
    const state = emptyDesk();
    const signer = { kind: "centre.opened", component: "A", role: "Liaison" };
    enrol(state, "first", ["head-of-component"]);
    expect(headFault(state, signer)).toBeUndefined();
    enrol(state, "second", ["duty-officer"]);
    expect(rowOf(state, "A")).toMatchObject({ roles: ["duty-officer"], keyid: "second" });
    expect(headFault(state, signer)).toMatchObject({ code: "head.required" });
    enrol(state, "third", ["head-of-component"]);
    expect(headFault(state, signer)).toBeUndefined();
  });

  it("bind him to his party from the enrolment on that says so", () => {
    const state = emptyDesk();
    const draft = { kind: "incident.opened", component: "A", role: "Liaison", subject: "s", claimedAt: 8, body: {} };
    enrol(state, "first", ["duty-officer"]);
    expect(checkPartyAct(state, draft)).toBeUndefined();
    enrol(state, "second", ["party:one"]);
    expect(checkPartyAct(state, draft)).toMatchObject({ code: "party.not-yours" });
  });

  it("stay as they were when he rotates his key, whatever he writes", () => {
    const state = emptyDesk();
    enrol(state, "first", ["duty-officer"]);
    enrol(state, "second", ["head-of-component"], "officer.rotated");
    expect(rowOf(state, "A")).toMatchObject({ roles: ["duty-officer"], keyid: "second" });
  });
});
