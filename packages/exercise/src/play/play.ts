import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "./actor.ts";
import { Heap } from "./heap.ts";
import type { ScenarioItem } from "./item.ts";

/** The players of one episode; they are made when the play comes to `fromSeconds`, before which none of them does anything. */
export interface Entrance {
  readonly fromSeconds: number;
  readonly actors: () => readonly Actor[];
}

/** Items this much older than where a play begins are made and thrown away, so that decoders have their memory. */
const WARM_UP = 90_000_000;

/**
 * Plays actors together and yields their items in order of time, for as long as `entrances` brings new ones. Holds no more
 * than the actors and the items that are under way. Of what is due before `from` only lasting items are yielded.
 */
export function* play(
  startsAt: Instant,
  entrances: Iterator<Entrance>,
  from: Instant,
): Generator<ScenarioItem, void, undefined> {
  const actors = new Heap<Actor>();
  const due = new Heap<DueItem>();
  const put = (item: DueItem): void => {
    if (item.isLasting || item.at >= from - WARM_UP) due.push(item.at, item);
  };
  const enter = (actor: Actor): void => {
    if (Number.isFinite(actor.nextSeconds)) actors.push(actor.nextSeconds, actor);
  };
  let coming = entrances.next();
  for (;;) {
    while (!coming.done && coming.value.fromSeconds <= actors.firstOrder) {
      coming.value.actors().forEach(enter);
      coming = entrances.next();
    }
    const horizon = startsAt + actors.firstOrder * 1_000_000;
    while (due.firstOrder < horizon) {
      const next = due.pop()!;
      const item = next.make();
      if (item && (next.isLasting || item.at >= from)) yield item;
    }
    const actor = actors.pop();
    if (!actor) return;
    actor.step(put);
    enter(actor);
  }
}
