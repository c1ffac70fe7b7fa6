/** One event by many means: what each of them says of it, and which of their accounts stands for it. */
import type { EntryMark } from "./case.ts";
import type { Means } from "./codes.ts";
import type { Converted, Counted } from "./count-conversion.ts";
import type { CueSight } from "./cue.ts";
import type { Instant } from "./instant.ts";
import type { ErrorEllipse } from "./position.ts";

/**
 * `located`: sounds and ground motion alone. `joined`: the same together with the bearings and places that agree with it. `crossing`:
 * two or more of those alone. The rest are single ones.
 */
export const ACCOUNT_KINDS = ["located", "joined", "crossing", "sighting", "camera", "heat", "allegation"] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/**
 * By which rule one account is preferred where nobody has said otherwise; the mission's files name it. `most-observations`: what rests on
 * the most independent observations, of equals the surer one. `smallest-ellipse`: the surer one of those that agree.
 */
export const ACCOUNT_RULES = ["most-observations", "smallest-ellipse"] as const;
export type AccountRule = (typeof ACCOUNT_RULES)[number];

export interface EventAccount {
  readonly kind: AccountKind;
  /** Of a single one the id of its row; of the others the event's. */
  readonly id: string;
  readonly means: readonly Means[];
  readonly at: Instant;
  readonly timeErrorSeconds: number;
  /** Of what was; where only a direction is known, of the observer. */
  readonly lon: number;
  readonly lat: number;
  /** 95 %; absent where only a direction is known. */
  readonly ellipse?: ErrorEllipse;
  readonly bearingDegrees?: number;
  readonly bearingUncertaintyDegrees?: number;
  /** As it counted, in its own unit: units are never added up. */
  readonly count?: Counted;
  /** The same in the located event's unit, by a rule of the mission's. */
  readonly converted?: Converted;
  readonly sight?: CueSight;
  /** Whose cue it is. */
  readonly source?: string;
  readonly still?: { readonly sha256: string; readonly mediaType: string; readonly bytes: number };
  /** Independent observations that it rests on. */
  readonly observations: number;
  /** Ids of the single accounts in it. */
  readonly of: readonly string[];
  /** Against what was located: standard deviations in place and time, and whether both are small enough for the same event. */
  readonly departure?: { readonly place: number; readonly time: number };
  readonly agrees: boolean;
}

/** View row `preferences`: which account of an event a component prefers, and why. Key: event and component. */
export interface PreferenceRow {
  readonly event: string;
  readonly component: string;
  readonly kind: AccountKind;
  readonly id: string;
  readonly reason: string;
  readonly mark: EntryMark;
}

/** `GET /api/v1/events/{id}/accounts`. */
export interface EventAccounts {
  readonly event: string;
  readonly rule: AccountRule;
  /** The rule's choice first, then by observations. */
  readonly accounts: readonly EventAccount[];
  /** The components' own, where they differ from the rule's or confirm it. */
  readonly preferences: readonly PreferenceRow[];
}

/** Body of `account.preferred` (session). Subject: the event's id. */
export interface AccountPreferredBody {
  readonly kind: AccountKind;
  readonly id: string;
  readonly reason: string;
}
