/** `amendments.yaml`: changes that the signatories made and the centre only records. */
import { either, list, record, type ShapeType, text, word } from "../shape/shape.ts";
import { code, day, momentOrUnknown } from "./common.ts";

const dayOrMoment = either("a day, an instant, or unknown", day, momentOrUnknown);

export const amendmentsFile = record("amendments", {
  amendments: list(
    record(
      "a change of a provision",
      {
        id: code,
        instrument: code,
        provision: code,
        form: word(["written", "oral", "exchange", "unknown"]),
        changes: record("what changes", {}, { deadlineDay: day, note: text("another change, in words") }),
        announcedBy: text("who announced it"),
        announcedAt: dayOrMoment,
        effectiveAt: dayOrMoment,
        consents: list(
          record(
            "where a signatory stands",
            { state: code, consent: word(["proposed", "accepted", "announced", "silent", "refused", "unknown"]) },
            { reference: code, note: text("what must be said about it") },
          ),
          "consent of each signatory",
          1,
        ),
      },
      { references: list(code, "sources"), note: text("what must be said about it") },
    ),
  ),
});
export type AmendmentsFile = ShapeType<typeof amendmentsFile>;
