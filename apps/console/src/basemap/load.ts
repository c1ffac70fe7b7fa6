/** Fetches the basemap's boxes as they come into view and hands out what is held as map features. */
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { type BasemapBox, BOX_DEGREES, boxName, unpackLine } from "./cut.ts";

export interface BasemapFeatures {
  readonly land: FeatureCollection;
  readonly lines: FeatureCollection;
}

export interface MapBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** More boxes than this in view means that the coarse world is fine enough. */
const MOST_BOXES = 12;

export class Basemap {
  #names: Promise<ReadonlySet<string>> | undefined;
  readonly #held = new Map<string, BasemapBox>();
  readonly #base: string;

  /** `base`: address of the folder that holds the boxes, ending with a slash. */
  constructor(base: string) {
    this.#base = base;
  }

  /** The coarse world: drawn far out and below the boxes. Rejects when the centre cannot be reached. */
  async world(): Promise<BasemapFeatures> {
    return featuresOf([await this.#read<BasemapBox>("world")]);
  }

  /** Loads the boxes that a view touches; the features of all boxes held, or undefined when nothing new came. */
  async detail(view: MapBox): Promise<BasemapFeatures | undefined> {
    const wanted = boxesOf(view);
    if (wanted.length > MOST_BOXES) return undefined;
    this.#names ??= this.#read<string[]>("index").then((names) => new Set(names));
    const names = await this.#names;
    const missing = wanted.filter((name) => names.has(name) && !this.#held.has(name));
    if (missing.length === 0) return undefined;
    await Promise.all(missing.map(async (name) => this.#held.set(name, await this.#read<BasemapBox>(name))));
    return featuresOf([...this.#held.values()]);
  }

  async #read<T>(name: string): Promise<T> {
    const answer = await fetch(`${this.#base}${name}.json`);
    if (!answer.ok) throw new Error(`basemap ${name}: ${answer.status}`);
    return (await answer.json()) as T;
  }
}

/** Names of the boxes that a view touches. */
export function boxesOf(view: MapBox): string[] {
  const names: string[] = [];
  const floor = (value: number): number => Math.floor(value / BOX_DEGREES) * BOX_DEGREES;
  for (let west = floor(view.west); west < view.east; west += BOX_DEGREES)
    for (let south = floor(view.south); south < view.north; south += BOX_DEGREES)
      names.push(boxName(((west + 540) % 360) - 180, south));
  return names;
}

function featuresOf(boxes: readonly BasemapBox[]): BasemapFeatures {
  const land = boxes.flatMap((box) =>
    box.land.map((rings) => feature({ type: "Polygon", coordinates: rings.map(unpackLine) })),
  );
  const line = (kind: string) => (packed: readonly number[]) =>
    feature({ type: "LineString", coordinates: unpackLine(packed) }, { kind });
  const lines = boxes.flatMap((box) => [...box.borders.map(line("border")), ...box.coasts.map(line("coast"))]);
  return { land: { type: "FeatureCollection", features: land }, lines: { type: "FeatureCollection", features: lines } };
}

function feature(geometry: Geometry, properties: Record<string, string> = {}): Feature {
  return { type: "Feature", geometry, properties };
}
