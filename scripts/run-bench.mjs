// Runs one file of bench/ and prints its result as JSON. A file of its own, because a program given by `--eval` passes that
// on to its threads, which then do not start.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./prepare.mjs";

const { run } = await import(pathToFileURL(join(root, "bench", process.argv[2])).href);
console.log(JSON.stringify((await run()) ?? { skipped: "its data are not present" }, null, 2));
