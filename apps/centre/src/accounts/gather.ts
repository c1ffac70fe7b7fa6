/** What the views hold near an event in time, as accounts of it. */
import {
  type AllegationRow,
  type CueRow,
  type EventAccounts,
  type EventRow,
  type Instant,
  type Means,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
  type MissionView,
  type PreferenceRow,
  type SightingRow,
  type SourceRow,
  type ViewName,
} from "@openjmc/model";
import type { ViewReader } from "../api/context.ts";
import { accountsOf } from "./accounts-of.ts";
import { allegationAccount, cueAccount, sightingAccount } from "./witness-of.ts";

const AROUND = 20 * MICROSECONDS_PER_MINUTE;
const CUES_AFTER = 6 * MICROSECONDS_PER_HOUR;
const MOST_ROWS = 1_000;

export async function gatherAccounts(
  views: ViewReader,
  event: EventRow,
  { accountRule: rule = "most-observations", countConversions }: MissionView,
): Promise<EventAccounts> {
  const { id, originTime } = event;
  const near = (view: ViewName, after: number): Promise<readonly unknown[]> =>
    rowsOf(views, view, originTime - AROUND, originTime + after);
  const [sightings, cues, allegations, preferences, means] = await Promise.all([
    near("sightings", AROUND),
    near("cues", CUES_AFTER),
    allegationsNear(views, originTime),
    views.page({ view: "preferences", tag: id, limit: 10, newestFirst: true }),
    meansOf(views, event.stations),
  ]);
  const singles = [
    ...(sightings as SightingRow[]).flatMap((row) => sightingAccount(row) ?? []),
    // That another system has something somewhere is no sight of a bang.
    ...(cues as CueRow[]).filter(({ thing }) => thing === undefined).map(cueAccount),
    ...allegations.flatMap((row) => allegationAccount(row) ?? []),
  ];
  return {
    event: id,
    rule,
    accounts: accountsOf(event, means, singles, rule, countConversions),
    preferences: preferences.rows as PreferenceRow[],
  };
}

/** Allegations are ordered by when they came; what they are of may lie days before. */
async function allegationsNear(views: ViewReader, at: Instant): Promise<AllegationRow[]> {
  const rows = await rowsOf(views, "allegations", at - AROUND, at + ALLEGED_WITHIN);
  return rows as AllegationRow[];
}
const ALLEGED_WITHIN = 30 * 24 * MICROSECONDS_PER_HOUR;

/** By what the stations heard it. */
async function meansOf(views: ViewReader, stations: readonly string[]): Promise<readonly Means[]> {
  const rows = (await Promise.all(stations.map((id) => views.get("sources", id)))) as (SourceRow | undefined)[];
  return [...new Set(rows.flatMap((row) => row?.means ?? []))].sort();
}

async function rowsOf(views: ViewReader, view: ViewName, from: Instant, until: Instant): Promise<readonly unknown[]> {
  return (await views.page({ view, from, until, limit: MOST_ROWS, newestFirst: false })).rows;
}
