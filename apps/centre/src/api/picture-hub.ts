/** What moves, to every open console: at most four messages a second per object, latest wins, a snapshot on joining. */
import { encodePicture, type Instant, type PictureObject, pictureObjectOf, type TrackRow } from "@openjmc/model";

/** One open WebSocket. `unread` tells how many bytes wait; a slow one skips updates and gets a snapshot when it is free. */
export interface PictureClient {
  send(bytes: Uint8Array): void;
  unread(): number;
}

const MOST_UNREAD_BYTES = 256 * 1024;
/** Objects of one message. */
const MOST_OBJECTS = 50_000;

export class PictureHub {
  readonly #latest = new Map<string, PictureObject>();
  readonly #clients = new Map<PictureClient, { behind: boolean }>();
  #changed = new Map<string, PictureObject>();

  /** Takes track rows; they go out with the next flush. */
  update(rows: readonly TrackRow[]): void {
    for (const row of rows) {
      const object = pictureObjectOf(row);
      this.#changed.set(row.id, object);
      if (row.status === "ended") this.#latest.delete(row.id);
      else this.#latest.set(row.id, object);
    }
  }

  get objects(): number {
    return this.#latest.size;
  }

  join(client: PictureClient, now: Instant): void {
    this.#clients.set(client, { behind: false });
    client.send(this.#snapshot(now));
  }

  leave(client: PictureClient): void {
    this.#clients.delete(client);
  }

  /** Sends what changed since the last flush. Call it at most four times a second. */
  flush(now: Instant): void {
    if (this.#changed.size === 0) return;
    const message = encodePicture({
      kind: "update",
      at: now,
      objects: [...this.#changed.values()].slice(0, MOST_OBJECTS),
    });
    this.#changed = new Map();
    for (const [client, state] of this.#clients) this.#sendTo(client, state, message, now);
  }

  #sendTo(client: PictureClient, state: { behind: boolean }, message: Uint8Array, now: Instant): void {
    if (client.unread() > MOST_UNREAD_BYTES) {
      state.behind = true;
      return;
    }
    client.send(state.behind ? this.#snapshot(now) : message);
    state.behind = false;
  }

  #snapshot(now: Instant): Uint8Array {
    return encodePicture({ kind: "snapshot", at: now, objects: [...this.#latest.values()].slice(0, MOST_OBJECTS) });
  }
}
