/** Which sources that watch on request have something to watch: by the collection plan as the record has it. */
import type { CollectionTask, Instant, SourceRow } from "@openjmc/model";

export class Tasking {
  #tasks: readonly CollectionTask[] = [];

  setTasks(tasks: readonly CollectionTask[]): void {
    this.#tasks = tasks;
  }

  /** The row, marked where nobody has asked the source to watch now, or where the leave that it needs was declined. */
  mark(row: SourceRow, now: Instant): SourceRow {
    if (!row.onRequest) return row;
    const own = this.#tasks.filter(({ source, from, until }) => source === row.id && from <= now && now < until);
    if (own.some(({ may }) => may)) return row;
    return { ...row, idle: own.length > 0 ? "denial" : "not-tasked" };
  }
}
