/** What the record holds about the agreement beside the mission's own files. */
import type { AgreementFact, Notice, RecordedAmendment } from "@openjmc/agreement";

/** What the record adds to the mission's own files. */
export interface RecordedAgreement {
  readonly facts: AgreementFact[];
  readonly amendments: RecordedAmendment[];
  readonly consents: (RecordedAmendment["laterConsents"][number] & { readonly amendment: string })[];
  readonly notices: (Notice & { readonly instrument: string })[];
}

export function emptyAgreement(): RecordedAgreement {
  return { facts: [], amendments: [], consents: [], notices: [] };
}
