/** Spans of time that files of waveforms hold, as they were worked on: what a station that sends no stream has watched. */
import type { Instant } from "@openjmc/model";

export interface HeldSpan {
  readonly from: Instant;
  until: Instant;
}

/** What lies closer together belongs to one span. */
const JOINED = 1_000_000;
/** More than these are not remembered apart. */
const MOST_SPANS = 500;

/** Spans never overlap, and one that was told only grows at its end, so that no hour is counted twice. */
export class HeldSpans {
  readonly #spans: HeldSpan[] = [];
  readonly #changed = new Set<HeldSpan>();

  note(from: Instant, until: Instant): void {
    if (!(until > from)) return;
    const after = this.#spans.findIndex((span) => span.from > from);
    const place = after < 0 ? this.#spans.length : after;
    const before = this.#spans[place - 1];
    const end = Math.min(until, this.#spans[place]?.from ?? until);
    if (before !== undefined && from <= before.until + JOINED) {
      if (end <= before.until) return;
      before.until = end;
      this.#changed.add(before);
    } else if (end > from) {
      const span = { from, until: end };
      this.#spans.splice(place, 0, span);
      this.#changed.add(span);
    }
    if (this.#spans.length > MOST_SPANS) this.#spans.shift();
  }

  /** Those that are new or have grown since the last call. */
  take(): readonly HeldSpan[] {
    const changed = [...this.#changed].map((span) => ({ ...span }));
    this.#changed.clear();
    return changed;
  }
}
