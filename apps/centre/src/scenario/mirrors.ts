/** Both components' mirrors in a scenario: processes with copies of their own, which are read where they lie. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import { canonicalize, type Json, readLeaf, unwrap } from "@openjmc/record";
import type { Centre } from "../centre.ts";
import { demonstrationSignerFolder } from "../cli/exercise/folder.ts";
import { ExerciseNodes, makeExerciseNodes, nodeFolder } from "../exercise/nodes.ts";
import { pathsOf } from "../folder/index.ts";
import type { FoundingTerms } from "../founding/genesis.ts";
import { readMission } from "../mission/read.ts";
import { nodePrimitives } from "../primitives.ts";
import { readLeaves } from "../record/index.ts";
import type { SteppedClock } from "./stepped-clock.ts";

const PATIENCE_MILLISECONDS = 60_000;
const AGAIN_MILLISECONDS = 200;

/** What the founding says of the mirrors and the witness whose folders it makes. */
export function mirrorTerms(folder: string, origin: string, mission: string): Pick<FoundingTerms, "cosigners"> {
  return { cosigners: { policy: makeExerciseNodes(folder, origin, componentsOf(mission)) } };
}

/** Folders of the mirrors that there are. */
export function mirrorFolders(folder: string, mission: string): readonly string[] {
  return componentsOf(mission)
    .map((code) => nodeFolder(folder, "mirror", code))
    .filter((path) => existsSync(path));
}

function componentsOf(mission: string): readonly string[] {
  const read = readMission(mission, { exercise: true });
  if (!read.ok) throw new FaultError(read.faults[0]!);
  return read.value.view.components.map(({ code }) => code);
}

export class Mirrors {
  readonly #nodes: ExerciseNodes;
  readonly #folders: readonly string[];

  private constructor(nodes: ExerciseNodes, folders: readonly string[]) {
    this.#nodes = nodes;
    this.#folders = folders;
  }

  static start(centre: Centre, folder: string, clock: SteppedClock): Mirrors {
    const components = centre.mission.view.components.map(({ code }) => code);
    const nodes = new ExerciseNodes({
      ...{ folder, components, url: centre.url, clock: clock.line() },
      logKeyFile: join(pathsOf(folder).record, "log.vkey"),
      receipts: (component) => join(demonstrationSignerFolder(folder, component), "receipts"),
      onListening: (addresses) => centre.connectCosigners(addresses),
    });
    nodes.start();
    return new Mirrors(
      nodes,
      components.map((code) => nodeFolder(folder, "mirror", code)),
    );
  }

  tellClock(clock: SteppedClock): void {
    this.#nodes.tellClock(clock.line());
  }

  stop(): Promise<void> {
    return this.#nodes.stop();
  }

  /** Entries of these kinds in each mirror's copy: place in the log, kind, subject, component, role and body. */
  async entriesOf(kinds: readonly string[], size: () => number): Promise<readonly (readonly string[])[]> {
    const wanted = size();
    const until = performance.now() + PATIENCE_MILLISECONDS;
    while (this.#folders.some((folder) => heldBy(folder) < wanted) && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
    return this.#folders.map((folder) => linesOf(folder, Math.min(wanted, heldBy(folder)), new Set(kinds)));
  }
}

/** How many entries a mirror has checked and keeps. */
function heldBy(folder: string): number {
  const head = join(folder, "keeper", "head");
  return existsSync(head) ? Number(readFileSync(head, "utf8").split("\n")[1]) : 0;
}

function linesOf(folder: string, size: number, kinds: ReadonlySet<string>): readonly string[] {
  const leaves = readLeaves(pathsOf(folder).record, size);
  return [...leaves].flatMap((leaf, index) => {
    const { kind, subject, component, role, body } = unwrap(readLeaf(nodePrimitives.sha256, leaf)).statement;
    return kinds.has(kind) ? [`${index} ${kind} ${subject} ${component} ${role} ${textOf(body)}`] : [];
  });
}

const textOf = (body: Json): string => unwrap(canonicalize(body));
