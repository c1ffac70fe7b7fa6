/** What every part of a running centre stands on: its folder, its mission, its keys, its clocks, and the way to stop. */
import type { Mission } from "@openjmc/agreement";
import type { FaultError } from "@openjmc/model";
import type { Logger } from "pino";
import { type Clock, wallClock } from "../clock.ts";
import { DiskWatch, type FolderPaths, openFolder } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { type MachineKeys, openMachineKeys } from "../founding/machine-keys.ts";
import type { Closers } from "./closers.ts";
import type { CentreOptions } from "./options.ts";
import { WorkingMission } from "./working-mission.ts";

export interface Foundation {
  readonly options: CentreOptions;
  readonly logger: Logger;
  readonly closers: Closers;
  /** The scenario's clock in an exercise. */
  readonly clock: Clock;
  /** Wall time, for sessions and connections. */
  readonly wall: Clock;
  readonly paths: FolderPaths;
  readonly disk: DiskWatch;
  readonly file: CentreDescription;
  /** The mission in force now; another one when both components have signed it. */
  readonly mission: Mission;
  readonly working: WorkingMission;
  readonly keys: MachineKeys;
  /** Settles when the centre must stop by itself. */
  readonly failure: Promise<FaultError>;
  readonly fail: (fault: FaultError) => void;
}

/** Takes the folder for this process alone and reads what was founded in it. Throws `FaultError`s that name what is in the way. */
export function layFoundation(options: CentreOptions, closers: Closers): Foundation {
  const wall = wallClock();
  const { logger } = options;
  const folder = closers.keep(openFolder(options.folder, { purpose: "serve", now: wall.now() }));
  const { paths } = folder;
  const file = readCentreFile(paths);
  const failure = Promise.withResolvers<FaultError>();
  const working = new WorkingMission(paths, file);
  return {
    options,
    logger,
    closers,
    clock: options.clock ?? wall,
    wall,
    paths,
    disk: new DiskWatch({
      root: paths.root,
      space: options.diskSpace ?? (() => folder.space()),
      onChange: (fault) => (fault ? logger.error({ fault }, "disk") : logger.info("room on the disk again")),
    }),
    file,
    working,
    get mission() {
      return working.current;
    },
    keys: openMachineKeys(paths.keys, file.origin),
    failure: failure.promise,
    fail: failure.resolve,
  };
}
