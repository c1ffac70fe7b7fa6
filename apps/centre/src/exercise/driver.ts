/** Drives a centre with true bytes: a scenario on real sockets, in a thread of its own, by the exercise's clock. */
import { Worker } from "node:worker_threads";
import type { ActItem, ScenarioOptions } from "@openjmc/exercise";
import { type Fault, FaultError, type Instant } from "@openjmc/model";
import type { DriverClock } from "./driver-clock.ts";
import type { DriverStart, DriverStats, FromDriver, ToDriver } from "./driver-protocol.ts";
import type { Endpoints } from "./endpoint.ts";

export interface DriverOptions {
  readonly scenario: ScenarioOptions;
  /** Wires to open at once; more may follow with `connect`. */
  readonly endpoints: Endpoints;
  /** `DIR/exercise`: the truth is written to `truth.jsonl` there as it happens. */
  readonly folder: string;
  /** Instant to begin at: the scenario's start, or after a restart what the clock shows then. */
  readonly from?: Instant;
  /** Runs by this clock as soon as it is ready; without it, `run` begins. */
  readonly clock?: DriverClock;
  /** A person's statement is due: submit it through the API in that officer's session. */
  readonly onAct?: (act: ActItem) => void;
}

export interface Driver {
  /** Ports of the wires that listen, by source. */
  readonly ports: ReadonlyMap<string, number>;
  /** Settles with a fault if the driver had to stop by itself. */
  readonly failure: Promise<FaultError>;
  connect(endpoints: Endpoints): Promise<void>;
  /** Plays by this clock; what is due before what it shows now counts as not having happened. */
  run(clock: DriverClock): void;
  pause(): void;
  stats(): Promise<DriverStats>;
  /** Writes down the truth, closes the wires and ends the thread. */
  stop(): Promise<void>;
}

/** Starts the driver; it is ready to run when this resolves. Errors: those of `createScenario`, of wires and of the truth file. */
export async function startDriver(options: DriverOptions): Promise<Driver> {
  const { scenario, folder } = options;
  const start: DriverStart = { scenario, folder, from: options.from ?? scenario.startsAt };
  const thread = new Thread(start, options.onAct ?? (() => undefined));
  await thread.ready;
  const ports = new Map<string, number>();
  const connect = async (endpoints: Endpoints): Promise<void> => {
    const taken = (await thread.ask({ say: "connect", endpoints })) as Record<string, number>;
    for (const [source, port] of Object.entries(taken)) ports.set(source, port);
  };
  const driver: Driver = {
    ports,
    failure: thread.failure,
    connect,
    run: (clock) => thread.tell({ say: "run", clock }),
    pause: () => thread.tell({ say: "pause" }),
    stats: async () => (await thread.ask({ say: "stats" })) as DriverStats,
    stop: () => thread.stop(),
  };
  try {
    await connect(options.endpoints);
  } catch (error) {
    await driver.stop();
    throw error;
  }
  if (options.clock) driver.run(options.clock);
  return driver;
}

type Question<Message> = Message extends { readonly number: number } ? Omit<Message, "number"> : never;

class Thread {
  readonly ready: Promise<void>;
  readonly failure: Promise<FaultError>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #ended: Promise<void>;
  #number = 0;
  #isStopping = false;

  constructor(start: DriverStart, onAct: (act: ActItem) => void) {
    this.#worker = new Worker(new URL("./driver-thread.ts", import.meta.url), { workerData: start, name: "exercise" });
    const ready = Promise.withResolvers<void>();
    const failure = Promise.withResolvers<FaultError>();
    this.ready = ready.promise;
    this.failure = failure.promise;
    const fail = (fault: Fault): void => {
      const error = new FaultError(fault);
      ready.reject(error);
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
      if (!this.#isStopping) failure.resolve(error);
    };
    this.#worker.on("message", (message: FromDriver) => {
      if (message.say === "ready") ready.resolve();
      else if (message.say === "act") onAct(message.act);
      else if (message.say === "failed") fail(message.fault);
      else this.#settle(message);
    });
    this.#worker.on("error", (error) => fail(faultOfThread(error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.on("exit", () => {
        fail({ code: "exercise.driver-ended", what: "driver of the exercise" });
        resolve();
      });
    });
  }

  #settle(message: Extract<FromDriver, { say: "answer" }>): void {
    const waiting = this.#waiting.get(message.number);
    this.#waiting.delete(message.number);
    if (message.fault) waiting?.reject(new FaultError(message.fault));
    else waiting?.resolve(message.value);
  }

  tell(message: ToDriver): void {
    this.#worker.postMessage(message);
  }

  ask(question: Question<ToDriver>): Promise<unknown> {
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.tell({ ...question, number } as ToDriver);
    });
  }

  async stop(): Promise<void> {
    if (this.#isStopping) return this.#ended;
    this.#isStopping = true;
    // A thread that has failed already has nothing left to write down.
    await this.ask({ say: "stop" }).catch(() => this.#worker.terminate());
    await this.#ended;
  }
}

/** A FaultError thrown in the thread arrives as a plain error that still carries its fault. */
function faultOfThread(error: unknown): Fault {
  const carried = (error as { readonly fault?: Fault }).fault;
  if (carried) return carried;
  const cause = error instanceof Error ? error.message : String(error);
  return { code: "exercise.driver-failed", what: "driver of the exercise", cause };
}
