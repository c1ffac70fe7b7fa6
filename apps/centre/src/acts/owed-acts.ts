/** What fusion decided before the centre last ended and the record does not hold: a crash came between line and entry. */
import type { RecordedEntry } from "@openjmc/desk";
import { canonicalize, type Json, unwrap } from "@openjmc/record";
import { itemOf, type PictureLine } from "../picture/index.ts";
import type { MachineAct } from "../registrar/registrar.ts";
import { isOfLane } from "./machine-acts.ts";

/** An act or an entry by what it says, whenever and by whom it was said. */
export function actName(act: MachineAct): string {
  return unwrap(canonicalize(wordsOf(act)));
}

const wordsOf = ({ kind, subject, revision, body }: MachineAct): Json => [kind, subject, revision ?? 0, body as Json];

/** Acts among the lines that no entry stands for, in their order. Give lines and entries since the same seal. */
export async function owedActs(
  lines: AsyncIterable<PictureLine>,
  entries: readonly RecordedEntry[],
): Promise<MachineAct[]> {
  const entered = new Map<string, number>();
  for (const entry of entries.filter(isOfLane)) {
    const name = actName(entry);
    entered.set(name, (entered.get(name) ?? 0) + 1);
  }
  const owed: MachineAct[] = [];
  for await (const line of lines) {
    const item = itemOf(line);
    if (item.t !== "act") continue;
    const act = item.row as MachineAct;
    const written = canonicalize(wordsOf(act));
    // What has no written form was refused by the record when it came, and would be again.
    if (!written.ok) continue;
    const name = written.value;
    const count = entered.get(name) ?? 0;
    if (count > 0) entered.set(name, count - 1);
    else owed.push(act);
  }
  return owed;
}
