export * from "./decode-dted.ts";
export * from "./decode-hgt.ts";
export * from "./height-tile.ts";
