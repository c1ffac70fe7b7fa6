/** What was opened and must be closed, last opened first. */
import type { Logger } from "pino";

export type Close = () => Promise<unknown> | unknown;

export class Closers {
  readonly #logger: Logger;
  #closers: Close[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(close: Close): void {
    this.#closers.push(close);
  }

  /** Adds what closes itself and gives it back. */
  keep<T extends { close(): Promise<unknown> | unknown }>(opened: T): T {
    this.add(() => opened.close());
    return opened;
  }

  /** Closes everything, also when some of it fails: the folder's lock is the last and must be let go. Throws the first failure. */
  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        this.#logger.error({ err: error }, "stopping");
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
