export * from "./line-framer.ts";
