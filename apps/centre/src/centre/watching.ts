/** The sensor lane at work: from the start until both components, or the one that is left, have ended the watch for good. */
import { isUnwatched } from "@openjmc/desk";
import type { Sealer } from "../acts/sealing.ts";
import type { Feed } from "../feeds/feed.ts";
import { planOf } from "./plan.ts";
import type { RecordLane } from "./record-lane.ts";
import type { Sensors } from "./sensors.ts";
import { sourceKeysOf } from "./source-keys.ts";

export class Watching {
  readonly #record: RecordLane;
  readonly #sensors: Sensors;
  readonly #feeds: readonly Feed[];
  readonly #sealer: Sealer;
  #isAtWork = false;
  #ending: Promise<void> | undefined;

  constructor(record: RecordLane, sensors: Sensors, feeds: readonly Feed[], sealer: Sealer) {
    this.#record = record;
    this.#sensors = sensors;
    this.#feeds = feeds;
    this.#sealer = sealer;
    record.recordings.unsealed = () => sensors.journal.lastSequence - sealer.sealedSequence;
  }

  /** Starts feeds and fusion, unless the watch has ended before. `onTrouble`: told when ending fails; the stop tries again. */
  async start(onTrouble: (problem: unknown) => void): Promise<void> {
    const { registrar, loaded, entries } = this.#record;
    if (isUnwatched(registrar.desk)) return;
    entries.add(({ entry }) => {
      const mayEnd = entry.kind === "monitoring.ended" || entry.kind === "act.lapsed";
      if (mayEnd && isUnwatched(registrar.desk)) this.stop().catch(onTrouble);
    });
    const { lane } = this.#sensors;
    this.#isAtWork = true;
    lane.start();
    lane.change(planOf(registrar.desk, loaded.lastAt));
    lane.change({ keys: sourceKeysOf(registrar, loaded.entries) });
    for (const feed of this.#feeds) await feed.start();
  }

  /** Stops taking anything in and seals what came last. */
  stop(): Promise<void> {
    this.#ending ??= this.#stopNow();
    return this.#ending;
  }

  async #stopNow(): Promise<void> {
    const { journal, lane } = this.#sensors;
    if (this.#isAtWork) {
      for (const feed of this.#feeds) await feed.stop();
      lane.stop();
    }
    if (this.#record.keeper.stopped !== undefined) return;
    await this.#record.registrar.settled();
    journal.cutMinute();
    await this.#sealer.seal();
  }
}
