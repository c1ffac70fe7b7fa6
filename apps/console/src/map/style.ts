/** How the map is drawn, in the theme's colours. Text is drawn by the browser from the bundled font: no glyph files are needed. */

import type { SourceState } from "@openjmc/model";
import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { LayerName } from "../url/view-state.ts";

const FONT = ["Noto Sans Variable"];
const NOTHING: GeoJSONSourceSpecification = { type: "geojson", data: { type: "FeatureCollection", features: [] } };

export const SOURCES = [
  "world",
  "world-lines",
  "land",
  "lines",
  "coverage",
  "air-cells",
  "camera-grounds",
  "zones",
  "places",
  "posts",
  "sources",
  "event-ellipses",
  "events",
  "cues",
  "sighting-areas",
  "sightings",
  "allegations",
  "history",
] as const;
export type SourceName = (typeof SOURCES)[number];

/** Reads a colour of the theme as it now stands on the page. */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Map layers that each of the console's layers shows or hides. What moves is drawn apart. */
export const LAYER_PARTS: Readonly<Record<LayerName, readonly string[]>> = {
  tracks: [],
  trails: [],
  labels: ["source-labels", "zone-labels", "cue-labels"],
  events: [
    "event-ellipses",
    "event-ellipse-lines",
    "events",
    "cues",
    "cue-lines",
    "cue-points",
    "sighting-areas",
    "sightings",
    "allegations",
  ],
  zones: ["zone-fill", "zone-hatch", "zone-lines", "zone-lines-fictional", "zone-labels"],
  sources: ["camera-grounds", "camera-ground-lines", "sources", "source-labels"],
  coverage: ["coverage", "coverage-lines", "coverage-blind", "air-cells"],
  places: ["places", "place-labels", "post-areas", "posts", "post-labels"],
};

export function mapStyle(): StyleSpecification {
  const colour = themeColour;
  return {
    version: 8,
    sources: Object.fromEntries(SOURCES.map((name) => [name, NOTHING])),
    layers: [
      { id: "water", type: "background", paint: { "background-color": colour("water") } },
      { id: "world", type: "fill", source: "world", paint: { "fill-color": colour("land"), "fill-antialias": false } },
      {
        id: "world-lines",
        type: "line",
        source: "world-lines",
        maxzoom: 4,
        paint: { "line-color": colour("coast"), "line-width": 0.7 },
      },
      {
        id: "land",
        type: "fill",
        source: "land",
        minzoom: 4,
        paint: { "fill-color": colour("land"), "fill-antialias": false },
      },
      ...groundLines(),
      ...coverageLayers(),
      ...zoneLayers(),
      ...placeLayers(),
      ...postLayers(),
      ...sourceLayers(),
      ...eventLayers(),
      {
        id: "history",
        type: "line",
        source: "history",
        paint: { "line-color": colour("accent"), "line-width": 2, "line-opacity": 0.9 },
      },
    ],
  };
}

function groundLines(): LayerSpecification[] {
  const line = (id: string, kind: string, paint: object): LayerSpecification =>
    ({
      id,
      type: "line",
      source: "lines",
      minzoom: 4,
      filter: ["==", ["get", "kind"], kind],
      paint,
    }) as LayerSpecification;
  return [
    line("coasts", "coast", { "line-color": themeColour("coast"), "line-width": 1 }),
    // Boundaries are drawn alike, dashed, as the data has them: the map takes no position on any of them.
    line("borders", "border", { "line-color": themeColour("border"), "line-width": 1, "line-dasharray": [4, 2, 1, 2] }),
  ];
}

function coverageLayers(): LayerSpecification[] {
  return [
    {
      id: "coverage",
      type: "fill",
      source: "coverage",
      filter: ["get", "watching"],
      paint: { "fill-color": themeColour("good"), "fill-opacity": 0.06 },
    },
    {
      id: "coverage-blind",
      type: "fill",
      source: "coverage",
      filter: ["!", ["get", "watching"]],
      paint: { "fill-pattern": "hatch-blind", "fill-opacity": 0.5 },
    },
    {
      id: "air-cells",
      type: "fill",
      source: "air-cells",
      paint: {
        "fill-color": themeColour("good"),
        "fill-opacity": ["*", 0.35, ["get", "probability"]],
        "fill-antialias": false,
      },
    },
    {
      id: "coverage-lines",
      type: "line",
      source: "coverage",
      paint: {
        "line-color": ["case", ["get", "watching"], themeColour("good"), themeColour("danger")],
        "line-width": 0.8,
        "line-opacity": 0.5,
      },
    },
  ];
}

