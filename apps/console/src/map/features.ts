/** Rows as map features. Only what stands still goes this way; what moves is drawn from the picture's columns. */

import { destinationOf } from "@openjmc/geo";
import type {
  AllegationRow,
  CollectionRow,
  ContingentView,
  CueRow,
  EventRow,
  Instant,
  MissionView,
  PostRow,
  SightingRow,
  SourceRow,
  ZoneVersion,
} from "@openjmc/model";
import type { Words } from "@openjmc/words";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { placeName } from "../centre/place-name.ts";
import { nameIn } from "../centre/use-centre.ts";
import { circlePolygon, ellipsePolygon } from "./shapes.ts";

const CUE_LIFE = 3_600_000_000;
/** Where a cue tells neither its range nor its size. */
const CUE_METRES = 400;

type Properties = Readonly<Record<string, string | number | boolean>>;

export function collection(features: readonly Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features: [...features] };
}

function feature(geometry: Geometry, properties: Properties): Feature {
  return { type: "Feature", geometry, properties };
}

/** Zones in force; a fictional one says so in its own name on the map. */
export function zoneFeatures(zones: readonly ZoneVersion[], words: Words): FeatureCollection {
  return collection(
    zones.map((zone) =>
      feature(zone.geometry as unknown as Geometry, {
        kind: "zone",
        id: `${zone.zone}@${zone.version}`,
        zoneKind: zone.kind,
        fictional: zone.fictional,
        label: zoneLabel(zone, words),
      }),
    ),
  );
}

function zoneLabel(zone: ZoneVersion, words: Words): string {
  const name = nameIn(zone.names, words.locale);
  return zone.fictional ? `${name}\n${words.say("console.map.fictional")}` : name;
}

/** Events as points; the newest are drawn strongest. */
export function eventPoints(events: readonly EventRow[], at: number): FeatureCollection {
  return collection(
    events.map((event) =>
      feature(
        { type: "Point", coordinates: [event.lon, event.lat] },
        {
          kind: "event",
          id: event.id,
          settled: event.status === "settled",
          ageMinutes: Math.max(0, (at - event.originTime) / 60e6),
        },
      ),
    ),
  );
}

export function eventEllipses(events: readonly EventRow[]): FeatureCollection {
  return collection(
    events.map((event) => feature(ellipsePolygon(event, event.ellipse), { kind: "event", id: event.id })),
  );
}

export function sourcePoints(sources: readonly SourceRow[]): FeatureCollection {
  return collection(
    sources
      .filter((source) => source.link.kind !== "people")
      .map((source) =>
        feature(
          { type: "Point", coordinates: [source.lon, source.lat] },
          { kind: "source", id: source.id, state: source.state, means: source.means, label: source.name },
        ),
      ),
  );
}

/**
 * Where each source could see now: a source that is not live sees nothing, and its ground is drawn as blind. What watches on request
 * has no ground of its own: that of its tasks is drawn.
 */
export function coverageAreas(sources: readonly SourceRow[]): FeatureCollection {
  return collection(
    sources
      .filter((source) => source.link.kind !== "people" && source.rangeMetres > 0 && !source.onRequest)
      .map((source) =>
        feature(circlePolygon(source, source.rangeMetres), {
          kind: "coverage",
          id: source.id,
          watching: source.state === "live",
          means: source.means,
        }),
      ),
  );
}

const POINTED: ReadonlySet<CollectionRow["state"]> = new Set(["agreed", "done", "partly"]);

/** The ground of the collection plan's lines that are due at a time; what was declined or not done is drawn as blind. */
export function collectionAreas(rows: readonly CollectionRow[], at: Instant): FeatureCollection {
  return collection(
    rows.flatMap(({ id, body, from, until, state, lon, lat }) =>
      lon === undefined || lat === undefined || at < from || at >= until
        ? []
        : [
            feature(circlePolygon({ lon, lat }, Math.max(100, body.place?.uncertaintyMetres ?? 0)), {
              ...{ kind: "coverage", id, watching: POINTED.has(state) },
            }),
          ],
    ),
  );
}

/** The ground that cameras in the air show now. */
export function cameraGrounds(sources: readonly SourceRow[]): FeatureCollection {
  return collection(
    sources.flatMap(({ id, name, footprint }) =>
      footprint === undefined
        ? []
        : [
            feature(
              { type: "Polygon", coordinates: [footprint.coordinates.map(([lon, lat]) => [lon, lat])] },
              { kind: "source", id, label: name },
            ),
          ],
    ),
  );
}

export function placePoints(mission: MissionView, words: Words): FeatureCollection {
  return collection(
    mission.places.map((place) =>
      feature(
        { type: "Point", coordinates: [place.lon, place.lat] },
        { kind: "place", id: place.code, label: placeName(place, mission, words.locale) },
      ),
    ),
  );
}

