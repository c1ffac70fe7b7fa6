/** The mission that a centre works by: what both components signed last, from the moment at which both had. */
import type { Mission } from "@openjmc/agreement";
import type { RecordedEntry } from "@openjmc/desk";
import { type Fault, FaultError } from "@openjmc/model";
import { readLeaf } from "@openjmc/record";
import { readAttachmentNow } from "../attachments/index.ts";
import type { FolderPaths } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import { addMqttPasswords } from "../founding/machine-keys.ts";
import { adoptMission } from "../mission/adopt.ts";
import {
  type ConfigurationSource,
  faultOfConfiguration,
  MISSION_CONFIGURED,
  type MissionConfiguredBody,
  readConfiguration,
} from "../mission/configuration.ts";
import { missionOfCentre } from "../mission/read.ts";
import { nodePrimitives } from "../primitives.ts";

export class WorkingMission {
  readonly #paths: FolderPaths;
  #file: CentreDescription;
  #current: Mission;
  #adopting: Promise<unknown> = Promise.resolve();
  #trouble: Fault | undefined;

  constructor(paths: FolderPaths, file: CentreDescription) {
    this.#paths = paths;
    this.#file = file;
    this.#current = missionOfCentre(paths, file);
  }

  get current(): Mission {
    return this.#current;
  }

  /** Why the centre works by other files than both have signed last; nothing where it works by those. */
  get trouble(): Fault | undefined {
    return this.#trouble;
  }

  /** Why nobody may sign a leaf that says by which files the centre is to work; undefined for every other leaf. */
  faultOf(bytes: Uint8Array): Fault | undefined {
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    if (!leaf.ok || leaf.value.statement.kind !== MISSION_CONFIGURED) return undefined;
    return faultOfConfiguration(leaf.value.statement, this.#source);
  }

  /**
   * Puts in force what both have signed, one after the other in the order of the calls; false where it is in force already. Throws
   * what `readConfiguration` and the disk throw: the mission before goes on then, and `trouble` says so until a later one is in force.
   */
  adopt(entry: Pick<RecordedEntry, "subject" | "body">): Promise<boolean> {
    // Two at once would write their files into one folder, and `centre.json` could name what does not lie there.
    const work = this.#adopting.then(() => this.#adoptNow(entry));
    this.#adopting = work.then(
      () => {
        this.#trouble = undefined;
      },
      (error: unknown) => {
        this.#trouble = notAdopted(String(entry.body.sha256), this.#file.mission.sha256, error);
      },
    );
    return work;
  }

  async #adoptNow({ subject, body }: Pick<RecordedEntry, "subject" | "body">): Promise<boolean> {
    const { sha256, files } = body as unknown as MissionConfiguredBody;
    if (sha256 === this.#file.mission.sha256) return false;
    // The leaf's references were judged when it was brought.
    const refs = [{ rel: "attachment", sha256: String(files) }];
    const configuration = readConfiguration({ subject, refs, body: body as never }, this.#source);
    addMqttPasswords(this.#paths.keys, configuration.mission.view.sources);
    this.#file = await adoptMission(this.#paths, this.#file, configuration);
    this.#current = configuration.mission;
    return true;
  }

  get #source(): ConfigurationSource {
    const { exercise, startsAt } = this.#file;
    return {
      present: this.#current,
      options: { exercise, ...(startsAt === undefined ? {} : { startsAt }) },
      read: (sha256) => readAttachmentNow(this.#paths.attachments, sha256),
    };
  }
}

function notAdopted(expected: string, got: string, error: unknown): Fault {
  const cause = error instanceof FaultError ? error.fault.code : String((error as NodeJS.ErrnoException).code ?? error);
  return { code: "mission.not-adopted", what: "configuration of the mission", expected, got, cause };
}
