/** `jmc feed`: a raw capture onto a centre's (or any) socket, as fast as it was received or as fast as it goes. */
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { FaultError } from "@openjmc/model";
import { paced } from "./feed/paced.ts";
import { piecesOf } from "./feed/pieces.ts";
import { openTarget } from "./feed/target.ts";
import { DONE, say } from "./terminal.ts";

export interface FeedFlags {
  readonly format: string;
  readonly to?: string;
  readonly listen?: string;
  readonly speed: string;
}

export async function runFeed(path: string, flags: FeedFlags): Promise<number> {
  const speed = flags.speed === "max" ? Number.POSITIVE_INFINITY : Number(flags.speed);
  if (!(speed > 0))
    throw new FaultError({
      code: "speed.malformed",
      what: "command line",
      where: { field: "--speed" },
      expected: "a factor above 0, or max",
      got: flags.speed,
    });
  const whole = await readWhole(path);
  const target = await openTarget(flags);
  const cut = { asDatagrams: target.takesDatagrams, isPaced: Number.isFinite(speed) };
  let bytes = 0;
  for (const { pieces, waitSeconds } of paced(piecesOf(whole, flags.format, cut), speed)) {
    if (waitSeconds > 0) await pause(waitSeconds * 1000);
    bytes += pieces.reduce((sum, piece) => sum + piece.length, 0);
    await target.write(pieces);
  }
  await target.close();
  say(`sent ${bytes} bytes of ${path}`);
  return DONE;
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new FaultError({
      code: "file.unreadable",
      what: "capture",
      where: { file: path },
      expected: "a readable file",
      cause: (error as Error).message,
    });
  }
}
