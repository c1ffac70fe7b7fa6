/**
 * The log's file. A log that cannot be written (a full disk) must neither end the centre nor hold it up: lines wait in bounded
 * number, what the disk refuses is left out, and the next line that fits says how many were.
 */
import { closeSync, openSync, writeSync } from "node:fs";

/** Characters that may wait for the disk. */
const MOST_WAITING = 1024 * 1024;

export class LogFile {
  readonly #descriptor: number;
  #waiting: string[] = [];
  #length = 0;
  #leftOut = 0;
  #turn: NodeJS.Immediate | undefined;

  constructor(path: string) {
    this.#descriptor = openSync(path, "a", 0o640);
  }

  /** Takes one line with its end. */
  write(line: string): void {
    if (this.#length + line.length > MOST_WAITING) {
      this.#leftOut += 1;
      return;
    }
    this.#waiting.push(line);
    this.#length += line.length;
    // Lines of one turn of the event loop go out together.
    this.#turn ??= setImmediate(() => this.flushSync());
  }

  /** Writes what waits, once, and lets go of what the disk refuses. */
  flushSync(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    if (this.#length === 0) return;
    const { text, lines } = this.#take();
    try {
      for (let bytes = Buffer.from(text); bytes.length > 0; )
        bytes = bytes.subarray(writeSync(this.#descriptor, bytes, 0, bytes.length));
    } catch {
      this.#leftOut += lines;
    }
  }

  close(): void {
    this.flushSync();
    closeSync(this.#descriptor);
  }

  #take(): { readonly text: string; readonly lines: number } {
    const note =
      this.#leftOut === 0
        ? ""
        : `${JSON.stringify({ level: 40, leftOut: this.#leftOut, msg: "log lines left out" })}\n`;
    const taken = { text: note + this.#waiting.join(""), lines: this.#waiting.length + this.#leftOut };
    this.#waiting = [];
    this.#length = 0;
    this.#leftOut = 0;
    return taken;
  }
}
