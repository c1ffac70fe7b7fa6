import { formatInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { FIRST, HOUR, NOON, openDesk, SECOND } from "../testing/open-desk.ts";
import { guaranteesOf } from "./apply.ts";

const at = (hours: number): string => formatInstant(NOON + hours * HOUR);
const WINDOW = {
  ...{ title: "Power line", purpose: "repair", area: "pylons 12 to 15", from: at(1), until: at(4), sides: ["P", "Q"] },
};
const RESTRICTION = {
  title: "Road closed",
  restriction: "denial",
  by: "P",
  area: "north road",
  reason: "",
  from: at(0),
};
const JAMMING = { title: "GNSS lost", interference: "gnss-jamming", source: "uav-1", evidence: "log", from: at(0) };

describe("a window of silence", () => {
  it("knows whose guarantee is missing, and whether a breach fell into it", () => {
    const desk = openDesk();
    desk.record("silence.agreed", WINDOW);
    desk.record("silence.guaranteed", { by: "P", given: "yes", text: "" });
    expect(guaranteesOf(desk.state.matters.get(FIRST)!)).toEqual([
      { side: "P", given: "yes" },
      { side: "Q", given: undefined },
    ]);
    for (const hour of [0.9, 2, 4]) desk.record("silence.breached", { at: at(hour), text: "a burst" });
    const breaches = desk.state.matters.get(FIRST)!.steps.filter((step) => step.kind === "breach");
    expect(breaches.map((step) => step.isInWindow)).toEqual([false, true, false]);
  });

  it.each([
    ["silence.agreed", { ...WINDOW, until: at(1) }, "span.backwards"],
    ["silence.agreed", { ...WINDOW, sides: ["P", "X"] }, "party.unknown"],
    ["silence.agreed", { ...WINDOW, sides: [] }, "statement.field body.sides"],
    ["silence.guaranteed", { by: "P", given: "yes", text: "" }, "matter.unknown"],
    ["damage.stated", { damage: "lost", text: "x", repair: "", at: at(0) }, "matter.unknown"],
    ["access.restricted", { ...RESTRICTION, incident: SECOND }, "incident.unknown"],
    ["own-act.declared", { by: "X", title: "x", text: "x", language: "en", occurredAt: at(1) }, "party.unknown"],
  ])("%s: %o → %s", (kind, body, code) => {
    expect(openDesk().refused(kind, body)).toBe(code);
  });

  it("is not guaranteed by somebody else, and takes no step of another matter", () => {
    const desk = openDesk();
    desk.record("silence.agreed", { ...WINDOW, sides: ["P"] });
    expect(desk.refused("silence.guaranteed", { by: "Q", given: "yes", text: "" })).toBe("matter.side");
    expect(desk.refused("access.resolved", { how: "granted", at: at(2), text: "" })).toBe("matter.unknown");
  });
});

describe("other matters", () => {
  it("end when they are said to; damage and repair stand beside", () => {
    const desk = openDesk();
    desk.record("access.restricted", RESTRICTION);
    desk.record("access.resolved", { how: "granted", at: at(2), text: "" });
    expect(desk.state.matters.get(FIRST)).toMatchObject({ topic: "restriction", until: NOON + 2 * HOUR });
    desk.record("interference.reported", JAMMING, { subject: SECOND });
    desk.record(
      "damage.stated",
      { damage: "degraded", text: "antenna", repair: "replaced", at: at(1) },
      { subject: SECOND },
    );
    desk.record("interference.ended", { at: at(3), text: "" }, { subject: SECOND });
    expect(desk.state.matters.get(SECOND)).toMatchObject({
      until: NOON + 3 * HOUR,
      steps: [{ kind: "damage", damage: "degraded" }, { kind: "end" }],
    });
  });

  it("tell an announcement from what is declared afterwards", () => {
    const desk = openDesk();
    const act = { by: "P", title: "Blasting", text: "Old mines", language: "en" };
    desk.record("own-act.declared", { ...act, occurredAt: at(2) });
    desk.record("own-act.declared", { ...act, occurredAt: at(-2) }, { subject: SECOND });
    expect([...desk.state.matters.values()].map((row) => row.isAnnounced)).toEqual([true, false]);
  });
});
