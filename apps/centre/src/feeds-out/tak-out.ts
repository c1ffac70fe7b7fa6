/**
 * Cursor on Target to those outside the two components. It reads the picture where it is old enough to be let out, so that nothing
 * newer is ever at hand here, and every row passes the release gate.
 */
import { type CotEvent, encodeCotXml } from "@openjmc/formats";
import type { EventRow, Fault, IncidentRow, Instant, TrackRow } from "@openjmc/model";
import { type ReleaseRule, release } from "../release/gate.ts";
import { type Released, type Telling, takEventOfEvent, takEventOfIncident, takEventOfTrack } from "./tak-events.ts";
import type { TakLink } from "./tak-link.ts";

/** Wall milliseconds between two rounds. */
const ROUND_MILLISECONDS = 5_000;
/** A round looks back no further, when the clock has jumped or the last one was long ago. */
const LONGEST_ROUND = 600_000_000;

export interface TakOutOptions {
  readonly links: readonly TakLink[];
  readonly origin: string;
  readonly exercise: boolean;
  readonly now: () => Instant;
  readonly rule: () => ReleaseRule;
  /** Lines of the picture whose cause came in within [from, until). */
  readonly lines: (from: Instant, until: Instant) => AsyncIterable<{ readonly text: string }>;
  readonly incidents: () => Iterable<IncidentRow>;
  readonly onTrouble: (fault: Fault) => void;
}

export class TakOut {
  readonly #options: TakOutOptions;
  #until: Instant;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  /** Incidents that have gone out, by what of them did. */
  readonly #told = new Map<string, string>();
  #untaken = 0;

  constructor(options: TakOutOptions) {
    this.#options = options;
    this.#until = options.now() - options.rule().delay;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round = this.#round.then(() => this.round()).catch((error: unknown) => this.#failed(error));
    }, ROUND_MILLISECONDS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
    for (const link of this.#options.links) await link.close();
  }

  /** Lets out what has become old enough since the last round. */
  async round(): Promise<void> {
    const { now, rule, origin, exercise } = this.#options;
    const telling = { now: now(), origin, exercise };
    const until = telling.now - rule().delay;
    if (until <= this.#until) return;
    const from = Math.max(this.#until, until - LONGEST_ROUND);
    this.#until = until;
    const tracks = new Map<string, CotEvent>();
    for await (const { text } of this.#options.lines(from, until)) this.#take(text, telling, tracks);
    for (const event of tracks.values()) this.#send(event);
    for (const incident of this.#options.incidents()) this.#tellIncident(incident, telling);
    this.#tellUntaken();
  }

  /** Of what moves only the last of a round is told. */
  #take(text: string, telling: Telling, tracks: Map<string, CotEvent>): void {
    const line = JSON.parse(text) as { readonly t: string; readonly row: unknown };
    if (line.t !== "track" && line.t !== "event") return;
    const released = this.#release(line.row, telling.now);
    if (released === null) return;
    if (line.t === "event") {
      const event = takEventOfEvent(released as Released<EventRow>, telling);
      if (event) this.#send(event);
      return;
    }
    const event = takEventOfTrack(released as Released<TrackRow>, telling);
    if (event) tracks.set(event.uid, event);
    else tracks.delete(`${telling.origin}/${(released as Released<TrackRow>).id}`);
  }

  #tellIncident(incident: IncidentRow, telling: Telling): void {
    const released = this.#release(incident, telling.now) as Released<IncidentRow> | null;
    const event = released && takEventOfIncident(released, telling);
    if (!event) return;
    const shown = `${event.longitude} ${event.latitude} ${event.startAt}`;
    if (this.#told.get(event.uid) === shown) return;
    this.#told.set(event.uid, shown);
    this.#send(event);
  }

  #release(row: unknown, now: Instant): unknown {
    return release(row, "tak", this.#options.rule(), now);
  }

  #send(event: CotEvent): void {
    const bytes = new TextEncoder().encode(`${encodeCotXml(event)}\n`);
    for (const link of this.#options.links) if (!link.send(bytes)) this.#untaken += 1;
  }

  /** What is older than a round is of no use to a receiver that comes back: it is left out, and said so. */
  #tellUntaken(): void {
    if (this.#untaken === 0) return;
    this.#options.onTrouble({ code: "tak.untaken", what: "Cursor on Target", got: `${this.#untaken} events left out` });
    this.#untaken = 0;
  }

  #failed(error: unknown): void {
    this.#options.onTrouble({ code: "tak.round", what: "Cursor on Target", cause: String(error) });
  }
}
