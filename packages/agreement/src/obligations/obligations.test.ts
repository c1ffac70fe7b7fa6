import { formatInstant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AgreementFact, RecordedAmendment } from "./fact.ts";
import { startOfDay } from "./local-time.ts";
import type { AgreementRecord } from "./obligation.ts";
import { createAgreement } from "./obligations.ts";
import { fact, HAND_OVER, INSTRUMENT, noon, ORAL_CHANGE } from "./testing.ts";

const record = (more: Partial<AgreementRecord> = {}): AgreementRecord => ({
  instruments: [INSTRUMENT],
  amendments: [],
  facts: [],
  monitoring: [],
  ...more,
});
const at = (provision: string, day: string, known: string, more: Partial<AgreementRecord> = {}) =>
  createAgreement(record(more)).obligation(provision, noon(day), noon(known))!;
const states = (provision: string, day: string, more: Partial<AgreementRecord> = {}) =>
  at(provision, day, day, more).variants.map((variant) => variant.states);

describe("a dated act", () => {
  test("has four candidate instants where day's end and time zone are open", () => {
    const [text] = at("hand-over", "2030-11-14", "2030-11-14").variants;
    expect(
      text!.readings.map(({ deadline }) => [formatInstant(deadline!.at).slice(0, 16), deadline!.inclusive]),
    ).toEqual([
      ["2030-11-14T20:00", false],
      ["2030-11-14T21:00", false],
      ["2030-11-15T20:00", true],
      ["2030-11-15T21:00", true],
    ]);
    expect(text!.states).toEqual(["not-yet-due"]);
  });

  test("on the day itself the answer turns on inclusiveness, within one hour on the time zone", () => {
    const noonOf = at("hand-over", "2030-11-15", "2030-11-15");
    expect(noonOf.variants[0]!.states).toEqual(["overdue", "not-yet-due"]);
    expect(noonOf.flipsOn).toEqual(["inclusiveness"]);
    const between = startOfDay("2030-11-15", "Etc/GMT-4") + MICROSECONDS_PER_HOUR / 2;
    expect(createAgreement(record()).obligation("hand-over", between, between)!.flipsOn).toEqual([
      "inclusiveness",
      "time-zone",
    ]);
  });

  test("is overdue by what was known before the change, and not yet due under it by what was known after", () => {
    const amended = { amendments: [ORAL_CHANGE] };
    expect(at("hand-over", "2030-11-16", "2030-11-14", amended).variants.map((variant) => variant.states)).toEqual([
      ["overdue"],
    ]);
    const after = at("hand-over", "2030-11-16", "2030-11-16", amended);
    expect(after.variants.map((variant) => variant.states)).toEqual([["overdue"], ["not-yet-due"]]);
    expect(after.flipsOn).toEqual(["amendment"]);
    expect(after.variants[1]!.amendment).toEqual({
      id: "change",
      consents: { Q: "announced", P: "proposed", R: "unknown" },
      isAccepted: false,
    });
  });

  test("done on the amended day is late under the text and in time under the amendment", () => {
    const facts = [
      fact("declared", "hand-over", "2030-11-25", { by: "P" }),
      fact("acknowledged", "hand-over", "2030-11-25"),
    ];
    const day = at("hand-over", "2030-11-26", "2030-11-26", { amendments: [ORAL_CHANGE], facts });
    expect(day.variants[0]!.states).toEqual(["met-late"]);
    // Exclusive, the day itself would already be late; inclusive, it is in time.
    expect(day.variants[1]!.states).toEqual(["met-late", "met"]);
    expect(day.flipsOn).toEqual(["amendment", "inclusiveness"]);
    expect(day.evidence).toHaveLength(2);
  });

  test("once every signatory has accepted the change, the text is superseded", () => {
    const laterConsents = ["P", "Q", "R"].map((state) => ({
      state,
      consent: "accepted" as const,
      recordedAt: noon("2030-11-17"),
    }));
    const amendments: RecordedAmendment[] = [{ ...ORAL_CHANGE, laterConsents }];
    expect(
      at("hand-over", "2030-11-18", "2030-11-18", { amendments }).variants.map((variant) => variant.states),
    ).toEqual([["superseded"], ["not-yet-due"]]);
    expect(at("hand-over", "2030-11-18", "2030-11-16", { amendments }).variants[0]!.states).toEqual(["overdue"]);
    const oneOnly: RecordedAmendment[] = [{ ...ORAL_CHANGE, laterConsents: laterConsents.slice(0, 1) }];
    expect(at("hand-over", "2030-11-18", "2030-11-18", { amendments: oneOnly }).variants[0]!.states).toEqual([
      "overdue",
    ]);
  });

  test("declared by one side alone is not verified; seen by the centre it is met", () => {
    const declared = fact("declared", "hand-over", "2030-11-12");
    expect(states("hand-over", "2030-11-20", { facts: [declared] })).toEqual([["declared-not-verified"]]);
    expect(
      states("hand-over", "2030-11-20", { facts: [declared, fact("observed", "hand-over", "2030-11-13")] }),
    ).toEqual([["met"]]);
    expect(states("hand-over", "2030-11-20", { facts: [fact("acknowledged", "hand-over", "2030-11-12")] })).toEqual([
      ["overdue"],
    ]);
  });

  test("a clock that may be wrong across the deadline leaves both answers", () => {
    const deadline = startOfDay("2030-11-16", "Etc/GMT-3");
    const observed = fact("observed", "hand-over", "2030-11-15", {
      occurredAt: deadline - 10_000_000,
      clockError: 43_000_000,
    });
    const facts: AgreementFact[] = [{ ...observed, recordedAt: deadline }];
    const day = at("hand-over", "2030-11-17", "2030-11-17", { facts });
    expect(day.variants[0]!.readings.at(-1)!.states).toEqual(["met", "met-late"]);
    expect(day.flipsOn).toContain("clock");
  });

  test("what was done stays done when the instrument ends; what was not lapses", () => {
    const end = fact("terminated", "text", "2031-01-01");
    expect(states("hand-over", "2031-02-01", { facts: [end] })).toEqual([["lapsed"]]);
    const met = fact("observed", "hand-over", "2030-11-12");
    expect(states("hand-over", "2031-02-01", { facts: [end, met] })).toEqual([["met"]]);
  });

  test("is suspended until it is resumed", () => {
    const facts = [fact("suspended", "text", "2030-11-12"), fact("resumed", "text", "2030-11-18")];
    expect(states("hand-over", "2030-11-17", { facts })).toEqual([["suspended"]]);
    expect(states("hand-over", "2030-11-19", { facts })).toEqual([["overdue"]]);
  });
});

