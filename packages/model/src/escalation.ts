/** Word sent out of the centre: safety-of-life flashes to both parties, and the ladder to the sending states. */
import type { EntryMark, PlaceBody } from "./case.ts";
import type { Instant } from "./instant.ts";
import type { Names } from "./mission.ts";

/** Ways by which a message leaves. `card`: a page that an officer reads out by voice. */
export const CHANNELS = ["webhook", "email", "cap", "card"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Somebody outside to whom word is sent: an office of a sending state, or a party. */
export interface Recipient {
  readonly id: string;
  /** Code of the component whose sending state it is, or of the party. */
  readonly side: string;
  readonly names: Names;
  readonly language: string;
}

/** One channel of a rung, and how long it may stay without an answer before the next one begins. */
export interface LadderChannel {
  readonly by: Channel;
  readonly minutes: number;
}

/** One step up: everybody in it is told at the same time, by one channel after the other. */
export interface Rung {
  readonly to: readonly string[];
  readonly channels: readonly LadderChannel[];
}

/** How word leaves the centre, as the mission says. */
export interface EscalationPlan {
  readonly recipients: readonly Recipient[];
  /** Rungs in their order; the next begins when nobody of the one before has answered by any channel. */
  readonly ladder: readonly Rung[];
  /** Channels of a flash to the parties, all at once, besides the portal. */
  readonly flash: readonly Channel[];
}

/** What a flash is about: what people near it must do differently now. */
export const FLASH_EVENTS = [
  "fire-on-people",
  "fire-on-aircraft",
  "imminent-strike",
  "mines",
  "hazardous-site",
  "wounded",
  "lost-aircraft",
  "other",
] as const;
export type FlashEvent = (typeof FLASH_EVENTS)[number];

/** Body of `flash.sent` (session; one key sends it, the other component's makes it joint). Subject: ULID. */
export interface FlashSentBody {
  readonly event: FlashEvent;
  readonly headline: string;
  readonly text: string;
  /** What is asked of both parties, the same of either. */
  readonly instruction: string;
  readonly language: string;
  readonly place?: PlaceBody;
  readonly area: string;
  readonly expires: string;
  readonly incident?: string;
}

export const ESCALATION_SENDINGS = ["at-once", "when-joint"] as const;

/** Body of `escalation.begun` (session; joint once the other component has signed it too). Subject: ULID. */
export interface EscalationBegunBody {
  readonly title: string;
  readonly text: string;
  readonly asked: string;
  readonly language: string;
  /** Until then it waits for the other component's signature; then it goes out as one component's word. */
  readonly holdUntil: string;
  readonly area: string;
  readonly place?: PlaceBody;
  readonly provision?: string;
  readonly incident?: string;
}

/** Body of `escalation.answered` (session): an answer to a flash or an escalation, word for word. */
export interface EscalationAnsweredBody {
  readonly recipient: string;
  readonly by: string;
  readonly text: string;
  readonly language: string;
  readonly answeredAt: string;
}

export const ESCALATION_OUTCOMES = ["resolved", "stood-down", "no-effect", "overtaken"] as const;
export type EscalationOutcome = (typeof ESCALATION_OUTCOMES)[number];

/** Body of `escalation.ended` (session): nothing more is sent but the word that it ended. */
export interface EscalationEndedBody {
  readonly outcome: EscalationOutcome;
  readonly reason: string;
}

/** In whose name a message speaks. A recipient who had an earlier edition is sent the later one. */
export const EDITIONS = ["one-sided", "joint", "ended"] as const;
export type Edition = (typeof EDITIONS)[number];

/** How sending ended. `accepted`: the other end's server took it; `ready`: the card lies printed; the rest reached nobody. */
export const DELIVERY_OUTCOMES = ["accepted", "ready", "published", "unreachable", "no-address"] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** Body of `message.delivered` (machine). Subject: that of the flash or escalation. */
export interface MessageDeliveredBody {
  /** Stable: the same message sent again, also after a crash, bears the same id. */
  readonly message: string;
  readonly rung: number;
  readonly recipient: string;
  readonly channel: Channel;
  readonly edition: Edition;
  readonly outcome: DeliveryOutcome;
  readonly attempts: number;
  /** SHA-256 of what was sent, hexadecimal; empty where nothing was. */
  readonly sha256: string;
  /** The other end's own words, in short. */
  readonly detail: string;
}

export type Delivery = MessageDeliveredBody & { readonly at: Instant; readonly mark: EntryMark };

/** View row `escalations`: flashes and ladders alike. */
export interface EscalationRow {
  readonly id: string;
  readonly kind: "flash" | "ladder";
  /** Human number in log order: E-2021-0003, F-2021-0001. */
  readonly number: string;
  readonly body: FlashSentBody | EscalationBegunBody;
  readonly statement: string;
  /** `one-sided` until the other component has signed; `split` where it dissents. */
  readonly standing: "one-sided" | "joint" | "split" | "withdrawn";
  readonly signedBy: readonly EntryMark[];
  readonly dissent?: { readonly text: string; readonly mark: EntryMark };
  /** When it goes out, or went out. */
  readonly begins: Instant;
  /** When it became joint. */
  readonly jointAt?: Instant;
  readonly lon?: number;
  readonly lat?: number;
  readonly deliveries: readonly Delivery[];
  readonly answers: readonly {
    readonly recipient: string;
    readonly by: string;
    readonly text: string;
    readonly language: string;
    readonly answeredAt: Instant;
    readonly mark: EntryMark;
  }[];
  readonly ended?: { readonly outcome: EscalationOutcome; readonly reason: string; readonly mark: EntryMark };
  readonly mark: EntryMark;
}

/** A message that is to leave now. */
export interface DueMessage {
  readonly message: string;
  readonly escalation: string;
  readonly rung: number;
  readonly recipient: string;
  readonly channel: Channel;
  readonly edition: Edition;
  /** When its channel's time runs out; nothing is tried after that. */
  readonly until: Instant;
}
