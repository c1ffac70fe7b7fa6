/** `jmc init`: founds a centre with the two components' signer folders, each of which stays with its component. */
import { join, resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import { wallClock } from "../clock.ts";
import { foundCentre } from "../founding/found-centre.ts";
import { readPassphrase } from "./passphrase.ts";
import { DONE, say } from "./terminal.ts";

export interface InitFlags {
  readonly mission: string;
  readonly origin?: string;
  readonly signer?: readonly string[];
  readonly passphraseFile?: string;
}

export const MISSIONS_FOLDER = join(import.meta.dirname, "../../../../missions");

export async function runInit(folder: string, flags: InitFlags): Promise<number> {
  const signers = signersOf(flags);
  const passphrases = await passphrasesOf(Object.keys(signers), flags);
  const missionFolder = flags.mission.includes("/") ? resolve(flags.mission) : join(MISSIONS_FOLDER, flags.mission);
  const founded = await foundCentre({
    folder: resolve(folder),
    missionFolder,
    exercise: false,
    origin: flags.origin ?? `centre.${flags.mission.split("/").at(-1)}`,
    now: wallClock().now(),
    signers: Object.fromEntries(
      Object.entries(signers).map(([component, path]) => [
        component,
        { folder: resolve(path), passphrase: passphrases[component]! },
      ]),
    ),
  });
  say(`founded ${resolve(folder)}`);
  for (const signer of founded.signers)
    say(
      `  component ${signer.component}: keys of ${signer.officers.map((officer) => officer.id).join(", ")} and three roots in ${resolve(signers[signer.component]!)}`,
    );
  say("Give each signer folder to its component, on its own machine; keep none of them where the centre runs.");
  say(`Start the centre: npx jmc serve ${folder}`);
  return DONE;
}

/** `--signer A=DIR --signer B=DIR`. Error: `signer.malformed`. */
function signersOf(flags: InitFlags): Record<string, string> {
  const entries = (flags.signer ?? []).map((text) => {
    const match = /^([A-Za-z0-9]+)=(.+)$/.exec(text);
    if (!match)
      throw new FaultError({
        code: "signer.malformed",
        what: "command line",
        where: { field: "--signer" },
        expected: "COMPONENT=DIR, as A=/media/a",
        got: text,
      });
    return [match[1]!, match[2]!] as const;
  });
  return Object.fromEntries(entries);
}

async function passphrasesOf(components: readonly string[], flags: InitFlags): Promise<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const component of components)
    result[component] = await readPassphrase(`for the keys of component ${component}`, {
      isNew: true,
      ...(flags.passphraseFile === undefined ? {} : { file: flags.passphraseFile }),
    });
  return result;
}
