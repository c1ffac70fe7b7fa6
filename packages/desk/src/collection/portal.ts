/** Sorties and lines of the collection plan as a party sees them whose leave is asked: what, when and how high, not where. */
import type { CollectionRow, PortalLeave, SortieRow } from "@openjmc/model";
import { listOf } from "./list-of.ts";

export function leaveOf(row: SortieRow | CollectionRow, party: string): Omit<PortalLeave, "receipt"> {
  const answer = row.answers.find(({ by }) => by === party);
  return {
    ...("component" in row ? sortieOf(row) : lineOf(row)),
    ...{ id: row.id, by: row.mark.component, purpose: row.body.purpose, starts: row.from, ends: row.until },
    ...(answer === undefined ? {} : { answer: answer.answer, note: answer.note }),
  };
}

function sortieOf({ body }: SortieRow) {
  const { floorMetres, ceilingMetres } = body;
  return {
    kind: "sortie" as const,
    title: [body.type, body.callsign ?? body.serial ?? body.icao].filter(Boolean).join(" "),
    zones: listOf(body.zones),
    ...(floorMetres === undefined ? {} : { floorMetres }),
    ...(ceilingMetres === undefined ? {} : { ceilingMetres }),
  };
}

function lineOf({ body }: CollectionRow) {
  const zones = body.zone === undefined ? [] : [body.zone];
  return { kind: "collection" as const, title: `${body.asset}: ${body.target}`, zones };
}
