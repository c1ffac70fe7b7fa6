/** Where an amendment stands with the signatories, who alone can make it. */
import { type Instant, parseInstant } from "@openjmc/model";
import type { InstrumentFile } from "../files/instrument-file.ts";
import { consentsAt, type RecordedAmendment } from "./fact.ts";

/** An amendment as an obligation's variant shows it. */
export function describeAmendment(amendment: RecordedAmendment, instrument: InstrumentFile, knownAt: Instant) {
  return {
    id: amendment.entry.id,
    consents: Object.fromEntries(consentsAt(amendment, knownAt)),
    isAccepted: isAccepted(amendment, instrument, knownAt),
  };
}

/** Only the signatories can amend, and only together: proposing or announcing a change is not yet accepting it. */
export function isAccepted(amendment: RecordedAmendment, instrument: InstrumentFile, knownAt: Instant): boolean {
  const consents = consentsAt(amendment, knownAt);
  return instrument.signatories
    .filter((signatory) => signatory.standing !== "not-a-signatory")
    .every((signatory) => consents.get(signatory.state) === "accepted");
}

/** Whether it has taken the text's place: accepted by all, and its day has come. */
export function isInEffect(
  amendment: RecordedAmendment,
  instrument: InstrumentFile,
  validAt: Instant,
  knownAt: Instant,
): boolean {
  if (!isAccepted(amendment, instrument, knownAt)) return false;
  const effective = parseInstant(amendment.entry.effectiveAt);
  return validAt >= (effective.ok ? effective.value : amendment.recordedAt);
}