/**
 * Posts of the contingent: those that somebody declared, each with who did, and those of the mission's files that stand then. A post
 * is drawn as a circle as wide as its place is unsure, with its point in the middle.
 */
export function postShapes(
  view: ContingentView | undefined,
  nameOf: (code: string) => string,
  words: Words,
): FeatureCollection {
  if (view === undefined) return collection([]);
  const declared = new Set(view.posts.map(({ code }) => code));
  const filed = view.filed.posts.flatMap(({ code, names, by, lon, lat, uncertaintyMetres = 0, from, until }) => {
    const day = new Date(view.at / 1000).toISOString().slice(0, 10);
    const stands = (from ?? day) <= day && day <= (until ?? day);
    if (declared.has(code) || lon === undefined || lat === undefined || !stands) return [];
    return [{ code, name: nameIn(names, words.locale), by, lon, lat, uncertaintyMetres }];
  });
  return collection(
    [...view.posts, ...filed].flatMap((post) =>
      postFeatures(post, words.say("mission.contingent.onMap", { name: post.name, speaker: nameOf(post.by) })),
    ),
  );
}

function postFeatures(
  { code, lon, lat, uncertaintyMetres }: Pick<PostRow, "code" | "lon" | "lat" | "uncertaintyMetres">,
  label: string,
): Feature[] {
  return [
    ...(uncertaintyMetres > 0
      ? [feature(circlePolygon({ lon, lat }, uncertaintyMetres), { kind: "post", id: code })]
      : []),
    feature({ type: "Point", coordinates: [lon, lat] }, { kind: "post", id: code, label }),
  ];
}

export function sightingPoints(sightings: readonly SightingRow[]): FeatureCollection {
  return collection(
    sightings.flatMap((sighting) =>
      sighting.lon === undefined || sighting.lat === undefined || sighting.withdrawn !== undefined
        ? []
        : [
            feature(
              { type: "Point", coordinates: [sighting.lon, sighting.lat] },
              { kind: "sighting", id: sighting.id },
            ),
          ],
    ),
  );
}

export function sightingAreas(sightings: readonly SightingRow[]): FeatureCollection {
  return collection(
    sightings.flatMap(({ id, lon, lat, uncertaintyMetres, withdrawn }) =>
      lon === undefined || lat === undefined || withdrawn !== undefined || !uncertaintyMetres
        ? []
        : [feature(circlePolygon({ lon, lat }, uncertaintyMetres), { kind: "sighting", id })],
    ),
  );
}

/**
 * Cues of the last hour: heat as the ground that its pixel covers, a camera's as the ray along which it saw something, what another
 * system has somewhere as a point with its name, for as long as it is said to hold.
 */
export function cueShapes(cues: readonly CueRow[], at: Instant, words: Words): FeatureCollection {
  return collection(
    cues
      .filter((cue) => cue.at <= at && cue.at > at - CUE_LIFE && (cue.thing?.until ?? at) >= at)
      .flatMap((cue) => {
        const { id, lon, lat, bearingDegrees, uncertaintyMetres, rangeMetres = CUE_METRES } = cue;
        const properties = { kind: "cue", id, sight: cue.sight };
        if (cue.thing !== undefined)
          return [
            ...(uncertaintyMetres === undefined
              ? []
              : [feature(circlePolygon({ lon, lat }, uncertaintyMetres), properties)]),
            feature({ type: "Point", coordinates: [lon, lat] }, { ...properties, label: cueName(cue, words) }),
          ];
        if (bearingDegrees === undefined)
          return [feature(circlePolygon({ lon, lat }, uncertaintyMetres ?? CUE_METRES), properties)];
        const end = destinationOf({ lon, lat }, (bearingDegrees * Math.PI) / 180, rangeMetres);
        const coordinates = [
          [lon, lat],
          [end.lon, end.lat],
        ];
        return [feature({ type: "LineString", coordinates }, properties)];
      }),
  );
}

/** What the other system calls it, or else what it is. */
export function cueName({ sight, thing }: CueRow, words: Words): string {
  if (thing === undefined) return words.say(`ground.sight.${sight}`);
  const kind = words.say(`ground.thing.${thing.what}`);
  return thing.name === undefined ? kind : `${thing.name} (${kind})`;
}

export function allegationPoints(allegations: readonly AllegationRow[]): FeatureCollection {
  return collection(
    allegations.flatMap((allegation) =>
      allegation.body.place === undefined
        ? []
        : [
            feature(
              { type: "Point", coordinates: [Number(allegation.body.place.lon), Number(allegation.body.place.lat)] },
              { kind: "allegation", id: allegation.id },
            ),
          ],
    ),
  );
}
