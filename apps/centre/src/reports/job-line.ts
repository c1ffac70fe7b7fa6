/** Jobs done one after the other by a hand of their own: begun with the first, kept alive by nothing but work, begun anew when lost. */

/** A thread or a process that does jobs. */
export interface Hand {
  post(message: object): void;
  ref(): void;
  unref(): void;
  end(): Promise<void>;
}

/** What is heard of a hand. */
export interface Heard<Answer> {
  answer(message: { readonly id: number; readonly answer: Answer }): void;
  /** It is no more; `isOfMemory` where it had reached its limit. */
  lost(cause: string, isOfMemory: boolean): void;
}

export interface JobLineOptions<Answer> {
  readonly begin: (heard: Heard<Answer>) => Hand;
  /** What those who waited are told when the hand is lost. */
  readonly lost: (cause: string, isOfMemory: boolean) => Answer;
  /** After so long without a job the hand is let go, and its memory with it; kept for good where it is not said. */
  readonly restMilliseconds?: number;
}

export class JobLine<Job extends object, Answer> {
  readonly #options: JobLineOptions<Answer>;
  readonly #pending = new Map<number, (answer: Answer) => void>();
  #hand: Hand | undefined;
  #lastId = 0;
  #rest: NodeJS.Timeout | undefined;
  /** How many hands there have been: what one was told, the next has not heard. */
  generation = 0;

  constructor(options: JobLineOptions<Answer>) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#pending.size;
  }

  /** Begins a hand unless there is one, so that `generation` is that of the one which is asked next. */
  begin(): void {
    this.#hand ??= this.#begin();
  }

  ask(job: Job): Promise<Answer> {
    const id = ++this.#lastId;
    this.begin();
    clearTimeout(this.#rest);
    this.#hand!.ref();
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#hand!.post({ id, job });
    });
  }

  async close(): Promise<void> {
    const hand = this.#hand;
    if (hand === undefined) return;
    this.#lose(hand, "the centre is closing", false);
    await hand.end();
  }

  #begin(): Hand {
    this.generation += 1;
    const hand: Hand = this.#options.begin({
      answer: ({ id, answer }) => {
        this.#pending.get(id)?.(answer);
        this.#pending.delete(id);
        if (this.#pending.size === 0) this.#letRest(hand);
      },
      // The next job begins a new hand; those that waited for this one are told.
      lost: (cause, isOfMemory) => this.#lose(hand, cause, isOfMemory),
    });
    return hand;
  }

  #letRest(hand: Hand): void {
    hand.unref();
    const { restMilliseconds } = this.#options;
    if (restMilliseconds !== undefined) this.#rest = setTimeout(() => void this.close(), restMilliseconds).unref();
  }

  #lose(hand: Hand, cause: string, isOfMemory: boolean): void {
    if (this.#hand !== hand) return;
    clearTimeout(this.#rest);
    this.#hand = undefined;
    for (const answer of this.#pending.values()) answer(this.#options.lost(cause, isOfMemory));
    this.#pending.clear();
  }
}
