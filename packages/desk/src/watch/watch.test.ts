import { describe, expect, it } from "vitest";
import { at, stamp, TestDesk } from "../testing/desk.ts";
import { billBody, planDay, rosterBody } from "../testing/watches.ts";
import { handoverDraft } from "./handover-draft.ts";
import { readRoster } from "./roster-csv.ts";
import { watchView } from "./view.ts";

const DAY = "2030-03-01T04:00:00Z";
const SYSTEM = { entries: 10, sealed: 9, sources: [{ id: "rx-1", state: "ok" }], troubles: [] };
const MIDWATCH = "2030-03-01T05:00:00Z";

function deskOnWatch(now = MIDWATCH): TestDesk {
  const desk = new TestDesk("2030-02-28T12:00:00Z");
  planDay(desk, DAY);
  desk.now = at(now);
  return desk;
}

const here = (desk: TestDesk, person: string, presence = "present") =>
  desk.act(`${person[0]}-Duty-2`, "presence.stated", { person, presence, at: stamp(MIDWATCH), reason: "" });

const view = (desk: TestDesk) => watchView(desk.state, ["A", "B"], desk.now);

describe("a roster", () => {
  it("of sixty is read from a table, each fault with its line and field", () => {
    const head = "id;duties;rank;languages;from;until;officer";
    const rows = Array.from({ length: 60 }, (_, index) => `A-${index + 1};operator;;en tr;2030-01-01;;`);
    rows[1] = "A-2;duty-officer head-of-component;captain;en;2030-01-01;2030-06-30;A-Head";
    expect(readRoster([head, ...rows].join("\r\n"))).toMatchObject({ faults: [], people: { length: 60 } });
    rows[9] = "A-1;cook;;english;2030-13-01;2029-01-01;A-Head";
    const { people, faults } = readRoster([head, ...rows].join("\n"));
    expect(people).toHaveLength(59);
    expect(faults.map(({ where }) => [where?.line, where?.field])).toEqual(
      ["id", "officer", "duties", "from", "until", "languages"].map((field) => [11, field]),
    );
  });

  it("is the head's to import, and names only officers whom the component has enrolled", () => {
    const desk = new TestDesk(DAY);
    expect(desk.act("A-Duty-1", "roster.imported", rosterBody("A"))).toBe("head.required");
    expect(desk.refusal("A-Head", "roster.imported", rosterBody("B"))).toMatchObject({
      code: "roster.officer",
      where: { field: "body.people[0].officer" },
    });
    const twice = rosterBody("A");
    expect(desk.act("A-Head", "roster.imported", { ...twice, people: [...twice.people, twice.people[4]] })).toBe(
      "roster.twice",
    );
  });
});

describe("a watch bill", () => {
  const changed = (change: (watches: { officer: string; others: string[]; starts: string }[]) => void) => {
    const body = structuredClone(billBody("A", DAY));
    change(body.watches);
    return body;
  };
  it.each([
    [
      "person.unknown",
      "body.watches[1].others[0]",
      changed((watches) => Object.assign(watches[1]!, { others: ["B-04"] })),
    ],
    [
      "person.not-duty-officer",
      "body.watches[0].officer",
      changed((watches) => Object.assign(watches[0]!, { officer: "A-05" })),
    ],
    ["watch.rest", "body.watches[1].officer", changed((watches) => Object.assign(watches[1]!, { officer: "A-02" }))],
    [
      "watch.gap",
      "body.watches[2].starts",
      changed((watches) => Object.assign(watches[2]!, { starts: stamp(MIDWATCH) })),
    ],
    ["person.away", "body.watches[0].officer", billBody("A", "2029-01-01T00:00:00Z")],
  ])("is refused: %s at %s", (code, field, body) => {
    expect(deskOnWatch().refusal("A-Duty-1", "watch.planned", body)).toMatchObject({ code, where: { field } });
  });

  it("needs a roster first", () => {
    expect(new TestDesk(DAY).act("A-Duty-1", "watch.planned", billBody("A", DAY))).toBe("roster.missing");
  });
});

describe("presence", () => {
  it("decides who can act: both, one alone, nobody; an absence is the own side's word", () => {
    const desk = deskOnWatch();
    expect(view(desk)).toMatchObject({ rule: "none", alone: [] });
    here(desk, "A-02");
    expect(view(desk)).toMatchObject({ rule: "single", alone: ["A"] });
    here(desk, "A-04");
    here(desk, "B-02");
    expect(view(desk)).toMatchObject({ rule: "both", alone: ["B"] });
    here(desk, "B-02", "absent");
    expect(view(desk).components[1]).toMatchObject({
      isOfficerPresent: false,
      watch: { officer: { id: "B-02", presence: "absent", by: "stated" } },
      next: { officer: { id: "B-03" } },
    });
    expect(
      desk.act("A-Duty-1", "presence.stated", { person: "B-02", presence: "present", at: stamp(DAY), reason: "" }),
    ).toBe("person.unknown");
    expect(watchView(desk.state, ["A", "B"], at("2030-02-28T12:00:00Z")).rule).toBe("unplanned");
  });
});

