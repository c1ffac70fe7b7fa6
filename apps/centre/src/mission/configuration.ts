/** `mission.configured`: both components say by which files the centre works from now on. */
import { loadMission, type Mission, type MissionOptions } from "@openjmc/agreement";
import { type Fault, FaultError } from "@openjmc/model";
import type { StatementBody } from "@openjmc/record";
import { decodeBundle } from "./bundle.ts";
import { missionDigest } from "./digest.ts";

export const MISSION_CONFIGURED = "mission.configured";

export interface MissionConfiguredBody {
  /** Id of the mission, which stays. */
  readonly mission: string;
  /** Over the files as `missionDigest` has it; the founding names the first ones in the same way. */
  readonly sha256: string;
  /** SHA-256 of the bundle that holds the files, an attachment. The founding has none. */
  readonly files?: string;
}

/** A configuration whose files are at hand and hold. */
export interface Configuration {
  readonly sha256: string;
  readonly files: ReadonlyMap<string, string>;
  readonly mission: Mission;
}

/** Where the files come from, and by what the mission is read. */
export interface ConfigurationSource {
  readonly present: Mission;
  readonly options: MissionOptions;
  readonly read: (sha256: string) => Uint8Array | undefined;
}

/**
 * What a statement puts in force. Throws what must keep anybody from signing it: `mission.unattached`, `mission.bundle`,
 * `mission.other-files`, `mission.other`, and the first fault of files that do not hold.
 */
export function readConfiguration(
  { subject, refs, body }: Pick<StatementBody, "subject" | "refs" | "body">,
  { present, options, read }: ConfigurationSource,
): Configuration {
  const { mission: id, sha256, files: bundle } = body as unknown as MissionConfiguredBody;
  const isNamed = refs.some(({ rel, sha256: hash }) => rel === "attachment" && hash === bundle);
  const bytes = isNamed ? read(String(bundle)) : undefined;
  if (!bytes) throw refused("mission.unattached", "the mission's files as an attachment", String(bundle));
  const files = decodeBundle(bytes);
  const digest = missionDigest(files);
  if (digest !== sha256) throw refused("mission.other-files", sha256, digest);
  const loaded = loadMission(files, options);
  if (!loaded.ok) throw new FaultError(loaded.faults[0]!);
  const { value: mission } = loaded;
  for (const [expected, got] of [
    [present.view.id, id],
    [present.view.id, mission.view.id],
    [present.view.id, subject],
    [codesOf(present), codesOf(mission)],
  ])
    if (expected !== got) throw refused("mission.other", expected!, got!);
  return { sha256, files, mission };
}

/** The same as an answer: why nobody may sign it, or nothing. */
export function faultOfConfiguration(
  statement: Pick<StatementBody, "subject" | "refs" | "body">,
  source: ConfigurationSource,
): Fault | undefined {
  try {
    readConfiguration(statement, source);
    return undefined;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
}

/** Who the components are is for the founding to say. */
function codesOf({ view }: Mission): string {
  return view.components.map(({ code }) => code).join(", ");
}

function refused(code: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "configuration of the mission", expected, got: got.slice(0, 120) });
}