describe("a continuing duty", () => {
  const monitoring = [{ from: noon("2031-01-30"), until: noon("2034-04-26") }];

  test("is not in force before its instant, and unmonitored while nobody watches", () => {
    const before = startOfDay("2030-11-10", "Etc/GMT-3") - 1_000_000;
    const agreement = createAgreement(record({ monitoring }));
    expect(agreement.obligation("cease-fire", before, before)!.variants[0]!.states).toEqual(["not-yet-due"]);
    const first = agreement.obligation("cease-fire", before + 1_000_000, before + 1_000_000)!;
    expect([first.variants[0]!.states, first.isMonitored, first.unmonitoredSince]).toEqual([
      ["unmonitored"],
      false,
      undefined,
    ]);
    const watched = agreement.obligation("cease-fire", noon("2032-01-01"), noon("2032-01-01"))!;
    expect([watched.variants[0]!.states, watched.isMonitored]).toEqual([["due"], true]);
    const after = agreement.obligation("cease-fire", noon("2034-05-15"), noon("2034-05-15"))!;
    expect([after.variants[0]!.states, after.unmonitoredSince]).toEqual([["unmonitored"], noon("2034-04-26")]);
  });

  test("begins with the signature where the day of effect is unknown", () => {
    const instruments = [{ ...INSTRUMENT, effectiveAt: "unknown" }];
    expect(states("exchange", "2030-11-08", { instruments })).toEqual([["not-yet-due"]]);
    expect(states("exchange", "2030-11-09", { instruments })).toEqual([["due"]]);
  });

  test("a claim makes it disputed, an established breach breached", () => {
    const claim = fact("breach-claimed", "cease-fire", "2032-03-01", { recordedAt: noon("2032-03-05") });
    expect(at("cease-fire", "2032-03-02", "2032-03-02", { monitoring, facts: [claim] }).variants[0]!.states).toEqual([
      "due",
    ]);
    expect(at("cease-fire", "2032-03-02", "2032-03-06", { monitoring, facts: [claim] }).variants[0]!.states).toEqual([
      "disputed",
    ]);
    const established = fact("breach-established", "cease-fire", "2032-03-01");
    expect(states("cease-fire", "2032-03-06", { monitoring, facts: [claim, established] })).toEqual([["breached"]]);
  });

  test("an act without a day is due until it is done", () => {
    expect(states("exchange", "2031-01-01")).toEqual([["due"]]);
    expect(states("exchange", "2031-01-01", { facts: [fact("observed", "exchange", "2030-12-20")] })).toEqual([
      ["met"],
    ]);
  });
});

