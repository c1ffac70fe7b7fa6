/** How an obligation came to stand as it does: each instant at which its states changed, as known at one instant. */
import { type Instant, type ObligationChange, parseInstant } from "@openjmc/model";
import { deadlineCandidates } from "./deadline.ts";
import type { AgreementRecord, Obligation } from "./obligation.ts";
import { createAgreement } from "./obligations.ts";

/**
 * Changes up to `until`, oldest first; the first is how it stood when it was written down. Empty for an unknown provision. A state can
 * change only where the text begins or sets a deadline, something happened, or watching began or ended: those instants are looked at.
 */
export function historyOf(
  record: AgreementRecord,
  provision: string,
  until: Instant,
  knownAt: Instant,
): ObligationChange[] {
  const agreement = createAgreement(record);
  const changes: ObligationChange[] = [];
  let before = "";
  for (const at of instantsOf(record, provision, until)) {
    const obligation = agreement.obligation(provision, at, knownAt);
    if (!obligation) return [];
    const said = sayingsOf(obligation);
    if (said === before) continue;
    before = said;
    changes.push({
      at,
      variants: obligation.variants.map(({ amendment, states }) => ({
        ...(amendment ? { amendment: amendment.id } : {}),
        states,
      })),
      isMonitored: obligation.isMonitored,
    });
  }
  return changes;
}

function sayingsOf({ variants, isMonitored }: Obligation): string {
  return JSON.stringify([isMonitored, variants.map(({ amendment, states }) => [amendment?.id, states])]);
}

function instantsOf(
  { instruments, amendments, facts, monitoring }: AgreementRecord,
  id: string,
  until: Instant,
): Instant[] {
  const instrument = instruments.find(({ provisions }) => provisions.some((one) => one.id === id));
  const provision = instrument?.provisions.find((one) => one.id === id);
  if (!instrument || !provision) return [];
  const changed = amendments.filter(({ entry }) => entry.provision === id);
  const written = [instrument.signedAt, instrument.effectiveAt, provision.from ?? "unknown"].flatMap(stated);
  const due = [undefined, ...changed.map(({ entry }) => entry.changes.deadlineDay)].flatMap((day) =>
    deadlineCandidates(provision, day ?? provision.deadline?.day).map(({ at }) => at),
  );
  const told = facts.filter(({ about }) => about === id || about === instrument.id).map(({ occurredAt }) => occurredAt);
  const made = changed.flatMap(({ entry }) => stated(entry.effectiveAt));
  const watched = monitoring.flatMap((span) => (span.until === undefined ? [span.from] : [span.from, span.until]));
  const all = [...written, ...due, ...told, ...made, ...watched].filter((at) => at <= until);
  return [...new Set(all)].sort((left, right) => left - right);
}

function stated(text: string): Instant[] {
  const parsed = parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text);
  return parsed.ok ? [parsed.value] : [];
}
