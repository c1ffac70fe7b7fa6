/** Build step: writes the basemap's boxes beside the bundle, from the public-domain shapes of the world-atlas package. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import type { Plugin } from "vite";
import { cutWorld, packWorld, type Ring, type WorldShapes } from "./cut.ts";

interface Topology {
  readonly objects: { readonly countries: unknown; readonly land: unknown };
}

/** Emits `basemap/world.json` (coarse, whole) and `basemap/<box>.json` (fine, by box), with `basemap/index.json` naming the boxes. */
export function basemapPlugin(): Plugin {
  return {
    name: "openjmc-basemap",
    apply: "build",
    generateBundle() {
      const emit = (name: string, value: unknown): void => {
        this.emitFile({ type: "asset", fileName: `basemap/${name}.json`, source: JSON.stringify(value) });
      };
      emit("world", packWorld(readWorld("world-atlas/countries-110m.json")));
      const boxes = cutWorld(readWorld("world-atlas/countries-10m.json"));
      for (const [name, box] of boxes) emit(name, box);
      emit("index", [...boxes.keys()].sort());
    },
  };
}

/** Land as the countries' polygons; lines shared by two of them are borders, lines of one alone are coasts. */
function readWorld(specifier: string): WorldShapes {
  const path = createRequire(import.meta.url).resolve(specifier);
  const topology = JSON.parse(readFileSync(path, "utf8")) as Topology;
  const countries = topology.objects.countries;
  return {
    land: feature(topology, countries).features.flatMap((country) => polygonsOf(country.geometry)),
    borders: mesh(topology, countries, (left, right) => left !== right).coordinates,
    coasts: mesh(topology, countries, (left, right) => left === right).coordinates,
  };
}

function polygonsOf(geometry: { type: string; coordinates: unknown } | null): readonly (readonly Ring[])[] {
  if (geometry?.type === "Polygon") return [geometry.coordinates as readonly Ring[]];
  if (geometry?.type === "MultiPolygon") return geometry.coordinates as readonly (readonly Ring[])[];
  return [];
}
