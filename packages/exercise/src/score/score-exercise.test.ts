import { describe, expect, it } from "vitest";
import { MADE_END, MADE_START, madeRecords, madeTruth, perfectObservation } from "../testing/made-truth.ts";
import { gatherTruth } from "../truth/truth.ts";
import type { TruthRecord } from "../truth/truth-record.ts";
import { EVENT_RULES } from "./score-events.ts";
import { scoreExercise } from "./score-exercise.ts";

const truth = madeTruth();
const whats = (observed: ReturnType<typeof perfectObservation>) =>
  scoreExercise(truth, observed).failures.map((failure) => failure.what);

describe("the score of an exercise", () => {
  it("passes a centre without fault and measures its errors", () => {
    const score = scoreExercise(truth, perfectObservation(truth));
    expect(score.failures).toEqual([]);
    expect(score.tracks).toMatchObject({ expected: 11, found: 11, observed: 11, fragments: 0 });
    expect(score.tracks.errorMetres.median).toBeLessThan(0.01);
    expect(score.events).toMatchObject({ expected: 19, found: 19, bursts: { expected: 7, countedExactly: 7 } });
    expect(score.events.errorMetres.median).toBeCloseTo(0.0003 * 78_500, 0);
    expect(score.events.originTimeErrorSeconds.median).toBeCloseTo(0.02, 5);
    expect(score.alerts.zone).toMatchObject({ expected: 1, raised: 1, false: [], delaySeconds: [15] });
  });

  it("asks that an aircraft that is not there is called so, and no other", () => {
    const records = madeRecords();
    const [real] = truth.aircraft;
    const states = records.filter((record) => record.type === "state" && record.aircraft === real!.aircraft);
    const ghost = { type: "aircraft", at: MADE_START, aircraft: "ghost", role: "ghost", icao: "F1FFFF", callsign: "G" };
    const [from, until] = [MADE_START + 300e6, MADE_START + 900e6];
    const due = { type: "expected-alert", at: from + 60e6, rule: "contradicts-radar", subject: "ghost", from, until };
    const moved = states.map((state) => ({ ...state, aircraft: "ghost", lat: 44 }));
    const told = [records[0]!, ghost, due, ...moved, ...records.slice(1)] as TruthRecord[];
    const haunted = gatherTruth(told)!;
    const observed = perfectObservation(truth);
    expect(scoreExercise(haunted, observed)).toMatchObject({
      tracks: { expected: 11, missed: [] },
      failures: [{ what: "ghost-missed" }],
    });
    const seen = observed.tracks.find(({ icao }) => icao === real!.icao)!;
    observed.tracks.push({ ...seen, id: "g", points: seen.points.map((point) => ({ ...point, lat: 44 })) });
    const alert = { ruleKind: "contradicts-radar", subjectKind: "track", raisedAt: from + 30e6 } as const;
    observed.alerts.push({ ...alert, id: "a1", subjectId: "g" });
    expect(scoreExercise(haunted, observed).failures).toEqual([]);
    observed.alerts.push({ ...alert, id: "a2", subjectId: seen.id });
    expect(scoreExercise(haunted, observed).failures).toMatchObject([{ what: "ghost-false", got: "a2" }]);
  });

  it("tells how much of what recorders brought as waveforms solutions rest on, and how well it was timed", () => {
    expect(scoreExercise(truth, perfectObservation(truth)).events.waveforms).toMatchObject({ expected: 0, used: 0 });
    const recordedBy = (at: number) => [
      { station: "w-1", at: at + 20e6, overNoiseDecibel: 30 },
      { station: "w-2", at: at + 30e6, overNoiseDecibel: 25 },
      { station: "w-3", at: at + 40e6, overNoiseDecibel: 5 },
    ];
    const fire = truth.fire.map((one) => ({
      ...one,
      rounds: one.rounds.map((round) => ({ ...round, recordedBy: recordedBy(round.at) })),
    }));
    const observed = perfectObservation(truth);
    const rounds = fire.flatMap((one) => one.rounds);
    const events = observed.events.map((event) => {
      const round = rounds.find(({ at }) => Math.abs(at - event.originTime) < 0.5e6)!;
      return { ...event, arrivals: [{ station: "w-1", at: round.at + 20.015e6 }] };
    });
    const { waveforms } = scoreExercise({ ...truth, fire }, { ...observed, events }).events;
    expect(waveforms).toMatchObject({ expected: 2 * events.length, used: events.length, usedShare: 0.5 });
    expect(waveforms.onsetErrorSeconds.median).toBeCloseTo(0.015, 6);
  });

  it("asks for nothing that could not be found", () => {
    // The last event was heard by three stations only: neither missed when absent nor false when found.
    const observed = perfectObservation(truth);
    const last = truth.fire.at(-1)!;
    observed.events.push({ id: "bonus", originTime: last.occurredAt, lon: last.lon, lat: last.lat, count: 1 });
    expect(scoreExercise(truth, observed).events).toMatchObject({ expected: 19, found: 19, false: [] });
  });

  it("fails when a track is missing, of another address, or covers too little", () => {
    const missing = perfectObservation(truth);
    missing.tracks.splice(3, 1);
    expect(whats(missing)).toEqual(["tracks-found"]);
    const renamed = perfectObservation(truth);
    renamed.tracks[3] = { ...renamed.tracks[3]!, icao: "ABCDEF" };
    expect(whats(renamed)).toEqual(["tracks-found"]);
    const short = perfectObservation(truth);
    short.tracks[3] = { ...short.tracks[3]!, points: short.tracks[3]!.points.slice(0, 60) };
    expect(whats(short)).toEqual(["tracks-found"]);
  });

  it("fails when tracks are where nothing flew, beside another, or cut to pieces that stray", () => {
    const astray = perfectObservation(truth);
    const moved = astray.tracks[2]!.points.map((point) => ({ ...point, lat: point.lat + 0.05 }));
    astray.tracks.push({ id: "ghost", icao: "F10002", points: moved });
    expect(whats(astray)).toEqual(["tracks-false"]);
    const doubled = perfectObservation(truth);
    doubled.tracks.push({ ...doubled.tracks[2]!, id: "twin", points: doubled.tracks[2]!.points.slice(20, 80) });
    expect(whats(doubled)).toEqual(["tracks-false"]);
  });

  it("counts tracks after each other as fragments, not as false", () => {
    const cut = perfectObservation(truth);
    const { points } = cut.tracks[2]!;
    cut.tracks[2] = { ...cut.tracks[2]!, points: points.slice(0, 60) };
    cut.tracks.push({ ...cut.tracks[2]!, id: "second", points: points.slice(60) });
    expect(scoreExercise(truth, cut)).toMatchObject({ passed: true, tracks: { fragments: 1 } });
  });

  it("tells how soon solutions came after the fifth arrival, and how many classes were named and right", () => {
    const observed = perfectObservation(truth);
    const events = observed.events.map((event, index) => ({
      ...event,
      arrivals: [1, 2, 3, 4, 7, 20].map((second) => ({ station: `s-${second}`, at: event.originTime + second * 1e6 })),
      toldAt: event.originTime + 9e6,
      ...(index === 0 ? {} : { what: index === 1 ? "a drum" : "artillery" }),
    }));
    const { toldAfterSeconds, classes } = scoreExercise(truth, { ...observed, events }).events;
    expect(toldAfterSeconds).toEqual({ count: events.length, median: 2, percentile95: 2 });
    const names: Readonly<Record<string, string>> = EVENT_RULES.classes;
    const roundOf = (at: number) =>
      truth.fire.find((fire) => fire.rounds.some((round) => Math.abs(round.at - at) < 0.5e6))!;
    const typed = events.filter(({ originTime }) => names[roundOf(originTime).class] !== undefined);
    expect(classes).toEqual({
      expected: typed.length,
      named: typed.filter(({ what }) => what !== undefined).length,
      right: typed.filter(({ what, originTime }) => what === names[roundOf(originTime).class]).length,
    });
    expect(classes.right).toBeGreaterThan(0);
    expect(classes.right).toBeLessThan(classes.named);
  });

  it("fails when events are missed, invented or told twice", () => {
    const missing = perfectObservation(truth);
    missing.events = missing.events.filter((event) => !["fire-1/", "fire-2/"].some((id) => event.id.startsWith(id)));
    expect(whats(missing)).toEqual(["events-found"]);
    const halved = perfectObservation(truth);
    halved.events = halved.events.filter(
      (event) => !["fire-0/0", "fire-0/1", "fire-0/2", "fire-1/0"].includes(event.id),
    );
    expect(whats(halved)).toEqual(["events-found"]);
    const invented = perfectObservation(truth);
    for (let index = 0; index < 3; index++)
      invented.events.push({
        id: `i-${index}`,
        originTime: MADE_START + 200e6 + index * 9e6,
        lon: 10.2,
        lat: 45.9,
        count: 1,
      });
    expect(whats(invented)).toEqual(["events-false"]);
    const twice = perfectObservation(truth);
    twice.events.push(...twice.events.slice(4, 7).map((event) => ({ ...event, id: `${event.id} again` })));
    expect(whats(twice)).toEqual(["events-false"]);
  });

  it("takes one solution that stands for several rounds as those rounds", () => {
    const bundled = perfectObservation(truth);
    bundled.events = bundled.events
      .filter((event) => event.id.endsWith("/0"))
      .map((event) => ({
        ...event,
        count: bundled.events.filter((other) => other.id.startsWith(`${event.id.slice(0, -1)}`)).length,
      }));
    const score = scoreExercise(truth, bundled);
    expect(score.failures).toEqual([]);
    expect(score.events.bursts.countedExactly).toBe(7);
  });

  it("fails without the zone alert, with a second one, and with one for another aircraft or zone", () => {
    const silent = perfectObservation(truth);
    const [alert] = silent.alerts.splice(0);
    expect(whats(silent)).toEqual(["zone-alert-missed"]);
    const second = perfectObservation(truth);
    second.alerts.push({ ...alert!, id: "again", raisedAt: alert!.raisedAt + 30e6 });
    expect(whats(second)).toEqual(["zone-alert-false"]);
    const other = perfectObservation(truth);
    other.alerts.push({ ...alert!, id: "other", subjectId: "t-civil-3" });
    expect(whats(other)).toEqual(["zone-alert-false"]);
    const early = perfectObservation(truth);
    early.alerts[0] = { ...alert!, raisedAt: MADE_START + 200e6 };
    expect(whats(early)).toEqual(["zone-alert-missed", "zone-alert-false"]);
    const elsewhere = perfectObservation(truth);
    elsewhere.alerts[0] = { ...alert!, zone: "n2" };
    expect(whats(elsewhere)).toEqual(["zone-alert-missed", "zone-alert-false"]);
  });

  it("judges nothing in a pause of the driver and nothing that is still going on", () => {
    const cut = (record: TruthRecord) =>
      record.type !== "progress" && record.at > MADE_START + 400e6 && record.at < MADE_START + 600e6;
    const records = madeRecords().filter((record) => !cut(record));
    const last = records.pop()!;
    const paused = gatherTruth([
      ...records.filter((record) => record.at <= MADE_START + 400e6),
      { type: "progress", at: MADE_START + 400e6 },
      { type: "progress", at: MADE_START + 600e6, resumed: true },
      ...records.filter((record) => record.at > MADE_START + 400e6),
      last,
    ])!;
    const observed = perfectObservation(madeTruth());
    const score = scoreExercise(paused, observed);
    expect(score.alerts.zone.expected).toBe(0);
    expect(score.tracks.missed).toEqual([]);
    expect(score.events.missed).toEqual([]);
    expect(score.events.expected).toBeLessThan(19);
    const young = gatherTruth([
      ...madeRecords()
        .slice(0, -1)
        .filter((record) => record.at < MADE_START + 250e6),
      { type: "progress", at: MADE_START + 250e6 },
    ])!;
    expect(scoreExercise(young, observed).events.false).toEqual([]);
  });

  it("leaves open who has just appeared, and says false once it is told that nothing did", () => {
    const appeared = perfectObservation(truth);
    const newcomer = (seconds: number) => ({
      id: "newcomer",
      icao: "F10077",
      points: Array.from({ length: 12 }, (_, index) => ({ at: MADE_END - (seconds - index) * 1e6, lon: 9, lat: 44 })),
    });
    appeared.tracks.push(newcomer(20));
    expect(scoreExercise(truth, appeared)).toMatchObject({ passed: true, tracks: { observed: 11, false: [] } });
    appeared.tracks[11] = newcomer(40);
    expect(whats(appeared)).toEqual(["tracks-false"]);
  });

  it("counts the alert about an intruder that is still inside, and misses it where there is none", () => {
    const end = MADE_START + 470e6;
    const records = madeRecords().filter((record) => record.type !== "progress" && record.at <= end);
    const inside = gatherTruth([
      records[0]!,
      { type: "progress", at: MADE_START, resumed: true, speed: 1 },
      ...records.slice(1),
      { type: "progress", at: end },
    ])!;
    const observed = perfectObservation(truth);
    expect(scoreExercise(inside, observed).alerts.zone).toMatchObject({
      expected: 1,
      raised: 1,
      missed: [],
      false: [],
    });
    observed.alerts.pop();
    expect(scoreExercise(inside, observed).alerts.zone.missed).toEqual(["uav"]);
  });

  it("leaves open a ceasefire alert about fire that is not told yet", () => {
    const early = perfectObservation(truth);
    const alertAbout = (seconds: number) => {
      early.events.push({ id: `late-${seconds}`, originTime: MADE_END - seconds * 1e6, lon: 11, lat: 44, count: 1 });
      early.alerts.push({
        id: `alert-${seconds}`,
        ruleKind: "ceasefire-event",
        subjectKind: "event",
        subjectId: `late-${seconds}`,
        zone: "c1",
        raisedAt: MADE_END - (seconds - 40) * 1e6,
      });
    };
    alertAbout(119);
    alertAbout(121);
    expect(scoreExercise(truth, early).alerts.ceasefire).toMatchObject({ raised: 1, false: ["alert-121"] });
  });

  it("fails where one barrage is told by two alerts", () => {
    const twice = perfectObservation(truth);
    const event = twice.events[0]!;
    const told = { ruleKind: "ceasefire-event", subjectKind: "event", subjectId: event.id } as const;
    twice.alerts.push({ id: "once", ...told, raisedAt: event.originTime });
    twice.alerts.push({ id: "again", ...told, raisedAt: event.originTime + 1 });
    const score = scoreExercise(truth, twice);
    expect(score.alerts.ceasefire.repeated).toEqual(["again"]);
    expect(score.failures.map((failure) => failure.what)).toContain("barrage-repeated");
  });

  it("does not pass where nothing was played", () => {
    const nothing = gatherTruth([madeRecords()[0]!, { type: "progress", at: MADE_END, resumed: true }])!;
    const observed = { tracks: [], events: [], alerts: [] };
    expect(scoreExercise(nothing, observed).failures.map((failure) => failure.what)).toEqual(["nothing-played"]);
  });

  it("allows at a high speed for what an aircraft flies in a tenth of a wall second, and still measures it", () => {
    const fast = { ...truth, speed: 60 };
    const late = perfectObservation(truth);
    late.tracks = late.tracks.map((track) => ({
      ...track,
      points: track.points.map((point) => ({ ...point, at: point.at + 6_000_000 })),
    }));
    expect(scoreExercise(truth, late).passed).toBe(true);
    const later = {
      ...late,
      tracks: late.tracks.map((track) => ({
        ...track,
        points: track.points.map((point) => ({ ...point, at: point.at + 5_000_000 })),
      })),
    };
    expect(scoreExercise(truth, later).passed).toBe(false);
    const score = scoreExercise(fast, later);
    expect(score.passed).toBe(true);
    expect(score.tracks.errorMetres.median).toBeGreaterThan(1500);
    expect(score.tracks.crossTrackMetres.percentile95).toBeLessThan(2);
  });
});

describe("truth put together", () => {
  it("counts a line told twice once, whatever the order of the restart", () => {
    const records = madeRecords();
    const again = gatherTruth([...records, ...records.slice(20, 60), records.at(-1)!])!;
    expect(again.aircraft.map((aircraft) => aircraft.states.length)).toEqual(
      truth.aircraft.map((aircraft) => aircraft.states.length),
    );
    expect(again.fire).toHaveLength(truth.fire.length);
    expect(again.played).toEqual([{ from: MADE_START, until: MADE_END }]);
  });

  it("needs to know what was played", () => {
    expect(gatherTruth(madeRecords().slice(1))).toBeUndefined();
  });
});
