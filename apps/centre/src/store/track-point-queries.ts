/** The questions that are asked of track points, written once for both engines. */
import type { Instant, TrackPoint } from "@openjmc/model";
import type { CompiledQuery, Kysely } from "kysely";
import type { ProjectionTables, TrackPointTable } from "./tables.ts";

type Builder = Kysely<ProjectionTables>;

export function trackPointsQuery(
  builder: Builder,
  track: string,
  from: Instant,
  until: Instant,
  limit: number,
): CompiledQuery<TrackPointTable> {
  return builder
    .selectFrom("track_points")
    .selectAll()
    .where("track", "=", track)
    .where("at", ">=", from)
    .where("at", "<", until)
    .orderBy("at")
    .limit(limit)
    .compile();
}

/** The latest point of each track within (at - window, at]. */
export function pictureQuery(builder: Builder, at: Instant, window: number): CompiledQuery<TrackPointTable> {
  const latest = builder
    .selectFrom("track_points")
    .select((select) => ["track", select.fn.max("at").as("latest_at")])
    .where("at", ">", at - window)
    .where("at", "<=", at)
    .groupBy("track")
    .as("latest");
  return builder
    .selectFrom("track_points")
    .innerJoin(latest, (join) =>
      join.onRef("latest.track", "=", "track_points.track").onRef("latest.latest_at", "=", "track_points.at"),
    )
    .selectAll("track_points")
    .orderBy("track_points.track")
    .compile();
}

/** The next points in the order of track and time behind one, for hashing. */
export function scanPointsQuery(
  builder: Builder,
  after: Pick<TrackPointTable, "track" | "at"> | undefined,
  limit: number,
): CompiledQuery<TrackPointTable> {
  let query = builder.selectFrom("track_points").selectAll();
  if (after !== undefined)
    query = query.where((where) =>
      where.or([where("track", ">", after.track), where("track", "=", after.track).and("at", ">", after.at)]),
    );
  return query.orderBy("track").orderBy("at").limit(limit).compile();
}

export function forgetQuery(builder: Builder, before: Instant): CompiledQuery {
  return builder.deleteFrom("track_points").where("at", "<", before).compile();
}

export function pointOf(row: TrackPointTable): TrackPoint {
  return {
    track: row.track,
    at: row.at,
    lon: row.lon,
    lat: row.lat,
    ...(row.altitude === null ? {} : { altitudeMetres: row.altitude }),
    velocityEast: row.velocity_east,
    velocityNorth: row.velocity_north,
  };
}
