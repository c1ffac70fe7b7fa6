import type { AgreementRecord } from "@openjmc/agreement";
import { describe, expect, it } from "vitest";
import { withRecorded } from "./agreement.ts";
import { decide } from "./decide.ts";
import type { DecisionContext } from "./draft.ts";
import type { RecordedEntry } from "./entry.ts";
import { project } from "./project.ts";
import { type DeskState, emptyDesk } from "./state.ts";

const context: DecisionContext = {
  provisions: new Set(["text/1"]),
  authenticLanguages: [],
  parties: new Set(),
  signatories: new Map([["text", ["P", "Q"]]]),
  amendments: new Set(["of-the-files"]),
};
const AT = "2030-11-15T00:00:00.000000Z";
const AMENDMENT = {
  instrument: "text",
  provision: "text/1",
  form: "oral",
  deadlineDay: "2030-11-25",
  announcedBy: "P",
  announcedAt: AT,
  consents: [
    { state: "P", consent: "announced" },
    { state: "Q", consent: "unknown" },
  ],
  note: "",
};
const FACT = { about: "text/1", kind: "declared", by: "Q", occurredAt: AT, uncertaintySeconds: 43_200, note: "" };

const draft = (kind: string, body: object, subject = "change") =>
  ({ kind, component: "A", subject, claimedAt: 0, body: body as Record<string, unknown> }) as const;

function record(state: DeskState, kind: string, body: object, subject: string, recordedAt: number): void {
  expect(decide(state, draft(kind, body, subject), context)).toMatchObject({ ok: true });
  project(state, {
    ...draft(kind, body, subject),
    index: recordedAt,
    recordedAt,
    keys: [],
  } as unknown as RecordedEntry);
}

describe("what is recorded about the agreement", () => {
  it.each([
    ["fact.stated", { ...FACT, about: "text/9" }, "provision.unknown"],
    ["fact.stated", { ...FACT, kind: "decreed" }, "statement.field"],
    ["amendment.recorded", { ...AMENDMENT, instrument: "other" }, "instrument.unknown"],
    ["amendment.recorded", { ...AMENDMENT, provision: "text/9" }, "provision.unknown"],
    ["amendment.recorded", { ...AMENDMENT, deadlineDay: "2030-02-30" }, "statement.field"],
    ["amendment.recorded", { ...AMENDMENT, consents: [{ state: "T", consent: "accepted" }] }, "signatory.unknown"],
    ["consent.recorded", { amendment: "none", state: "P", consent: "accepted", note: "" }, "amendment.unknown"],
    ["notice.recorded", { instrument: "other", by: "P", day: "2030-01-01", note: "" }, "instrument.unknown"],
  ])("%s is refused where it speaks of nothing that there is: %o", (kind, body, code) => {
    expect(decide(emptyDesk(), draft(kind, body), context)).toMatchObject({ ok: false, fault: { code } });
  });

  it("refuses a second amendment of one name, and a consent of somebody who did not sign", () => {
    const state = emptyDesk();
    record(state, "amendment.recorded", AMENDMENT, "change", 1);
    expect(decide(state, draft("amendment.recorded", AMENDMENT), context)).toMatchObject({
      fault: { code: "subject.taken" },
    });
    expect(decide(state, draft("amendment.recorded", AMENDMENT, "of-the-files"), context)).toMatchObject({
      fault: { code: "subject.taken" },
    });
    const consent = { amendment: "change", state: "T", consent: "accepted", note: "" };
    expect(decide(state, draft("consent.recorded", consent), context)).toMatchObject({
      fault: { code: "signatory.unknown" },
    });
  });

  it("is added to what the mission's files hold, each with the time at which it became known", () => {
    const state = emptyDesk();
    record(state, "amendment.recorded", AMENDMENT, "change", 1);
    record(state, "consent.recorded", { amendment: "change", state: "Q", consent: "accepted", note: "" }, "c", 2);
    record(state, "fact.stated", FACT, "fact", 3);
    record(state, "notice.recorded", { instrument: "text", by: "P", day: "2035-01-01", note: "" }, "n", 4);
    const ofMission: AgreementRecord = { instruments: [], amendments: [], facts: [], monitoring: [] };
    const whole = withRecorded(ofMission, state.agreement);
    expect(whole.amendments).toMatchObject([
      {
        entry: { id: "change", changes: { deadlineDay: "2030-11-25" } },
        recordedAt: 1,
        laterConsents: [{ state: "Q", consent: "accepted", recordedAt: 2 }],
      },
    ]);
    expect(whole.facts).toMatchObject([{ id: "fact", kind: "declared", by: "Q", recordedAt: 3, clockError: 43.2e9 }]);
    expect(state.agreement.notices).toEqual([{ instrument: "text", by: "P", day: "2035-01-01" }]);
  });
});
