/** All cosigners that listen, each brought the newest candidate whenever it has done with the one before. */
import type { Logger } from "pino";
import type { CosignerAddresses } from "./addresses.ts";
import type { Cosigning } from "./cosigning.ts";
import { Push, type PushOptions } from "./push.ts";

const PAUSE_AFTER_TROUBLE_MILLISECONDS = 5_000;

interface Lane {
  readonly push: Push;
  working: boolean;
  brought: number;
  restUntil: number;
}

export class Pushes {
  readonly #cosigning: Cosigning;
  readonly #options: Omit<PushOptions, "address" | "take">;
  readonly #logger: Logger;
  readonly #lanes = new Map<string, Lane>();

  constructor(cosigning: Cosigning, options: Omit<PushOptions, "address" | "take">, logger: Logger) {
    this.#cosigning = cosigning;
    this.#options = options;
    this.#logger = logger;
  }

  /** Cosigners to connect to; known ones stay. */
  add(addresses: CosignerAddresses): void {
    for (const [name, address] of Object.entries(addresses)) {
      const push = new Push({ ...this.#options, address, take: (note) => this.#cosigning.take(note) });
      this.#lanes.set(name, { push, working: false, brought: -1, restUntil: 0 });
    }
  }

  has(name: string): boolean {
    return this.#lanes.has(name);
  }

  /** Called a few times a second. */
  beat(): void {
    const { candidate } = this.#cosigning;
    if (!candidate) return;
    for (const [name, lane] of this.#lanes) {
      if (lane.working || lane.brought === candidate.size || performance.now() < lane.restUntil) continue;
      lane.working = true;
      lane.push
        .bring(candidate)
        .then(() => {
          lane.brought = candidate.size;
        })
        .catch((error: unknown) => {
          lane.restUntil = performance.now() + PAUSE_AFTER_TROUBLE_MILLISECONDS;
          this.#logger.warn({ cosigner: name, err: error }, "a cosigner was not reached");
        })
        .finally(() => {
          lane.working = false;
        });
    }
  }
}
