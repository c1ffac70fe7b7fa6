/** Process of one node of an exercise: `jmc mirror` or `jmc witness` that ends with the exercise which started it. */
import { createProgram } from "./program.ts";

// The exercise's process holds the other end of standard input: when it is gone, so is the need for this node.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
process.stdin.unref?.();
await createProgram().parseAsync();
process.exit();
