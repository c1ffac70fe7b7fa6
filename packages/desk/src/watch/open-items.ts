/** What is open on the desk: what one watch must leave to the next by name. */
import type { HandoverBody, Instant } from "@openjmc/model";
import type { DeskState } from "../state.ts";
import { isVisitOpen } from "../visits/view.ts";
import { MOST_OPEN_ITEMS } from "./bodies.ts";

type OpenItem = HandoverBody["openItems"][number];

const OPEN_INCIDENTS: ReadonlySet<string> = new Set(["open", "finding-proposed"]);
const OPEN_ALLEGATIONS: ReadonlySet<string> = new Set(["incomplete", "received", "admitted"]);

/** Alerts that nobody took up, incidents without a finding, proposals without an answer, allegations that wait; newest first. */
export function openItems(state: DeskState, asOf: Instant): OpenItem[] {
  const items: (OpenItem & { readonly since: Instant })[] = [
    ...[...state.alerts.values()]
      .filter((row) => row.state === "raised")
      .map((row) => ({ kind: "alert" as const, id: row.id, since: row.mark.recordedAt })),
    ...[...state.incidents.values()]
      .filter((row) => OPEN_INCIDENTS.has(row.state))
      .map((row) => ({ kind: "incident" as const, id: row.id, since: row.openedBy.recordedAt })),
    ...[...state.findings.values()]
      .filter((row) => row.state === "proposed")
      .map((row) => ({ kind: "finding" as const, id: row.statement, since: row.proposedBy.recordedAt })),
    ...[...state.allegations.values()]
      .filter((row) => OPEN_ALLEGATIONS.has(row.state))
      .map((row) => ({ kind: "allegation" as const, id: row.id, since: row.receivedAt })),
    ...[...state.visits.values()]
      .filter(isVisitOpen)
      .map((row) => ({ kind: "visit" as const, id: row.id, since: row.mark.recordedAt })),
  ];
  return items
    .filter(({ since }) => since <= asOf)
    .sort((left, right) => right.since - left.since || (left.id < right.id ? -1 : 1))
    .slice(0, MOST_OPEN_ITEMS)
    .map(({ kind, id }) => ({ kind, id }));
}
