import {
  type AlarmHoldRow,
  type AlertDismissal,
  type AlertRow,
  type AllegationRow,
  type CollectionRow,
  clocksOf,
  type EntryMark,
  type FindingRow,
  type IncidentRow,
  type SortieRow,
  type SourceRow,
} from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { type Desk, queueOf } from "./queue.ts";

const HOUR = 3_600_000_000;
const mark = (component: string, recordedAt = 1): EntryMark => ({
  index: 1,
  statement: "",
  role: `${component}-1`,
  component,
  claimedAt: recordedAt,
  recordedAt,
});
const EMPTY: Desk = {
  alerts: [],
  findings: [],
  incidents: [],
  allegations: [],
  sources: [],
  sorties: [],
  collection: [],
  alarms: { holds: [], standing: new Set(), setting: { rules: [], components: [] }, now: 0 },
  clocks: clocksOf({}),
};
const alert = (id: string, severity: string, more: Partial<AlertRow> = {}): AlertRow =>
  ({ id, severity, raisedAt: 5, acknowledged: [], state: "raised", ...more }) as AlertRow;
const finding = (more: Partial<FindingRow>): FindingRow =>
  ({ id: "F", revision: 0, state: "proposed", proposedBy: mark("A", 10), deadline: 100 * HOUR, ...more }) as FindingRow;
const reasons = (desk: Partial<Desk>, component: string, now = 0): string[] =>
  queueOf({ ...EMPTY, ...desk }, component, now).map((item) => item.reason);

