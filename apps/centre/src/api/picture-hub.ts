/** What moves, to every open console: at most four updates a second per object, latest wins, a snapshot on joining. */
import { encodePicture, type Instant, type PictureObject, pictureObjectOf, type TrackRow } from "@openjmc/model";
import { PicturePace } from "./picture-pace.ts";

/** One open WebSocket. `unread` tells how many bytes wait; a slow one skips updates and gets a snapshot when it is free. */
export interface PictureClient {
  send(bytes: Uint8Array): void;
  unread(): number;
}

const MOST_UNREAD_BYTES = 256 * 1024;
/** Objects of one message; more wait for the next. */
const MOST_OBJECTS = 50_000;

export class PictureHub {
  readonly #latest = new Map<string, PictureObject>();
  readonly #clients = new Map<PictureClient, { behind: boolean }>();
  /** What has not gone out yet, and when each object may. */
  readonly #changed = new Map<string, PictureObject>();
  readonly #paces = new Map<string, PicturePace>();

  /** Takes track rows; they go out with the next flush that may hold them. */
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

  /**
   * Sends what changed, except what has gone out too often of late: that waits, and the latest wins. Call it more often than four
   * times a second, so that what has been quiet goes out at once. `milliseconds`: monotonic.
   */
  flush(now: Instant, milliseconds: number = performance.now()): void {
    const objects = this.#takeDue(milliseconds);
    if (objects.length === 0) return;
    const message = encodePicture({ kind: "update", at: now, objects });
    for (const [client, state] of this.#clients) this.#sendTo(client, state, message, now);
  }

  #takeDue(milliseconds: number): PictureObject[] {
    const due: PictureObject[] = [];
    for (const [id, object] of this.#changed) {
      if (due.length === MOST_OBJECTS) break;
      const pace = this.#paceOf(id);
      if (!pace.mayGo(milliseconds)) continue;
      due.push(object);
      this.#changed.delete(id);
      if (object.status === "ended") this.#paces.delete(id);
      else pace.went(milliseconds);
    }
    return due;
  }

  #paceOf(id: string): PicturePace {
    const known = this.#paces.get(id) ?? new PicturePace();
    this.#paces.set(id, known);
    return known;
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
