/** The reading side of the views for the API. */
import { distanceBetween } from "@openjmc/geo";
import {
  type AllegationRow,
  type EventRow,
  type Histogram,
  type Instant,
  MICROSECONDS_PER_MINUTE,
  parseDegrees,
  parseInstant,
  type TrackRow,
  type ViewName,
} from "@openjmc/model";
import { wantedTerms } from "@openjmc/press";
import type { PageQuery, ViewReader } from "../api/context.ts";
import { cellsOfBox, type Store } from "../store/index.ts";
import type { Projector } from "./projector.ts";

/** A track that has said nothing for this long before an instant is not in that instant's picture. */
const PICTURE_WINDOW = MICROSECONDS_PER_MINUTE;
/** Events shown beside a past picture: those of the last ten minutes before it. */
const EVENT_WINDOW = 10 * MICROSECONDS_PER_MINUTE;
/** A claim's time may be off by this much, and its place by its own uncertainty and this many metres. */
const CLAIM_TIME = 10 * MICROSECONDS_PER_MINUTE;
const CLAIM_METRES = 2_000;

/** Reads views; waits for what the projector still holds, so that an officer sees the act that was just answered. */
export function createViewReader(store: Store, projector: Projector): ViewReader {
  const page = async (query: PageQuery) => {
    await projector.flush();
    const { words, box, ...plain } = query;
    const result = await store.page<unknown>({
      ...plain,
      ...(words === undefined ? {} : { words: wantedTerms(words) }),
      ...(box === undefined ? {} : { cells: cellsOfBox(...box) }),
    });
    const rows = result.rows.map((stored) => stored.row).filter((row) => box === undefined || isWithin(row, box));
    return {
      rows: await Promise.all(rows.map((row) => completed(store, query.view, row))),
      ...(result.next === undefined ? {} : { next: result.next }),
    };
  };
  return {
    page,
    get: async (view, key) => {
      await projector.flush();
      const stored = await store.get<unknown>(view, key);
      return stored === undefined ? undefined : completed(store, view, stored.row);
    },
    trackPoints: (track, from, until) => store.trackPoints(track, from, until, 20_000),
    pictureAt: (at) => pictureAt(store, at),
    histogram: (from, until, bins) => histogram(store, from, until, bins),
  };
}

/** Cells are coarser than a box: what lies beside it is left out, and a page may be shorter than was asked for. */
function isWithin(row: unknown, [west, south, east, north]: NonNullable<PageQuery["box"]>): boolean {
  const { lon, lat } = row as { lon?: number; lat?: number };
  if (lon === undefined || lat === undefined || lat < south || lat > north) return false;
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/** An allegation shows which events lie near its claim; that is the picture's to say, so it is asked for when it is read. */
async function completed(store: Store, view: ViewName, row: unknown): Promise<unknown> {
  if (view !== "allegations") return row;
  const allegation = row as AllegationRow;
  return { ...allegation, supportedBy: await eventsNear(store, allegation) };
}

async function eventsNear(store: Store, allegation: AllegationRow): Promise<string[]> {
  const { occurredAt, place } = allegation.body;
  const at = occurredAt === undefined ? undefined : parseInstant(occurredAt);
  const lon = place ? parseDegrees(place.lon, 180) : undefined;
  const lat = place ? parseDegrees(place.lat, 90) : undefined;
  if (!at?.ok || !lon?.ok || !lat?.ok || !place) return [];
  const events = await store.page<EventRow>({
    view: "events",
    from: at.value - CLAIM_TIME,
    until: at.value + CLAIM_TIME,
    limit: 1_000,
  });
  return events.rows
    .map((stored) => stored.row)
    .filter((event) => event.status === "automatic" || event.status === "settled")
    .filter(
      (event) =>
        distanceBetween({ lon: lon.value, lat: lat.value }, event) <=
        place.uncertaintyMetres + CLAIM_METRES + event.ellipse.semiMajorMetres,
    )
    .map((event) => event.id);
}

async function pictureAt(store: Store, at: Instant): Promise<{ tracks: TrackRow[]; events: EventRow[] }> {
  const points = await store.pictureAt(at, PICTURE_WINDOW);
  const rows = await Promise.all(points.map((point) => store.get<TrackRow>("tracks", point.track)));
  const tracks = points.flatMap((point, index) => {
    const row = rows[index]?.row;
    if (!row) return [];
    const { altitudeMetres: _now, ...rest } = row;
    const { track: _id, ...then } = point;
    return [{ ...rest, ...then, status: "confirmed" as const, velocityUp: 0 }];
  });
  const events = await store.page<EventRow>({ view: "events", from: at - EVENT_WINDOW, until: at + 1, limit: 1_000 });
  return {
    tracks,
    events: events.rows
      .map((stored) => stored.row)
      .filter((event) => event.status !== "withdrawn" && event.status !== "merged"),
  };
}

async function histogram(store: Store, from: Instant, until: Instant, bins: number): Promise<Histogram> {
  const [events, alerts, sightings] = await Promise.all(
    (["events", "alerts", "sightings"] as const).map((view) => store.histogram({ view, from, until }, bins)),
  );
  return { from, until, events: events!, alerts: alerts!, sightings: sightings! };
}
