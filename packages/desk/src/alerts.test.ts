import { formatInstant, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_MINUTE } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { unansweredAlerts } from "./alerts.ts";
import { NOON, type OpenDesk, openDesk } from "./testing/open-desk.ts";

const ALERT = "a1";
const SIDES = ["A", "B"];
const raised = {
  rule: "R",
  severity: "warning",
  subjectKind: "event",
  subjectId: "e",
  occurredAt: formatInstant(NOON),
};
const machine = { subject: ALERT, component: "centre" };

function desk(severity = "warning"): OpenDesk {
  const made = openDesk();
  made.project("alert.raised", { ...raised, severity, probabilityPerMille: 900, outline: {} }, machine);
  return made;
}

const silentAt = ({ state }: OpenDesk, minutes: number) => {
  const since = state.alerts.get(ALERT)!.mark.recordedAt;
  return unansweredAlerts(state, SIDES, since + minutes * MICROSECONDS_PER_MINUTE).map(({ silent }) => silent);
};

describe("an alert that a component leaves unanswered", () => {
  it("calls both heads after five minutes, naming who has not answered, and once only", () => {
    const made = desk();
    made.record("alert.acknowledged", { note: "" }, { subject: ALERT, component: "A" });
    expect(silentAt(made, 4.9)).toEqual([]);
    expect(silentAt(made, 5)).toEqual([["B"]]);
    made.project("heads.called", { silent: ["B"] }, machine);
    expect(silentAt(made, 6)).toEqual([]);
    expect(made.state.alerts.get(ALERT)?.headsCalled).toMatchObject({ silent: ["B"], mark: { component: "centre" } });
  });

  it("is answered by whoever opened an incident from it", () => {
    const made = desk();
    const body = { title: "Fire", alert: ALERT, occurredAt: formatInstant(NOON) };
    made.record("incident.opened", body, { subject: "01JH000000000000000000000A", component: "B" });
    expect(silentAt(made, 6)).toEqual([["A"]]);
  });

  it("calls nobody about what can wait, or what is older than a day", () => {
    expect(silentAt(desk("caution"), 6)).toEqual([]);
    expect(silentAt(desk(), (25 * MICROSECONDS_PER_HOUR) / MICROSECONDS_PER_MINUTE)).toEqual([]);
  });
});
