/** Who is who: the told tracks with their records, their places in the forest, and the names that they bear. */
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Forest } from "../forest.ts";
import type { Offset } from "./allies.ts";
import { IdentityIndex, uniqueNames } from "./identity.ts";
import { createRecord, mergeRecords, type TrackRecord } from "./record.ts";

export class Roster {
  readonly records = new Map<number, TrackRecord>();
  /** Slot in the forest by the track's serial number. */
  readonly slots = new Map<number, number>();
  readonly names = new IdentityIndex();
  readonly #allied = new Map<string, Set<number>>();
  readonly #forest: Forest;

  constructor(forest: Forest) {
    this.#forest = forest;
  }

  /** The record of the track in a slot, made if it had none. */
  recordAt(slot: number): TrackRecord {
    const { tracks } = this.#forest.parts;
    const id = tracks.id[slot]!;
    const known = this.records.get(id);
    if (known) return known;
    const record = createRecord(id, tracks.key[slot]!, Math.round(tracks.bornAt[slot]! * MICROSECONDS_PER_SECOND));
    this.records.set(id, record);
    this.slots.set(id, slot);
    return record;
  }

  slotOf(record: TrackRecord): number {
    return this.slots.get(record.id)!;
  }

  /** Enters the names that a record bears. */
  enter(record: TrackRecord): void {
    for (const name of uniqueNames(record.identity)) this.names.add(name, record.id);
  }

  /** Serial numbers of the tracks that a source without names tells of. */
  alliedWith(source: string): Iterable<number> {
    return this.#allied.get(source) ?? [];
  }

  /** Notes that sources tell of a track beside where it is. */
  ally(record: TrackRecord, offsets: Readonly<Record<string, Offset>>): void {
    Object.assign(record.allies, offsets);
    this.#enterAllies(record);
  }

  #enterAllies(record: TrackRecord): void {
    for (const source in record.allies) {
      const allied = this.#allied.get(source) ?? new Set<number>();
      this.#allied.set(source, allied.add(record.id));
    }
  }

  remove(record: TrackRecord): void {
    for (const source in record.allies) this.#allied.get(source)?.delete(record.id);
    for (const name of uniqueNames(record.identity)) this.names.remove(name, record.id);
    this.records.delete(record.id);
    this.slots.delete(record.id);
  }

  /**
   * Makes two records one: the estimate of `kept` goes on, called by whichever of the two is older. The forest's other track is
   * marked for its end.
   */
  join(kept: TrackRecord, gone: TrackRecord): TrackRecord {
    const { tracks } = this.#forest.parts;
    const slot = this.slotOf(kept);
    const other = this.slotOf(gone);
    const merged = mergeRecords(kept, gone);
    this.remove(kept);
    this.remove(gone);
    this.records.set(merged.id, merged);
    this.slots.set(merged.id, slot);
    this.enter(merged);
    this.#enterAllies(merged);
    for (let sensor = 0; sensor < tracks.sensors; sensor++) {
      const seen = tracks.seenAt[other * tracks.sensors + sensor]!;
      const place = slot * tracks.sensors + sensor;
      tracks.seenAt[place] = Math.max(tracks.seenAt[place]!, seen);
    }
    tracks.existence[slot] = Math.max(tracks.existence[slot]!, tracks.existence[other]!);
    tracks.existence[other] = 0;
    return merged;
  }

  /** Takes over the records of a snapshot; the forest has been restored before. */
  restore(records: readonly TrackRecord[]): void {
    const { tracks } = this.#forest.parts;
    this.records.clear();
    this.slots.clear();
    this.names.clear();
    this.#allied.clear();
    const slotById = new Map<number, number>();
    for (const slot of tracks.alive.subarray(0, tracks.aliveCount)) slotById.set(tracks.id[slot]!, slot);
    for (const record of records) {
      this.records.set(record.id, record);
      this.slots.set(record.id, slotById.get(record.id)!);
      this.enter(record);
      this.#enterAllies(record);
    }
  }
}
