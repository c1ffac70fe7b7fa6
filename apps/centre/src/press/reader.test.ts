import { FaultError } from "@openjmc/model";
import { afterEach, expect, it } from "vitest";
import { Reader } from "./reader.ts";

const open: Reader[] = [];
afterEach(() => Promise.all(open.splice(0).map((reader) => reader.close())));

function readerWith(milliseconds?: number): Reader {
  const reader = new Reader({
    data: () => ({ names: [], facts: [], clocks: [], localTimeZone: "UTC" }),
    ...(milliseconds === undefined ? {} : { milliseconds }),
  });
  open.push(reader);
  return reader;
}

const textOf = (text: string) => ({
  job: "extract" as const,
  bytes: new TextEncoder().encode(text),
  said: "text/plain",
});
const codeOf = (error: unknown): string => (error instanceof FaultError ? error.fault.code : String(error));

it("gives what stands in files, many at once, and each file's own fault", async () => {
  const reader = readerWith();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      reader.run(textOf(index % 5 === 4 ? " " : `Text ${index} tells of two violations.`)).then(
        ({ text }) => text,
        (error: unknown) => codeOf(error),
      ),
    ),
  );
  expect(answers.map((answer, index) => (index % 5 === 4 ? answer : answer.startsWith(`Text ${index} `)))).toEqual(
    answers.map((_answer, index) => (index % 5 === 4 ? "text.empty" : true)),
  );
});

it("gives up a file that takes too long, and goes on with the next", async () => {
  const reader = readerWith(1);
  const slow = Array.from({ length: 3 }, () =>
    reader.run(textOf("word ".repeat(150_000).replaceAll("word word", "word\nword"))).catch(codeOf),
  );
  expect(await Promise.all(slow)).toEqual(["text.too-slow", "text.too-slow", "text.too-slow"]);
});

it("takes no more when it is closed", async () => {
  const reader = readerWith();
  await reader.close();
  await expect(reader.run(textOf("word"))).rejects.toThrow("text.unreadable");
});
