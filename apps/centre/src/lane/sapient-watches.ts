/** What the collection plan has for a node, as tasks: sent once, again where the plan changes, and called off where leave is taken back. */
import { endWatchTask, type SapientSession, watchTask } from "@openjmc/formats";
import type { CollectionTask, Instant } from "@openjmc/model";

export class SapientWatches {
  readonly #session: SapientSession;
  readonly #tasks: () => readonly CollectionTask[];
  /** What was last asked of the node, by line of the plan. */
  readonly #asked = new Map<string, string>();

  constructor(session: SapientSession, tasks: () => readonly CollectionTask[]) {
    this.#session = session;
    this.#tasks = tasks;
  }

  /** Begins anew: the node has. */
  forget(): void {
    this.#asked.clear();
  }

  /** Messages for the node that are due now. */
  due(source: string, now: Instant): Uint8Array[] {
    const { registration } = this.#session;
    if (!registration) return [];
    return this.#tasks().flatMap((task) => {
      if (task.source !== source || task.line === undefined || task.until <= now) return [];
      const asked = task.may ? JSON.stringify([task.from, task.until, task.lon, task.lat]) : undefined;
      if (this.#asked.get(task.line) === asked) return [];
      if (asked === undefined) {
        this.#asked.delete(task.line);
        return [this.#session.task(endWatchTask(task.line), now)];
      }
      this.#asked.set(task.line, asked);
      return [this.#session.task(watchTask(watchOf(task, task.line), registration), now)];
    });
  }
}

function watchOf({ target, from, until, lon, lat }: CollectionTask, id: string): Parameters<typeof watchTask>[0] {
  const place = lon === undefined || lat === undefined ? {} : { place: { longitude: lon, latitude: lat } };
  return { ...{ id, name: target ?? "", from, until }, ...place };
}
