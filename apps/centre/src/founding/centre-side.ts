/** The centre's side of a founding: its folder, its own keys, the first leaf; later the record, once all have signed. */
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import { type FolderPaths, openFolder } from "../folder/index.ts";
import { nodePrimitives } from "../primitives.ts";
import { foundRecord, openKeeper } from "../record/index.ts";
import type { SignedPart } from "./accept.ts";
import type { CentreDescription } from "./centre-description.ts";
import { keepMission, writeCentreFile } from "./centre-file.ts";
import { completeFounding } from "./complete.ts";
import type { FoundingMission } from "./founding-mission.ts";
import {
  type FoundingTerms,
  genesisPage,
  makeGenesis,
  type ReadFounding,
  readFoundingFile,
  readGenesis,
  writeFounding,
} from "./genesis.ts";
import { createMachineKeys, createMqttPasswords, openMachineKeys } from "./machine-keys.ts";
import type { FoundingPart } from "./part.ts";

export interface CentrePlan {
  readonly folder: string;
  readonly mission: FoundingMission;
  readonly origin: string;
  readonly at: Instant;
  readonly now: Instant;
  readonly terms: FoundingTerms;
  readonly parts: readonly FoundingPart[];
  readonly absent?: readonly string[];
}

const PENDING = "founding.json";
export const GENESIS_PAGE = "genesis.txt";

/** Makes the centre's folder and the first leaf. The record is not begun before all have signed. Error: `centre.exists`. */
export async function beginFounding(plan: CentrePlan): Promise<ReadFounding> {
  refuseExisting(plan.folder);
  const { mission, origin, at, terms, parts } = plan;
  requireComponents(plan);
  const folder = openFolder(plan.folder, { purpose: "founding", now: plan.now, create: true });
  try {
    const keys = createMachineKeys(folder.paths.keys, origin);
    createMqttPasswords(folder.paths.keys, mission.view.sources);
    const leaf = await makeGenesis({ origin, mission: mission.named, at, terms }, keys, parts);
    const founding = readGenesis({ leaf, parts, absent: plan.absent ?? [] });
    keepMission(folder.paths, mission.files);
    writeFounding(join(plan.folder, PENDING), founding);
    return founding;
  } finally {
    folder.close();
  }
}

/** Begins the record with everything that was signed. Says what lacks and changes nothing where something does. */
export async function finishFounding(
  root: string,
  signed: readonly SignedPart[],
  more: Pick<CentreDescription, "startsAt" | "seed"> & { readonly now: Instant },
): Promise<{ readonly founding: ReadFounding; readonly page: string }> {
  const pending = join(root, PENDING);
  if (!existsSync(pending)) throw notBegun(root);
  const { now, ...centre } = more;
  const folder = openFolder(root, { purpose: "founding", now });
  try {
    const founding = readFoundingFile(pending);
    const leaves = completeFounding(founding, signed);
    const { origin } = founding.founding;
    const page = genesisPage(founding, openMachineKeys(folder.paths.keys, origin).logKey);
    await beginRecord(folder.paths, origin, leaves);
    writeFileSync(join(root, GENESIS_PAGE), page);
    const { exercise, mission } = founding.founding;
    writeCentreFile(folder.paths, { version: 1, origin, exercise, ...centre, mission });
    rmSync(pending);
    return { founding, page };
  } finally {
    folder.close();
  }
}

/** Goes on where a founding was cut short after its record had been begun. */
async function beginRecord(paths: FolderPaths, origin: string, leaves: readonly Uint8Array[]): Promise<void> {
  const keys = openMachineKeys(paths.keys, origin);
  const options = {
    ...{ recordFolder: paths.record, keeperFolder: paths.keeper },
    ...{ logKey: keys.logKey, signer: keys.log, primitives: nodePrimitives },
  };
  if (!existsSync(join(paths.record, "checkpoint"))) await foundRecord(options);
  const keeper = await openKeeper(options);
  try {
    if (keeper.size === 0) await keeper.append(leaves);
    if (keeper.size !== leaves.length) throw exists(paths.root);
  } finally {
    await keeper.close();
  }
}

/** Error: `centre.exists`. */
export function refuseExisting(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw exists(folder);
}

function exists(folder: string): FaultError {
  return new FaultError({
    code: "centre.exists",
    what: "founding",
    where: { file: folder },
    expected: "an empty or missing folder: a centre is never founded over another",
  });
}

function notBegun(folder: string): FaultError {
  return new FaultError({
    code: "founding.not-begun",
    what: "founding",
    where: { file: folder },
    expected: "a folder where `jmc init` has begun a founding that is not finished",
  });
}

/** Each of the mission's components, in its order, and no other. */
function requireComponents({ mission, parts }: CentrePlan): void {
  const expected = mission.view.components.map(({ code }) => code);
  const got = parts.map(({ component }) => component);
  if (expected.join() === got.join()) return;
  const missing = expected.find((code) => !got.includes(code));
  throw new FaultError({
    code: "signer.missing",
    what: "founding",
    ...(missing === undefined ? {} : { where: { field: missing } }),
    expected: `one part each of ${expected.join(", ")}, in this order`,
    got: got.join(", "),
  });
}
