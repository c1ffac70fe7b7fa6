/** A mission as its files describe it: what everybody sees, and what the engine needs besides. */
import type { HeightGrid, Instant, MissionView, ZoneVersion } from "@openjmc/model";
import type { AmendmentsFile } from "./files/amendments-file.ts";
import type { FactsFile } from "./files/facts-file.ts";
import type { InstrumentFile } from "./files/instrument-file.ts";
import type { MissionFile } from "./files/mission-file.ts";
import type { OpenSourceFactsFile, OpenSourceNamesFile } from "./files/open-source-file.ts";
import type { PostsFile } from "./files/posts-file.ts";
import type { ReferencesFile } from "./files/references-file.ts";

/** A loaded, checked mission. Plain data. */
export interface Mission {
  readonly view: MissionView;
  readonly states: MissionFile["states"];
  readonly components: MissionFile["components"];
  readonly parties: MissionFile["parties"];
  readonly site?: MissionFile["site"];
  readonly notes: readonly string[];
  readonly instruments: readonly InstrumentFile[];
  readonly amendments: AmendmentsFile["amendments"];
  readonly facts: FactsFile["facts"];
  /** Posts and stated numbers of posts, as the files have them. */
  readonly posts: PostsFile;
  readonly access?: NonNullable<InstrumentFile["access"]>;
  readonly operation: NonNullable<MissionFile["operation"]>;
  readonly references: ReferencesFile["references"];
  /** What the open-source desk looks for. */
  readonly openSource: {
    readonly names: OpenSourceNamesFile["names"];
    readonly clocks: NonNullable<OpenSourceNamesFile["clocks"]>;
    readonly facts: OpenSourceFactsFile["facts"];
  };
  /** The shape of the land, where the files give it. */
  readonly terrain?: HeightGrid;
  /** Zones that are judged: in an exercise only the fictional ones, so that no real place ever raises an exercise alert. */
  readonly judgedZones: readonly ZoneVersion[];
}

/** How a mission is loaded. */
export interface MissionOptions {
  /** With the `exercise/` overlay. */
  readonly exercise: boolean;
  /** Start of the exercise instead of the one in its file. */
  readonly startsAt?: Instant;
}
