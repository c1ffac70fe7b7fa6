/** A node behind a router: asks the centre for the next checkpoint, follows it, brings the cosignature, and starts again. */
import { setTimeout as pause } from "node:timers/promises";
import { describeFault, FaultError } from "@openjmc/model";
import { Refusal } from "@openjmc/record";
import { CentreAnswer, type CentreLink } from "./centre-link.ts";
import type { Mirror, MirrorStepResult } from "./mirror.ts";

export interface PullOptions {
  readonly mirror: Mirror;
  readonly link: CentreLink;
  readonly signal: AbortSignal;
  /** Told in a line what has changed: for the operator. */
  readonly say: (text: string) => void;
  /** What else is done once the record is followed: recordings, receipts. */
  readonly beside?: () => Promise<void>;
  /** Seconds that a question may wait at the centre. */
  readonly wait?: number;
}

const FIRST_PAUSE_MILLISECONDS = 250;
const SHORTEST_ROUND_MILLISECONDS = 200;
const LONGEST_PAUSE_MILLISECONDS = 10_000;

/** Follows until told to stop. Only a fault of this node's own disk ends it: then it must be opened again. */
export async function pull(options: PullOptions): Promise<void> {
  const { signal } = options;
  const teller = new Teller(options.say);
  let wait = FIRST_PAUSE_MILLISECONDS;
  let after = 0;
  while (!signal.aborted) {
    try {
      const askedAt = performance.now();
      const result = await pullOnce(options, after, teller);
      if (result?.kind === "cosigned" || result?.kind === "objected") after = options.mirror.files.size;
      await options.beside?.();
      if (result !== undefined && result.kind !== "cosigned") wait = await rest(wait, signal);
      else {
        wait = FIRST_PAUSE_MILLISECONDS;
        // Nobody makes this node sign or ask in a loop.
        if (performance.now() - askedAt < SHORTEST_ROUND_MILLISECONDS) await rest(SHORTEST_ROUND_MILLISECONDS, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isPassing(error)) throw error;
      teller.trouble(error);
      wait = await rest(wait, signal);
    }
  }
}

/** One round: what is shown now, or what comes after size `after`. Undefined: nothing new in the time that was waited. */
async function pullOnce(
  { mirror, link, wait }: PullOptions,
  after: number,
  teller: Teller,
): Promise<MirrorStepResult | undefined> {
  const note = await link.nextCheckpoint(after, wait ?? 20);
  if (!note) return undefined;
  const result = await mirror.follow(note, link);
  if (result.kind === "cosigned") await link.bring(result.note);
  // The operator hears of it even where the centre does not.
  teller.result(mirror, result);
  if (result.kind === "rolled-back" || result.kind === "forked") await remind(mirror, link);
  if (result.kind === "objected" || result.kind === "forked")
    await link.object(mirror.objections.all, result.kind === "forked");
  return result;
}

/**
 * A centre that forgot what it had signed is shown it, even where its new history is as long by now: an honest keeper then signs
 * nothing more. That it refuses the note is its answer to it, and no trouble of this node.
 */
async function remind({ files }: Mirror, link: CentreLink): Promise<void> {
  if (!files.head) return;
  try {
    await link.bring(files.head);
  } catch (error) {
    if (!(error instanceof CentreAnswer)) throw error;
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<number> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  return Math.min(LONGEST_PAUSE_MILLISECONDS, milliseconds * 2);
}

/** The centre is away, or what it says cannot be used: that passes or is told, and nothing here is harmed. */
function isPassing(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof CentreAnswer) return true;
  if (!(error instanceof FaultError)) return false;
  return !/^(disk|record|mirror|node|segment)\./.test(error.fault.code);
}

/** Says each state once, not each round. */
class Teller {
  readonly #say: (text: string) => void;
  #last = "";

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  result(mirror: Mirror, result: MirrorStepResult): void {
    this.#tell(sentenceOf(mirror, result));
  }

  trouble(error: unknown): void {
    const fault = (error as FaultError | Refusal).fault;
    this.#tell(`waiting: ${describeFault(fault)}`);
  }

  #tell(text: string): void {
    const kind = text.split(":")[0]!;
    if (text === this.#last || (kind === "cosigned" && this.#last.startsWith(kind))) return;
    this.#last = text;
    this.#say(text);
  }
}

function sentenceOf(mirror: Mirror, result: MirrorStepResult): string {
  switch (result.kind) {
    case "cosigned":
      return `cosigned: ${mirror.files.size} entries are stored here`;
    case "objected":
      return `NOT COSIGNED: ${result.objections.map((one) => `entry ${one.index} ${one.fault?.code ?? one.code}`).join("; ")}`;
    case "withheld":
      return `WITHHELD by the log: ${result.what}`;
    case "rolled-back":
      return `ROLLED BACK: the log shows ${result.shown} entries, ${result.held} were signed`;
    case "forked":
      return `FORK: ${result.misbehaviour.kind === "fork" ? "proof" : "both checkpoints"} in ${result.misbehaviour.file}`;
    case "refused":
      return `REFUSED: ${describeFault(result.fault)}`;
  }
}
