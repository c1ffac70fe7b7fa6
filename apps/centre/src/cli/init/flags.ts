/** What `jmc init` is told, and what all its ways share. */
import { join, resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import type { FoundingTerms } from "../../founding/genesis.ts";
import { readPredecessor, successionTerms } from "../../founding/predecessor.ts";
import { defaultMission, MISSIONS_FOLDER } from "../default-mission.ts";
import type { SecretFlags } from "../secrets.ts";

export interface InitFlags extends SecretFlags {
  readonly mission?: string;
  readonly origin?: string;
  readonly signer?: readonly string[];
  /** A component's own step. */
  readonly component?: string;
  readonly keys?: string;
  readonly keepKeys?: boolean;
  readonly out?: string;
  /** The centre's steps. */
  readonly part?: readonly string[];
  readonly signed?: readonly string[];
  readonly recoveryDays: string;
  readonly shortestAnswer?: string;
  readonly succeed?: string;
  readonly reason?: string;
  readonly absent?: readonly string[];
  readonly unsealed?: boolean;
  /** The successor of a closed record takes annotations only. */
  readonly annotations?: boolean;
}

export { MISSIONS_FOLDER } from "../default-mission.ts";

export function missionFolderOf({ mission = defaultMission() }: Pick<InitFlags, "mission">): string {
  return mission.includes("/") ? resolve(mission) : join(MISSIONS_FOLDER, mission);
}

export function originOf({ origin, mission }: InitFlags): string {
  return origin ?? `centre.${(mission ?? defaultMission()).split("/").at(-1)}`;
}

/** What is agreed on besides keys. Errors: `flag.malformed`, those of `readPredecessor` and `successionTerms`. */
export async function termsOf(flags: InitFlags): Promise<Omit<FoundingTerms, "exercise">> {
  const recovery = numberOf(flags.recoveryDays, "--recovery-days", 366);
  const answer = flags.shortestAnswer === undefined ? 0 : numberOf(flags.shortestAnswer, "--shortest-answer", 8784);
  const succeeds = await succession(flags);
  return {
    ...(recovery === 0 ? {} : { rootRecoverySeconds: recovery * 86_400 }),
    ...(answer === 0 ? {} : { shortestAnswerSeconds: answer * 3600 }),
    ...(succeeds === undefined ? {} : { succeeds }),
    ...(flags.annotations ? { purpose: "annotations" as const } : {}),
  };
}

async function succession(flags: InitFlags): Promise<FoundingTerms["succeeds"]> {
  if (flags.succeed === undefined) return undefined;
  const reason = requireFlag(flags.reason, "--reason", "why there is a successor, in words");
  const predecessor = await readPredecessor(resolve(flags.succeed));
  return successionTerms(predecessor, { reason, acceptsUnsealed: flags.unsealed === true });
}

export function requireFlag(value: string | undefined, field: string, expected: string): string {
  if (value !== undefined && value.trim() !== "") return value;
  throw new FaultError({ code: "flag.missing", what: "command line", where: { field }, expected });
}

function numberOf(text: string, field: string, most: number): number {
  const value = Number(text);
  if (/^\d{1,4}$/.test(text) && value <= most) return value;
  const expected = `a whole number from 0 to ${most}`;
  throw new FaultError({ code: "flag.malformed", what: "command line", where: { field }, expected, got: text });
}
