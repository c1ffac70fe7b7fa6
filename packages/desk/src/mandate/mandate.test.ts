import type { Mission } from "@openjmc/agreement";
import { describe, expect, it } from "vitest";
import { at, TestDesk } from "../testing/desk.ts";
import { standOf } from "./stand.ts";
import { mandateView } from "./view.ts";

const missionOf = (provisions: object[], mandates: object[]) =>
  ({ view: { timeZone: "Etc/UTC" }, instruments: [{ id: "text", provisions, mandates }] }) as unknown as Mission;
const S_READS = {
  by: "S",
  permits: ["record"],
  forbids: ["coordinate", "visit"],
  period: { from: "2030-01-01", until: "2030-06-30" },
};
const MISSION = missionOf(
  [{ id: "text/1", permits: ["record", "coordinate"] }, { id: "text/2" }],
  [S_READS, { by: "T" }],
);
const NOW = "2030-02-01T00:00:00Z";

const desk = (mission: Mission, now = NOW) =>
  new TestDesk(now, { mission, provisions: new Set(["text/1"]), speakers: new Set(["P"]), strengths: new Map() });
const fact = {
  about: "text/1",
  kind: "declared",
  by: "P",
  occurredAt: "2030-01-31T00:00:00.000000Z",
  uncertaintySeconds: 0,
  note: "",
};
const list = { ...fact, kind: "observed" };

describe("an act of the centre", () => {
  it("rests on the provisions that permit it, and stands to each reading as that reading says", () => {
    expect(standOf(MISSION, "record", at(NOW))).toEqual({
      act: "record",
      basis: ["text/1"],
      readings: [
        { instrument: "text", by: "S", stands: "permitted" },
        { instrument: "text", by: "T", stands: "unsaid" },
      ],
      outside: [],
      isPermitted: true,
    });
    expect(standOf(MISSION, "coordinate", at(NOW))).toMatchObject({ isPermitted: true, outside: ["S"] });
    expect(standOf(MISSION, "record", at("2030-07-01T00:00:00Z"))).toMatchObject({ outside: ["S"], isPermitted: true });
    expect(standOf(MISSION, "visit", at(NOW))).toMatchObject({ basis: [], outside: ["S"], isPermitted: false });
  });

  it("that every reading rules out is not permitted, whatever a provision says", () => {
    const both = missionOf([{ id: "text/1", permits: ["visit"] }], [S_READS, { by: "T", forbids: ["visit"] }]);
    expect(standOf(both, "visit", at(NOW)).isPermitted).toBe(false);
  });

  it("outside the mandate is refused, outside one reading it is taken and marked", () => {
    const test = desk(MISSION);
    expect(test.act("A-Duty-1", "fact.stated", fact)).toHaveLength(64);
    expect(test.refusal("A-Duty-1", "fact.stated", list)).toMatchObject({
      code: "mandate.outside",
      got: "observe-ground",
    });
    test.now = at("2030-08-01T00:00:00Z");
    expect(test.act("B-Duty-1", "fact.stated", fact)).toHaveLength(64);
    const view = mandateView(test.state, MISSION, test.now);
    expect(view.acts.find(({ act }) => act === "record")).toMatchObject({ recorded: 2 });
    expect(view.outside).toMatchObject([
      { act: "record", component: "B", role: "B-Duty-1", basis: ["text/1"], outside: ["S"] },
    ]);
    expect(mandateView(test.state, MISSION, at(NOW)).outside).toEqual([]);
  });

  it("is never refused where the mission's files do not say what is permitted", () => {
    const silent = missionOf([{ id: "text/1" }], [{ by: "S" }]);
    const test = desk(silent);
    expect(test.act("A-Duty-1", "fact.stated", list)).toHaveLength(64);
    expect(mandateView(test.state, silent, test.now)).toMatchObject({ isStated: false, outside: [] });
  });
});
