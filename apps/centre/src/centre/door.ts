/** The door for the operator's own commands, opened where the folder's name lets it be. */
import { FaultError } from "@openjmc/model";
import { openDoor } from "../door/open-door.ts";
import type { Foundation } from "./foundation.ts";
import type { RecordLane } from "./record-lane.ts";

/** A centre watches with or without it: what keeps it shut is told, and commands say that the centre must be stopped for them. */
export async function openOperatorsDoor(
  { paths, logger, closers }: Foundation,
  { registrar }: RecordLane,
): Promise<void> {
  try {
    closers.keep(await openDoor({ folder: paths.door, logger, act: (acts) => registrar.act(acts) }));
  } catch (error) {
    logger.error(
      error instanceof FaultError ? { fault: error.fault } : { err: error },
      "door for the operator's commands",
    );
  }
}
