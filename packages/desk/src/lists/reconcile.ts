/** Two sides' lists beside one another: agreed, told by one, told differently by both, and who could have seen each. */
import type {
  CoverageRow,
  Instant,
  ListRow,
  ReconciledLine,
  ReconciliationSheet,
  SourceDescription,
  TallyRow,
} from "@openjmc/model";
import { type Match, matchLists, metresBetween } from "./match.ts";

/** What the centre itself could see: its sources, and when each watched. */
export interface Watch {
  readonly sources: readonly Pick<SourceDescription, "id" | "lon" | "lat" | "rangeMetres" | "link">[];
  readonly coverage: readonly Pick<CoverageRow, "source" | "from" | "until" | "watching">[];
}

export interface ListInHand {
  readonly row: ListRow;
  readonly tally: readonly TallyRow[];
}

/** The sheet, in the order of time. */
export function reconcile(first: ListInHand, second: ListInHand, watch: Watch): ReconciliationSheet {
  const matches = matchLists(first.tally, second.tally);
  const matchedSecond = new Set(matches.map((match) => match.second));
  const matchOf = new Map(matches.map((match) => [match.first, match]));
  const lines = [
    ...first.tally.map((row, index) => lineOf(row, second.tally, matchOf.get(index), watch)),
    ...second.tally
      .filter((_row, index) => !matchedSecond.has(index))
      .map((row): ReconciledLine => ({ state: "second-only", second: row, differences: [], ...sightOf(row, watch) })),
  ].sort((a, b) => timeOf(a) - timeOf(b));
  const numbers = { agreed: 0, dispute: 0, "first-only": 0, "second-only": 0 };
  for (const line of lines) numbers[line.state] += 1;
  return { first: first.row, second: second.row, lines, numbers };
}

const timeOf = (line: ReconciledLine): Instant => (line.first ?? line.second)!.at;

function lineOf(row: TallyRow, others: readonly TallyRow[], match: Match | undefined, watch: Watch): ReconciledLine {
  if (!match) return { state: "first-only", first: row, differences: [], ...sightOf(row, watch) };
  const second = others[match.second]!;
  const differences = differencesOf(row, second);
  return {
    state: differences.length === 0 ? "agreed" : "dispute",
    ...{ first: row, second, score: match.score, differences },
    ...sightOf(row.lon === undefined ? second : row, watch),
  };
}

/** Numbers of different units are not held against one another: that the unit differs says it. */
function differencesOf(first: TallyRow, second: TallyRow): ReconciledLine["differences"] {
  const differences: ("kind" | "unit" | "number")[] = [];
  if (first.observation !== second.observation) differences.push("kind");
  if (first.unit !== second.unit) differences.push("unit");
  else if (first.number !== second.number) differences.push("number");
  return differences;
}

/** Sources within their stated range of the place, by whether they watched at that time; none where there is no place. */
function sightOf(row: TallyRow, watch: Watch): Pick<ReconciledLine, "couldHaveSeen" | "couldNotSee"> {
  const near = watch.sources
    .filter((source) => source.link.kind !== "people")
    .filter((source) => (metresBetween(row, source) ?? Number.POSITIVE_INFINITY) <= source.rangeMetres)
    .map((source) => source.id)
    .sort();
  const watched = new Set(
    watch.coverage
      .filter((span) => span.watching && span.from <= row.at && row.at < span.until)
      .map((span) => span.source),
  );
  return {
    couldHaveSeen: near.filter((source) => watched.has(source)),
    couldNotSee: near.filter((source) => !watched.has(source)),
  };
}
