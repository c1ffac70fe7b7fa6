/** Tells an officer of each use of his keys, and of one that did not come from this signer. Remembers how far it has told. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatInstant } from "@openjmc/model";
import type { KeyUse } from "../sessions/key-uses.ts";
import type { CentreClient } from "./centre-client.ts";

interface Remembered {
  /** The next entry to be told of. */
  readonly next: number;
  /** Statements signed here that have not been told of yet. */
  readonly signedHere: readonly string[];
}

export class UseWatch {
  readonly #file: string;
  readonly #print: (text: string) => void;
  #remembered: Remembered;

  constructor(folder: string, officer: string, print: (text: string) => void) {
    this.#file = join(folder, `${officer}.uses.json`);
    this.#print = print;
    this.#remembered = this.#read();
  }

  /** A statement that is about to leave this signer, signed by the officer's own key. */
  signed(statementId: string): void {
    this.#keep({ ...this.#remembered, signedHere: [...this.#remembered.signedHere, statementId] });
  }

  /** Asks for what is new and tells it. */
  async look(client: CentreClient): Promise<void> {
    const { next, signedHere } = this.#remembered;
    const { uses } = await client.get<{ uses: readonly KeyUse[] }>(`/api/v1/signer/uses?since=${next}`);
    if (uses.length === 0) return;
    for (const use of uses) this.#print(this.#tell(use));
    const told = new Set(uses.map(({ statement }) => statement));
    this.#keep({
      next: uses.at(-1)!.index + 1,
      signedHere: signedHere.filter((statement) => !told.has(statement)).slice(-200),
    });
  }

  #tell({ index, kind, tier, keyid, recordedAt, statement }: KeyUse): string {
    const what = `entry ${index} ${kind}, ${formatInstant(recordedAt)}`;
    if (tier === "session") return `key used: ${what}, by a session key that you enrolled (${keyid.slice(0, 16)})`;
    if (tier === "root") return `ROOT KEY of your component used: ${what} (${keyid.slice(0, 16)})`;
    if (this.#remembered.signedHere.includes(statement)) return `key used: ${what}, signed here`;
    return `KEY USED, NOT BY THIS SIGNER: ${what}. If it was not you, tell your head of component at once.`;
  }

  #read(): Remembered {
    if (!existsSync(this.#file)) return { next: 0, signedHere: [] };
    try {
      const kept = JSON.parse(readFileSync(this.#file, "utf8")) as Remembered;
      if (Number.isSafeInteger(kept.next) && Array.isArray(kept.signedHere)) return kept;
    } catch {
      // A file that was cut off means that everything is told again, which does no harm.
    }
    return { next: 0, signedHere: [] };
  }

  #keep(remembered: Remembered): void {
    this.#remembered = remembered;
    writeFileSync(this.#file, `${JSON.stringify(remembered)}\n`, { mode: 0o600 });
  }
}
