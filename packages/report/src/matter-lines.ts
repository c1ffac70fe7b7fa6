/** Windows of silence, restrictions, interference and declarations as a report tells them. */
import { guaranteesOf } from "@openjmc/desk";
import type { Instant, MatterRow, MatterTopic } from "@openjmc/model";
import type { Period } from "./period.ts";

export interface MatterLine {
  readonly id: string;
  readonly topic: MatterTopic;
  /** Purpose, kind of restriction, kind of interference: a code; none of a declaration. */
  readonly category: string | undefined;
  readonly title: string | undefined;
  readonly area: string | undefined;
  /** Who restricts or declares; of no report for the public, as nothing names a party there before it has had its say. */
  readonly by: string | undefined;
  readonly from: Instant;
  readonly until: Instant | undefined;
  readonly guarantees: { readonly given: number; readonly wanted: number } | undefined;
  readonly breaches: { readonly inside: number; readonly outside: number } | undefined;
  readonly entry: number;
}

/** What touches the period, in the order of its beginning. For the public codes, times and numbers, and no words of anybody. */
export function matterLines(
  rows: readonly MatterRow[],
  period: Period,
  audience: "component" | "public",
): MatterLine[] {
  return rows
    .filter((row) => row.from < period.until && (row.until ?? row.from) >= period.from)
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))
    .map((row) => lineOf(row, audience === "component"));
}

function lineOf(row: MatterRow, isInside: boolean): MatterLine {
  const { body, steps } = row;
  const breaches = steps.filter((step) => step.kind === "breach");
  const inside = breaches.filter((step) => step.isInWindow).length;
  const guarantees = guaranteesOf(row);
  const isWindow = row.topic === "silence";
  return {
    ...{ id: row.id, topic: row.topic, category: categoryOf(row), from: row.from, until: row.until },
    title: isInside ? row.title : undefined,
    area: isInside && "area" in body ? body.area : undefined,
    by: isInside && "by" in body ? body.by : undefined,
    guarantees: isWindow
      ? { given: guarantees.filter(({ given }) => given === "yes").length, wanted: guarantees.length }
      : undefined,
    breaches: isWindow ? { inside, outside: breaches.length - inside } : undefined,
    entry: row.mark.index,
  };
}

function categoryOf({ body }: MatterRow): string | undefined {
  if ("purpose" in body) return body.purpose;
  if ("restriction" in body) return body.restriction;
  return "interference" in body ? body.interference : undefined;
}
