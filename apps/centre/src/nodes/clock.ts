/** A node's clock in seconds: the wall's; in an exercise the scenario's, as the exercise says how it runs. */
import { FaultError, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { wallNow } from "../clock.ts";

/**
 * Reads `INSTANT,WALL,SPEED` (microseconds, microseconds, factor): at wall instant WALL the scenario stood at INSTANT and has
 * run SPEED times as fast since. Error: `clock.malformed`.
 */
export function nodeClock(text: string | undefined): () => number {
  if (text === undefined) return () => Math.floor(wallNow() / MICROSECONDS_PER_SECOND);
  bend(text);
  return () => Math.floor((line!.instant + (wallNow() - line!.wallOrigin) * line!.speed) / MICROSECONDS_PER_SECOND);
}

let line: { readonly instant: number; readonly wallOrigin: number; readonly speed: number } | undefined;

/** The scenario's clock runs otherwise from here on, in the same form. A node on wall time takes no notice. Error: `clock.malformed`. */
export function bend(text: string): void {
  const [instant, wallOrigin, speed, ...more] = text.split(",").map(Number);
  const isGood = [instant, wallOrigin, speed].every((value) => Number.isFinite(value)) && more.length === 0;
  if (!isGood)
    throw new FaultError({
      code: "clock.malformed",
      what: "command line",
      where: { field: "--clock" },
      expected: "INSTANT,WALL,SPEED of an exercise",
      got: text,
    });
  line = { instant: instant!, wallOrigin: wallOrigin!, speed: speed! };
}
