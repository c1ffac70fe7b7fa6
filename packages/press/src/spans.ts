/** Spans together: overlaps found and spans grouped in time that grows with the text, not with its square. */
import type { Span } from "./text.ts";

/** Spans that do not touch each other's ground, in order. */
export class SpanSet {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(spans: readonly Span[] = []) {
    for (const { start, end } of [...spans].sort((left, right) => left.start - right.start)) {
      const last = this.#ends.length - 1;
      if (last >= 0 && start < this.#ends[last]!) this.#ends[last] = Math.max(this.#ends[last]!, end);
      else this.#insert(this.#starts.length, start, end);
    }
  }

  overlaps({ start, end }: Span): boolean {
    const place = this.#firstBehind(start);
    return place < this.#starts.length && this.#starts[place]! < end;
  }

  /** Adds a span that overlaps none of the set. */
  add({ start, end }: Span): void {
    this.#insert(this.#firstBehind(start), start, end);
  }

  #insert(place: number, start: number, end: number): void {
    this.#starts.splice(place, 0, start);
    this.#ends.splice(place, 0, end);
  }

  /** The first span that ends behind a place: the ends rise as the starts do. */
  #firstBehind(place: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ends[middle]! <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Of spans that overlap the longest stays, then the first; in the order of the text. */
export function withoutOverlaps<S extends Span>(spans: readonly S[]): S[] {
  const taken = new SpanSet();
  const kept: S[] = [];
  const byLength = [...spans].sort(
    (left, right) => right.end - right.start - (left.end - left.start) || left.start - right.start,
  );
  for (const span of byLength) {
    if (taken.overlaps(span)) continue;
    taken.add(span);
    kept.push(span);
  }
  return kept.sort((left, right) => left.start - right.start);
}

/** The spans that lie whole in each of the parts; parts in order and apart, spans in any order. */
export function withinEach<S extends Span>(parts: readonly Span[], spans: readonly S[]): S[][] {
  const inOrder = [...spans].sort((left, right) => left.start - right.start);
  let place = 0;
  return parts.map((part) => {
    while (place < inOrder.length && inOrder[place]!.start < part.start) place += 1;
    const own: S[] = [];
    for (let next = place; next < inOrder.length && inOrder[next]!.start < part.end; next += 1)
      if (inOrder[next]!.end <= part.end) own.push(inOrder[next]!);
    return own;
  });
}
