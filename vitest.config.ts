import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** A limit that only a test which hangs comes to, on a machine however slow. */
const LIMIT_MILLISECONDS = 300_000;

/** What has no short form. */
const LONG_FORMS = process.env.OPENJMC_TORTURE === "1" ? ["test/**/*.long.ts"] : [];

export default defineConfig({
  resolve: { alias: [{ find: /^fast-check$/, replacement: join(import.meta.dirname, "test/support/fast-check.ts") }] },
  test: {
    include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.{ts,tsx}", "test/**/*.test.ts", ...LONG_FORMS],
    testTimeout: LIMIT_MILLISECONDS,
    hookTimeout: LIMIT_MILLISECONDS,
    // The long files wait for processes that they have started: with a worker more than cores, the cores have work meanwhile.
    // The long forms fill the cores by themselves.
    ...(process.env.OPENJMC_TORTURE === "1" ? {} : { maxWorkers: availableParallelism() + 1 }),
  },
});
