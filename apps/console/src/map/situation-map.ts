/** The map itself, without React: the basemap, what stands still as features, what moves on canvases above it. */
import "maplibre-gl/dist/maplibre-gl.css";
import type { FeatureCollection } from "geojson";
import {
  type GeoJSONSource,
  Map as GroundMap,
  type MapMouseEvent,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { Basemap } from "../basemap/load.ts";
import { mercatorX, mercatorY, type PictureStore } from "../picture/store.ts";
import { LAYERS, type LayerName, type Selection, type ViewBox } from "../url/view-state.ts";
import { drawLabels, type LabelTexts, pick } from "./moving-labels.ts";
import { type MovingColours, MovingLayer, type Standpoint } from "./moving-layer.ts";
import {
  hatchImage,
  LAYER_PARTS,
  mapStyle,
  SOURCE_COLOURS,
  type SourceName,
  sourceImage,
  themeColour,
} from "./style.ts";

setWorkerUrl(workerUrl);

export interface SituationMapEvents {
  moved(box: ViewBox): void;
  picked(selection: Selection | undefined): void;
}

/** Width of the panel of details over the map's right side, and how near to an edge is too near. */
const PANEL_PIXELS = 360;
const MARGIN_PIXELS = 48;
/** One world in metres around the equator. */
const EQUATOR_METRES = 40_075_016.7;
const PICKED_LAYERS = [
  "events",
  "sightings",
  "allegations",
  "cue-points",
  "cue-lines",
  "sources",
  "camera-grounds",
  "event-ellipses",
  "cues",
  "zone-fill",
];
const basemap = new Basemap("basemap/");

export class SituationMap {
  readonly #map: GroundMap;
  readonly #moving: MovingLayer;
  readonly #labels: HTMLCanvasElement;
  readonly #events: SituationMapEvents;
  readonly #waiting = new Map<SourceName, FeatureCollection>();
  readonly #watch: ResizeObserver;
  #store: PictureStore;
  readonly #texts: LabelTexts;
  #hidden: ReadonlySet<LayerName> = new Set();
  #selectedTrack: string | undefined;
  #loaded = false;
  #stopped = false;

  constructor(
    container: HTMLElement,
    start: { readonly lon: number; readonly lat: number; readonly zoom: number; readonly box?: ViewBox | undefined },
    store: PictureStore,
    texts: LabelTexts,
    events: SituationMapEvents,
    mapTexts: Readonly<Record<string, string>>,
  ) {
    this.#store = store;
    this.#texts = texts;
    this.#events = events;
    this.#map = new GroundMap({
      container,
      locale: mapTexts,
      style: mapStyle(),
      ...(start.box === undefined ? { center: [start.lon, start.lat], zoom: start.zoom } : { bounds: [...start.box] }),
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      fadeDuration: 0,
      maxZoom: 16,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
    this.#map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
    const above = this.#map.getCanvasContainer();
    const movingCanvas = overlay(above);
    this.#labels = overlay(above);
    this.#moving = new MovingLayer(movingCanvas);
    this.#watch = new ResizeObserver(() => this.#map.resize());
    this.#watch.observe(container);
    this.#listen();
  }

  /** Puts features into one of the map's sources; before the style stands they wait. */
  show(source: SourceName, features: FeatureCollection): void {
    if (!this.#loaded) {
      this.#waiting.set(source, features);
      return;
    }
    this.#map.getSource<GeoJSONSource>(source)?.setData(features);
  }

  /** Shows another picture, or the same one after it has changed. */
  showPicture(store: PictureStore): void {
    if (store !== this.#store) this.#moving.forget();
    this.#store = store;
    this.#drawMoving();
  }

  hide(layers: readonly LayerName[]): void {
    this.#hidden = new Set(layers);
    if (!this.#loaded) return;
    const hiddenParts = new Set(
      LAYERS.filter((layer) => this.#hidden.has(layer)).flatMap((layer) => LAYER_PARTS[layer]),
    );
    for (const part of LAYERS.flatMap((layer) => LAYER_PARTS[layer]))
      this.#map.setLayoutProperty(part, "visibility", hiddenParts.has(part) ? "none" : "visible");
    this.#drawMoving();
  }

  selectTrack(id: string | undefined): void {
    this.#selectedTrack = id;
    this.#drawMoving();
  }

  /** Brings a place into the part of the map that the detail panel leaves free, without a flight that anybody waits for. */
  goTo(lon: number, lat: number): void {
    const { x, y } = this.#map.project([lon, lat]);
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const free = width - PANEL_PIXELS;
    if (x > MARGIN_PIXELS && x < free - MARGIN_PIXELS && y > MARGIN_PIXELS && y < height - MARGIN_PIXELS) return;
    this.#map.easeTo({ center: [lon, lat], offset: [-PANEL_PIXELS / 2, 0], duration: 0 });
  }

  remove(): void {
    this.#stopped = true;
    this.#watch.disconnect();
    this.#map.remove();
  }

  #listen(): void {
    const map = this.#map;
    map.on("load", () => void this.#start());
    map.on("render", () => this.#drawMoving());
    map.on("moveend", () => {
      const bounds = map.getBounds();
      this.#events.moved([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]);
      void this.#loadGround();
    });
    map.on("click", (event: MapMouseEvent) => this.#events.picked(this.#pick(event)));
    map.on("mousemove", (event: MapMouseEvent) => {
      map.getCanvas().style.cursor = this.#pick(event) === undefined ? "" : "pointer";
    });
  }

  async #start(): Promise<void> {
    this.#map.addImage("hatch-fictional", hatchImage(themeColour("exercise"), 12));
    this.#map.addImage("hatch-blind", hatchImage(themeColour("danger"), 16));
    for (const [state, colour] of Object.entries(SOURCE_COLOURS))
      this.#map.addImage(`source-${state}`, sourceImage(themeColour(colour)), { pixelRatio: 2 });
    this.#loaded = true;
    for (const [source, features] of this.#waiting) this.show(source, features);
    this.#waiting.clear();
    this.hide([...this.#hidden]);
    await this.#loadGround();
    const world = await basemap.world().catch(() => undefined);
    if (world === undefined || this.#stopped) return;
    this.show("world", world.land);
    this.show("world-lines", world.lines);
  }

  async #loadGround(): Promise<void> {
    const bounds = this.#map.getBounds();
    const view = { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
    const detail = this.#map.getZoom() < 4 ? undefined : await basemap.detail(view).catch(() => undefined);
    if (detail === undefined || this.#stopped) return;
    this.show("land", detail.land);
    this.show("lines", detail.lines);
  }

  #standpoint(): Standpoint {
    const centre = this.#map.getCenter();
    const container = this.#map.getContainer();
    return {
      x: mercatorX(centre.lng),
      y: mercatorY(centre.lat),
      scale: 512 * 2 ** this.#map.getZoom(),
      width: container.clientWidth,
      height: container.clientHeight,
      pixelRatio: window.devicePixelRatio,
      unitsPerMetre: 1 / (EQUATOR_METRES * Math.cos((centre.lat * Math.PI) / 180)),
    };
  }

  #drawMoving(): void {
    if (this.#stopped) return;
    const at = this.#standpoint();
    if (at.width === 0) return;
    const tracks = !this.#hidden.has("tracks");
    this.#moving.draw(this.#store, at, movingColours(), { tracks, trails: tracks && !this.#hidden.has("trails") });
    const selected = this.#selectedTrack === undefined ? -1 : this.#store.slotOf(this.#selectedTrack);
    const colours = { text: themeColour("text"), halo: themeColour("surface"), ring: themeColour("accent") };
    drawLabels(this.#labels, this.#store, at, colours, this.#texts, {
      labels: tracks && !this.#hidden.has("labels"),
      selected,
    });
  }

  #pick(event: MapMouseEvent): Selection | undefined {
    const slot = this.#hidden.has("tracks") ? -1 : pick(this.#store, this.#standpoint(), event.point.x, event.point.y);
    if (slot >= 0) return { kind: "track", id: this.#store.idOf(slot) };
    if (!this.#loaded) return undefined;
    const layers = PICKED_LAYERS.filter((layer) => this.#map.getLayer(layer) !== undefined);
    const found = this.#map.queryRenderedFeatures(event.point, { layers })[0];
    if (found === undefined) return undefined;
    return { kind: found.properties.kind as Selection["kind"], id: String(found.properties.id) };
  }
}

function overlay(container: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
  canvas.setAttribute("aria-hidden", "true");
  container.append(canvas);
  return canvas;
}

function movingColours(): MovingColours {
  const dark = document.documentElement.dataset.theme === "dark";
  return {
    normal: dark ? [0.9, 0.94, 0.98, 1] : [0.08, 0.2, 0.36, 1],
    suspicious: dark ? [0.96, 0.78, 0.36, 1] : [0.63, 0.4, 0, 1],
    inside: dark ? [1, 0.5, 0.45, 1] : [0.8, 0.08, 0.06, 1],
    edge: dark ? [0.04, 0.07, 0.1, 0.85] : [1, 1, 1, 0.9],
    trail: dark ? [0.62, 0.75, 0.9, 0.5] : [0.15, 0.33, 0.55, 0.45],
  };
}
