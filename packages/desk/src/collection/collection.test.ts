import { formatInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { portalOf } from "../docket/portal.ts";
import { CONTEXT, FIRST, HOUR, NOON, openDesk, SECOND } from "../testing/open-desk.ts";
import { collectionTasks } from "./plan.ts";
import { expectedFlights } from "./sorties.ts";

const at = (hours: number): string => formatInstant(NOON + hours * HOUR);
const context = {
  ...CONTEXT,
  sources: new Set(["uav-1"]),
  speakers: new Set(["A", "B", "P", "Q"]),
  mission: { view: { components: [{ code: "A" }, { code: "B" }], zones: [{ zone: "z1" }] } } as never,
};

const SORTIE = {
  ...{ type: "UAV", purpose: "watch the line", serial: "SN-1", zones: ["z1"], from: at(1), until: at(2) },
  ...{ floorMetres: 300, ceilingMetres: 900, altitudeReference: "msl", corridorMetres: 500, asked: ["P", "B"] },
  route: [
    { lon: "10.0000000", lat: "0.0000000" },
    { lon: "10.1000000", lat: "0.0000000" },
  ],
};
const answer = (by: string, said = "cleared") => ({ by, answer: said, note: "" });

describe("a sortie of a component's own", () => {
  it("waits for everybody who was asked, and is then a flight that tracks are held against", () => {
    const desk = openDesk(context);
    desk.record("sortie.requested", SORTIE);
    desk.record("sortie.answered", answer("P"));
    expect(expectedFlights(desk.state)).toMatchObject([{ id: FIRST, operator: "A", clearance: "waiting" }]);
    desk.record("sortie.answered", answer("B"), { component: "B" });
    expect(expectedFlights(desk.state)).toMatchObject([
      { clearance: "cleared", serial: "SN-1", ceilingMetres: 900, route: [{ lon: 10, lat: 0 }, { lon: 10.1 }] },
    ]);
  });

  it("refused by one is refused, until that one says otherwise; called off it is no flight any more", () => {
    const desk = openDesk(context);
    desk.record("sortie.requested", SORTIE);
    desk.record("sortie.answered", answer("B"), { component: "B" });
    desk.record("sortie.answered", answer("P", "refused"));
    expect(desk.state.sorties.get(FIRST)).toMatchObject({ clearance: "refused" });
    desk.record("sortie.answered", answer("P"));
    expect(desk.state.sorties.get(FIRST)).toMatchObject({ clearance: "cleared", answers: [{ by: "B" }, { by: "P" }] });
    desk.record("sortie.reported", { state: "cancelled", at: at(1), note: "" });
    expect(expectedFlights(desk.state)).toEqual([]);
  });

  it("in the air without its clearance is taken down, marked", () => {
    const desk = openDesk(context);
    desk.record("sortie.requested", SORTIE);
    desk.record("sortie.reported", { state: "airborne", at: at(1), note: "" });
    expect(desk.state.sorties.get(FIRST)!.reports).toMatchObject([{ state: "airborne", isUncleared: true }]);
  });

  it.each([
    ["sortie.requested", { ...SORTIE, asked: [] }, "statement.field body.asked"],
    ["sortie.requested", { ...SORTIE, asked: ["A"] }, "asked.itself"],
    ["sortie.requested", { ...SORTIE, asked: ["nobody"] }, "speaker.unknown"],
    ["sortie.requested", { ...SORTIE, zones: ["z2"] }, "zone.unknown"],
    ["sortie.requested", { ...SORTIE, until: at(0) }, "span.backwards"],
    ["sortie.requested", { ...SORTIE, route: [{ lon: "10" }] }, "statement.field body.route[0].lon"],
    ["sortie.answered", answer("P"), "sortie.unknown"],
  ])("%s %o → %s", (kind, body, code) => {
    expect(openDesk(context).refused(kind, body)).toBe(code);
  });

  it("is answered only by those who were asked, for a component only by itself, and reported by its own side", () => {
    const desk = openDesk(context);
    desk.record("sortie.requested", SORTIE);
    expect(desk.refused("sortie.answered", answer("Q"))).toBe("answer.not-asked");
    expect(desk.refused("sortie.answered", answer("B"))).toBe("answer.not-yours");
    const report = { state: "airborne", at: at(1), note: "" };
    expect(desk.refused("sortie.reported", report, { component: "B" })).toBe("sortie.not-yours");
  });
});

const TASK = {
  ...{ source: "uav-1", asset: "UAV video", target: "the bridge", purpose: "build-up", from: at(1), until: at(3) },
  asked: ["P"],
};

describe("a line of the collection plan", () => {
  it("waits for consent, and then says when its source is to watch", () => {
    const desk = openDesk(context);
    desk.record("collection.requested", TASK);
    expect(desk.state.collection.get(FIRST)).toMatchObject({ state: "waiting" });
    expect(collectionTasks(desk.state)).toEqual([]);
    desk.record("collection.answered", { by: "P", answer: "agreed", note: "" });
    const task = { source: "uav-1", from: NOON + HOUR, until: NOON + 3 * HOUR, line: FIRST, target: "the bridge" };
    expect(collectionTasks(desk.state)).toEqual([{ ...task, may: true }]);
    desk.record("collection.answered", { by: "P", answer: "declined", note: "weather" });
    expect(desk.state.collection.get(FIRST)).toMatchObject({ state: "declined" });
    expect(collectionTasks(desk.state)).toEqual([{ ...task, may: false }]);
  });

  it("that needs nobody's consent stands at once, and ends with what really pointed where", () => {
    const desk = openDesk(context);
    const { source: _source, ...image } = TASK;
    desk.record("collection.requested", { ...image, asset: "satellite image", asked: [] });
    expect(desk.state.collection.get(FIRST)).toMatchObject({ state: "agreed" });
    expect(collectionTasks(desk.state)).toEqual([]);
    const report = { outcome: "partly", from: at(1), until: at(2), text: "north half only", cause: "weather" };
    desk.record("collection.reported", report);
    expect(desk.state.collection.get(FIRST)).toMatchObject({ state: "partly", reports: [{ cause: "weather" }] });
  });

  it.each([
    ["collection.requested", { ...TASK, source: "uav-2" }, "source.unknown"],
    ["collection.requested", { ...TASK, zone: "z2" }, "zone.unknown"],
    ["collection.requested", { ...TASK, until: at(0) }, "span.backwards"],
    ["collection.reported", { outcome: "done", from: at(1), until: at(2), text: "" }, "collection.unknown"],
  ])("%s %o → %s", (kind, body, code) => {
    expect(openDesk(context).refused(kind, body)).toBe(code);
  });

  it("is told of a subject once", () => {
    const desk = openDesk(context);
    desk.record("collection.requested", TASK, { subject: SECOND });
    expect(desk.refused("collection.requested", TASK, { subject: SECOND })).toBe("subject.taken");
  });
});

describe("a party whose leave is asked", () => {
  it("sees what, when and how high, with its own answer and no place; another party sees nothing of it", () => {
    const desk = openDesk(context);
    const place = { lon: "10.0000000", lat: "0.0000000", uncertaintyMetres: 100 };
    desk.record("sortie.requested", SORTIE);
    desk.record("collection.requested", { ...TASK, place }, { subject: SECOND });
    desk.record("collection.answered", { by: "P", answer: "declined", note: "not now" }, { subject: SECOND });
    const { leaves } = portalOf(desk.state, "P");
    expect(leaves).toMatchObject([
      { kind: "collection", by: "A", title: "UAV video: the bridge", answer: "declined", note: "not now" },
      { kind: "sortie", title: "UAV SN-1", zones: ["z1"], floorMetres: 300, ceilingMetres: 900 },
    ]);
    expect(JSON.stringify(leaves)).not.toMatch(/"lon"|"lat"|route/);
    expect(portalOf(desk.state, "Q").leaves).toEqual([]);
  });
});

describe("what the desk replays of another desk's record", () => {
  it("does not stumble over lists that are none", () => {
    const desk = openDesk(context);
    desk.project("sortie.requested", { ...SORTIE, asked: 7, zones: "z1", route: "straight" });
    desk.project("sortie.answered", answer("P"));
    desk.project("collection.requested", { ...TASK, asked: null }, { subject: SECOND });
    expect(expectedFlights(desk.state)).toMatchObject([{ zones: [], route: [] }]);
    expect(collectionTasks(desk.state)).toHaveLength(1);
  });
});
