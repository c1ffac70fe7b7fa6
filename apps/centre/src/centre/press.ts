/** The open-source desk, put together: its threads, its index of texts, and who tells it of new ones. */
import { PressDesk, receivedOf } from "../press/press-desk.ts";
import type { Foundation } from "./foundation.ts";
import type { People } from "./people.ts";
import type { RecordLane } from "./record-lane.ts";
import type { Views } from "./views.ts";

export async function openPress(
  foundation: Foundation,
  { registrar, entries }: RecordLane,
  { store }: Views,
  { attachments }: People,
): Promise<PressDesk> {
  const press = () => registrar.desk.press;
  const desk = new PressDesk({
    ...{ attachments, index: store.texts, press, mission: () => foundation.mission },
    onTrouble: (error) => foundation.logger.error({ err: error }, "open-source desk"),
  });
  foundation.closers.keep(desk);
  await desk.begin([...press().texts.values()].map(receivedOf).sort((left, right) => left.index - right.index));
  entries.add(({ entry }) => {
    const row = entry.kind === "text.received" ? press().texts.get(entry.subject) : undefined;
    if (row !== undefined) desk.take(receivedOf(row));
  });
  return desk;
}
