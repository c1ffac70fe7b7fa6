/** The desk over a real centre: tables that people bring, the docket, two sides' lists, influence, and all of it replayed. */
import { createHash, randomBytes } from "node:crypto";
import {
  type AlarmFigures,
  type AllegationRow,
  type CentreDescription,
  type DocketView,
  formatInstant,
  type HitLine,
  MICROSECONDS_PER_HOUR,
  type ReconciliationSheet,
  type SightingPreview,
  type TallyPreview,
} from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareCountersignature, prepareOwnAct, sendAct } from "../apps/centre/src/signer/acts.ts";
import { now, perform, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { openTestCentre, type TestCentre } from "./support/centre.ts";

let test: TestCentre;
let mission: CentreDescription["mission"];
const tokens = new Map<string, string>();
const [P, Q] = [() => mission.parties[0]!.code, () => mission.parties[1]!.code];
const hours = (count: number): string => formatInstant(now() + count * MICROSECONDS_PER_HOUR);

beforeAll(async () => {
  test = await openTestCentre();
  mission = ((await (await fetch(`${test.url}/api/v1/centre`)).json()) as CentreDescription).mission;
  for (const officer of ["A-Duty-1", "B-Duty-1"])
    tokens.set(officer, await tokenOf(test.url, officer, test.signer(officer)));
});
afterAll(() => test.close());

async function ask<T>(path: string, body?: object, officer = "A-Duty-1"): Promise<T> {
  const headers = { ...bearer(tokens.get(officer)!), ...(body ? { "content-type": "application/json" } : {}) };
  const sent = body ? { method: "POST", body: JSON.stringify(body), headers } : { headers };
  return (await (await fetch(`${test.url}${path}`, sent)).json()) as T;
}

function act(kind: string, body: object, subject = ulid(), officer = "A-Duty-1", refs: object[] = []) {
  const made = { kind, body, subject, officer, refs: refs as { rel: string; sha256: string }[] };
  return perform(test.url, tokens.get(officer)!, test.signer(officer), made);
}

const allegationOf = (id: string): Promise<AllegationRow> => ask(`/api/v1/views/allegations/${id}`);

describe("a table of sightings", () => {
  it("is read before anything is signed; what was signed is not offered again", async () => {
    const text = [
      "time,observer_lon,observer_lat,observation,number,unit",
      "2021-03-01T03:40:00Z,46.5,39.5,burst,~12,burst",
      "2021-03-01T03:41:00Z,46.5,95,burst,3,burst",
    ].join("\n");
    const preview = await ask<SightingPreview>("/api/v1/imports/sightings", { text });
    expect(preview.refused).toMatchObject([
      { line: 3, faults: [{ code: "csv.field", where: { field: "observer_lat" } }] },
    ]);
    expect(preview.ready).toHaveLength(1);
    await act("sighting.reported", preview.ready[0]!.body);
    const again = await ask<SightingPreview>("/api/v1/imports/sightings", { text });
    expect(again).toMatchObject({ ready: [], refused: [{ line: 2, faults: [{ code: "row.recorded" }] }, { line: 3 }] });
    expect(await ask("/api/v1/imports/sightings", { text: "a,b\n1,2" })).toMatchObject({ code: "csv.columns" });
  });
});

describe("an allegation", () => {
  const claim = () => ({
    ...{ accuser: P(), accused: Q(), via: "portal", what: "shells", observation: "explosion", language: "en" },
    ...{ occurredAt: hours(-2), harm: "one roof", basis: "the owner" },
  });

  it("without a place rests; with it, it is admitted, answered and closed under both components' keys", async () => {
    const id = ulid();
    await act("allegation.received", claim(), id);
    expect(await allegationOf(id)).toMatchObject({
      state: "incomplete",
      missing: ["where"],
      due: { clock: "particulars" },
    });
    const before = await ask<DocketView>("/api/v1/docket");
    expect(before.lines).toMatchObject([{ accuser: P(), accused: Q(), counted: 0, incomplete: 1 }]);
    await act(
      "allegation.completed",
      { place: { lon: "46.5000000", lat: "39.5000000", uncertaintyMetres: 300 }, note: "" },
      id,
    );
    await act("allegation.admitted", { answerUntil: hours(1), note: "" }, id, "B-Duty-1");
    await act("allegation.answered", { by: Q(), position: "denied", text: "Not us.", language: "en" }, id, "B-Duty-1");
    const closing = { outcome: "unable-to-determine", reason: "nobody watched", deadline: hours(24) };
    const [a, b] = [await test.client("A-Duty-1"), await test.client("B-Duty-1")];
    const draft = { kind: "allegation.closed", subject: id, body: closing };
    const proposed = await sendAct(a, test.signer("A-Duty-1"), await prepareOwnAct(a, draft));
    expect(await allegationOf(id)).toMatchObject({ state: "admitted", closing: { state: "proposed" } });
    await sendAct(b, test.signer("B-Duty-1"), await prepareCountersignature(b, proposed.statement));
    expect(await allegationOf(id)).toMatchObject({
      ...{ state: "ended", outcome: "unable-to-determine", answers: [{ text: "Not us." }] },
      closing: { state: "joint", countersigned: { component: "B" } },
    });
    const after = await ask<DocketView>("/api/v1/docket");
    expect(after.lines).toMatchObject([{ counted: 1, incomplete: 0, open: 0, outcomes: { "unable-to-determine": 1 } }]);
  });
});

describe("two sides' lists", () => {
  const head = "time,number,unit,lon,lat\n";
  const ours = `${head}2021-03-01T03:40:00Z,6,explosion,46.5,39.5\n2021-03-01T05:00:00Z,2,burst,46.5,39.5\n`;
  const theirs = `${head}2021-03-01T03:41:00Z,6,explosion,46.502,39.5\n2021-03-01T09:00:00Z,1,explosion,46.5,39.5\ntotal,7,,,\n`;

  async function submit(side: string, text: string): Promise<string> {
    const preview = await ask<TallyPreview>("/api/v1/imports/lists", { text });
    expect(preview.fault).toBeUndefined();
    const sha256 = createHash("sha256").update(text).digest("hex");
    const stored = await fetch(`${test.url}/api/v1/attachments`, {
      ...{ method: "POST", body: text },
      headers: { ...bearer(tokens.get("A-Duty-1")!), "content-type": "text/csv" },
    });
    expect(stored.ok).toBe(true);
    const { rows, parts, typedTotal } = preview;
    const span = { from: "2021-03-01T00:00:00.000000Z", until: "2021-03-02T00:00:00.000000Z" };
    const id = ulid();
    const body = {
      side,
      ...span,
      name: "day.csv",
      sha256,
      rows,
      parts,
      ...(typedTotal === undefined ? {} : { typedTotal }),
    };
    await act("list.submitted", body, id, "A-Duty-1", [{ rel: "attachment", sha256 }]);
    return id;
  }

  it("stand beside one another; a sum that is not theirs is refused", async () => {
    const [first, second] = [await submit(P(), ours), await submit(Q(), theirs)];
    const sheet = await ask<ReconciliationSheet>(`/api/v1/lists/${first}/against/${second}`);
    expect(sheet.numbers).toEqual({ agreed: 1, dispute: 0, "first-only": 1, "second-only": 1 });
    expect(sheet.lines[0]).toMatchObject({ state: "agreed", score: { secondsApart: 60 } });
    const wrong = await ask<TallyPreview>("/api/v1/imports/lists", { text: theirs.replace("total,7", "total,11") });
    expect(wrong.fault).toMatchObject({ code: "list.total", got: "11" });
    expect(await ask(`/api/v1/lists/${first}/against/${ulid()}`)).toMatchObject({ code: "list.unknown" });
  });
});

describe("an alarm of the running centre", () => {
  const SOURCE = "radar-1";
  const figures = () => ask<AlarmFigures>("/api/v1/alarms");
  const raise = (rule: string, source = SOURCE, severity = "warning") => {
    const subject = randomBytes(16).toString("hex");
    const of = { rule, severity, subjectKind: "source", subjectId: source, probabilityPerMille: 1000 };
    const body = { ...of, occurredAt: formatInstant(now()), outline: {} };
    return test.centre.registrar.act([{ kind: "alert.raised", subject, body }]).then(() => subject);
  };
  const end = (subject: string) =>
    test.centre.registrar.act([{ kind: "alert.ended", subject, body: { endedAt: formatInstant(now()) } }]);
  /** Proposed by one component, signed by the other over the same bytes. */
  const hold = async (body: object, subject = ulid()) => {
    const [a, b] = [await test.client("A-Duty-1"), await test.client("B-Duty-1")];
    const draft = { kind: "alarm.held", subject, body: { ...body, deadline: hours(1) } } as const;
    const proposed = await sendAct(a, test.signer("A-Duty-1"), await prepareOwnAct(a, draft));
    const before = (await figures()).states;
    await sendAct(b, test.signer("B-Duty-1"), await prepareCountersignature(b, proposed.statement));
    return { subject, before };
  };

  it("goes through the states of ISA-18.2 by acts of both, and comes back by either's alone", async () => {
    const { rules: all, alarms } = test.centre.mission.view;
    const rules = all.map(({ id, kind, rationale }) => ({ id, kind, rationale }));
    const [lost, jammed] = ["source-lost", "interference"].map((kind) => rules.find((rule) => rule.kind === kind)!.id);
    for (const { id, rationale } of rules) expect(rationale?.response, id).toBeTruthy();
    const alert = await raise(lost!);
    expect((await figures()).states).toEqual({ unacknowledged: 1 });
    await act("alert.acknowledged", { note: "seen" }, alert);
    expect((await figures()).states).toEqual({ unacknowledged: 1 });
    await act("alert.acknowledged", { note: "" }, alert, "B-Duty-1");
    expect((await figures()).states).toEqual({ acknowledged: 1 });

    // By design: while the source is known to be interfered with, its silence tells nothing new.
    const interference = await raise(jammed!);
    expect((await figures()).states).toEqual({ suppressed: 1, unacknowledged: 1 });
    await end(interference);
    expect((await figures()).states).toEqual({ acknowledged: 1, "returned-unacknowledged": 1 });

    const about = { rule: lost, source: SOURCE, cause: "known-fault", reason: "Its antenna is being changed." };
    const { subject, before } = await hold({ ...about, mode: "shelved", until: hours(1) });
    expect(before).toEqual({ acknowledged: 1, "returned-unacknowledged": 1 });
    expect((await figures()).states).toEqual({ shelved: 1, "returned-unacknowledged": 1 });
    const most = alarms!.shelveMostHours!;
    await expect(hold({ ...about, mode: "shelved", until: hours(most + 1) })).rejects.toThrow("alarm.until");
    await expect(hold({ ...about, source: undefined, mode: "out-of-service" })).rejects.toThrow();
    await act("alarm.restored", { reason: "It turns again." }, subject, "B-Duty-1");
    expect((await figures()).states).toEqual({ acknowledged: 1, "returned-unacknowledged": 1 });
    const { subject: service } = await hold({ ...about, mode: "out-of-service", cause: "maintenance" });
    expect(await figures()).toMatchObject({
      states: { "out-of-service": 1 },
      holds: [{ id: service, state: "joint" }],
    });
    await act("alarm.restored", { reason: "Back in service." }, service);

    for (let number = 0; number <= alarms!.floodPerTenMinutes!; number++) await raise(jammed!, `r${number}`);
    expect((await figures()).flood).toMatchObject({ isFlood: true, most: alarms!.floodPerTenMinutes });
  });
});

describe("influence", () => {
  it("a warning's outcome makes the hit rate; an unanswered call is a call; a request fails by its clock", async () => {
    const warning = ulid();
    const raised = { indicator: "jamming", title: "GNSS lost", basis: "two receivers", horizon: hours(6), asked: [] };
    await act("warning.raised", raised, warning);
    await act("warning.resolved", { outcome: "materialised", reason: "it spread" }, warning, "B-Duty-1");
    expect(await ask<HitLine[]>("/api/v1/warnings/hits")).toMatchObject([
      { indicator: "jamming", raised: 1, hitRate: 1 },
    ]);
    const call = {
      ...{ line: "1", with: P(), direction: "out", startedAt: hours(0), answered: "no", language: "en" },
      ...{ summary: "", promised: [] },
    };
    await act("hotline.logged", call);
    const request = ulid();
    const wanted = { from: P(), of: Q(), what: "cease fire", askedAt: hours(-2), deadline: hours(-1) };
    await act("coordination.requested", wanted, request);
    await act("return-fire.declared", { by: P(), orderedAt: hours(-0.5), text: "return fire" }, request);
    expect(await ask(`/api/v1/views/coordination/${request}`)).toMatchObject({
      replies: [],
      returnFire: [{ isAfterTheRequestFailed: true }],
    });
  });
});

describe("the air", () => {
  const plan = () => ({ type: "UAV", purpose: "watch", zones: [], from: hours(1), until: hours(2) });

  it("a sortie is cleared by those whose clearance it needs, each for itself; without it, it is marked", async () => {
    const id = ulid();
    const route = [
      { lon: "46.5000000", lat: "39.5000000" },
      { lon: "46.6000000", lat: "39.5000000" },
    ];
    const body = { ...plan(), serial: "SN-1", corridorMetres: 500, route, asked: [P(), "B"] };
    await act("sortie.requested", body, id);
    await act("sortie.answered", { by: P(), answer: "cleared", note: "below 900 m" }, id);
    await expect(act("sortie.answered", { by: "B", answer: "cleared", note: "" }, id)).rejects.toThrow(
      "answer.not-yours",
    );
    await act("sortie.reported", { state: "airborne", at: hours(0), note: "" }, id);
    await act("sortie.answered", { by: "B", answer: "cleared", note: "" }, id, "B-Duty-1");
    expect(await ask(`/api/v1/views/sorties/${id}`)).toMatchObject({
      ...{ component: "A", clearance: "cleared" },
      answers: [{ by: P(), note: "below 900 m" }, { by: "B" }],
      reports: [{ state: "airborne", isUncleared: true }],
    });
  });

  it("a line of the collection plan is declined, and another carried out, each with who said so", async () => {
    const [declined, done] = [ulid(), ulid()];
    const { from, until, purpose } = plan();
    const line = { asset: "satellite image", target: "the bridge", purpose, from, until };
    await act("collection.requested", { ...line, asked: [Q()] }, declined);
    await act("collection.answered", { by: Q(), answer: "declined", note: "a parade" }, declined, "B-Duty-1");
    await act("collection.requested", { ...line, asked: [] }, done);
    await act("collection.reported", { outcome: "done", from, until, text: "clear sky" }, done);
    const { rows } = await ask<{ rows: { id: string; state: string }[] }>("/api/v1/views/collection");
    expect(new Map(rows.map((row) => [row.id, row.state]))).toEqual(
      new Map([
        [declined, "declined"],
        [done, "done"],
      ]),
    );
  });

  it("a notified flight may say its route, its altitudes and its serial number", async () => {
    const id = ulid();
    const heights = { floorMetres: 200, ceilingMetres: 900, altitudeReference: "msl" };
    await act("flight.notified", { ...plan(), ...heights, operator: "P", serial: "SN-2" }, id);
    expect(await ask(`/api/v1/views/flights/${id}`)).toMatchObject({ ...heights, serial: "SN-2" });
  });
});

it("stands again after a restart as the record tells it", async () => {
  const views = ["allegations", "lists", "warnings", "hotline", "coordination", "sightings", "sorties", "collection"];
  const read = () => Promise.all(views.map((view) => ask<{ rows: unknown[] }>(`/api/v1/views/${view}`)));
  const before = await read();
  expect(before.every(({ rows }) => rows.length > 0)).toBe(true);
  await test.restart();
  expect((await read()).map(({ rows }) => rows)).toEqual(before.map(({ rows }) => rows));
  expect([...test.centre.registrar.desk.allegations.values()].map((row) => row.outcome)).toEqual([
    "unable-to-determine",
  ]);
});
