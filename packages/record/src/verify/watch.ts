/** Who watched when, from the sealed minutes alone: which source sent anything in which minute, and which minutes are not sealed. */
import type { Json } from "../json/canonical.ts";

/** A span of time, microseconds since 1970; `until` is not in it. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** The centre's own records (ticks, marks) are no watching. */
const CENTRE_SOURCE = "centre";

export class WatchTable {
  readonly #sealed: Span[] = [];
  readonly #heard = new Map<string, Span[]>();
  /** Entries that seal a minute. */
  seals = 0;

  /** Takes the body of a `recordings.sealed` entry. What does not read as one is passed over: its kind's own check is elsewhere. */
  seal(body: { readonly [name: string]: Json }, timeOf: (value: Json | undefined) => number | undefined): void {
    const from = timeOf(body.from);
    const until = timeOf(body.until);
    if (from === undefined || until === undefined || !Array.isArray(body.segments)) return;
    this.seals += 1;
    extend(this.#sealed, { from, until });
    for (const segment of body.segments as readonly ({ readonly [name: string]: Json } | null)[]) {
      const { source, bytes } = segment ?? {};
      if (typeof source !== "string" || source === CENTRE_SOURCE) continue;
      const spans = this.#heard.get(source) ?? [];
      this.#heard.set(source, spans);
      if (typeof bytes === "number" && bytes > 0) extend(spans, { from, until });
    }
  }

  /** From the first sealed minute to the last; undefined where nothing was sealed. */
  get span(): Span | undefined {
    const [first] = this.#sealed;
    return first && { from: first.from, until: this.#sealed.at(-1)!.until };
  }

  get sources(): readonly string[] {
    return [...this.#heard.keys()].sort();
  }

  /** When a source sent nothing, within what was sealed. */
  silencesOf(source: string): Span[] {
    return this.span ? complement(this.span, this.#heard.get(source) ?? []) : [];
  }

  /** When nothing at all came from any source, or the centre itself was not running: nobody watched. */
  get unwatched(): Span[] {
    if (!this.span) return [];
    const heard = [...this.#heard.values()].flat().sort((left, right) => left.from - right.from);
    const merged: Span[] = [];
    for (const one of heard) extend(merged, one);
    return complement(this.span, merged);
  }

  /** When the centre sealed nothing: it was not running. */
  get unsealed(): Span[] {
    return this.span ? complement(this.span, this.#sealed) : [];
  }
}

/** Adds a span that begins no earlier than the last one, joining what touches. */
function extend(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last && span.from <= last.until) spans[spans.length - 1] = { ...last, until: Math.max(last.until, span.until) };
  else spans.push(span);
}

function complement(whole: Span, spans: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let reached = whole.from;
  for (const { from, until } of spans) {
    if (from > reached) gaps.push({ from: reached, until: from });
    reached = Math.max(reached, until);
  }
  return reached < whole.until ? [...gaps, { from: reached, until: whole.until }] : gaps;
}
