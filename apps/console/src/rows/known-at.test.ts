import type { AlertRow, EntryMark, FindingRow, IncidentRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { rowAt, withFindings } from "./known-at.ts";

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
