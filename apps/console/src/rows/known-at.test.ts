import type { AlertRow, AllegationRow, EntryMark, FindingRow, IncidentRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { findingKnownAt, rowAt, withFindings } from "./known-at.ts";

const mark = (recordedAt: number): EntryMark => ({
  index: recordedAt,
  statement: "",
  role: "A-1",
  component: "A",
  claimedAt: recordedAt - 1,
  recordedAt,
});

const FINDING = {
  id: "F",
  revision: 0,
  incident: "I",
  state: "joint",
  proposedBy: mark(100),
  countersignedBy: mark(200),
} as FindingRow;
const INCIDENT = {
  id: "I",
  state: "joint",
  occurredAt: 10,
  openedBy: mark(50),
  evidence: [
    { id: "e", mark: mark(60) },
    { id: "f", mark: mark(160) },
  ],
  notes: [],
  conclusions: [{ component: "A", mark: mark(90) }],
} as unknown as IncidentRow;

describe("rows as they stood", () => {
  it("take a countersignature away again before it was recorded", () => {
    expect(rowAt("findings", FINDING, 99, "known")).toBeUndefined();
    const before = rowAt("findings", FINDING, 150, "known");
    expect(before?.state).toBe("proposed");
    expect(before?.countersignedBy).toBeUndefined();
    expect(rowAt("findings", FINDING, 200, "known")?.state).toBe("joint");
  });

  it("keep only the evidence of the time, and the incident's state follows its findings", () => {
    const incident = rowAt("incidents", INCIDENT, 150, "known")!;
    expect(incident.evidence).toHaveLength(1);
    const states = [90, 150, 250].map((at) => {
      const findings = [rowAt("findings", FINDING, at, "known")].filter((row) => row !== undefined);
      return withFindings([rowAt("incidents", INCIDENT, at, "known")!], findings)[0]!.state;
    });
    expect(states).toEqual(["open", "finding-proposed", "joint"]);
  });

  it("tell apart what was known from what had happened", () => {
    expect(rowAt("incidents", INCIDENT, 30, "known")).toBeUndefined();
    expect(rowAt("incidents", INCIDENT, 30, "happened")).toBe(INCIDENT);
  });

  it("give an alert back its earlier state", () => {
    const alert = {
      mark: mark(10),
      raisedAt: 9,
      acknowledged: [mark(20)],
      endedAt: 30,
      state: "acknowledged",
    } as unknown as AlertRow;
    expect(rowAt("alerts", alert, 15, "known")?.state).toBe("raised");
    expect(rowAt("alerts", alert, 25, "known")?.state).toBe("acknowledged");
    expect(rowAt("alerts", alert, 15, "known")?.endedAt).toBeUndefined();
  });
});

describe("a course at an earlier time", () => {
  it("takes away what was said of an allegation later, with its outcome and the state that it gave", () => {
    const row = {
      ...{
        id: "L",
        mark: mark(1),
        state: "ended",
        outcome: "split",
        endedAt: 40,
        receivedAt: 1,
        body: {},
        missing: [],
      },
      admitted: { answerUntil: 30, note: "", mark: mark(10) },
      answers: [{ by: "Q", text: "No.", mark: mark(20) }],
      closing: { state: "split", mark: mark(30) },
    } as unknown as AllegationRow;
    const at = (time: number) => rowAt("allegations", row, time, "known");
    expect(at(0)).toBeUndefined();
    expect(at(5)).toMatchObject({ state: "received", answers: [] });
    expect(at(5)).not.toHaveProperty("admitted");
    expect(at(25)).toMatchObject({ state: "admitted", answers: [{ text: "No." }] });
    expect(at(35)).not.toHaveProperty("outcome");
    expect(at(40)).toMatchObject({ state: "ended", outcome: "split", closing: { state: "split" } });
  });

  it("takes away later replies, outcomes and follow-ups by their marks", () => {
    const warning = { id: "W", mark: mark(1), body: {}, resolved: { outcome: "false", mark: mark(9) } } as never;
    expect(rowAt("warnings", warning, 5, "known")).not.toHaveProperty("resolved");
    expect(rowAt("warnings", warning, 9, "known")).toHaveProperty("resolved");
    const request = { id: "R", mark: mark(1), body: {}, replies: [{ mark: mark(3) }, { mark: mark(8) }] } as never;
    expect(rowAt("coordination", request, 5, "known")?.replies).toHaveLength(1);
    const issued = {
      proposedBy: mark(1),
      state: "joint",
      countersignedBy: mark(2),
      followUps: [{ mark: mark(7) }],
    } as never;
    expect(findingKnownAt(issued, 5)?.followUps).toEqual([]);
  });
});
