/** `jmc locate [FILE|-]`: arrivals, one JSON object a line after a header → events, one JSON object a line. */
import type { Writable } from "node:stream";
import { PHASES, PlaneLocator } from "@openjmc/fusion";
import { describeFault, type Fault } from "@openjmc/model";
import { parseArrivalLine } from "./locate/arrival-line.ts";
import { type ArrivalsHeader, parseArrivalsHeader } from "./locate/arrivals-header.ts";
import { EventBook } from "./locate/event-book.ts";
import { FarBook } from "./locate/far-book.ts";
import { linesOf } from "./locate/lines.ts";

export interface LocateRun {
  readonly input: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Seconds of the arrivals' time between two ticks. */
const TICK = 60;
const UNREADABLE = 2;
const FAR = PHASES.indexOf("I");

/**
 * Locates the whole input. A bad line is reported on stderr with its number and counted, and the rest goes on. Events are
 * written in order of time once all arrivals are in.
 * @returns the exit status: 0, or 2 where the header or every line could not be read.
 */
export async function runLocate(run: LocateRun): Promise<number> {
  let pass: LocatePass | undefined;
  for await (const line of linesOf(run.input)) {
    if (pass !== undefined) {
      pass.arrival(line);
      continue;
    }
    const header = parseArrivalsHeader(line);
    if (!header.ok) return refuse(run, header.fault);
    pass = new LocatePass(header.value, run.stderr);
  }
  if (pass === undefined)
    return refuse(run, {
      code: "input.empty",
      what: "arrivals",
      expected: "a header and arrivals, one JSON object a line",
      got: "nothing",
    });
  for (const line of pass.finish()) run.stdout.write(`${line}\n`);
  return pass.good === 0 && pass.bad > 0 ? UNREADABLE : 0;
}

/** One file's arrivals on their way through the locator. */
class LocatePass {
  good = 0;
  bad = 0;
  readonly #header: ArrivalsHeader;
  readonly #stderr: Writable;
  readonly #locator: PlaneLocator;
  readonly #book: EventBook;
  readonly #far: FarBook;
  #frame = 0;
  #tick = Number.NEGATIVE_INFINITY;
  #latest = Number.NEGATIVE_INFINITY;

  constructor(header: ArrivalsHeader, stderr: Writable) {
    this.#header = header;
    this.#stderr = stderr;
    this.#locator = new PlaneLocator(header.configuration);
    this.#book = new EventBook(this.#locator);
    this.#far = new FarBook(header.places ?? []);
  }

  arrival(line: string): void {
    const arrival = parseArrivalLine(line, this.#frame++, this.#header);
    if (!arrival.ok) {
      this.bad++;
      this.#stderr.write(`${describeFault(arrival.fault)}\n`);
      return;
    }
    this.good++;
    const { time } = arrival.value;
    if (this.#tick === Number.NEGATIVE_INFINITY) this.#tick = time + TICK;
    if (time > this.#tick) {
      this.#advance(this.#tick);
      this.#tick = Math.ceil(time / TICK) * TICK;
    }
    this.#latest = Math.max(this.#latest, time);
    if (arrival.value.phase === FAR) this.#far.add(arrival.value);
    else this.#locator.add(arrival.value);
  }

  #advance(now: number): void {
    this.#locator.advance(now);
    this.#book.note();
    this.#far.advance(now);
  }

  /** Lets all events settle; returns their lines. */
  finish(): string[] {
    if (this.good === 0) return [];
    const { settleAfter, forgetAfter } = this.#locator.field.limits;
    this.#advance(this.#latest);
    this.#advance(this.#latest + settleAfter + 1);
    this.#advance(this.#latest + forgetAfter + 1);
    const lines = [...this.#book.lines(), ...this.#far.lines()];
    return lines.sort((one, other) => one.time - other.time).map(({ line }) => line);
  }
}

function refuse(run: LocateRun, fault: Fault): number {
  run.stderr.write(`${describeFault(fault)}\n`);
  return UNREADABLE;
}
