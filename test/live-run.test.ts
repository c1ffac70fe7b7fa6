/** An exercise centre at work for a while: no trouble in its log, memory that levels out, and a folder in which everything agrees. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { growthOf, runExerciseFor } from "./support/exercise-run.ts";
import { jmc } from "./support/jmc.ts";
import { residentBytesOf } from "./support/process-usage.ts";
import { IS_TORTURE } from "./support/random.ts";

/** Wall minutes and speed of each run; the long forms are ten minutes each. */
const RUNS: readonly (readonly [minutes: number, speed: number])[] = IS_TORTURE
  ? [
      [10, 60],
      [10, 1],
    ]
  : [[0.25, 60]];
/** Least level of pino's errors. */
const ERROR = 50;
/** Ten hours of journal are fused again, and every seal is compared: that takes its time on a busy machine. */
const CHECK_MILLISECONDS = IS_TORTURE ? 3_600_000 : 300_000;
/** Shares of what was found are counted over at least so many minutes of the scenario; in fewer, one flight is too much of them. */
const SCORED_MINUTES = 30;
/** Resident megabytes that the second half of a long run may add: the stream's memory of 20,000 events fills, the record's own grows. */
const MOST_GROWTH = 150;

describe.each(RUNS)("%s minutes at %s×", (minutes, speed) => {
  let root: string;
  let folder: string;
  let ran: Awaited<ReturnType<typeof runExerciseFor>>;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "openjmc-live-"));
    folder = join(root, "centre");
    ran = await runExerciseFor(folder, (minutes * speed) / 60, speed);
  }, 5_400_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("ends as it was told to, with no error in its log", () => {
    expect(ran.code, ran.said).toBe(0);
    const lines = readFileSync(join(folder, "logs/centre.log"), "utf8").trim().split("\n");
    const troubles = lines.filter((line) => (JSON.parse(line) as { level: number }).level >= ERROR);
    expect(troubles).toEqual([]);
  });

  it(
    "leaves a record that verifies, views that the record makes, and nothing for the doctor",
    async () => {
      const verified = await jmc(["verify", folder, "--json"]);
      expect(verified.code, verified.stdout + verified.stderr).toBe(0);
      const rebuilt = await jmc(["rebuild", folder, "--check", "--json"]);
      expect(JSON.parse(rebuilt.stdout), rebuilt.stderr).toMatchObject({ equal: true });
      const examined = await jmc(["doctor", folder, "--deep", "--json"]);
      expect(examined.code, examined.stdout + examined.stderr).toBe(0);
    },
    CHECK_MILLISECONDS,
  );

  it(
    "leaves a journal that gives the same picture and the same alerts when it is fused again",
    async () => {
      const replayed = await jmc(["replay", folder, "--check", "--json"]);
      expect(replayed.code, replayed.stdout + replayed.stderr).toBe(0);
    },
    CHECK_MILLISECONDS,
  );

  if (minutes * speed >= SCORED_MINUTES)
    it(
      "made of the exercise what its truth asks for",
      async () => {
        const scored = await jmc(["exercise", "score", "--data", folder]);
        expect(scored.code, scored.stdout + scored.stderr).toBe(0);
      },
      CHECK_MILLISECONDS,
    );

  // Memory of a short run says nothing: code is still compiled and caches still fill.
  if (IS_TORTURE && residentBytesOf(process.pid) !== undefined)
    it("holds memory that levels out", () => {
      const growth = (growthOf(ran.samples) * minutes * speed) / 60 / 2;
      console.log(
        `${Math.round(ran.samples.at(-1)!.megabytes)} MB at the end; the second half added ${Math.round(growth)} MB`,
      );
      expect(growth).toBeLessThan(MOST_GROWTH);
    });
});
