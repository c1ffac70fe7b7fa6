/**
 * `jmc init` in steps, by files: each component makes its part on its own machine (`--component`), the centre makes the
 * first leaf of the parts (`--part`), each component signs it (`jmc sign founding`), the centre begins the record
 * (`--signed`). No private key of a component ever comes near the centre, nor the other component's.
 */
import { resolve } from "node:path";
import { wallClock } from "../../clock.ts";
import { readSigned } from "../../founding/accept.ts";
import { beginFounding, finishFounding } from "../../founding/centre-side.ts";
import { makeComponent } from "../../founding/component.ts";
import { readFoundingMission } from "../../founding/founding-mission.ts";
import { inGroups, writeFounding } from "../../founding/genesis.ts";
import { type FoundingPart, partDigest, readPart, writePart } from "../../founding/part.ts";
import { absentPart, readPredecessor } from "../../founding/predecessor.ts";
import { ROOT_HOLDERS } from "../../signer/signer-folder.ts";
import { askForHolders, askSecret } from "../secrets.ts";
import { DONE, print, say } from "../terminal.ts";
import { type InitFlags, missionFolderOf, originOf, requireFlag, termsOf } from "./flags.ts";

/** The file in a signer folder by which its component knows its own part again. */
export const OWN_PART = "founding-part.json";

/** A component makes its keys and its part. */
export async function initComponent(flags: InitFlags): Promise<number> {
  const component = requireFlag(flags.component, "--component", "the component's code in the mission");
  const folder = resolve(requireFlag(flags.keys, "--keys", "the component's signer folder"));
  const out = requireFlag(flags.out, "--out", "a file for the part");
  const mission = readFoundingMission(missionFolderOf(flags), { exercise: false });
  const what = `for the keys of component ${component}`;
  const names = [component];
  const common = await askSecret(flags, { names, what, isNew: flags.keepKeys !== true, alone: true });
  const secrets = flags.keepKeys ? await secretsOfKept(flags, folder, component, common) : common;
  const { part } = await makeComponent({
    ...{ component, origin: originOf(flags), mission, signerFolder: folder, secrets },
    ...(flags.keepKeys === undefined ? {} : { keepsKeys: flags.keepKeys }),
  });
  writePart(`${folder}/${OWN_PART}`, part);
  writePart(out, part);
  say(`made the part of component ${component}: ${part.officers.map(({ id }) => id).join(", ")} and three roots`);
  say(`keys in ${folder}, which stays here; carry ${out} to the centre and read this to whoever takes it there:`);
  print(`part ${component}  ${inGroups(partDigest(part))}`);
  return DONE;
}

async function secretsOfKept(flags: InitFlags, folder: string, component: string, common: string) {
  const own = await askForHolders(flags, folder, component, [...ROOT_HOLDERS]);
  return (holder: string) => own(holder) || common;
}

/** The centre makes the first leaf of the parts. */
export async function beginFromParts(folder: string, flags: InitFlags): Promise<number> {
  const out = requireFlag(flags.out, "--out", "a file for the founding that the components are to sign");
  const mission = readFoundingMission(missionFolderOf(flags), { exercise: false });
  const plan = { origin: originOf(flags), mission: mission.named };
  const brought = (flags.part ?? []).map(readPart);
  const absent = flags.absent ?? [];
  const parts = [...brought, ...(await absentParts(flags, absent, plan))].sort(inOrderOf(mission.view.components));
  const now = wallClock().now();
  const founding = await beginFounding({
    ...{ folder: resolve(folder), mission, origin: plan.origin, at: now, now, parts, absent },
    terms: { exercise: false, ...(await termsOf(flags)) },
  });
  writeFounding(out, founding);
  for (const part of brought) print(`part ${part.component}  ${inGroups(partDigest(part))}`);
  print(`genesis  ${inGroups(founding.founding.statementId)}`);
  say(
    `Compare the parts with what their components read out. Carry ${out} to each of them: npx jmc sign founding ${out}`,
  );
  say(`Then: npx jmc init ${folder} --signed FILE --signed FILE`);
  return DONE;
}

async function absentParts(
  flags: InitFlags,
  absent: readonly string[],
  plan: Pick<FoundingPart, "origin" | "mission">,
): Promise<readonly FoundingPart[]> {
  if (absent.length === 0) return [];
  const path = requireFlag(flags.succeed, "--succeed", "the record that is succeeded: only of it can a side be absent");
  const predecessor = await readPredecessor(resolve(path));
  return absent.map((component) => absentPart(predecessor, component, plan));
}

function inOrderOf(components: readonly { readonly code: string }[]) {
  const place = (part: FoundingPart) => components.findIndex(({ code }) => code === part.component);
  return (left: FoundingPart, right: FoundingPart): number => place(left) - place(right);
}

/** The centre begins the record with what the components have signed. */
export async function finishFromSigned(folder: string, flags: InitFlags): Promise<number> {
  const signed = (flags.signed ?? []).map(readSigned);
  const { founding, page } = await finishFounding(resolve(folder), signed, { now: wallClock().now() });
  print(page);
  for (const component of founding.absent)
    say(`component ${component} is absent: what needs its signature waits, and every verifier says so`);
  say(`founded ${resolve(folder)}; the page above is in ${folder}/genesis.txt: print it, compare it, sign it by hand`);
  say(`Start the centre: npx jmc serve ${folder}`);
  return DONE;
}
