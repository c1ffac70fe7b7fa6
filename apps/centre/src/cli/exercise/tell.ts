/** What `jmc exercise` says when it begins and when it ends. */
import { resolve } from "node:path";
import { formatInstant, type MissionView } from "@openjmc/model";
import type { Centre } from "../../centre.ts";
import type { ScenarioClock } from "../../clock.ts";
import { print, say } from "../terminal.ts";
import type { ExerciseFlags } from "./flags.ts";

export function printBanner(centre: Centre, view: MissionView, folder: string, speed: number): void {
  const officers = view.components.map(
    (component) =>
      `  ${component.names.en ?? component.code} (${component.code}): ${view.officers
        .filter((officer) => officer.component === component.code)
        .map((officer) => officer.id)
        .join(", ")}`,
  );
  print(
    [
      "",
      `OpenJMC EXERCISE centre: ${centre.url}`,
      `  data in ${folder}, scenario at ${speed}×, ${centre.registrar.size} entries in the record`,
      "Sign in as one of the demonstration officers; their signers run beside the centre and answer by themselves:",
      ...officers,
      "Open a second tab for the other component. Stop with Ctrl-C; the next start goes on where it stopped.",
      "",
    ].join("\n"),
  );
}

export function summarise(centre: Centre, clock: ScenarioClock, flags: ExerciseFlags): void {
  const summary = {
    entries: centre.registrar.size,
    scenarioTime: formatInstant(clock.now()),
    folder: resolve(flags.data),
  };
  if (flags.json) print(JSON.stringify(summary));
  else
    say(
      `stopped at ${summary.scenarioTime} of the scenario with ${summary.entries} entries; everything acknowledged is on disk`,
    );
}
