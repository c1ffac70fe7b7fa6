/** `jmc`: small tools that read and write JSON Lines, and the centre itself. */
import { createProgram } from "./program.ts";

await createProgram().parseAsync();
