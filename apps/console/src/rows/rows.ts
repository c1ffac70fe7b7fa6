/**
 * The tab's copy of the views: loaded when a screen first asks, kept fresh by the stream, drawn at most ten times a second.
 * Rows change in place; screens watch the version.
 */
import type { StreamEvent, ViewName, ViewPage } from "@openjmc/model";
import { ordered, type RowOf, SHAPES } from "./shapes.ts";

export type ReadPage = (view: ViewName, page: { limit: number; after?: string }) => Promise<ViewPage<unknown>>;

export interface ViewCondition {
  /** `empty`: nobody has asked yet. `cached`: only what an earlier visit left. */
  readonly state: "empty" | "loading" | "cached" | "ready" | "failed";
  /** More rows wait behind the last one held. */
  readonly more: boolean;
  readonly error?: unknown;
}

interface Held {
  readonly rows: Map<string, unknown>;
  condition: ViewCondition;
  next: string | undefined;
  version: number;
  listAt: number;
  list: readonly unknown[];
  loading: Promise<void> | undefined;
  /** Keys that the stream has changed while a page is on its way. */
  brought: Set<string>;
  /** Place in the stream that the newest page was read at. */
  readAt: number;
}

const PAGE_ROWS: Partial<Record<ViewName, number>> = { entries: 200, tracks: 500, coverage: 1000 };
const DRAW_EVERY_MILLISECONDS = 100;

export class Rows {
  readonly #views = new Map<ViewName, Held>();
  readonly #listeners = new Map<ViewName, Set<() => void>>();
  readonly #readPage: ReadPage;
  readonly #changed = new Set<ViewName>();
  #drawing: ReturnType<typeof setTimeout> | undefined;
  #beganAt: number | undefined;
  /** Place in the stream that the copy is as new as; the stream resumes from here. */
  index: number | undefined;

  constructor(readPage: ReadPage) {
    this.#readPage = readPage;
  }

  /** Loads a view's newest page unless it is there or on its way. */
  ensure(view: ViewName): void {
    const held = this.#held(view);
    if (held.condition.state === "ready" || held.loading !== undefined) return;
    void this.reload(view);
  }

  /** Loads a view's newest page again, replacing what is held. */
  reload(view: ViewName): Promise<void> {
    const held = this.#held(view);
    held.loading ??= this.#load(view, held, undefined).finally(() => {
      held.loading = undefined;
    });
    return held.loading;
  }

  /** Loads every view that a screen has asked for again: after a cut too long for the stream to make up. */
  async reloadAll(): Promise<void> {
    await Promise.all([...this.#views.keys()].map((view) => this.reload(view)));
  }

  /** Loads the page behind the last one. */
  async more(view: ViewName): Promise<void> {
    const held = this.#held(view);
    if (held.next === undefined || held.loading !== undefined) return;
    held.loading = this.#load(view, held, held.next).finally(() => {
      held.loading = undefined;
    });
    await held.loading;
  }

  list<View extends ViewName>(view: View): readonly RowOf[View][] {
    const held = this.#held(view);
    if (held.listAt !== held.version) {
      held.list = ordered(view, held.rows.values() as Iterable<RowOf[View]>);
      held.listAt = held.version;
    }
    return held.list as readonly RowOf[View][];
  }

  get<View extends ViewName>(view: View, key: string): RowOf[View] | undefined {
    return this.#held(view).rows.get(key) as RowOf[View] | undefined;
  }

  condition(view: ViewName): ViewCondition {
    return this.#held(view).condition;
  }

  version(view: ViewName): number {
    return this.#held(view).version;
  }

  subscribe(view: ViewName, listener: () => void): () => void {
    const listeners = this.#listeners.get(view) ?? new Set();
    this.#listeners.set(view, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Takes a change from the stream. Rows of views that nobody has asked for are passed over: the first page will have them. */
  apply(event: StreamEvent): void {
    if (event.type !== "row") return;
    const held = this.#views.get(event.view);
    if (held === undefined) return;
    held.brought.add(event.key);
    // A row that is no more comes as null.
    if (event.row === null) held.rows.delete(event.key);
    else held.rows.set(event.key, event.row);
    this.#touch(event.view, held);
  }

  /** The stream goes on from here and tells nothing from before: pages that were read earlier are read again. */
  beganAt(position: number): void {
    this.#beganAt = position;
    for (const [view, held] of this.#views)
      if (held.condition.state === "ready" && this.#isBehind(held)) void this.reload(view);
  }

  #isBehind(held: Held): boolean {
    return this.#beganAt !== undefined && held.readAt < this.#beganAt;
  }

  /** Puts in what an earlier visit left, as long as nothing newer is there. */
  restore(view: ViewName, rows: readonly unknown[]): void {
    const held = this.#held(view);
    if (held.condition.state !== "empty" && held.condition.state !== "failed" && held.rows.size > 0) return;
    const shape = SHAPES[view] as { key(row: unknown): string };
    for (const row of rows) held.rows.set(shape.key(row), row);
    if (held.loading === undefined) held.condition = { state: "cached", more: false };
    this.#touch(view, held);
  }

  /** Views that a screen has asked for and that could not be read yet. */
  waitingViews(): ViewName[] {
    return [...this.#views]
      .filter(([view, held]) => held.loading === undefined && held.condition.state !== "ready" && this.#isWatched(view))
      .map(([view]) => view);
  }

  #isWatched(view: ViewName): boolean {
    return (this.#listeners.get(view)?.size ?? 0) > 0;
  }

  async #load(view: ViewName, held: Held, after: string | undefined): Promise<void> {
    const isNew = held.rows.size === 0 && held.condition.state !== "ready";
    held.condition = { ...held.condition, state: isNew ? "loading" : held.condition.state };
    this.#touch(view, held);
    held.brought = new Set();
    try {
      const limit = PAGE_ROWS[view] ?? 200;
      const page = await this.#readPage(view, { limit, ...(after === undefined ? {} : { after }) });
      // What the stream has brought while the page was on its way is newer than the page; what an earlier visit left is not.
      const newer = held.brought;
      if (after === undefined) {
        for (const key of [...held.rows.keys()]) if (!newer.has(key)) held.rows.delete(key);
        held.readAt = page.index;
      }
      const shape = SHAPES[view] as { key(row: unknown): string };
      for (const row of page.rows) if (!newer.has(shape.key(row))) held.rows.set(shape.key(row), row);
      held.next = page.next;
      held.condition = { state: "ready", more: page.next !== undefined };
      this.index ??= page.index;
      if (this.#isBehind(held)) setTimeout(() => void this.reload(view), 0);
    } catch (error) {
      held.condition = { state: held.rows.size === 0 ? "failed" : "cached", more: false, error };
    }
    this.#touch(view, held);
  }

  #held(view: ViewName): Held {
    const found = this.#views.get(view);
    if (found !== undefined) return found;
    const held: Held = {
      rows: new Map(),
      condition: { state: "empty", more: false },
      next: undefined,
      version: 0,
      listAt: -1,
      list: [],
      loading: undefined,
      brought: new Set(),
      readAt: Number.POSITIVE_INFINITY,
    };
    this.#views.set(view, held);
    return held;
  }

  #touch(view: ViewName, held: Held): void {
    held.version += 1;
    this.#changed.add(view);
    this.#drawing ??= setTimeout(() => this.#draw(), DRAW_EVERY_MILLISECONDS);
  }

  #draw(): void {
    this.#drawing = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const view of changed) for (const listener of this.#listeners.get(view) ?? []) listener();
  }
}
