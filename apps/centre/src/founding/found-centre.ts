/** Founds a centre in one go: for exercises, for tests, and where both components sit at one machine with their folders. */
import { sep } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import type { SignerFolder } from "../signer/signer-folder.ts";
import { acceptFounding } from "./accept.ts";
import { beginFounding, finishFounding, refuseExisting } from "./centre-side.ts";
import { makeComponent } from "./component.ts";
import { type FoundingMission, readFoundingMission } from "./founding-mission.ts";
import type { FoundingTerms, ReadFounding } from "./genesis.ts";

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
  /** What the components agree on besides. */
  readonly terms?: Omit<FoundingTerms, "exercise">;
  /** Lower than usual for demonstration keys only. */
  readonly keyMemoryKiB?: number;
}

export interface FoundedCentre {
  readonly signers: readonly SignerFolder[];
  readonly founding: ReadFounding;
  /** The genesis as it is printed. */
  readonly page: string;
}

/** Errors (thrown): `centre.exists`, `mission.unknown` and the mission's faults, `key.inside-centre`, `key.folder-used`, `signer.missing`. */
export async function foundCentre(options: FoundCentreOptions): Promise<FoundedCentre> {
  const { folder, origin, exercise, now, startsAt, seed } = options;
  refuseExisting(folder);
  const mission = readFoundingMission(options.missionFolder, {
    exercise,
    ...(startsAt === undefined ? {} : { startsAt }),
  });
  const codes = mission.view.components.map(({ code }) => code);
  for (const code of codes) requireSigner(options, code);
  const components = await Promise.all(codes.map((code) => makeComponent(componentPlan(options, mission, code))));
  const parts = components.map(({ part }) => part);
  const terms = { exercise, ...options.terms };
  const begun = await beginFounding({ folder, mission, origin, at: startsAt ?? now, now, terms, parts });
  const signed = await Promise.all(components.map(({ keys }) => acceptFounding(begun, keys)));
  const finished = await finishFounding(folder, signed, {
    now,
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(seed === undefined ? {} : { seed }),
  });
  return { signers: components.map(({ keys }) => keys), ...finished };
}

function componentPlan(options: FoundCentreOptions, mission: FoundingMission, component: string) {
  const { folder: signerFolder, passphrase: secrets } = options.signers[component]!;
  return { component, origin: options.origin, mission, signerFolder, secrets, keyMemoryKiB: options.keyMemoryKiB };
}

function requireSigner(options: FoundCentreOptions, component: string): void {
  const signer = options.signers[component];
  if (!signer)
    throw new FaultError({
      code: "signer.missing",
      what: "founding",
      where: { field: component },
      expected: `a signer folder for component ${component}`,
    });
  requireOutside(options.folder, signer.folder);
}

/** No key of a person lies under the centre's folder. Error: `key.inside-centre`. */
export function requireOutside(centre: string, signerFolder: string): void {
  if (!`${signerFolder}${sep}`.startsWith(`${centre}${sep}`)) return;
  throw new FaultError({
    code: "key.inside-centre",
    what: "signer folder",
    where: { file: signerFolder },
    expected: "a folder outside the centre's: the centre never holds a component's keys",
  });
}
