/** What size of source would have been heard where: by ground, kind of source and hour. Shapes; the geometry is the geo package's. */
import type { Instant } from "./instant.ts";
import type { SourceDescription } from "./source.ts";

/** From so many posts on a source that is heard would also be placed: three unknowns, and one to hold them against. */
export const PLACED_BY = 4;

/** Where a listening post stands, and as far as it is vouched for. */
export type ListeningPost = Pick<SourceDescription, "id" | "lon" | "lat" | "rangeMetres">;

/** Part of the ground, 0 to 1, on which a source of the kind would have been heard in an hour: by one post, and by enough to place it. */
export interface GroundWatchHour {
  readonly from: Instant;
  readonly heardShare: number;
  readonly placedShare: number;
}

/** How long a source of one kind would have been heard on one ground, of a period. */
export interface GroundWatchLine {
  readonly zone: string;
  /** Party that holds the ground there, where the mission says so. */
  readonly heldBy?: string;
  /** A kind of source, by the codes of sounds; kinds that are heard least far come first. */
  readonly what: string;
  /** Hours weighted by the part of the ground on which it would have been heard; and placed. */
  readonly hoursHeard: number;
  readonly hoursPlaced: number;
  readonly hoursOfPeriod: number;
  /** Hour by hour; of a long period some of them, evenly spread. */
  readonly hours: readonly GroundWatchHour[];
}