const ZONE_COLOUR = [
  "match",
  ["get", "zoneKind"],
  "no-fly",
  "#c2410c",
  "contact-line",
  "#b91c1c",
  "corridor",
  "#0f766e",
  "ceasefire-area",
  "#7c5cbf",
  "#4b6584",
];

function zoneLayers(): LayerSpecification[] {
  const line = (id: string, fictional: boolean, dash: readonly number[] | undefined): LayerSpecification =>
    ({
      id,
      type: "line",
      source: "zones",
      filter: ["==", ["get", "fictional"], fictional],
      paint: {
        "line-color": ZONE_COLOUR,
        "line-width": ["match", ["get", "zoneKind"], "contact-line", 3, 1.6],
        ...(dash === undefined ? {} : { "line-dasharray": dash }),
      },
    }) as unknown as LayerSpecification;
  const polygon = ["==", ["geometry-type"], "Polygon"];
  return [
    {
      id: "zone-fill",
      type: "fill",
      source: "zones",
      filter: polygon,
      paint: {
        "fill-color": ZONE_COLOUR,
        "fill-opacity": ["match", ["get", "zoneKind"], "ceasefire-area", 0.04, "area-of-responsibility", 0.02, 0.1],
      },
    } as unknown as LayerSpecification,
    {
      id: "zone-hatch",
      type: "fill",
      source: "zones",
      filter: ["all", polygon, ["get", "fictional"]],
      paint: {
        "fill-pattern": "hatch-fictional",
        "fill-opacity": ["match", ["get", "zoneKind"], "no-fly", 0.4, 0.14],
      },
    } as unknown as LayerSpecification,
    line("zone-lines", false, undefined),
    line("zone-lines-fictional", true, [3, 2]),
    {
      id: "zone-labels",
      type: "symbol",
      source: "zones",
      minzoom: 7,
      layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 12, "text-max-width": 12 },
      paint: halo("text"),
    },
  ];
}

function placeLayers(): LayerSpecification[] {
  return [
    {
      id: "places",
      type: "circle",
      source: "places",
      minzoom: 6.5,
      paint: {
        "circle-radius": 2.5,
        "circle-color": themeColour("muted"),
        "circle-stroke-width": 1,
        "circle-stroke-color": themeColour("land"),
      },
    },
    {
      id: "place-labels",
      type: "symbol",
      source: "places",
      minzoom: 6.5,
      layout: {
        "text-field": ["get", "label"],
        "text-font": FONT,
        "text-size": 12,
        "text-anchor": "left",
        "text-offset": [0.6, 0],
        "text-optional": true,
      },
      paint: halo("muted"),
    },
  ];
}

/** A ring around the point, as wide as the place is unsure. */
function postLayers(): LayerSpecification[] {
  const point = ["==", ["geometry-type"], "Point"];
  return [
    {
      id: "post-areas",
      type: "line",
      source: "posts",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "line-color": themeColour("text"), "line-width": 1, "line-dasharray": [1, 2] },
    },
    {
      id: "posts",
      type: "circle",
      source: "posts",
      filter: point,
      paint: {
        "circle-radius": 4,
        "circle-color": themeColour("surface"),
        "circle-stroke-width": 2,
        "circle-stroke-color": themeColour("text"),
      },
    },
    {
      id: "post-labels",
      type: "symbol",
      source: "posts",
      filter: point,
      layout: {
        "text-field": ["get", "label"],
        "text-font": FONT,
        "text-size": 12,
        "text-anchor": "left",
        "text-offset": [0.7, 0],
        "text-optional": true,
      },
      paint: halo("text"),
    },
  ] as unknown as LayerSpecification[];
}

function sourceLayers(): LayerSpecification[] {
  return [
    {
      id: "camera-grounds",
      type: "fill",
      source: "camera-grounds",
      paint: { "fill-color": themeColour("accent"), "fill-opacity": 0.12 },
    },
    {
      id: "camera-ground-lines",
      type: "line",
      source: "camera-grounds",
      paint: { "line-color": themeColour("accent"), "line-width": 1.4 },
    },
    {
      id: "sources",
      type: "symbol",
      source: "sources",
      layout: { "icon-image": ["concat", "source-", ["get", "state"]], "icon-allow-overlap": true },
    },
    {
      id: "source-labels",
      type: "symbol",
      source: "sources",
      minzoom: 9.5,
      layout: {
        "text-field": ["get", "label"],
        "text-font": FONT,
        "text-size": 11,
        "text-anchor": "top",
        "text-offset": [0, 0.7],
        "text-optional": true,
      },
      paint: halo("muted"),
    },
  ];
}

