/** What cameras and satellites saw and what the air was said to be, gathered between two ticks. */
import { createHash } from "node:crypto";
import type { CueRow, WeatherRow } from "@openjmc/model";
import type { GroundSink, HeardCue, Still } from "./ground-sink.ts";
import { WeatherBook, type WeatherSaid } from "./weather-book.ts";

/** Cues between two ticks beyond which a flood is cut off and counted: nobody could look at them. */
const MOST_CUES = 2_000;

export class GroundBook implements GroundSink {
  readonly air = new WeatherBook();
  readonly #idOf: (name: string) => string;
  readonly #onFlood: (source: string) => void;
  #cues: CueRow[] = [];
  #stills: Still[] = [];
  #weather: WeatherRow[] = [];

  /** `idOf`: the stable id of what has this name in this run of fusion. `onFlood`: told of each cue of a source that is left out. */
  constructor(idOf: (name: string) => string, onFlood: (source: string) => void) {
    this.#idOf = idOf;
    this.#onFlood = onFlood;
  }

  cue({ name, still, ...cue }: HeardCue): void {
    if (this.#cues.length >= MOST_CUES) {
      this.#onFlood(cue.source);
      return;
    }
    const id = this.#idOf(`cue|${cue.source}|${name}`);
    this.#cues.push({ id, ...cue, ...(still === undefined ? {} : { still: this.#kept(still) }) });
  }

  #kept({ mediaType, bytes }: NonNullable<HeardCue["still"]>): NonNullable<CueRow["still"]> {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    this.#stills.push({ sha256, mediaType, bytes });
    return { sha256, mediaType, bytes: bytes.length };
  }

  weather(said: WeatherSaid): void {
    this.air.take(said);
    this.#weather.push({ id: this.#idOf(`weather|${said.source}|${said.lon}|${said.lat}|${said.at}`), ...said });
  }

  /** What came since the last call. */
  take(): {
    readonly cues: readonly CueRow[];
    readonly stills: readonly Still[];
    readonly weather: readonly WeatherRow[];
  } {
    const taken = { cues: this.#cues, stills: this.#stills, weather: this.#weather };
    this.#cues = [];
    this.#stills = [];
    this.#weather = [];
    return taken;
  }
}
