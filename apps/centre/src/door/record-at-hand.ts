/**
 * The record for an operator's command that ends with an entry, whether a centre is at work in the folder or not. One keeper
 * appends: this process where it has the folder to itself, the centre at work otherwise, through its door.
 */
import { resolve } from "node:path";
import type { Instant } from "@openjmc/model";
import { FaultError } from "@openjmc/model";
import { bytesToHex, emptyState, type ReplayState, replay, trusting } from "@openjmc/record";
import { withClosedRecord } from "../archive/closed-record.ts";
import { wallNow } from "../clock.ts";
import { type FolderPaths, livingHolder, pathsOf } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { nodePrimitives } from "../primitives.ts";
import { readLeaves } from "../record/index.ts";
import { readHeadOf } from "../record/replay-record.ts";
import type { MachineAct } from "../registrar/registrar.ts";
import { actThroughDoor } from "./ask-door.ts";

export interface RecordAtHand {
  readonly paths: FolderPaths;
  readonly file: CentreDescription;
  /** As the record's head was at the opening, or later. */
  readonly state: ReplayState;
  /** The centre's time; in an exercise that of the last act of the machine. */
  readonly now: Instant;
  /** Resolves when the acts are durable. */
  readonly act: (acts: readonly MachineAct[]) => Promise<void>;
}

/** Purpose under which a centre at work holds its folder. */
const AT_WORK = "serve";

/** Throws `folder.in-use` while another command holds the folder, `record.*`, and what the work throws. */
export async function withRecord<T>(
  folder: string,
  purpose: string,
  work: (record: RecordAtHand) => Promise<T>,
): Promise<T> {
  const paths = pathsOf(resolve(folder));
  if (livingHolder(paths.lock)?.purpose === AT_WORK) return work(besideCentre(paths));
  return withClosedRecord(paths.root, purpose, ({ file, registrar }) =>
    work({
      ...{ paths, file, state: registrar.state, now: timeOf(file, registrar.state) },
      act: async (acts) => void (await registrar.act(acts)),
    }),
  );
}

function besideCentre(paths: FolderPaths): RecordAtHand {
  const file = readCentreFile(paths);
  const state = stateAt(paths, readHeadOf(paths));
  return { paths, file, state, now: timeOf(file, state), act: (acts) => actThroughDoor(paths.door, acts) };
}

/** What the record's first entries come to, by the root they must have. Throws `record.damaged`. */
export function stateAt(
  paths: FolderPaths,
  { size, root }: { readonly size: number; readonly root: string },
): ReplayState {
  const state = emptyState(nodePrimitives);
  const [refused] = replay(trusting(nodePrimitives), state, readLeaves(paths.record, size));
  const got = bytesToHex(state.history.root());
  if (!refused && got === root) return state;
  throw new FaultError({
    code: "record.damaged",
    what: "entries of the record",
    where: { file: paths.record },
    expected: `the ${size} entries under the signed root ${root}; \`jmc verify\` says which differ`,
    got: refused ? `entry ${refused.index}: ${refused.fault.code}` : got,
  });
}

function timeOf({ exercise }: CentreDescription, { machineTime }: ReplayState): Instant {
  return exercise ? machineTime : wallNow();
}