function eventLayers(): LayerSpecification[] {
  const fresh = ["interpolate", ["linear"], ["get", "ageMinutes"], 0, 1, 60, 0.45];
  return [
    {
      id: "sighting-areas",
      type: "line",
      source: "sighting-areas",
      paint: { "line-color": themeColour("accent"), "line-width": 1, "line-dasharray": [2, 2] },
    },
    {
      id: "event-ellipses",
      type: "fill",
      source: "event-ellipses",
      paint: { "fill-color": themeColour("danger"), "fill-opacity": 0.14 },
    },
    {
      id: "event-ellipse-lines",
      type: "line",
      source: "event-ellipses",
      paint: { "line-color": themeColour("danger"), "line-width": 1.2 },
    },
    {
      id: "events",
      type: "circle",
      source: "events",
      paint: {
        "circle-radius": 4.5,
        "circle-color": themeColour("danger"),
        "circle-opacity": fresh,
        "circle-stroke-width": ["case", ["get", "settled"], 2, 1],
        "circle-stroke-color": themeColour("surface"),
      },
    } as unknown as LayerSpecification,
    {
      id: "cues",
      type: "fill",
      source: "cues",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": themeColour("warning"), "fill-opacity": 0.25 },
    },
    {
      id: "cue-lines",
      type: "line",
      source: "cues",
      paint: { "line-color": themeColour("warning"), "line-width": 1.2, "line-dasharray": [4, 3] },
    },
    {
      id: "cue-points",
      type: "circle",
      source: "cues",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 4,
        "circle-color": themeColour("surface"),
        "circle-stroke-width": 2,
        "circle-stroke-color": themeColour("warning"),
      },
    },
    {
      id: "cue-labels",
      type: "symbol",
      source: "cues",
      filter: ["==", ["geometry-type"], "Point"],
      minzoom: 6.5,
      layout: {
        "text-field": ["get", "label"],
        "text-font": FONT,
        "text-size": 11,
        "text-anchor": "left",
        "text-offset": [0.7, 0],
        "text-optional": true,
      },
      paint: halo("text"),
    },
    {
      id: "sightings",
      type: "circle",
      source: "sightings",
      paint: {
        "circle-radius": 5,
        "circle-color": themeColour("surface"),
        "circle-stroke-width": 2.5,
        "circle-stroke-color": themeColour("accent"),
      },
    },
    {
      id: "allegations",
      type: "circle",
      source: "allegations",
      paint: {
        "circle-radius": 6,
        "circle-color": "rgba(0,0,0,0)",
        "circle-stroke-width": 2,
        "circle-stroke-color": themeColour("warning"),
      },
    },
  ];
}

function halo(name: string) {
  return { "text-color": themeColour(name), "text-halo-color": themeColour("surface"), "text-halo-width": 1.4 };
}

/** Colours of a source's states, by the theme's names. */
export const SOURCE_COLOURS: Readonly<Record<SourceState, string>> = {
  live: "good",
  stale: "warning",
  jammed: "warning",
  down: "danger",
  "never-heard": "muted",
};

/** A source's mast: a triangle, unlike anything that moves or bangs. Drawn at twice its size for sharp screens. */
export function sourceImage(colour: string): ImageData {
  const size = 28;
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d")!;
  context.beginPath();
  context.moveTo(size / 2, 3);
  context.lineTo(size - 3, size - 4);
  context.lineTo(3, size - 4);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 3;
  context.strokeStyle = themeColour("surface");
  context.stroke();
  return context.getImageData(0, 0, size, size);
}

/** A square of slanting lines, drawn here so that no image file is needed. */
export function hatchImage(colour: string, gap: number): ImageData {
  const canvas = new OffscreenCanvas(gap, gap);
  const context = canvas.getContext("2d")!;
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.beginPath();
  for (const shift of [-gap, 0, gap]) {
    context.moveTo(shift, gap);
    context.lineTo(shift + gap, 0);
  }
  context.stroke();
  return context.getImageData(0, 0, gap, gap);
}
