/** Founds a centre in one go: for exercises, for tests, and where both components sit at one machine with their folders. */
import { sep } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import type { SignerFolder } from "../signer/signer-folder.ts";
import { acceptFounding } from "./accept.ts";
import { beginFounding, finishFounding, refuseExisting } from "./centre-side.ts";
import { makeComponent } from "./component.ts";
import { type FoundingMission, readFoundingMission } from "./founding-mission.ts";
import type { FoundingTerms, ReadFounding } from "./genesis.ts";
import type { FoundingPart } from "./part.ts";
import { absentPart, readPredecessor } from "./predecessor.ts";

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
  /** Of a successor: the components' folders hold their keys already. */
  readonly keepsKeys?: boolean;
  /** Of a successor: components that cannot sign now, and a copy of the record from which their roots are known. */
  readonly absent?: readonly string[];
  readonly predecessor?: string;
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
  const absent = options.absent ?? [];
  const codes = mission.view.components.map(({ code }) => code);
  const present = codes.filter((code) => !absent.includes(code));
  for (const code of present) requireSigner(options, code);
  const components = await Promise.all(present.map((code) => makeComponent(componentPlan(options, mission, code))));
  const away = await absentParts(options, mission);
  const parts = codes.map(
    (code) => [...components.map(({ part }) => part), ...away].find((part) => part.component === code)!,
  );
  const terms = { exercise, ...options.terms };
  const begun = await beginFounding({ folder, mission, origin, at: startsAt ?? now, now, terms, parts, absent });
  const signed = await Promise.all(components.map(({ keys }) => acceptFounding(begun, keys)));
  const finished = await finishFounding(folder, signed, {
    now,
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(seed === undefined ? {} : { seed }),
  });
  return { signers: components.map(({ keys }) => keys), ...finished };
}

async function absentParts(options: FoundCentreOptions, mission: FoundingMission): Promise<readonly FoundingPart[]> {
  const { absent = [], predecessor, origin } = options;
  if (absent.length === 0) return [];
  if (predecessor === undefined)
    throw new FaultError({
      ...{ code: "founding.without-side", what: "founding", got: absent.join(", ") },
      expected: "both components, unless a record is succeeded",
    });
  const read = await readPredecessor(predecessor);
  return absent.map((component) => absentPart(read, component, { origin, mission: mission.named }));
}

function componentPlan(options: FoundCentreOptions, mission: FoundingMission, component: string) {
  const { folder: signerFolder, passphrase: secrets } = options.signers[component]!;
  const { origin, keyMemoryKiB, keepsKeys = false } = options;
  return { component, origin, mission, signerFolder, secrets, keyMemoryKiB, keepsKeys };
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
