/** `jmc init DIR --signer A=… --signer B=…`: both components at one machine, each with its own folder and passphrase. */
import { resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import { wallClock } from "../../clock.ts";
import { foundCentre } from "../../founding/found-centre.ts";
import { askSecret } from "../secrets.ts";
import { DONE, print, say } from "../terminal.ts";
import { type InitFlags, missionFolderOf, originOf, termsOf } from "./flags.ts";

export async function initInOneGo(folder: string, flags: InitFlags): Promise<number> {
  const signers = signersOf(flags);
  const components = Object.keys(signers);
  const passphrases = new Map<string, string>();
  for (const component of components) {
    const what = `for the keys of component ${component}`;
    const alone = components.length === 1;
    passphrases.set(component, await askSecret(flags, { names: [component], what, isNew: true, alone }));
  }
  const founded = await foundCentre({
    ...{ folder: resolve(folder), missionFolder: missionFolderOf(flags), exercise: false, origin: originOf(flags) },
    now: wallClock().now(),
    terms: await termsOf(flags),
    signers: Object.fromEntries(
      components.map((component) => [
        component,
        { folder: resolve(signers[component]!), passphrase: passphrases.get(component)! },
      ]),
    ),
    ...(flags.succeed === undefined
      ? {}
      : { keepsKeys: true, absent: flags.absent ?? [], predecessor: resolve(flags.succeed) }),
  });
  print(founded.page);
  say(`founded ${resolve(folder)}; the page above is in ${folder}/genesis.txt: print it, compare it, sign it by hand`);
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
