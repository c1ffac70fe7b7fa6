/** What has changed since the centre last asked: tracks touched, tracks ended, tracks that became one, findings. */
import type { Instant } from "@openjmc/model";
import type { Forest } from "../forest.ts";
import type { TrackFinding, TrackState } from "./picture.ts";
import type { TrackRecord } from "./record.ts";
import type { Roster } from "./roster.ts";
import type { Telling } from "./telling.ts";

export interface NewsSnapshot {
  readonly changed: readonly number[];
  readonly endedStates: readonly TrackState[];
  readonly findings: readonly TrackFinding[];
}

export class News {
  readonly #forest: Forest;
  readonly #roster: Roster;
  readonly #telling: Telling;
  readonly #changed = new Set<number>();
  #endedStates: TrackState[] = [];
  #findings: TrackFinding[] = [];

  constructor(forest: Forest, roster: Roster, telling: Telling) {
    this.#forest = forest;
    this.#roster = roster;
    this.#telling = telling;
  }

  touch(record: TrackRecord): void {
    this.#changed.add(record.id);
  }

  find(finding: TrackFinding | undefined): void {
    if (finding) this.#findings.push(finding);
  }

  /** Makes two tracks one; what was told under the younger's key ends. */
  join(kept: TrackRecord, gone: TrackRecord): TrackRecord {
    const younger = kept.key < gone.key ? gone : kept;
    if (younger.told) this.#endedStates.push({ ...younger.told, status: "ended" });
    const joined = this.#roster.join(kept, gone);
    this.#changed.delete(gone.id);
    this.#changed.add(joined.id);
    this.#forest.endTracks();
    this.reap();
    return joined;
  }

  /** Forgets the tracks that the forest has ended; told ones are told as ended. */
  reap(): void {
    for (const id of this.#forest.ended) {
      const record = this.#roster.records.get(id);
      if (!record) continue;
      this.#roster.remove(record);
      this.#changed.delete(id);
      if (record.told) this.#endedStates.push({ ...record.told, status: "ended" });
    }
    this.#forest.ended.length = 0;
  }

  /** Tracks that changed since the last call, in the order of their keys; ended ones appear once. */
  changes(now: Instant): TrackState[] {
    const states = this.#endedStates;
    this.#endedStates = [];
    for (const id of this.#changed) {
      const record = this.#roster.records.get(id);
      if (!record) continue;
      record.told = this.#telling.state(record, this.#roster.slots.get(id)!, now);
      states.push(record.told);
    }
    this.#changed.clear();
    return states.sort((left, right) => left.key - right.key);
  }

  /** All told tracks, in the order of their keys. */
  tracks(now: Instant): TrackState[] {
    const states = [...this.#roster.records.values()].map((record) =>
      this.#telling.state(record, this.#roster.slots.get(record.id)!, now),
    );
    return states.sort((left, right) => left.key - right.key);
  }

  findings(): TrackFinding[] {
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  snapshot(): NewsSnapshot {
    return { changed: [...this.#changed], endedStates: this.#endedStates, findings: this.#findings };
  }

  restore({ changed, endedStates, findings }: NewsSnapshot): void {
    this.#changed.clear();
    for (const id of changed) this.#changed.add(id);
    this.#endedStates = [...endedStates];
    this.#findings = [...findings];
  }
}
