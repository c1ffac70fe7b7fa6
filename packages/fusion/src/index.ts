export * from "./track/index.ts";
