export * from "./accounts/index.ts";
export * from "./locate/index.ts";
export * from "./long-range/index.ts";
export * from "./pick/index.ts";
export * from "./track/index.ts";
