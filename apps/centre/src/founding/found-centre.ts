/** Founds a centre: folder, keys of the machine, record with its first leaves. The components' keys stay in their own folders. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import { openFolder } from "../folder/index.ts";
import { readMission, readMissionFiles } from "../mission/read.ts";
import { nodePrimitives } from "../primitives.ts";
import { foundRecord, openKeeper } from "../record/index.ts";
import { createRoom, type NewRoom, NODE_ROLE, nodeOfficer } from "../room/found-room.ts";
import { createSignerFolder, type OfficerDraft, type SignerFolder } from "../signer/signer-folder.ts";
import { keepMission, missionDigest, writeCentreFile } from "./centre-file.ts";
import { foundingLeaves } from "./found.ts";
import { createMachineKeys, createMqttPasswords } from "./machine-keys.ts";

export interface FoundCentreOptions {
  readonly folder: string;
  /** Folder of the mission's files. */
  readonly missionFolder: string;
  readonly exercise: boolean;
  /** Name of the log: a DNS-like name; of exercises it begins `exercise.`. */
  readonly origin: string;
  readonly now: Instant;
  readonly startsAt?: Instant;
  readonly seed?: string;
  /** Signer folder and passphrase by component. */
  readonly signers: Readonly<Record<string, { readonly folder: string; readonly passphrase: string }>>;
  /** Lower than usual for demonstration keys only. */
  readonly keyMemoryKiB?: number;
}

/** Errors (thrown): `centre.exists`, `mission.unknown` and the mission's faults, `key.inside-centre`, `key.folder-used`, `signer.missing`. */
export async function foundCentre(options: FoundCentreOptions): Promise<{ readonly signers: readonly SignerFolder[] }> {
  refuseExisting(options.folder);
  const files = readMissionFiles(requireMission(options.missionFolder));
  const mission = readMission(options.missionFolder, {
    exercise: options.exercise,
    ...(options.startsAt === undefined ? {} : { startsAt: options.startsAt }),
  });
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  const { view } = mission.value;
  const signers = view.components.map((component) => makeSigner(options, component.code, view.officers));
  const rooms = await Promise.all(signers.map(({ component }) => createRoom(newRoom(options, component))));
  const folder = openFolder(options.folder, { purpose: "founding", now: options.now, create: true });
  try {
    const keys = createMachineKeys(folder.paths.keys, options.origin);
    createMqttPasswords(folder.paths.keys, view.sources);
    const sha256 = missionDigest(files);
    const leaves = await foundingLeaves(nodePrimitives, {
      origin: options.origin,
      exercise: options.exercise,
      mission: { id: view.id, sha256 },
      at: options.startsAt ?? options.now,
      machine: keys.machine,
      components: signers,
      rooms,
    });
    const keeper = {
      recordFolder: folder.paths.record,
      keeperFolder: folder.paths.keeper,
      logKey: keys.logKey,
      signer: keys.log,
      primitives: nodePrimitives,
    };
    await foundRecord(keeper);
    const open = await openKeeper(keeper);
    await open.append(leaves);
    await open.close();
    keepMission(folder.paths, files);
    writeCentreFile(folder.paths, {
      version: 1,
      origin: options.origin,
      exercise: options.exercise,
      ...(options.startsAt === undefined ? {} : { startsAt: options.startsAt }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      mission: { id: view.id, sha256 },
    });
  } finally {
    folder.close();
  }
  return { signers };
}

function refuseExisting(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new FaultError({
      code: "centre.exists",
      what: "founding",
      where: { file: folder },
      expected: "an empty or missing folder: a centre is never founded over another",
    });
}

function requireMission(folder: string): string {
  if (existsSync(join(folder, "mission.yaml"))) return folder;
  const parent = dirname(folder);
  const known = existsSync(parent)
    ? readdirSync(parent).filter((name) => existsSync(join(parent, name, "mission.yaml")))
    : [];
  throw new FaultError({
    code: "mission.unknown",
    what: "mission",
    where: { file: folder },
    expected: known.length > 0 ? `a mission folder, as ${known.join(", ")}` : "a folder with mission.yaml",
  });
}

function makeSigner(
  options: FoundCentreOptions,
  component: string,
  officers: readonly { readonly id: string; readonly component: string; readonly roles: readonly string[] }[],
): SignerFolder {
  const signer = options.signers[component];
  if (!signer)
    throw new FaultError({
      code: "signer.missing",
      what: "founding",
      where: { field: component },
      expected: `a signer folder for component ${component}`,
    });
  if (`${signer.folder}/`.startsWith(`${options.folder}/`))
    throw new FaultError({
      code: "key.inside-centre",
      what: "signer folder",
      where: { file: signer.folder },
      expected: "a folder outside the centre's: the centre never holds a component's keys",
    });
  const named: OfficerDraft[] = officers
    .filter((officer) => officer.component === component)
    .map(({ id, roles }) => ({ id, roles }));
  const own = named.length > 0 ? named : firstOfficers(component);
  const all = [...own, { id: nodeOfficer(component), roles: [NODE_ROLE] }];
  return createSignerFolder(signer.folder, component, all, signer.passphrase, options.keyMemoryKiB);
}

function newRoom(options: FoundCentreOptions, component: string): NewRoom {
  const { folder, passphrase } = options.signers[component]!;
  return { component, signerFolder: folder, passphrase, memoryKiB: options.keyMemoryKiB };
}

/** The officers that a component begins with where the mission's files name none; it enrols others later. */
function firstOfficers(component: string): OfficerDraft[] {
  const draft = (suffix: string, role: string): OfficerDraft => ({ id: `${component}-${suffix}`, roles: [role] });
  return [
    draft("Head", "head-of-component"),
    draft("Duty-1", "duty-officer"),
    draft("Duty-2", "duty-officer"),
    draft("Engineer", "engineer"),
    draft("Liaison", "liaison-officer"),
  ];
}
