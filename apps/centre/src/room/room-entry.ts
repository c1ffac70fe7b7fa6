/** What a room holds, as its own officers see it. */
import type { Instant } from "@openjmc/model";
import type { SealedBody, StatementBody } from "@openjmc/record";

/** `sealed`: only the room can read it. `disclosed`: everybody can. `erased`: nobody can. `unreadable`: its key is not here. */
export type RoomEntryState = "sealed" | "disclosed" | "erased" | "unreadable";

export interface RoomEntry {
  /** Place of the sealed entry in the log. */
  readonly index: number;
  /** Statement id of the sealed entry. */
  readonly statement: string;
  readonly role: string;
  readonly claimedAt: Instant;
  readonly state: RoomEntryState;
  readonly sealed: SealedBody;
  /** What is inside, while it can be read here. */
  readonly content?: Pick<StatementBody, "kind" | "subject" | "body">;
}
