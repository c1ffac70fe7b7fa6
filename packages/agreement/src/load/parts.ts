/** The documents of a mission folder between reading and assembling. */
import type { HeightGrid, Instant, NotifiedFlight, ZoneVersion } from "@openjmc/model";
import type { AmendmentsFile } from "../files/amendments-file.ts";
import type { ChecksFile } from "../files/checks-file.ts";
import type { ExerciseFile } from "../files/exercise-file.ts";
import type { FactsFile } from "../files/facts-file.ts";
import type { FlightsFile } from "../files/flights-file.ts";
import type { GazetteerFile } from "../files/gazetteer-file.ts";
import type { InstrumentFile } from "../files/instrument-file.ts";
import type { MissionFile } from "../files/mission-file.ts";
import type { OpenSourceFactsFile, OpenSourceNamesFile } from "../files/open-source-file.ts";
import type { PostsFile } from "../files/posts-file.ts";
import type { ReferencesFile } from "../files/references-file.ts";
import type { RulesFile } from "../files/rules-file.ts";
import type { SourcesFile } from "../files/sources-file.ts";
import type { ZonesFile } from "../files/zones-file.ts";
import type { MissionDocument } from "../shape/document.ts";

/** What the base folder holds. */
export interface MissionParts {
  readonly mission: MissionDocument<MissionFile>;
  readonly zones: MissionDocument<ZonesFile>;
  readonly rules: MissionDocument<RulesFile>;
  readonly places: MissionDocument<GazetteerFile>;
  readonly references: MissionDocument<ReferencesFile>;
  readonly instruments: readonly MissionDocument<InstrumentFile>[];
  readonly amendments?: MissionDocument<AmendmentsFile>;
  readonly facts?: MissionDocument<FactsFile>;
  readonly posts?: MissionDocument<PostsFile>;
  readonly sources?: MissionDocument<SourcesFile>;
  readonly flights?: MissionDocument<FlightsFile>;
  readonly checks?: MissionDocument<ChecksFile>;
  readonly openSourceNames?: MissionDocument<OpenSourceNamesFile>;
  readonly openSourceFacts?: MissionDocument<OpenSourceFactsFile>;
  readonly terrain?: HeightGrid;
  readonly zoneVersions: readonly ZoneVersion[];
  readonly notified: readonly NotifiedFlight[];
}

/** What the exercise overlay holds. */
export interface OverlayParts {
  readonly exercise: MissionDocument<ExerciseFile>;
  readonly zones: MissionDocument<ZonesFile>;
  readonly rules: MissionDocument<RulesFile>;
  readonly places: MissionDocument<GazetteerFile>;
  readonly sources: MissionDocument<SourcesFile>;
  readonly flights: MissionDocument<FlightsFile>;
  readonly instruments: readonly MissionDocument<InstrumentFile>[];
  readonly startsAt: Instant;
  readonly zoneVersions: readonly ZoneVersion[];
  readonly notified: readonly NotifiedFlight[];
}
