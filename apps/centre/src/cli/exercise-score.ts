/** `jmc exercise score`: the centre's picture against the exercise's truth; exit 1 below the thresholds. */
import { resolve } from "node:path";
import { runExerciseScore } from "../exercise/score-command.ts";

export async function runScore(flags: { readonly data: string; readonly json?: boolean }): Promise<number> {
  return runExerciseScore({
    data: resolve(flags.data),
    json: flags.json ?? false,
    stdout: (text) => process.stdout.write(text),
  });
}
