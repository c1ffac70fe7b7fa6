/** A made-up instrument with the kinds of provisions that the engine knows, for its tests. */
import type { InstrumentFile, ProvisionEntry } from "../files/instrument-file.ts";
import type { AgreementFact, RecordedAmendment } from "./fact.ts";
import { startOfDay } from "./local-time.ts";

const provision = (id: string, more: Partial<ProvisionEntry>): ProvisionEntry => ({
  id,
  number: id,
  kind: "hand-over",
  names: { en: id },
  says: id,
  dutyHolders: ["P"],
  performance: "act",
  ...more,
});

export const HAND_OVER = provision("hand-over", {
  deadline: { day: "2030-11-15", inclusive: "open", timeZones: ["Etc/GMT-3", "Etc/GMT-4"] },
});
export const CEASE_FIRE = provision("cease-fire", { kind: "cease-fire", performance: "omission" });
export const EXCHANGE = provision("exchange", { kind: "exchange" });

export const INSTRUMENT: InstrumentFile = {
  id: "text",
  kind: "statement",
  names: { en: "Text" },
  textPublic: true,
  signatories: [
    { state: "P", standing: "signed" },
    { state: "Q", standing: "signed" },
    { state: "R", standing: "signed" },
    { state: "T", standing: "not-a-signatory" },
  ],
  sides: ["P", "Q"],
  signedAt: "2030-11-09",
  announcedAt: "unknown",
  effectiveAt: "2030-11-10T00:00:00+03:00",
  authenticLanguages: "unknown",
  witnesses: [],
  provisions: [HAND_OVER, CEASE_FIRE, EXCHANGE],
  term: { from: "2030-11-10T00:00:00+03:00", years: 5, renewal: "open", notice: { monthsBefore: 6, by: "open" } },
};

/** Noon UTC of a day. */
export function noon(day: string): number {
  return startOfDay(day, "Etc/UTC") + 12 * 3_600_000_000;
}

export function fact(
  kind: AgreementFact["kind"],
  about: string,
  day: string,
  more: Partial<AgreementFact> = {},
): AgreementFact {
  return { id: `${kind} ${about} ${day}`, kind, about, by: "Q", occurredAt: noon(day), recordedAt: noon(day), ...more };
}

/** An oral change of the hand-over's day to 25 November, announced by one signatory. */
export const ORAL_CHANGE: RecordedAmendment = {
  entry: {
    id: "change",
    instrument: "text",
    provision: "hand-over",
    form: "oral",
    changes: { deadlineDay: "2030-11-25" },
    announcedBy: "Q",
    announcedAt: "2030-11-15",
    effectiveAt: "unknown",
    consents: [
      { state: "Q", consent: "announced" },
      { state: "P", consent: "proposed" },
      { state: "R", consent: "unknown" },
    ],
  },
  recordedAt: noon("2030-11-15"),
  laterConsents: [],
};
