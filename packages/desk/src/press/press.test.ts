import type { Mission } from "@openjmc/agreement";
import type { ClaimStatedBody, TextReceivedBody } from "@openjmc/model";
import { formatInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { CONTEXT, HOUR, NOON, type OpenDesk, openDesk } from "../testing/open-desk.ts";
import { discrepanciesOf } from "./discrepancies.ts";
import { factSummaries, factView } from "./facts.ts";
import { gradeOf, outletRows } from "./outlets.ts";
import { originOf } from "./state.ts";

const FACTS: Mission["openSource"]["facts"] = [
  { id: "pact", value: "date", about: [], aspects: { signed: {}, announced: {} } },
  { id: "staff", value: "quantity", unit: "service-member", sides: 2, about: [] },
];
const context = { facts: FACTS as never, components: ["A", "B"] };
const desk = (): OpenDesk =>
  openDesk({
    ...CONTEXT,
    speakers: new Set(["P", "Q"]),
    mission: { openSource: { names: [], facts: FACTS } } as never,
  });

const ulidOf = (number: number): string => `01JH${String(number).padStart(22, "0")}`;
const hashOf = (number: number): string => String(number).padStart(64, "a");

const textBody = (number: number, more: Partial<TextReceivedBody> = {}): TextReceivedBody => ({
  outlet: `outlet-${number}`,
  language: "en",
  title: "A report",
  publishedAt: formatInstant(NOON + number * HOUR),
  timeZone: "UTC",
  retrievedAt: formatInstant(NOON + 50 * HOUR),
  original: hashOf(number),
  mediaType: "text/plain",
  text: hashOf(number),
  characters: 500,
  translation: "original",
  alignment: "unknown",
  ...more,
});

const claimBody = (text: number, more: Partial<ClaimStatedBody> = {}): ClaimStatedBody => ({
  text: ulidOf(text),
  fact: "pact",
  aspect: "signed",
  value: "2030-01-09",
  form: "paraphrase",
  certainty: "stated",
  start: 10,
  end: 20,
  quote: "signed on the 9th",
  ...more,
});

/** A desk with so many texts, each of an outlet of its own. */
function withTexts(count: number, more: Partial<TextReceivedBody> = {}): OpenDesk {
  const open = desk();
  for (let number = 1; number <= count; number += 1)
    open.record("text.received", textBody(number, more), { subject: ulidOf(number) });
  return open;
}

describe("texts", () => {
  it("come in once, with times and links that can be", () => {
    const open = withTexts(1);
    const refused = (more: Partial<TextReceivedBody>, subject = ulidOf(9)): string =>
      open.refused("text.received", textBody(9, more), { subject });
    expect(refused({}, ulidOf(1))).toBe("subject.taken");
    expect(refused({ outlet: "outlet-1", text: hashOf(1) })).toBe("text.twice");
    expect(refused({ publishedAt: formatInstant(NOON + 100 * HOUR) })).toBe("text.times");
    expect(refused({ timeZone: "Nowhere/Else" })).toBe("text.zone");
    expect(refused({ side: "Z" })).toBe("party.unknown");
    expect(refused({ translationOf: ulidOf(1) })).toBe("text.translation");
    expect(refused({ repeats: ulidOf(7) })).toBe("text.unknown");
    expect(refused({ translation: "machine", translationOf: ulidOf(1), side: "P" })).toBe("taken");
  });

  it("of one chain are one source, whoever corrects the chain last", () => {
    const open = withTexts(2);
    open.record("text.received", textBody(3, { repeats: ulidOf(2) }), { subject: ulidOf(3) });
    open.record("text.received", textBody(4, { repeats: ulidOf(3), cites: "outlet-1" }), { subject: ulidOf(4) });
    expect(originOf(open.state.press, ulidOf(4))).toEqual({ origin: ulidOf(2), why: "reprint", of: ulidOf(3) });
    const judge = (subject: string, judgement: object): void =>
      void open.record("reading.judged", { text: hashOf(4), judgements: [judgement] }, { subject });
    judge(ulidOf(4), { start: 0, end: 0, kind: "reprint", verdict: "rejected", value: ulidOf(3) });
    expect(originOf(open.state.press, ulidOf(4))).toEqual({ origin: "outlet:outlet-1", why: "cites" });
    judge(ulidOf(4), { start: 0, end: 0, kind: "cites", verdict: "rejected", value: "outlet-1" });
    expect(originOf(open.state.press, ulidOf(4)).why).toBe("own");
    const itself = { start: 0, end: 0, kind: "reprint", verdict: "added", value: ulidOf(4) };
    expect(open.refused("reading.judged", { text: hashOf(4), judgements: [itself] }, { subject: ulidOf(4) })).toBe(
      "text.itself",
    );
  });

  it("that a record binds in a circle still have one origin", () => {
    const open = withTexts(2);
    const link = (from: number, to: number): void =>
      void open.project(
        "reading.judged",
        {
          text: hashOf(from),
          judgements: [{ start: 0, end: 0, kind: "reprint", verdict: "added", value: ulidOf(to) }],
        },
        { subject: ulidOf(from) },
      );
    link(1, 2);
    link(2, 1);
    expect(originOf(open.state.press, ulidOf(1)).why).toBe("reprint");
  });

  it("are judged word by word, within their length and as they were read", () => {
    const open = withTexts(1);
    const one = { start: 5, end: 9, kind: "person", verdict: "accepted", value: "N. N.", words: "N. N." };
    const refused = (judgement: object, text = hashOf(1)): string =>
      open.refused("reading.judged", { text, judgements: [judgement] }, { subject: ulidOf(1) });
    expect(refused(one, hashOf(2))).toBe("text.differs");
    expect(refused({ ...one, end: 501 })).toBe("judgement.span");
    expect(refused({ ...one, end: 5 })).toBe("judgement.span");
    open.record("reading.judged", { text: hashOf(1), judgements: [one] }, { subject: ulidOf(1) });
    const [, changed] = open.record(
      "reading.judged",
      { text: hashOf(1), judgements: [{ ...one, verdict: "corrected", value: "M. M." }] },
      { subject: ulidOf(1) },
    );
    expect(changed?.row).toMatchObject({ judged: { accepted: 0, corrected: 1 }, isPersonal: true });
  });
});

describe("claims", () => {
  it("say what their fact can be asked", () => {
    const open = withTexts(1);
    const refused = (more: Partial<ClaimStatedBody>): string => open.refused("claim.stated", claimBody(1, more));
    expect(refused({ text: ulidOf(5) })).toBe("text.unknown");
    expect(refused({ aspect: "sealed" })).toBe("aspect.unknown");
    expect(refused({ value: "next week" })).toBe("claim.value");
    expect(refused({ end: 900 })).toBe("claim.span");
    expect(refused({ fact: "A fact!" })).toBe("fact.name");
    expect(refused({ validFrom: "2030-02-01", validUntil: "2030-01-01" })).toBe("span.backwards");
    expect(refused({ quote: "w".repeat(300) })).toBe("statement.field body.quote");
    expect(refused({ fact: "flag-colour", value: "green" })).toBe("taken");
  });

  it("compete, and what both components adopt settles them; everything else stands beside it", () => {
    const open = withTexts(3);
    open.record("claim.stated", claimBody(1), { subject: ulidOf(21) });
    open.record("claim.stated", claimBody(2, { value: "2030-01-10" }), { subject: ulidOf(22) });
    open.record("claim.stated", claimBody(3, { value: "2030-01-10", certainty: "denied" }), { subject: ulidOf(23) });
    const view = () => factView(open.state.press, context, "pact")!;
    expect(view().state).toBe("open");
    expect(view().discrepancies).toMatchObject([{ kind: "value-differs", aspect: "signed", isSettled: false }]);
    const adoption = { fact: "pact", aspect: "signed", value: "2030-01-10", reasons: "the text itself", claims: [] };
    expect(open.refused("value.adopted", { ...adoption, fact: "staff", value: "60" })).toBe("fact.unclaimed");
    expect(open.refused("value.adopted", { ...adoption, claims: [ulidOf(99)] })).toBe("claim.unknown");
    open.record("value.adopted", adoption, { subject: ulidOf(31), component: "A" });
    expect(view().state).toBe("open");
    open.record("value.adopted", { ...adoption, value: "2030-01-09" }, { subject: ulidOf(32), component: "B" });
    expect(view().state).toBe("split");
    open.record("value.adopted", adoption, { subject: ulidOf(33), component: "B" });
    expect(view()).toMatchObject({ state: "settled", discrepancies: [{ isSettled: true }] });
    const [first, second] = view().versions;
    expect([first, second].map((one) => [one!.value, one!.adoptedBy.length, one!.denials.length])).toEqual([
      ["2030-01-09", 0, 0],
      ["2030-01-10", 2, 1],
    ]);
    expect(factSummaries(open.state.press, context).map(({ fact, state }) => [fact, state])).toEqual([
      ["pact", "settled"],
      ["staff", "single"],
    ]);
  });

  it("per side and in total are told apart from other numbers", () => {
    const open = withTexts(2);
    const staff = { fact: "staff", aspect: undefined as never };
    const { aspect: _aspect, ...each } = claimBody(1, { ...staff, value: "60", of: "each" });
    const { aspect: _other, ...total } = claimBody(2, { ...staff, value: "120", of: "total" });
    open.record("claim.stated", each, { subject: ulidOf(21) });
    open.record("claim.stated", total, { subject: ulidOf(22) });
    expect(factView(open.state.press, context, "staff")?.discrepancies).toMatchObject([{ kind: "per-side-or-total" }]);
  });

  it("that are withdrawn no longer compete, and a text takes its claims with it", () => {
    const open = withTexts(2);
    open.record("claim.stated", claimBody(1), { subject: ulidOf(21), statement: hashOf(71) });
    open.record("claim.stated", claimBody(2), { subject: ulidOf(22) });
    expect(open.project("statement.withdrawn", { target: hashOf(71), reason: "no" }, { component: "B" })).toHaveLength(
      1,
    );
    expect(factView(open.state.press, context, "pact")?.claims).toBe(2);
    open.record("statement.withdrawn", { target: hashOf(71), reason: "misread" });
    expect(factView(open.state.press, context, "pact")?.claims).toBe(1);
    const { statement } = open.state.press.texts.get(ulidOf(2))!.mark;
    open.record("statement.withdrawn", { target: statement, reason: "not of this outlet" });
    expect(factView(open.state.press, context, "pact")?.claims).toBe(0);
  });
});

describe("outlets", () => {
  it("are graded by how their own claims fared, month by month", () => {
    expect([gradeOf(2, 2), gradeOf(3, 3), gradeOf(6, 6), gradeOf(12, 12), gradeOf(4, 2), gradeOf(4, 1)]).toEqual([
      ..."FCBADE",
    ]);
    const open = desk();
    const outlet = "paper";
    const days = [0, 40 * 24, 80 * 24];
    for (const [index, hour] of days.entries()) {
      const publishedAt = formatInstant(NOON + hour * HOUR);
      const body = textBody(index + 1, { outlet, publishedAt, retrievedAt: publishedAt });
      open.record("text.received", body, { subject: ulidOf(index + 1) });
      const value = index === 1 ? "2030-01-10" : "2030-01-09";
      open.record("claim.stated", claimBody(index + 1, { value }), { subject: ulidOf(21 + index) });
    }
    open.record("text.received", textBody(8, { outlet: "echo", repeats: ulidOf(2) }), { subject: ulidOf(8) });
    open.record("claim.stated", claimBody(8, { value: "2030-01-10" }), { subject: ulidOf(28) });
    expect(outletRows(open.state.press, context)[1]).toMatchObject({ outlet, judged: 0, grade: "F" });
    const adoption = { fact: "pact", aspect: "signed", value: "2030-01-09", reasons: "seen", claims: [] };
    open.record("value.adopted", adoption, { subject: ulidOf(31) });
    const [echo, paper] = outletRows(open.state.press, context);
    expect(echo).toMatchObject({ outlet: "echo", own: 0, judged: 0, grade: "F" });
    expect(paper).toMatchObject({ judged: 3, upheld: 2, grade: "D", texts: 3 });
    expect(paper!.course.map(({ judged, upheld }) => [judged, upheld])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
  });
});

describe("discrepancies", () => {
  it("name quotations turned round and names in several spellings", () => {
    const open = withTexts(2);
    const judge = (text: number, kind: string, value: string, words: string): void =>
      void open.record(
        "reading.judged",
        { text: hashOf(text), judgements: [{ start: 1, end: 90, kind, verdict: "accepted", value, words }] },
        { subject: ulidOf(text) },
      );
    judge(1, "quotation", "q", "the guns were withdrawn from the whole line");
    judge(2, "quotation", "q", "the guns were not withdrawn from the whole line");
    judge(1, "place", "torbagar", "Torbagar");
    judge(2, "place", "torbagar", "Torbajar");
    expect(discrepanciesOf(open.state.press, context).map(({ kind }) => kind)).toEqual([
      "inverted-quotation",
      "spelling",
    ]);
  });
});