describe("acts outside one's watch", () => {
  it("are seen with why: off watch, or not on the roster at all", () => {
    const desk = deskOnWatch();
    const note = { text: "x" };
    desk.act("A-Duty-1", "incident.opened", { title: "x", occurredAt: stamp(MIDWATCH) }, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    desk.act("A-Duty-2", "incident.noted", note, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    expect(view(desk).outside).toMatchObject([{ role: "A-Duty-2", kind: "incident.noted", why: "not-on-watch" }]);
    const small = rosterBody("A");
    desk.act("A-Head", "roster.imported", { ...small, people: small.people.filter(({ id }) => id !== "A-02") });
    desk.act("A-Duty-1", "incident.noted", note, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    expect(view(desk).outside[0]).toMatchObject({ role: "A-Duty-1", why: "not-on-roster" });
  });
});

describe("a handover", () => {
  const SHORTLY_BEFORE = "2030-03-01T11:50:00Z";
  const draftOf = (desk: TestDesk) => {
    const draft = handoverDraft(desk.state, "A", desk.now, SYSTEM);
    if (!draft.ok) throw new Error(draft.fault.code);
    return draft.value;
  };

  it("holds once both duty officers have signed it, with everything open and the state of the system", () => {
    const desk = deskOnWatch();
    desk.act("A-Duty-1", "incident.opened", { title: "x", occurredAt: stamp(MIDWATCH) }, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    desk.now = at(SHORTLY_BEFORE);
    const draft = draftOf(desk);
    expect(draft).toMatchObject({
      from: stamp(DAY),
      officers: [
        { component: "A", outgoing: "A-02", incoming: "A-03" },
        { component: "B", outgoing: "B-02", incoming: "B-03" },
      ],
      openItems: [{ kind: "incident", id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" }],
    });
    const proposed = desk.act("A-Duty-1", "handover.signed", draft);
    expect(view(desk).handovers).toMatchObject([{ state: "proposed", signedBy: [{ role: "A-Duty-1" }] }]);
    expect(desk.countersign("B-Head", proposed)).toBe("handover.signer");
    expect(desk.countersign("B-Duty-2", proposed)).toBe(proposed);
    expect(view(desk).handovers).toMatchObject([{ state: "joint", body: { system: { entries: 10 } } }]);
  });

  it("is refused when it leaves out what is open, comes from somebody else, or speaks of no watch", () => {
    const desk = deskOnWatch();
    desk.act("A-Duty-1", "incident.opened", { title: "x", occurredAt: stamp(MIDWATCH) }, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    desk.now = at(SHORTLY_BEFORE);
    const draft = draftOf(desk);
    expect(desk.refusal("A-Duty-1", "handover.signed", { ...draft, openItems: [] })).toMatchObject({
      code: "handover.items-missing",
      expected: "incident 01ARZ3NDEKTSV4RRFFQ69G5FAV",
    });
    expect(desk.act("A-Head", "handover.signed", draft)).toBe("handover.signer");
    expect(desk.act("A-Duty-1", "handover.signed", { ...draft, from: stamp(MIDWATCH) })).toBe("handover.watch");
    expect(desk.act("A-Duty-1", "handover.signed", { ...draft, officers: draft.officers.slice(0, 1) })).toBe(
      "handover.officers",
    );
    expect(desk.act("A-Duty-1", "handover.signed", { ...draft, asOf: stamp(MIDWATCH) })).toBe("handover.as-of");
  });

  it("stands one-sided when the other side does not answer, and split when it dissents", () => {
    const desk = deskOnWatch(SHORTLY_BEFORE);
    const proposal = desk.act("A-Duty-1", "handover.signed", draftOf(desk));
    desk.machine("act.lapsed", { proposal, deadline: stamp(SHORTLY_BEFORE) });
    const second = desk.act("A-Duty-1", "handover.signed", draftOf(desk));
    desk.act("B-Duty-1", "act.dissented", { proposal: second, text: "One alert is missing.", language: "en" });
    expect(view(desk).handovers).toMatchObject([
      { state: "split", closing: { text: "One alert is missing." } },
      { state: "one-sided" },
    ]);
  });
});
