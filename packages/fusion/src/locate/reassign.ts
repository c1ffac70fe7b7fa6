/** Shares out the arrivals among several events at once, channel by channel: the best assignment given what each predicts. */
import type { Association } from "./association.ts";
import type { Field } from "./field.ts";
import type { PlaneEvent } from "./plane-event.ts";

const GATE = 4;
const ONSET_VARIANCE = 0.0025;
const MOST_OFFERED = 24;

export class Reassigner {
  readonly #field: Field;
  readonly #association: Association;
  readonly #offered = new Int32Array(MOST_OFFERED);
  #worth = new Float64Array(0);
  readonly #choice: number[] = [];

  constructor(field: Field, association: Association) {
    this.#field = field;
    this.#association = association;
  }

  /** One round over all channels. The events own what they hold under their keys. Returns whether anything changed. */
  share(events: readonly PlaneEvent[]): boolean {
    let changed = false;
    const channels = this.#field.network.channels.length;
    for (let channel = 0; channel < channels; channel++) {
      const offered = this.#gather(events, channel);
      if (offered === 0) continue;
      this.#value(events, channel, offered);
      this.#assign(events, offered);
      if (this.#apply(events, channel)) changed = true;
    }
    return changed;
  }

  /** Arrivals within any event's gate that are free or theirs. */
  #gather(events: readonly PlaneEvent[], channelIndex: number): number {
    const { network, arrivals } = this.#field;
    const channel = network.channels[channelIndex]!;
    let offered = 0;
    for (const event of events) {
      const due = event.dueTime[channelIndex]!;
      if (Number.isNaN(due)) continue;
      const reach = GATE * Math.sqrt(event.dueVariance[channelIndex]! + ONSET_VARIANCE);
      for (let at = channel.lowerBound(due - reach); at < channel.tail && channel.times[at]! < due + reach; at++) {
        const number = channel.numbers[at]!;
        const owner = arrivals.owner[number & arrivals.mask]!;
        if (owner >= 0 && !events.some((each) => each.key === owner)) continue;
        if (offered < MOST_OFFERED && !this.#offered.subarray(0, offered).includes(number))
          this.#offered[offered++] = number;
      }
    }
    return offered;
  }

  /** What each arrival is worth to each event beyond being unheard there. */
  #value(events: readonly PlaneEvent[], channel: number, offered: number): void {
    if (this.#worth.length < events.length * MOST_OFFERED) this.#worth = new Float64Array(events.length * MOST_OFFERED);
    events.forEach((event, row) => {
      const miss = Number.isNaN(event.dueTime[channel]!) ? 0 : this.#association.missCost(event, channel);
      for (let index = 0; index < offered; index++)
        this.#worth[row * MOST_OFFERED + index] = this.#association.worth(event, this.#offered[index]!, channel) - miss;
    });
  }

  /** Greedy choice, then exchanges between two events while they gain. */
  #assign(events: readonly PlaneEvent[], offered: number): void {
    const choice = this.#choice;
    choice.length = 0;
    for (let row = 0; row < events.length; row++) choice.push(-1);
    for (;;) {
      let best = 0;
      let bestRow = -1;
      let bestIndex = -1;
      for (let row = 0; row < events.length; row++) {
        if (choice[row]! >= 0) continue;
        for (let index = 0; index < offered; index++)
          if (this.#worth[row * MOST_OFFERED + index]! > best && !choice.includes(index)) {
            best = this.#worth[row * MOST_OFFERED + index]!;
            bestRow = row;
            bestIndex = index;
          }
      }
      if (bestRow < 0) break;
      choice[bestRow] = bestIndex;
    }
    for (let one = 0; one < events.length; one++)
      for (let other = 0; other < one; other++)
        if (
          this.#of(one, choice[other]!) + this.#of(other, choice[one]!) >
          this.#of(one, choice[one]!) + this.#of(other, choice[other]!) + 1e-9
        )
          [choice[one], choice[other]] = [choice[other]!, choice[one]!];
  }

  #of(row: number, index: number): number {
    return index < 0 ? 0 : this.#worth[row * MOST_OFFERED + index]!;
  }

  #apply(events: readonly PlaneEvent[], channel: number): boolean {
    const { arrivals } = this.#field;
    let changed = false;
    events.forEach((event, row) => {
      const number = this.#choice[row]! < 0 ? -1 : this.#offered[this.#choice[row]!]!;
      if (event.picks[channel] !== number) changed = true;
    });
    if (!changed) return false;
    for (const event of events)
      if (event.picks[channel]! >= 0) arrivals.owner[event.picks[channel]! & arrivals.mask] = -1;
    events.forEach((event, row) => {
      const number = this.#choice[row]! < 0 ? -1 : this.#offered[this.#choice[row]!]!;
      event.picks[channel] = number;
      if (number >= 0) arrivals.owner[number & arrivals.mask] = event.key;
    });
    return true;
  }
}
