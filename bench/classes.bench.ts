/**
 * What sounds were said to be, held against what made them: exercises on seeds that nothing was set by, through the locator as the centre
 * runs it; of stations that pick themselves, and of stations that only record, where the centre picks. Of what is named, the share that is
 * right should be no less than the probability that was stated. Firing and landing are told apart by the same probabilities, summed over
 * the classes of either.
 */
import { EVENT_RULES, type FireRecord } from "@openjmc/exercise";
import { createLocator, FIELD_MODELS } from "@openjmc/fusion";
import { distanceBetween } from "@openjmc/geo";
import type { EventRow } from "@openjmc/model";
import { EventViews } from "../apps/centre/src/lane/event-views.ts";
import { fieldModelsOf } from "../apps/centre/src/lane/field-models.ts";
import { type ExerciseArrivals, exerciseArrivals } from "./support/exercise-arrivals.ts";
import { exerciseWaveforms } from "./support/exercise-waveforms.ts";

const SEEDS = ["311", "312", "313", "314", "315", "316"];
const RECORDED_SECONDS = 1200;
/** Microseconds between ticks, and for which the locator goes on behind the last arrival. */
const TICK = 500_000;
const SETTLING = 1_200_000_000;
const NAMED = 0.8;
const SAME_SECONDS = 1;
const SAME_METRES = 1000;
const RIGHT: Readonly<Record<string, string>> = EVENT_RULES.classes;
const UNKNOWN = { what: "undetermined", probability: 0 };

interface Answer {
  readonly truth: string;
  readonly what: string;
  readonly probability: number;
}

export function run(seeds: readonly string[] = SEEDS) {
  const picked = evaluate(seeds.map((seed) => exerciseArrivals(seed)));
  const recorded = evaluate(
    seeds.map((seed) => exerciseWaveforms(seed, RECORDED_SECONDS)),
    fieldModelsOf([{ format: "miniseed" }]),
  );
  return {
    name: "what located sounds were said to be, on unseen seeds of the exercise",
    headline: `picked by stations: ${headlineOf(picked)}; from waveforms: ${headlineOf(recorded)}`,
    ...{ seeds, picked, recorded },
  };
}

function headlineOf({ classes: { named, right, stated } }: ReturnType<typeof evaluate>): string {
  return `${percent(named)} named, ${percent(right)} of these rightly at ${percent(stated)} stated`;
}

function evaluate(exercises: readonly ExerciseArrivals[], models = FIELD_MODELS) {
  const heard = exercises.flatMap((exercise) => compare(exercise, locate(exercise, models)));
  const classes = heard.map(({ fire, row }) => answer(RIGHT[fire.class]!, row));
  const roles = heard.map(({ fire, row }) => roleAnswer(fire.class === "impact" ? "landed" : "fired", row));
  return {
    rounds: heard.length,
    classes: summaryOf(classes),
    firingOrLanding: summaryOf(roles),
    bySource: Object.fromEntries(
      [...Map.groupBy(heard, ({ fire }) => fire.class)]
        .sort()
        .map(([source, events]) => [
          source,
          countOf(events.map(({ fire, row }) => answer(RIGHT[fire.class]!, row).what)),
        ]),
    ),
  };
}

/** Last version of every event that stood in the end. */
function locate({ arrivals, configuration }: ExerciseArrivals, models: typeof FIELD_MODELS): EventRow[] {
  const locator = createLocator({ ...configuration, models });
  const views = new EventViews((name) => name);
  const rows = new Map<string, EventRow>();
  const work = (at: number): void => {
    locator.tick(at);
    for (const row of views.rowsOf(locator.changes(), at)) rows.set(row.id, row);
  };
  let tick = arrivals[0]!.receivedAt;
  const until = (at: number): void => {
    for (; tick + TICK < at; tick += TICK) work(tick);
  };
  for (const [frame, heard] of arrivals.entries()) {
    until(heard.receivedAt);
    locator.arrival({ ...heard.arrival, frame });
  }
  until(tick + SETTLING);
  return [...rows.values()].filter(({ status }) => status === "automatic" || status === "settled");
}

interface Heard {
  readonly fire: FireRecord;
  readonly row: EventRow;
}

/** Each round once, and each event. */
function compare({ fire }: ExerciseArrivals, rows: readonly EventRow[]): Heard[] {
  const rounds = fire.flatMap((of) => of.rounds.map((round) => ({ of, at: round.at, isTaken: false })));
  return rows.flatMap((row) => {
    const round = rounds.find(
      ({ of, at, isTaken }) =>
        !isTaken && Math.abs(at - row.originTime) < 1e6 * SAME_SECONDS && distanceBetween(row, of) < SAME_METRES,
    );
    if (round === undefined) return [];
    round.isTaken = true;
    return [{ fire: round.of, row }];
  });
}

function answer(truth: string, { classes }: EventRow): Answer {
  const [{ what, probability } = UNKNOWN] = classes;
  return { truth, what: probability < NAMED ? "undetermined" : what, probability };
}

function roleAnswer(truth: string, { roles = { fired: 0, landed: 0 } }: EventRow): Answer {
  const { fired, landed } = roles;
  const probability = Math.max(fired, landed);
  return { truth, what: probability < NAMED ? "undetermined" : fired > landed ? "fired" : "landed", probability };
}

function summaryOf(answers: readonly Answer[]) {
  const named = answers.filter(({ what }) => what !== "undetermined");
  const right = named.filter(({ what, truth }) => what === truth);
  return {
    named: share(named.length, answers.length),
    right: share(right.length, named.length),
    stated: share(
      named.reduce((sum, { probability }) => sum + probability, 0),
      named.length,
    ),
  };
}

function countOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]).sort());
}

function share(part: number, whole: number): number {
  return Number((part / Math.max(1, whole)).toFixed(4));
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

if (import.meta.main) console.log(JSON.stringify(run(process.argv[2]?.split(",")), undefined, 1));
