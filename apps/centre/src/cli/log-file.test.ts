import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogFile } from "./log-file.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-log-"));
  path = join(folder, "centre.log");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

describe("the log's file", () => {
  it("holds every line in order, and goes on where an earlier run stopped", async () => {
    const first = new LogFile(path);
    first.write("a\n");
    first.write("b\n");
    await settle();
    first.close();
    const second = new LogFile(path);
    second.write("c\n");
    second.close();
    expect(readFileSync(path, "utf8")).toBe("a\nb\nc\n");
  });

  it("leaves out what would wait too long, and says how much", async () => {
    const file = new LogFile(path);
    const line = `${"x".repeat(1023)}\n`;
    for (let number = 0; number < 3_000; number++) file.write(line);
    await settle();
    file.write("after\n");
    file.close();
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const left = lines.find((one) => one.includes("leftOut"))!;
    expect(JSON.parse(left)).toMatchObject({ leftOut: 3_000 - lines.filter((one) => one.startsWith("x")).length });
    expect(lines.at(-1)).toBe("after");
  });
});

describe.skipIf(!existsSync("/dev/full"))("on a full device (needs /dev/full)", () => {
  it("neither throws nor waits, not even for a fatal line", async () => {
    symlinkSync("/dev/full", path);
    const file = new LogFile(path);
    const logger = pino({ base: null }, file);
    logger.info("one");
    await settle();
    expect(() => logger.fatal("the last word")).not.toThrow();
    await settle();
    expect(() => file.close()).not.toThrow();
  });
});
