/** Files that go from machine to machine by hand: JSON that names its own format, so that no file is taken for another. */
import { readFileSync, writeFileSync } from "node:fs";
import { FaultError } from "@openjmc/model";

const LARGEST_FILE_BYTES = 4 * 1024 * 1024;

/** Writes a file for another machine; never over one that is there. Error: `file.exists`, `file.unwritable`. */
export function writeExchanged(path: string, format: string, content: object): void {
  try {
    writeFileSync(path, `${JSON.stringify({ format, ...content }, null, 2)}\n`, { flag: "wx" });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code === "EEXIST" ? "file.exists" : "file.unwritable";
    throw new FaultError({
      ...{ code, what: "file", where: { file: path } },
      ...{ expected: "a name where no file is yet", cause: (error as Error).message },
    });
  }
}

/**
 * Reads a file of one of these formats. Its content is not believed: whoever reads on checks what he takes.
 * Errors: `file.unreadable`, `file.not-json`, `file.other-format`.
 */
export function readExchanged<T>(path: string, ...formats: readonly string[]): T & { readonly format: string } {
  const content = parse(path, read(path));
  const format = content?.format;
  if (typeof format === "string" && formats.includes(format)) return content as T & { readonly format: string };
  throw new FaultError({
    ...{ code: "file.other-format", what: "file", where: { file: path } },
    ...{ expected: formats.join(" or "), got: typeof format === "string" ? format.slice(0, 80) : "no format" },
  });
}

function read(path: string): string {
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= LARGEST_FILE_BYTES) return bytes.toString("utf8");
    throw new Error(`${bytes.length} bytes`);
  } catch (error) {
    throw new FaultError({
      ...{ code: "file.unreadable", what: "file", where: { file: path } },
      ...{ expected: `a file of at most ${LARGEST_FILE_BYTES} bytes`, cause: (error as Error).message },
    });
  }
}

function parse(path: string, text: string): { readonly format?: unknown } | null {
  try {
    return JSON.parse(text) as { readonly format?: unknown } | null;
  } catch (error) {
    throw new FaultError({
      ...{ code: "file.not-json", what: "file", where: { file: path } },
      ...{ expected: "JSON", cause: (error as Error).message },
    });
  }
}
