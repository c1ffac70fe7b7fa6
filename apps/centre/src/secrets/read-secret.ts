/** Reading small files that hold keys, each with the same two complaints. */
import { readFileSync } from "node:fs";
import { FaultError } from "@openjmc/model";

export interface SecretFileTexts {
  /** What it is, as complaints call it. */
  readonly what: string;
  /** What was expected where the file cannot be read. */
  readonly readable: string;
  /** What was expected where its text is not such a file's. */
  readonly wellFormed: string;
}

const SEED_BYTES = 32;

/**
 * Reads a file of JSON; `accept` gives it back where it is what it should be, or throws a complaint of its own.
 * Errors: `key.unreadable`, `key.malformed`.
 */
export function readSecretFile<File>(
  path: string,
  texts: SecretFileTexts,
  accept: (file: File) => File | undefined,
): File {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw unreadable(path, texts.what, texts.readable, error);
  }
  try {
    const file = accept(JSON.parse(text) as File);
    if (file !== undefined) return file;
  } catch (error) {
    if (error instanceof FaultError) throw error;
    // One message for whatever is no such file.
  }
  throw malformedSecret(path, texts);
}

/** A file that is no such file, or whose parts do not belong together. */
export function malformedSecret(path: string, { what, wellFormed }: SecretFileTexts): FaultError {
  return new FaultError({ code: "key.malformed", what, where: { file: path }, expected: wellFormed });
}

/** Reads a seed of Ed25519, 32 bytes as hexadecimal. Error: `key.unreadable`. */
export function readSeedFile(path: string, what: string): Uint8Array {
  try {
    const seed = Buffer.from(readFileSync(path, "utf8").trim(), "hex");
    if (seed.length === SEED_BYTES) return seed;
    throw new Error(`${seed.length} bytes`);
  } catch (error) {
    throw unreadable(path, what, `${SEED_BYTES} bytes as hexadecimal`, error);
  }
}

function unreadable(path: string, what: string, expected: string, error: unknown): FaultError {
  return new FaultError({
    ...{ code: "key.unreadable", what, where: { file: path }, expected },
    cause: (error as Error).message,
  });
}
