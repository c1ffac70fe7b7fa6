/** The two functions of topojson-client that the build step calls (the package ships no types). */
declare module "topojson-client" {
  export function feature(
    topology: unknown,
    object: unknown,
  ): { features: { geometry: { type: string; coordinates: unknown } | null }[] };
  export function mesh(
    topology: unknown,
    object: unknown,
    filter: (left: unknown, right: unknown) => boolean,
  ): { coordinates: [number, number][][] };
}
