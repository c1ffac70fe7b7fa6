/** Reading views: pages of rows, single rows, trails, the past picture, the slider's histogram. */
import { type Instant, parseInstant, VIEW_NAMES, type ViewName } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const MOST_ROWS = 1_000;
const MOST_BINS = 500;
const LONGEST_WORDS = 200;

export function registerViewRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/views/:view",
    {
      config: { release: "inside" },
      schema: {
        summary:
          "One page of a view, newest first unless `order=oldest`; `from`, `until`, `tag`, `box=west,south,east,north`, `words=` narrow it",
        tags: ["views"],
      },
    },
    async (request) => {
      const view = viewOf((request.params as { view: string }).view);
      const query = request.query as Record<string, string | undefined>;
      // Before the page is read: what changes while it is read is told to whoever goes on from here.
      const index = context.hub.sequence;
      const page = await context.views.page({
        view,
        ...optionalInstant("from", query.from),
        ...optionalInstant("until", query.until),
        ...(query.tag === undefined ? {} : { tag: query.tag }),
        ...(query.words === undefined || query.words.trim() === ""
          ? {}
          : { words: query.words.slice(0, LONGEST_WORDS) }),
        ...(query.box === undefined ? {} : { box: boxOf(query.box) }),
        ...(query.after === undefined ? {} : { after: query.after }),
        limit: Math.max(1, Math.min(MOST_ROWS, Number(query.limit ?? 200) || 200)),
        newestFirst: query.order !== "oldest",
      });
      return {
        view,
        rows: page.rows,
        index,
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    },
  );
  app.get(
    "/api/v1/views/:view/:key",
    { config: { release: "inside" }, schema: { summary: "One row of a view", tags: ["views"] } },
    async (request) => {
      const { view, key } = request.params as { view: string; key: string };
      const row = await context.views.get(viewOf(view), key);
      return row ?? refuse("row.unknown", `row of ${view}`, { got: key.slice(0, 80) });
    },
  );
  app.get(
    "/api/v1/tracks/:id/points",
    { config: { release: "inside" }, schema: { summary: "A track's trail", tags: ["views"] } },
    async (request) => {
      const query = request.query as Record<string, string | undefined>;
      return context.views.trackPoints(
        (request.params as { id: string }).id,
        requiredInstant("from", query.from, 0),
        requiredInstant("until", query.until, Number.MAX_SAFE_INTEGER),
      );
    },
  );
  app.get(
    "/api/v1/picture/at",
    { config: { release: "inside" }, schema: { summary: "The picture as it was at `time`", tags: ["views"] } },
    async (request) => {
      const at = requiredInstant("time", (request.query as { time?: string }).time);
      return { at, ...(await context.views.pictureAt(at)) };
    },
  );
  app.get(
    "/api/v1/histogram",
    {
      config: { release: "inside" },
      schema: { summary: "Counts per bin of events, alerts and sightings", tags: ["views"] },
    },
    async (request) => {
      const query = request.query as Record<string, string | undefined>;
      const from = requiredInstant("from", query.from);
      const until = requiredInstant("until", query.until);
      if (until <= from)
        return refuse("request.field", "span of time", { where: { field: "until" }, expected: "a time after `from`" });
      return context.views.histogram(from, until, Math.max(1, Math.min(MOST_BINS, Number(query.bins ?? 120) || 120)));
    },
  );
}

function viewOf(name: string): ViewName {
  return (
    VIEW_NAMES.find((view) => view === name) ??
    refuse("view.unknown", "view", { expected: VIEW_NAMES.join(", "), got: name.slice(0, 60) })
  );
}

/** `box=west,south,east,north` in degrees. */
function boxOf(text: string): [number, number, number, number] {
  const [west, south, east, north] = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isBox =
    [west, east].every((lon) => Math.abs(lon ?? Number.NaN) <= 180) &&
    [south, north].every((lat) => Math.abs(lat ?? Number.NaN) <= 90) &&
    south! <= north!;
  if (isBox) return [west!, south!, east!, north!];
  return refuse("request.field", "request", {
    where: { field: "box" },
    expected: "west,south,east,north in degrees",
    got: text.slice(0, 80),
  });
}

/** A time in a query: integer microseconds or RFC 3339. */
export function requiredInstant(field: string, text: string | undefined, otherwise?: Instant): Instant {
  if (text === undefined || text === "") {
    if (otherwise !== undefined) return otherwise;
    return refuse("request.field", "request", {
      where: { field },
      expected: "integer microseconds since 1970, or RFC 3339",
    });
  }
  if (/^-?\d{1,16}$/.test(text)) return Number(text);
  const parsed = parseInstant(text);
  return parsed.ok
    ? parsed.value
    : refuse("request.field", "request", {
        where: { field },
        expected: "integer microseconds since 1970, or RFC 3339",
        got: text.slice(0, 40),
      });
}

function optionalInstant<Name extends "from" | "until">(
  field: Name,
  text: string | undefined,
): { readonly [name in Name]?: Instant } {
  return text === undefined || text === ""
    ? {}
    : ({ [field]: requiredInstant(field, text) } as { readonly [name in Name]: Instant });
}
