import { type AlarmState, alarmContext, alarmFigures, alarmStateOf, formatInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { unansweredAlerts } from "../alerts.ts";
import { decideSecond } from "../decide.ts";
import { CONTEXT, FIRST, HOUR, INCIDENT, NOON, openDesk, SECOND } from "../testing/open-desk.ts";

const SETTING = {
  rules: [{ id: "L", suppressedBy: ["J"] }, { id: "J" }],
  components: [{ code: "A" }, { code: "B" }],
  alarms: { floodPerTenMinutes: 3 },
};
const MINUTE = HOUR / 60;
const STATEMENT = "d".repeat(64);
const SHELF = {
  ...{ mode: "shelved", rule: "L", source: "radar-1", cause: "known-fault", reason: "Its antenna is being changed." },
  ...{ until: formatInstant(NOON + 2 * HOUR), deadline: formatInstant(NOON + HOUR) },
};
const OURS = { statement: STATEMENT, effect: "proposed", subject: SECOND };
const THEIRS = { statement: STATEMENT, effect: "joint", component: "B", subject: SECOND };

function openAlarms() {
  const desk = openDesk();
  const raise = (subject: string, rule = "L", source = "radar-1", at = NOON): void => {
    const body = { rule, severity: "warning", occurredAt: formatInstant(at), subjectKind: "source", subjectId: source };
    desk.project("alert.raised", { ...body, probabilityPerMille: 1000 }, { subject, at });
  };
  const figures = (now = NOON) =>
    alarmFigures([...desk.state.alerts.values()], [...desk.state.holds.values()], SETTING, now);
  const stateOf = (id: string, now = NOON, component?: string): AlarmState => {
    const { alerts, holds } = desk.state;
    const more = component === undefined ? {} : { component };
    return alarmStateOf(
      alerts.get(id)!,
      alarmContext(alerts.values(), holds.values(), { setting: SETTING, now, ...more }),
    );
  };
  return { ...desk, raise, figures, stateOf };
}

describe("the states of an alarm", () => {
  it("are unacknowledged until both components have acknowledged it, for each until its own has", () => {
    const desk = openAlarms();
    desk.raise(FIRST);
    expect(desk.stateOf(FIRST)).toBe("unacknowledged");
    desk.record("alert.acknowledged", { note: "" });
    expect([desk.stateOf(FIRST), desk.stateOf(FIRST, NOON, "A")]).toEqual(["unacknowledged", "acknowledged"]);
    desk.record("alert.acknowledged", { note: "" }, { component: "B" });
    expect(desk.stateOf(FIRST)).toBe("acknowledged");
  });

  it("tell what has ended before anybody saw it, and go back to normal once it is acknowledged", () => {
    const desk = openAlarms();
    desk.raise(FIRST);
    desk.project("alert.ended", { endedAt: formatInstant(NOON + MINUTE) });
    expect(desk.stateOf(FIRST)).toBe("returned-unacknowledged");
    for (const component of ["A", "B"]) desk.record("alert.acknowledged", { note: "" }, { component });
    expect(desk.stateOf(FIRST)).toBe("normal");
    expect(desk.figures().states).toEqual({});
  });

  it("are suppressed by design while another alarm about the same subject stands, and no longer", () => {
    const desk = openAlarms();
    desk.raise(FIRST);
    desk.raise(INCIDENT, "J", "radar-2");
    expect(desk.stateOf(FIRST)).toBe("unacknowledged");
    desk.raise(SECOND, "J");
    expect([desk.stateOf(FIRST), desk.stateOf(SECOND)]).toEqual(["suppressed", "unacknowledged"]);
    desk.project("alert.ended", { endedAt: formatInstant(NOON + MINUTE) }, { subject: SECOND });
    expect(desk.stateOf(FIRST)).toBe("unacknowledged");
  });
});

describe("an alarm is kept quiet", () => {
  it("by both signatures alone, until its time, and whatever goes off meanwhile", () => {
    const desk = openAlarms();
    desk.raise(FIRST);
    desk.record("alarm.held", SHELF, OURS);
    expect(desk.stateOf(FIRST)).toBe("unacknowledged");
    expect(desk.figures().holds).toMatchObject([{ id: SECOND, state: "proposed" }]);
    const second = { kind: "alarm.held", subject: SECOND, component: "B", claimedAt: NOON, body: SHELF };
    expect(decideSecond(desk.state, second, CONTEXT).ok).toBe(true);
    desk.project("alarm.held", SHELF, THEIRS);
    desk.raise(INCIDENT);
    expect([desk.stateOf(FIRST), desk.stateOf(INCIDENT)]).toEqual(["shelved", "shelved"]);
    expect(desk.stateOf(FIRST, NOON + 2 * HOUR)).toBe("unacknowledged");
    expect(desk.figures(NOON + 2 * HOUR).holds).toEqual([]);
  });

  it("of its source alone: another's goes on, and the heads are called about that one only", () => {
    const desk = openAlarms();
    desk.raise(FIRST);
    desk.raise(INCIDENT, "L", "radar-2");
    desk.record("alarm.held", SHELF, OURS);
    desk.project("alarm.held", SHELF, THEIRS);
    expect(desk.stateOf(INCIDENT)).toBe("unacknowledged");
    expect(unansweredAlerts(desk.state, ["A", "B"], NOON + 6 * MINUTE).map(({ alert }) => alert)).toEqual([INCIDENT]);
  });

  it("not where the other dissents or says nothing, and no longer once either has brought it back", () => {
    for (const [kind, body, state] of [
      ["act.dissented", { proposal: STATEMENT, text: "It warns us.", language: "en" }, "split"],
      ["act.lapsed", { proposal: STATEMENT }, "one-sided"],
      ["act.withdrawn", { proposal: STATEMENT, reason: "an error" }, "withdrawn"],
    ] as const) {
      const desk = openAlarms();
      desk.raise(FIRST);
      desk.record("alarm.held", SHELF, OURS);
      desk.project(kind, body, { component: "B", subject: SECOND });
      expect([desk.state.holds.get(SECOND)!.state, desk.stateOf(FIRST)]).toEqual([state, "unacknowledged"]);
      expect(desk.refused("alarm.restored", { reason: "over" }, { subject: SECOND })).toBe("alarm.not-held");
    }
    const desk = openAlarms();
    desk.raise(FIRST);
    const { until: _until, ...disabled } = { ...SHELF, mode: "out-of-service" };
    desk.record("alarm.held", disabled, OURS);
    desk.project("alarm.held", disabled, THEIRS);
    expect(desk.stateOf(FIRST, NOON + 1_000 * HOUR)).toBe("out-of-service");
    desk.record("alarm.restored", { reason: "It runs." }, { subject: SECOND, component: "B" });
    expect(desk.stateOf(FIRST)).toBe("unacknowledged");
  });

  it("not as a whole rule, not for longer than a watch, and not without an end", () => {
    const desk = openAlarms();
    const { source: _source, until: _until, ...bare } = SHELF;
    const until = (hours: number) => formatInstant(NOON + hours * HOUR);
    expect(desk.refused("alarm.held", { ...bare, until: until(1) })).toBe("alarm.unscoped");
    expect(desk.refused("alarm.held", { ...SHELF, until: until(9) })).toBe("alarm.until");
    expect(desk.refused("alarm.held", { ...bare, source: "radar-1" })).toBe("alarm.until");
    expect(desk.refused("alarm.held", { ...SHELF, mode: "out-of-service" })).toBe("alarm.until");
    expect(desk.refused("alarm.held", { ...SHELF, deadline: until(0) })).toBe("deadline.past");
    expect(desk.refused("alarm.held", { ...SHELF, reason: "" })).toBe("statement.field body.reason");
    expect(desk.refused("alarm.restored", { reason: "over" })).toBe("alarm.hold-unknown");
  });
});

describe("figures of alarms", () => {
  it("count alerts per ten minutes, tell a flood, its worst ten minutes, and which alarms have stood the longest", () => {
    const desk = openAlarms();
    const ids = Array.from({ length: 7 }, (_, index) => `01JH00000000000000000000${index}X`);
    const times = [-25 * HOUR, -60 * MINUTE, -59 * MINUTE, -58 * MINUTE, -57 * MINUTE, -51 * MINUTE, -5 * MINUTE];
    for (const [index, id] of ids.entries()) desk.raise(id, "J", `radar-${index}`, NOON + times[index]!);
    const { flood, standing, states, unacknowledged } = desk.figures();
    expect(states).toEqual({ unacknowledged: 7 });
    expect(unacknowledged).toEqual({ warning: 7 });
    expect(flood).toEqual({
      ...{ number: 1, most: 3, isFlood: false, mean: 6 / 144 },
      worst: { number: 5, from: NOON - 60 * MINUTE },
    });
    expect(standing.map(({ alert }) => alert)).toEqual(ids);
    expect(standing.map(({ isStale }) => isStale)).toEqual([true, ...Array.from({ length: 6 }, () => false)]);
    expect(desk.figures(NOON - 55 * MINUTE).flood).toMatchObject({ number: 4, isFlood: true });
  });
});
