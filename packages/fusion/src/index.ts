export * from "./locate/index.ts";
export * from "./pick/index.ts";
export * from "./track/index.ts";
