export * from "./locate/index.ts";
export * from "./track/index.ts";
