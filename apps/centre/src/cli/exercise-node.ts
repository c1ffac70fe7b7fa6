/** Process of one node of an exercise: `jmc mirror` or `jmc witness` that ends with the exercise which started it. */
import { createInterface } from "node:readline";
import { bend } from "../nodes/clock.ts";
import { createProgram } from "./program.ts";

// The exercise's process holds the other end of standard input: when it is gone, so is the need for this node.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
// Whenever the scenario's clock bends, it says so there.
createInterface({ input: process.stdin }).on("line", bend);
await createProgram().parseAsync();
process.exit();
