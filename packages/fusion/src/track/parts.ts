/** What the parts of the tracker work on together. */
import { ModelBank } from "./bank.ts";
import type { ExistenceConfiguration, FormationConfiguration, MotionConfiguration } from "./configuration.ts";
import { HypothesisPool } from "./hypotheses.ts";
import { Lives } from "./lives.ts";
import { TrackTable } from "./track-table.ts";

export interface ForestParts {
  readonly motion: MotionConfiguration;
  readonly existence: ExistenceConfiguration;
  readonly formation: FormationConfiguration;
  readonly bank: ModelBank;
  readonly pool: HypothesisPool;
  readonly tracks: TrackTable;
  readonly lives: Lives;
}

/** Plots are numbered modulo this. */
export const PLOT_NUMBERS = 0x40000000;

export function createParts(
  motion: MotionConfiguration,
  existence: ExistenceConfiguration,
  formation: FormationConfiguration,
  sensors: number,
): ForestParts {
  const bank = new ModelBank(motion);
  const pool = new HypothesisPool(bank);
  return {
    motion,
    existence,
    formation,
    bank,
    pool,
    tracks: new TrackTable(bank.models, sensors),
    lives: new Lives(existence.meanLifeSeconds),
  };
}
