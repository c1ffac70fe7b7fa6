#!/usr/bin/env node
// `npx jmc …` in the clone: hands over to the project's own Node and the TypeScript source.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeBinary, requireNode, root } from "./prepare.mjs";

requireNode();
if (!existsSync(nodeBinary)) {
  console.error("setup.missing: the packages are not installed; run `npm start` or `npm ci` first.");
  process.exit(2);
}
const result = spawnSync(nodeBinary, [join(root, "apps/centre/src/cli/jmc.ts"), ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(result.status ?? 1);
