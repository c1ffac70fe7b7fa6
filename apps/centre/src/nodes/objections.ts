/**
 * What a mirror has against its log: entries that the replay refuses, things withheld. It stores such entries like all others
 * and says what is wrong; it does not cosign them until its operator has said that he knows.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "@openjmc/model";
import { writeDurably } from "../record/durable.ts";
import { nodeRecordFiles } from "../record/files.ts";

export interface Objection {
  /** Stable, as `leaf.refused`. */
  readonly code: string;
  /** Entry that it is about. */
  readonly index?: number;
  readonly fault?: Fault;
  /** Seconds since 1970, by the node's clock. */
  readonly since: number;
  /** The operator knows; the mirror cosigns all the same. */
  readonly known?: boolean;
}

export class Objections {
  readonly #path: string;
  #list: readonly Objection[];

  constructor(root: string) {
    this.#path = join(root, "objections.json");
    this.#list = existsSync(this.#path) ? (JSON.parse(readFileSync(this.#path, "utf8")) as Objection[]) : [];
  }

  get all(): readonly Objection[] {
    return this.#list;
  }

  /** Those that keep it from cosigning. */
  get blocking(): readonly Objection[] {
    return this.#list.filter((objection) => objection.code === "leaf.refused" && !objection.known);
  }

  /** Adds one and makes it durable. Answers whether it is new. */
  add(objection: Objection): Promise<boolean> {
    return this.addAll([objection]);
  }

  /** Adds some and makes them durable together; the same one counts once. Answers whether any is new. */
  async addAll(objections: readonly Objection[]): Promise<boolean> {
    const known = new Set(this.#list.map(nameOf));
    const fresh = objections.filter((objection) => !known.has(nameOf(objection)));
    if (fresh.length > 0) await this.#write([...this.#list, ...fresh]);
    return fresh.length > 0;
  }

  /** Takes away what no longer holds. */
  async settle(code: string, index: number): Promise<void> {
    const rest = this.#list.filter((objection) => !(objection.code === code && objection.index === index));
    if (rest.length !== this.#list.length) await this.#write(rest);
  }

  /** The operator has taken note of an entry; answers whether there was such an objection. */
  async accept(index: number): Promise<boolean> {
    const found = this.#list.some((objection) => objection.index === index);
    if (found) await this.#write(this.#list.map((one) => (one.index === index ? { ...one, known: true } : one)));
    return found;
  }

  async #write(list: readonly Objection[]): Promise<void> {
    await writeDurably(nodeRecordFiles, [
      { path: this.#path, bytes: Buffer.from(`${JSON.stringify(list, null, 1)}\n`) },
    ]);
    this.#list = list;
  }
}

function nameOf({ code, index }: Objection): string {
  return `${code} ${index ?? ""}`;
}
