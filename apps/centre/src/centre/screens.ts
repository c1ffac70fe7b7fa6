/** What screens are told, and when: rows as they change over the stream, what moves over the picture's socket. */
import type { SourceRow, TrackRow } from "@openjmc/model";
import { PictureHub } from "../api/picture-hub.ts";
import { StreamHub } from "../api/stream-hub.ts";
import type { Registered } from "../registrar/registrar.ts";
import type { Foundation } from "./foundation.ts";
import type { RecordLane } from "./record-lane.ts";
import type { Beat } from "./sensors.ts";

const SOURCE_PUBLISH_MILLISECONDS = 1_000;

export class Screens {
  readonly stream: StreamHub;
  readonly picture = new PictureHub();
  readonly #record: RecordLane;
  readonly #sealedSize: () => number;
  readonly #publishSource: (row: SourceRow) => void;
  readonly #liveTracks = new Set<string>();
  eventsTotal = 0;

  constructor({ wall, closers }: Foundation, record: RecordLane, sealedSize: () => number) {
    this.stream = closers.keep(new StreamHub(wall.now()));
    this.#record = record;
    this.#sealedSize = sealedSize;
    this.#publishSource = throttleSources((row) => this.#publish("sources", row.id, row));
  }

  get tracksLive(): number {
    return this.#liveTracks.size;
  }

  /** An entry is durable: its rows, and how far record and seals reach. */
  entry({ entry, changes }: Registered): void {
    for (const change of changes)
      this.stream.publish({
        type: "row",
        view: change.view,
        key: change.key,
        row: change.row ?? null,
        index: entry.index,
      });
    this.head();
  }

  /** How far the record reaches and how much of it is sealed. */
  head(): void {
    this.stream.publish({ type: "record", ...this.#record.registrar.head(), sealedSize: this.#sealedSize() });
  }

  /** What fusion put out: what moves goes out at once. */
  beat({ output, at }: Beat): void {
    for (const track of output.tracks) this.#count(track);
    this.picture.update(output.tracks);
    this.picture.flush(at);
    for (const row of output.events) {
      if (row.version <= 1) this.eventsTotal += 1;
      this.#publish("events", row.id, row);
    }
    for (const row of output.cues) this.#publish("cues", row.id, row);
    for (const row of output.sources) this.#publishSource(row);
  }

  #count(track: TrackRow): void {
    if (track.status === "ended") this.#liveTracks.delete(track.id);
    else this.#liveTracks.add(track.id);
  }

  #publish(view: "events" | "cues" | "sources", key: string, row: object): void {
    this.stream.publish({ type: "row", view, key, row, index: this.#record.registrar.size });
  }
}

/** Source rows change with every frame; screens are told of each source at most once a second. */
function throttleSources(publish: (row: SourceRow) => void): (row: SourceRow) => void {
  const last = new Map<string, { at: number; state: string }>();
  return (row) => {
    const now = performance.now();
    const before = last.get(row.id);
    if (before && before.state === row.state && now - before.at < SOURCE_PUBLISH_MILLISECONDS) return;
    last.set(row.id, { at: now, state: row.state });
    publish(row);
  };
}