const randomFact = fc
  .record({
    kind: fc.constantFrom<AgreementFact["kind"]>(
      "declared",
      "acknowledged",
      "observed",
      "breach-claimed",
      "breach-established",
      "suspended",
      "resumed",
      "terminated",
    ),
    about: fc.constantFrom("hand-over", "cease-fire", "exchange", "text"),
    hours: fc.integer({ min: -100, max: 600 }),
    delay: fc.integer({ min: 0, max: 400 }),
    clockError: fc.integer({ min: 0, max: 90_000_000 }),
  })
  .map(({ hours, delay, ...rest }) => {
    const occurredAt = noon("2030-11-10") + hours * MICROSECONDS_PER_HOUR;
    return { ...rest, id: `${hours}`, by: "Q", occurredAt, recordedAt: occurredAt + delay * MICROSECONDS_PER_HOUR };
  });

describe("over random records", () => {
  const ask = (facts: readonly AgreementFact[], valid: number, known: number) =>
    createAgreement(record({ facts, amendments: [ORAL_CHANGE] })).obligations(
      noon("2030-11-10") + valid * MICROSECONDS_PER_HOUR,
      noon("2030-11-10") + known * MICROSECONDS_PER_HOUR,
    );
  const hour = fc.integer({ min: -200, max: 800 });

  test("what was not yet known, or had not yet happened, changes nothing", () => {
    fc.assert(
      fc.property(fc.array(randomFact, { maxLength: 12 }), hour, hour, (facts, valid, known) => {
        const counted = facts.filter(
          (one) =>
            one.occurredAt <= noon("2030-11-10") + valid * MICROSECONDS_PER_HOUR &&
            one.recordedAt <= noon("2030-11-10") + known * MICROSECONDS_PER_HOUR,
        );
        expect(ask(facts, valid, known)).toEqual(ask(counted, valid, known));
      }),
    );
  });

  test("the order in which facts are told makes no difference, and every reading has a state", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(randomFact, { maxLength: 12, selector: (one) => one.id }),
        hour,
        hour,
        (facts, valid, known) => {
          const told = ask(facts, valid, known);
          expect(ask([...facts].reverse(), valid, known)).toEqual(told);
          for (const { variants } of told) {
            expect(variants.every(({ readings }) => readings.every(({ states: found }) => found.length > 0))).toBe(
              true,
            );
          }
        },
      ),
    );
  });

  test("an inclusive day is never up before an exclusive one, and a later deadline never makes worse", () => {
    fc.assert(
      fc.property(fc.array(randomFact, { maxLength: 8 }), hour, (facts, valid) => {
        const handOver = ask(facts, valid, valid).find((one) => one.provision === HAND_OVER.id)!;
        const rank = { met: 0, "not-yet-due": 0, "met-late": 1, overdue: 1 } as Record<string, number>;
        for (const { readings } of handOver.variants) {
          const ranks = readings.map(({ states: found }) => rank[found[0]!] ?? 0);
          expect([...ranks].sort((left, right) => right - left)).toEqual(ranks);
        }
      }),
    );
  });
});

describe("an end that somebody states", () => {
  const ended = fact("terminated", "cease-fire", "2030-12-01");
  const upheld = fact("upheld", "cease-fire", "2030-12-02", { by: "P" });

  test("lapses the obligation; where somebody else says that it binds, the answer turns on whose word it is", () => {
    expect(states("cease-fire", "2030-12-03", { facts: [ended] })).toEqual([["lapsed"]]);
    const both = at("cease-fire", "2030-12-03", "2030-12-03", { facts: [ended, upheld] });
    expect(both).toMatchObject({ flipsOn: ["speaker"], variants: [{ states: ["lapsed", "disputed"] }] });
    expect(both.evidence).toHaveLength(2);
    const own = { ...upheld, by: "Q" };
    expect(states("cease-fire", "2030-12-03", { facts: [ended, own] })).toEqual([["lapsed"]]);
  });

  test("is not what was decided, nor what has begun: both stand beside as their speakers' words", () => {
    const words = [
      fact("decided", "exchange", "2030-12-01"),
      fact("begun", "exchange", "2030-12-01", { id: "begun", by: "R" }),
    ];
    const without = states("exchange", "2030-12-03");
    const told = at("exchange", "2030-12-03", "2030-12-03", { facts: words });
    expect(told.variants.map((variant) => variant.states)).toEqual(without);
    expect(told.evidence).toHaveLength(2);
  });
});