describe("the review queue", () => {
  it("leaves out what both keep quiet, and what another alarm tells already", () => {
    const held = alert("x", "urgent", { rule: "L", zone: "north", subject: { kind: "event", id: "e" } });
    const silenced = alert("y", "urgent", { rule: "L", subject: { kind: "source", id: "s" } });
    const body = { mode: "shelved", rule: "L", zone: "north" };
    const hold = { state: "joint", countersigned: mark("B"), body, until: HOUR } as AlarmHoldRow;
    const setting = { rules: [{ id: "L", suppressedBy: ["J"] }], components: [] };
    const alarms = { ...EMPTY.alarms, setting, holds: [hold], standing: new Set(["J source s"]) };
    expect(reasons({ alerts: [held, silenced], alarms }, "A")).toEqual([]);
    expect(reasons({ alerts: [held, silenced], alarms: { ...alarms, holds: [], standing: new Set() } }, "A")).toEqual([
      "new-alert",
      "new-alert",
    ]);
  });

  it("keeps an alert for each component until it has a disposition, whatever the other has done", () => {
    const acknowledged = alert("x", "urgent", { acknowledged: [mark("A")], state: "acknowledged" });
    expect(reasons({ alerts: [acknowledged] }, "A")).toEqual(["disposition-wanted"]);
    expect(reasons({ alerts: [acknowledged] }, "B")).toEqual(["new-alert"]);
    expect(reasons({ alerts: [alert("x", "urgent", { state: "in-incident" })] }, "B")).toEqual([]);
    expect(reasons({ alerts: [alert("x", "urgent", { state: "dismissed" })] }, "B")).toEqual([]);
  });

  it("asks the other component to sign a dismissal, and nobody twice", () => {
    const dismissal = { state: "proposed", reasons: [{ mark: mark("A") }] } as unknown as AlertDismissal;
    const proposed = alert("x", "caution", { dismissal });
    expect(reasons({ alerts: [proposed] }, "A")).toEqual([]);
    expect(reasons({ alerts: [proposed] }, "B")).toEqual(["sign-wanted"]);
    const split = alert("x", "caution", { dismissal: { ...dismissal, state: "split" } });
    expect(reasons({ alerts: [split] }, "A")).toEqual(["new-alert"]);
  });

  it("puts the more severe alert first", () => {
    const items = queueOf({ ...EMPTY, alerts: [alert("low", "caution"), alert("high", "urgent")] }, "A", 0);
    expect(items.map((item) => item.alert?.id)).toEqual(["high", "low"]);
  });

  it("asks the other component to sign, and warns both when the clock runs out", () => {
    expect(reasons({ findings: [finding({})] }, "B")).toEqual(["sign-wanted"]);
    expect(reasons({ findings: [finding({})] }, "A")).toEqual([]);
    expect(reasons({ findings: [finding({})] }, "A", 99 * HOUR)).toEqual(["clock-runs-out"]);
    expect(reasons({ findings: [finding({})] }, "B", 99 * HOUR)).toEqual(["clock-runs-out"]);
  });

  it("tells the proposer of a dissent and of a countersignature", () => {
    const dissent = { text: "no", language: "en", mark: mark("B", 20) };
    expect(reasons({ findings: [finding({ state: "split", dissent })] }, "A")).toEqual(["dissent"]);
    expect(reasons({ findings: [finding({ state: "joint", countersignedBy: mark("B", 20) })] }, "A")).toEqual([
      "decided",
    ]);
    expect(reasons({ findings: [finding({ state: "joint", countersignedBy: mark("B", 20) })] }, "B")).toEqual([]);
  });

  it("asks each component for its own conclusion", () => {
    const incident = {
      id: "I",
      state: "open",
      openedBy: mark("A"),
      conclusions: [{ component: "A" }],
    } as unknown as IncidentRow;
    expect(reasons({ incidents: [incident] }, "A")).toEqual([]);
    expect(reasons({ incidents: [incident] }, "B")).toEqual(["conclusion-wanted"]);
  });

  it("holds an allegation while it waits for the components, and not once it has ended", () => {
    const allegation = (more: Partial<AllegationRow>): AllegationRow =>
      ({ id: "L", receivedAt: 1, state: "received", missing: [], ...more }) as AllegationRow;
    const of = (more: Partial<AllegationRow>, component = "A") =>
      reasons({ allegations: [allegation(more)] }, component, 10);
    expect(of({})).toEqual(["allegation"]);
    expect(of({ state: "incomplete", due: { clock: "particulars", since: 1, at: 5 } })).toEqual(["clock-runs-out"]);
    expect(of({ state: "admitted", due: { clock: "answer", since: 1, at: 50 } })).toEqual([]);
    const waiting = { state: "in-incident", due: { clock: "inquiry", since: 1 } } as const;
    const hours = (count: number) => count * HOUR + 2;
    expect(reasons({ allegations: [allegation(waiting)] }, "A", hours(48))).toEqual(["clock-runs-out"]);
    const clocks = clocksOf({ clocks: { inquiryHours: 72 } });
    expect(reasons({ allegations: [allegation(waiting)], clocks }, "A", hours(48))).toEqual([]);
    expect(of({ state: "ended", outcome: "withdrawn" })).toEqual([]);
    const closing = { state: "proposed", mark: mark("B") } as AllegationRow["closing"] & {};
    expect(of({ closing })).toEqual(["sign-wanted"]);
    expect(of({ closing }, "B")).toEqual([]);
  });

  it("brings what a component's leave is asked for, until it has answered or the time is over", () => {
    const asked = {
      body: { asked: ["B", "P"], type: "UAV", asset: "camera", purpose: "look" },
      until: 10,
      mark: mark("A"),
    };
    const sortie = { ...asked, id: "S", answers: [{ by: "P" }] } as unknown as SortieRow;
    const line = { ...asked, id: "C", answers: [{ by: "B" }] } as unknown as CollectionRow;
    expect(queueOf({ ...EMPTY, sorties: [sortie], collection: [line] }, "B", 5)).toMatchObject([
      { reason: "leave-wanted", leave: { item: "sorties:S", title: "UAV: look", until: 10 } },
    ]);
    expect(reasons({ sorties: [sortie], collection: [line] }, "A", 5)).toEqual([]);
    expect(reasons({ sorties: [sortie] }, "B", 11)).toEqual([]);
  });

  it("shows sensors that have fallen silent, not those that have not begun", () => {
    const source = (state: SourceRow["state"]) =>
      ({ id: state, state, link: { kind: "mqtt", topic: "t" } }) as SourceRow;
    expect(
      reasons({ sources: [source("live"), source("never-heard"), source("down"), source("jammed")] }, "A"),
    ).toHaveLength(2);
    expect(reasons({ sources: [{ ...source("down"), idle: "not-tasked" }] }, "A")).toEqual([]);
  });
});
