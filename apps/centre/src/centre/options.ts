/** What a centre is opened with, and what its opener gets. */
import type { Mission } from "@openjmc/agreement";
import type { WeatherEstimate } from "@openjmc/fusion";
import type { FaultError, Instant, ProgrammeBody } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import type { CosignerAddresses } from "../cosigning/index.ts";
import type { TakTarget } from "../feeds-out/tak-target.ts";
import type { DiskSpace } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import type { LaneOutput } from "../lane/lane-output.ts";
import type { Registered, Registrar } from "../registrar/registrar.ts";

export interface CentreOptions {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  /** The scenario's clock in an exercise; wall time otherwise. */
  readonly clock?: Clock;
  readonly consoleFolder?: string;
  /** Reads what the centre runs, for the record. */
  readonly programme?: () => Promise<ProgrammeBody>;
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** PostgreSQL for the projection instead of the embedded store. */
  readonly postgresUrl?: string;
  /** Addresses that take the place of the mission's, by source: the exercise's servers. */
  readonly links?: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
  readonly mqtt?: { readonly host: string; readonly port: number };
  /** Where Cursor on Target goes out to, through the release gate. */
  readonly tak?: readonly TakTarget[];
  /** Weather as known at the start, on which sound travels. */
  readonly weather?: WeatherEstimate;
  /** Room on the folder's device, where it is not to be asked of the system. */
  readonly diskSpace?: () => DiskSpace;
  /** Told of every durable entry. */
  readonly onEntry?: (registered: Registered) => void;
  /** Told of what fusion put out, beat by beat. */
  readonly onPicture?: (output: LaneOutput, at: Instant) => void;
}

export interface Centre {
  readonly url: string;
  readonly file: CentreDescription;
  readonly mission: Mission;
  readonly registrar: Registrar;
  /** Where each feed listens or connects. */
  readonly feedAddresses: ReadonlyMap<string, string>;
  readonly app: FastifyInstance;
  /** Cosigners that listen, beside those whose addresses the policy names. */
  readonly connectCosigners: (addresses: CosignerAddresses) => void;
  /** Set when the centre had to stop by itself. */
  readonly failure: Promise<FaultError>;
  stop(): Promise<void>;
}
