/**
 * One event by many means: the located solution, the single accounts beside it, what agrees joined with it, and what those alone would
 * give. They compete; a rule that the mission's files name says which comes first, and either component may say another.
 */
import { departureOf, type Placed, placeWitnesses } from "@openjmc/fusion";
import {
  type AccountRule,
  type CountConversion,
  convertCount,
  degreesOf,
  type EventAccount,
  type EventRow,
  ellipseOfCovariance,
  type Means,
} from "@openjmc/model";
import { covarianceOfEllipse } from "./covariance-of-ellipse.ts";
import type { SingleAccount } from "./witness-of.ts";

/** Standard deviations in place and in time within which an account may be of the same event, and within which it is worth a look. */
const SAME = 3;
const COMPETING = 12;
/** More than these nobody reads. */
const MOST_SHOWN = 40;

/** @returns the rule's choice first. */
export function accountsOf(
  event: EventRow,
  means: readonly Means[],
  singles: readonly SingleAccount[],
  rule: AccountRule,
  conversions: readonly CountConversion[] = [],
): EventAccount[] {
  const located = placedOf(event);
  const judged = singles.flatMap((single) => judge(single, located) ?? []);
  const agreeing = judged.filter(({ account }) => account.agrees);
  const accounts = [
    locatedAccount(event, means),
    ...joinedAccount(event, means, located, agreeing),
    ...crossingAccount(event, located, agreeing),
    ...judged.map(({ account }) => account),
  ];
  return accounts
    .sort(ORDER[rule])
    .slice(0, MOST_SHOWN)
    .map((account) => ({ ...account, ...convertedOf(account, event, conversions) }));
}

/** A number that cannot be held beside the located one may be by a rule of the mission's. */
function convertedOf(
  { count }: EventAccount,
  { countUnit }: EventRow,
  conversions: readonly CountConversion[],
): Pick<EventAccount, "converted"> {
  const converted = count === undefined ? undefined : convertCount(count, countUnit, conversions);
  return converted === undefined ? {} : { converted };
}

interface Judged {
  readonly single: SingleAccount;
  readonly account: EventAccount;
}

const area = ({ ellipse }: EventAccount): number =>
  ellipse === undefined ? Number.POSITIVE_INFINITY : ellipse.semiMajorMetres * ellipse.semiMinorMetres;
const agreesFirst = (one: EventAccount, other: EventAccount): number => Number(other.agrees) - Number(one.agrees);
const surerFirst = (one: EventAccount, other: EventAccount): number =>
  area(one) < area(other) ? -1 : area(one) > area(other) ? 1 : 0;

const ORDER: Readonly<Record<AccountRule, (one: EventAccount, other: EventAccount) => number>> = {
  "most-observations": (one, other) =>
    agreesFirst(one, other) || other.observations - one.observations || surerFirst(one, other),
  "smallest-ellipse": (one, other) =>
    agreesFirst(one, other) || surerFirst(one, other) || other.observations - one.observations,
};

function placedOf(event: EventRow): Placed {
  return {
    ...{ lon: event.lon, lat: event.lat, covariance: covarianceOfEllipse(event.ellipse) },
    ...{ at: event.originTime, timeDeviation: event.originTimeErrorSeconds },
  };
}

function judge(single: SingleAccount, located: Placed): Judged | undefined {
  const { witness, laterSeconds } = single;
  const { place, time } = departureOf(witness, located);
  const late = (witness.at - located.at) / 1e6;
  const isInTime = laterSeconds > 0 && late > 0 ? late < laterSeconds : time < SAME;
  const agrees = place < SAME && isInTime;
  if (!agrees && (place > COMPETING || !(isInTime || time < COMPETING))) return undefined;
  return { single, account: singleAccount(single, { place, time: isInTime ? Math.min(time, SAME) : time }, agrees) };
}

function singleAccount(
  single: SingleAccount,
  departure: { place: number; time: number },
  agrees: boolean,
): EventAccount {
  const { kind, witness, means, shown } = single;
  const { id, at, timeDeviation, lon, lat, bearing, bearingDeviation } = witness;
  const common = {
    kind,
    id,
    means,
    at,
    timeErrorSeconds: timeDeviation,
    observations: 1,
    of: [],
    departure,
    agrees,
    ...shown,
  };
  if (bearing === undefined) {
    const square = witness.placeDeviation ** 2;
    return { ...common, lon, lat, ellipse: ellipseOfCovariance(square, 0, square) };
  }
  const direction = { bearingDegrees: degreesOf(bearing), bearingUncertaintyDegrees: degreesOf(bearingDeviation!) };
  const own = placeWitnesses([witness]);
  return own === undefined
    ? { ...common, ...direction, lon, lat }
    : { ...common, ...direction, lon: own.lon, lat: own.lat, ellipse: ellipseOfCovariance(...own.covariance) };
}

function locatedAccount(event: EventRow, means: readonly Means[]): EventAccount {
  const { id, originTime, originTimeErrorSeconds, lon, lat, ellipse, count, countUnit, stations } = event;
  return {
    ...{ kind: "located", id, means, at: originTime, timeErrorSeconds: originTimeErrorSeconds },
    ...{ lon, lat, ellipse, count: { number: count, unit: countUnit, qualifier: "exact" } },
    ...{ observations: stations.length, of: [], agrees: true },
  };
}

/** The located solution with everything that agrees with it. Heat and allegations say too little of a place to pull at it. */
function joinedAccount(
  event: EventRow,
  means: readonly Means[],
  located: Placed,
  agreeing: readonly Judged[],
): EventAccount[] {
  const parts = agreeing.filter(({ single }) => single.kind === "sighting" || single.kind === "camera");
  const placed = parts.length === 0 ? undefined : placeWitnesses(witnessesOf(parts), located);
  return placed === undefined
    ? []
    : [compound("joined", event, placed, parts, { means, stations: event.stations.length })];
}

/** What people and cameras alone would give: independent of the stations, and so worth holding beside them. */
function crossingAccount(event: EventRow, located: Placed, agreeing: readonly Judged[]): EventAccount[] {
  const parts = agreeing.filter(({ single }) => single.witness.bearing !== undefined);
  const placed = parts.length < 2 ? undefined : placeWitnesses(witnessesOf(parts));
  if (placed === undefined) return [];
  const departure = departureOf({ ...placed, id: event.id, isHeard: false, placeDeviation: spreadOf(placed) }, located);
  return [
    {
      ...compound("crossing", event, placed, parts, { means: [], stations: 0 }),
      departure,
      agrees: departure.place < SAME,
    },
  ];
}

function compound(
  kind: "joined" | "crossing",
  event: EventRow,
  placed: Placed,
  parts: readonly Judged[],
  heard: { readonly means: readonly Means[]; readonly stations: number },
): EventAccount {
  const { at, timeDeviation, lon, lat, covariance } = placed;
  const means = [...heard.means, ...parts.flatMap(({ single }) => single.means)];
  return {
    ...{ kind, id: event.id, means: [...new Set(means)], at, timeErrorSeconds: timeDeviation, lon, lat },
    ellipse: ellipseOfCovariance(...covariance),
    observations: heard.stations + parts.length,
    of: parts.map(({ single }) => single.witness.id),
    agrees: true,
  };
}

function witnessesOf(parts: readonly Judged[]) {
  return parts.map(({ single }) => single.witness);
}

function spreadOf({ covariance: [eastEast, , northNorth] }: Placed): number {
  return Math.sqrt((eastEast + northNorth) / 2);
}
