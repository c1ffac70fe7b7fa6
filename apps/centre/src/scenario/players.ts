/** Both components' processes as a scenario uses them: each holds its officers' keys, acts for them and asks for them. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type AppendedAnswer, type Fault, FaultError } from "@openjmc/model";
import type { ScriptedAct } from "../signer/demonstration.ts";

const PROGRAM = join(import.meta.dirname, "../cli/demonstration-signer.ts");

interface Answer {
  readonly script: number;
  readonly value?: unknown;
  readonly fault?: Fault;
}

/** What an officer does: states, signs the other side's text, or asks. */
export type Order =
  | Omit<ScriptedAct, "countersign" | "get" | "isHashed" | "id">
  | { readonly officer: string; readonly countersign: string }
  | { readonly officer: string; readonly get: string; readonly isHashed?: boolean };

export class Players {
  readonly #children = new Map<string, ChildProcess>();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #orders = 0;

  /** Starts a process for each component and waits until all are ready. Throws `signer.ended`. */
  static async start(
    components: ReadonlyMap<string, { readonly url: string; readonly folder: string }>,
  ): Promise<Players> {
    const players = new Players();
    await Promise.all([...components].map(([code, { url, folder }]) => players.#start(code, url, folder)));
    return players;
  }

  #start(component: string, url: string, folder: string): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM, url, folder], { stdio: ["pipe", "pipe", "inherit"] });
    this.#children.set(component, child);
    child.stdin!.on("error", () => undefined);
    return new Promise((ready, reject) => {
      createInterface({ input: child.stdout! }).on("line", (line) => {
        if (line.includes(": ready")) ready();
        if (line.startsWith('{"script":')) this.#answer(JSON.parse(line) as Answer);
      });
      child.once("exit", (code) => {
        const fault = {
          code: "signer.ended",
          what: "component's process",
          where: { file: folder },
          got: `exit ${code}`,
        };
        reject(new FaultError(fault));
        for (const [script, tell] of this.#waiting) tell({ script, fault });
      });
    });
  }

  #answer(answer: Answer): void {
    this.#waiting.get(answer.script)?.(answer);
    this.#waiting.delete(answer.script);
  }

  /** Throws the centre's fault. */
  act(order: Exclude<Order, { readonly get: string }>): Promise<AppendedAnswer> {
    return this.#order<AppendedAnswer>(order);
  }

  /** Throws the centre's fault. */
  ask(officer: string, get: string): Promise<unknown> {
    return this.#order({ officer, get });
  }

  /** SHA-256 of a file as the centre gives it. Throws the centre's fault. */
  hash(officer: string, get: string): Promise<string> {
    return this.#order<string>({ officer, get, isHashed: true });
  }

  async #order<T>(order: Order): Promise<T> {
    const id = ++this.#orders;
    const child = this.#children.get(order.officer.split("-")[0]!);
    if (!child)
      throw new FaultError({
        ...{ code: "officer.unknown", what: "scenario", got: order.officer },
        expected: `an officer of ${[...this.#children.keys()].join(" or ")}`,
      });
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    child.stdin!.write(`${JSON.stringify({ id, ...order })}\n`);
    const { value, fault } = await answered;
    if (fault) throw new FaultError(fault);
    return value as T;
  }

  async stop(): Promise<void> {
    const ended = [...this.#children.values()].map(
      (child) =>
        new Promise<void>((resolve) => (child.exitCode === null ? child.once("exit", () => resolve()) : resolve())),
    );
    for (const child of this.#children.values()) child.kill("SIGTERM");
    await Promise.all(ended);
  }
}
