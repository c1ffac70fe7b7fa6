/**
 * The projection: rows made from the record and from the picture, kept so that views can be asked for them quickly. Nothing in
 * it is truth; it can be thrown away and made again. One of the two doors to a machine larger than one (the other is the bus).
 */
import type { Instant, TrackPoint, ViewName } from "@openjmc/model";
import type { WantedTerm } from "@openjmc/press";
import type { TextIndex } from "./text-index.ts";

/** A row of a view as the store keeps it beside its JSON. */
export interface StoredRow<Row = unknown> {
  readonly key: string;
  /** When it happened or began: the time that pages are ordered by. */
  readonly at: Instant;
  /** When it ended, for rows that stand for a span. */
  readonly until?: Instant;
  /** Cell of its position (see `cellOf`), for rows that have one. */
  readonly cell?: number;
  /** What a view is filtered by most: a state, a track, an incident. */
  readonly tag?: string;
  /** Index of the entry that made it so; -1 for rows of the sensor lane. */
  readonly logIndex: number;
  readonly row: Row;
  /** By which words it is found, in views that are searched; `entry`, the one that made it, parts rows of one second. Not read back. */
  readonly words?: { readonly terms: readonly string[]; readonly entry: number };
}

/** A change of one row: put in whole, or taken out. */
export type ViewChange =
  | ({ readonly view: ViewName; readonly change: "put" } & StoredRow)
  | { readonly view: ViewName; readonly change: "delete"; readonly key: string };

/** How far the projection has come; written in the same transaction as the rows. */
export interface StorePosition {
  /** Index of the last entry projected; -1 before the first. */
  readonly logIndex: number;
  /** Position of the last picture line projected; 0 before the first. */
  readonly picturePosition: number;
}

/** What goes into one transaction. */
export interface StoreBatch {
  readonly changes?: readonly ViewChange[];
  readonly trackPoints?: readonly TrackPoint[];
  readonly position?: Partial<StorePosition>;
}

/** Which rows: those whose span from `at` to `until` (or the instant `at`) meets [from, until). */
export interface RowFilter {
  readonly view: ViewName;
  readonly from?: Instant;
  readonly until?: Instant;
  readonly cells?: readonly number[];
  readonly tag?: string | readonly string[];
}

/** Views whose rows stand for spans; of all others `at` alone counts. */
export const SPAN_VIEWS: ReadonlySet<ViewName> = new Set(["coverage"]);

/** One page, ordered by `at` and then by key. `after` is the `next` of the page before. */
export interface PageRequest extends RowFilter {
  readonly after?: string;
  /** 1 to 1000, 100 unless said. */
  readonly limit?: number;
  /** Newest first unless false. */
  readonly newestFirst?: boolean;
  /** Rows that have one term of each group; in views that are searched by words. */
  readonly words?: readonly (readonly WantedTerm[])[];
}

export interface StorePage<Row = unknown> {
  readonly rows: readonly StoredRow<Row>[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Everything that can be hashed: the views and the track points. */
export type StoreTable = ViewName | "track-points";

export interface Store {
  readonly engine: "sqlite" | "postgres";
  /** True when the store was made new at opening (first start, lost file, other schema): the projector begins at the beginning. */
  readonly fresh: boolean;

  /** Texts of the press by their words. */
  readonly texts: TextIndex;

  /** Puts and takes out rows in one transaction; of several changes of one row the last counts. Throws `disk.full`, `store.*`. */
  apply(changes: readonly ViewChange[] | StoreBatch): Promise<void>;
  position(): Promise<StorePosition>;
  /** Forgets every row and the position. */
  reset(): Promise<void>;

  get<Row>(view: ViewName, key: string): Promise<StoredRow<Row> | undefined>;
  /** Throws `page.cursor-unknown`, `page.limit-out-of-range`, `page.too-many-cells`, `page.words-unknown`. */
  page<Row>(request: PageRequest): Promise<StorePage<Row>>;
  /** All rows of a view in the order of their keys, a few thousand at a time. */
  scan<Row>(view: ViewName): AsyncGenerator<StoredRow<Row>>;
  count(filter: RowFilter): Promise<number>;
  /** Rows by `at` in `bins` spans of equal length (whole microseconds, rounded up) from `from` on. */
  histogram(filter: RowFilter & { readonly from: Instant; readonly until: Instant }, bins: number): Promise<number[]>;

  /** Points of one track within [from, until), oldest first. */
  trackPoints(track: string, from: Instant, until: Instant, limit?: number): Promise<TrackPoint[]>;
  /** The latest point of each track within (at - window, at]: the picture of that instant. */
  pictureAt(at: Instant, window: number): Promise<TrackPoint[]>;
  /** Removes track points older than that. */
  forgetTrackPoints(before: Instant): Promise<void>;

  /** SHA-256 over all rows in the order of their keys, in one canonical form, hex: equal on every engine. */
  hash(table: StoreTable): Promise<string>;
  close(): Promise<void>;
}

/** The part of a store that reports read, also in a thread beside the one that writes. */
export type StoreReader = Pick<Store, "get" | "page" | "close">;
