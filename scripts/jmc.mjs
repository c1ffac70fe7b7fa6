#!/usr/bin/env node
// `npx jmc …` in the clone: hands over to the project's own Node and the TypeScript source.
import { existsSync } from "node:fs";
import { handOver } from "./hand-over.mjs";
import { nodeBinary, requireNode } from "./prepare.mjs";

requireNode();
if (!existsSync(nodeBinary)) {
  console.error("setup.missing: the packages are not installed; run `npm start` or `npm ci` first.");
  process.exit(2);
}
handOver(process.argv.slice(2));
