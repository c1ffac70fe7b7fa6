/** `jmc exercise score`: what the centre made of the exercise, against the truth. */
import { existsSync } from "node:fs";
import {
  type ErrorSummary,
  type ExerciseScore,
  gatherTruth,
  type ObservedExercise,
  scoreExercise,
} from "@openjmc/exercise";
import { FaultError, formatInstant } from "@openjmc/model";
import { pathsOf } from "../folder/layout.ts";
import { readObserved } from "./read-observed.ts";
import { readTruthFile, truthPath } from "./truth-file.ts";

export interface ScoreOptions {
  /** The centre's folder. */
  readonly data: string;
  readonly json: boolean;
  readonly stdout: (text: string) => void;
  /** Reads what the centre made of it; by default from its folder. */
  readonly read?: (dataFolder: string) => Promise<ObservedExercise>;
}

/** Prints the score. Answers 0 if every threshold is reached, else 1. Errors: `exercise.no-truth`, and those of reading. */
export async function runExerciseScore(options: ScoreOptions): Promise<0 | 1> {
  const file = truthPath(pathsOf(options.data).exercise);
  const truth = existsSync(file) ? gatherTruth(readTruthFile(file)) : undefined;
  if (truth === undefined || truth.played.length === 0)
    throw new FaultError({
      code: "exercise.no-truth",
      what: "truth of the exercise",
      where: { file },
      expected: "a truth written by `jmc exercise`",
    });
  const score = scoreExercise(truth, await (options.read ?? readObserved)(options.data));
  options.stdout(options.json ? `${JSON.stringify(score)}\n` : describe(score));
  return score.passed ? 0 : 1;
}

function describe(score: ExerciseScore): string {
  const { tracks, events, alerts } = score;
  const lines = [
    `seed ${score.seed}, speed ${score.speed}, ${formatInstant(score.from)} to ${formatInstant(score.until)}`,
    `tracks  found ${tracks.found} of ${tracks.expected}, missed ${tracks.missed.length}, false ${tracks.false.length} of ${tracks.observed}, fragments ${tracks.fragments}`,
    `        error ${metres(tracks.errorMetres)}, across the track ${metres(tracks.crossTrackMetres)}`,
    `events  found ${events.found} of ${events.expected}, missed ${events.missed.length}, false ${events.false.length} of ${events.observed}`,
    `        error ${metres(events.errorMetres)}, rounds ${events.rounds.found} of ${events.rounds.expected}, bursts counted exactly ${events.bursts.countedExactly} of ${events.bursts.expected}`,
    `        told ${seconds(events.toldAfterSeconds)} after the last arrival needed; class named ${events.classes.named} of ${events.classes.expected}, rightly ${events.classes.right}`,
    ...(events.waveforms.expected === 0
      ? []
      : [
          `        waveforms: ${events.waveforms.used} of ${events.waveforms.expected} sounds that stood out were picked and used`,
        ]),
    `alerts  zone ${alerts.zone.raised} of ${alerts.zone.expected}, false ${alerts.zone.false.length}; sources ${alerts.sources.raised} of ${alerts.sources.expected}; ceasefire ${alerts.ceasefire.raised}, false ${alerts.ceasefire.false.length}`,
    ...(score.lostMessages > 0 ? [`wires   ${score.lostMessages} messages lost`] : []),
    ...score.failures.map((failure) => `failed  ${failure.what}: ${failure.got}, expected ${failure.expected}`),
    score.passed ? "passed" : "not passed",
  ];
  return `${lines.join("\n")}\n`;
}

function seconds(summary: ErrorSummary): string {
  if (summary.median === undefined || summary.percentile95 === undefined) return "never";
  return `median ${summary.median.toFixed(1)} s, 95 % ${summary.percentile95.toFixed(1)} s`;
}

function metres(summary: ErrorSummary): string {
  if (summary.median === undefined || summary.percentile95 === undefined) return "none";
  return `median ${summary.median.toFixed(1)} m, 95 % ${summary.percentile95.toFixed(1)} m`;
}
