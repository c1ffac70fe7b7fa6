import { instantOfDay } from "../instant-of-day.ts";
import { present } from "../present.ts";
import type {
  BasicIdMessage,
  LocationMessage,
  OperatorIdMessage,
  RemoteIdMessage,
  SystemMessage,
} from "./remote-id-message.ts";

/** All that one transmitter has told, at each location it sends. */
export interface RemoteIdReport {
  readonly transmitter: string;
  /** µs since 1970, by the aircraft's clock where it tells, else when it was received. */
  readonly at: number;
  readonly timeSource: "aircraft" | "receiver";
  readonly location: LocationMessage;
  readonly identities: readonly BasicIdMessage[];
  readonly description?: string;
  /** Personal data of the operator, kept in one field so that it can be kept back. */
  readonly personal?: { readonly system?: SystemMessage; readonly operatorId?: string };
}

interface Heard {
  lastAt: number;
  counters: Map<string, number>;
  identities: Map<string, BasicIdMessage>;
  description?: string;
  system?: SystemMessage;
  operatorId?: OperatorIdMessage;
}

/** Transmitters remembered, and µs until a silent one is forgotten. */
const MOST_TRANSMITTERS = 4096;
const FORGET_AFTER = 120_000_000;
const HOUR = 3600;

/**
 * Puts together what a transmitter sends in pieces: identity, place, operator each come in a message of their own.
 * Holds no clock. Memory is bounded: the one longest silent is forgotten for a new one.
 */
export class RemoteIdAssembler {
  readonly counts = { messages: 0, repeats: 0, reports: 0 };
  readonly #heard = new Map<string, Heard>();

  /**
   * Takes the messages of one radio frame.
   * @param counter the frame's; the same one again for the same kind of message is a repeat, as radios send each several times.
   * @param receivedAt µs since 1970.
   */
  accept(
    transmitter: string,
    counter: number,
    messages: readonly RemoteIdMessage[],
    receivedAt: number,
  ): RemoteIdReport | undefined {
    const heard = this.#remember(transmitter, receivedAt);
    let location: LocationMessage | undefined;
    for (const message of messages) {
      this.counts.messages += 1;
      if (heard.counters.get(message.kind) === counter) {
        this.counts.repeats += 1;
        continue;
      }
      if (message.kind === "location") location = message;
      else take(heard, message);
    }
    for (const message of messages) heard.counters.set(message.kind, counter);
    if (location === undefined) return undefined;
    this.counts.reports += 1;
    return reportOf(transmitter, heard, location, receivedAt);
  }

  #remember(transmitter: string, receivedAt: number): Heard {
    const known = this.#heard.get(transmitter);
    this.#heard.delete(transmitter);
    const isFresh = known !== undefined && receivedAt - known.lastAt <= FORGET_AFTER;
    const heard = isFresh ? known : { lastAt: receivedAt, counters: new Map(), identities: new Map() };
    heard.lastAt = receivedAt;
    // The map keeps the order of hearing, so that its first is the longest silent.
    if (this.#heard.size >= MOST_TRANSMITTERS) this.#heard.delete(this.#heard.keys().next().value!);
    this.#heard.set(transmitter, heard);
    return heard;
  }
}

function take(heard: Heard, message: RemoteIdMessage): void {
  if (message.kind === "basic-id") heard.identities.set(message.idType, message);
  if (message.kind === "self-id") heard.description = message.description;
  if (message.kind === "system") heard.system = message;
  if (message.kind === "operator-id") heard.operatorId = message;
}

function reportOf(transmitter: string, heard: Heard, location: LocationMessage, receivedAt: number): RemoteIdReport {
  const seconds = location.secondsOfHour;
  const personal = present<NonNullable<RemoteIdReport["personal"]>>({
    system: heard.system,
    operatorId: heard.operatorId?.id,
  });
  return present<RemoteIdReport>({
    transmitter,
    at: seconds === undefined ? receivedAt : instantOfDay(seconds, receivedAt, HOUR),
    timeSource: seconds === undefined ? "receiver" : "aircraft",
    location,
    identities: [...heard.identities.values()],
    description: heard.description,
    personal: Object.keys(personal).length === 0 ? undefined : personal,
  });
}
