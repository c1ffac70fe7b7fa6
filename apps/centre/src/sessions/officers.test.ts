import type { Officer } from "@openjmc/record";
import { describe, expect, it } from "vitest";
import { officerNamed, officerOf } from "./officers.ts";
import { type Session, Sessions } from "./sessions.ts";

const officer = (component: string, more: Partial<Officer> = {}): Officer => ({
  ...{ component, officer: "Liaison", roles: ["duty-officer"], demonstration: false },
  ...more,
});
const stateOf = (...officers: Officer[]) => ({
  officers: new Map(officers.map((one) => [`${one.component}/${one.officer}`, one])),
});

describe("officers", () => {
  it("are found by name only while their key is valid", () => {
    expect(officerNamed(stateOf(officer("A")), "Liaison")).toBeUndefined();
    expect(officerNamed(stateOf(officer("A"), officer("B", { keyId: "b" })), "Liaison")?.component).toBe("B");
  });

  it("are found by a key in its own component only", () => {
    const state = stateOf(officer("A", { keyId: "a" }), officer("B", { keyId: "b" }));
    expect(officerOf(state, { component: "B", holder: "Liaison" })?.keyId).toBe("b");
    expect(officerOf(state, { component: "C", holder: "Liaison" })).toBeUndefined();
  });
});

describe("sessions", () => {
  it("are closed for the officer of one component, not for another's by that name", () => {
    const none = { put: () => undefined, list: () => [], delete: () => undefined };
    const sessions = new Sessions(none, () => 0);
    const session = (component: string, name = "Liaison"): Session => ({
      ...{ component, officer: name, roles: [], keyid: component, expiresAt: 1 },
    });
    const [a, b, other] = [session("A"), session("B"), session("A", "Head")].map((one) => sessions.open(one));
    sessions.closeAllOf("A", "Liaison");
    expect([a, b, other].map((token) => sessions.find(token!)?.component)).toEqual([undefined, "B", "A"]);
  });
});
