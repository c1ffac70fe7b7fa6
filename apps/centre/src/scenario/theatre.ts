/** Where scripted people act: a real centre on a clock that jumps, and both components' processes with their keys. */
import type { ScenarioLink } from "@openjmc/agreement";
import { FaultError, type Instant } from "@openjmc/model";
import { pino } from "pino";
import { type Centre, type CentreOptions, openCentre } from "../centre.ts";
import { DEMONSTRATION_PASSPHRASE, demonstrationSignerFolder } from "../cli/exercise/folder.ts";
import { wallNow } from "../clock.ts";
import { foundCentre } from "../founding/found-centre.ts";
import type { FoundingTerms } from "../founding/genesis.ts";
import { readMission } from "../mission/read.ts";
import { Players } from "./players.ts";
import { openPoorLink, type PoorLink } from "./poor-link.ts";
import { SteppedClock } from "./stepped-clock.ts";

const KEY_MEMORY_KIB = 1_024;

export interface TheatreFounding {
  readonly folder: string;
  readonly missionFolder: string;
  readonly origin: string;
  readonly startsAt: Instant;
  readonly seed?: string;
  readonly terms?: Omit<FoundingTerms, "exercise">;
  readonly predecessor?: string;
}

/** Founds the centre with demonstration keys beside it. Errors: those of founding. */
export async function foundTheatre({ terms, predecessor, seed = "1", ...founding }: TheatreFounding): Promise<void> {
  const { folder, missionFolder } = founding;
  const signers = Object.fromEntries(
    [...signerFolders(folder, missionFolder)].map(([code, path]) => [
      code,
      { folder: path, passphrase: DEMONSTRATION_PASSPHRASE },
    ]),
  );
  await foundCentre({
    ...{ ...founding, exercise: true, now: wallNow(), seed, signers, keyMemoryKiB: KEY_MEMORY_KIB },
    ...(terms ? { terms } : {}),
    ...(predecessor === undefined ? {} : { keepsKeys: true, predecessor }),
  });
}

/** Signer folders by component, beside the centre whose founding made them. Throws the mission's first fault. */
export function signerFolders(centre: string, missionFolder: string): Map<string, string> {
  const mission = readMission(missionFolder, { exercise: true });
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  return new Map(
    mission.value.view.components.map(({ code }) => [code, demonstrationSignerFolder(centre, code)] as const),
  );
}

export interface TheatreOptions
  extends Partial<Pick<CentreOptions, "onEntry" | "weather" | "logger" | "consoleFolder">> {
  /** The line between the components' processes and the centre; without it there is none to speak of. */
  readonly link?: ScenarioLink | undefined;
}

export interface Theatre {
  readonly centre: Centre;
  readonly players: Players;
  readonly clock: SteppedClock;
}

/** Opens centre and players, lets them work, and closes both, whatever happens. */
export async function inTheatre<T>(
  { folder, missionFolder, startsAt }: Pick<TheatreFounding, "folder" | "missionFolder" | "startsAt">,
  work: (theatre: Theatre) => Promise<T>,
  { link, ...more }: TheatreOptions = {},
): Promise<T> {
  const clock = new SteppedClock(startsAt);
  const centre = await openCentre({
    ...{ folder, host: "127.0.0.1", port: 0, mqtt: { host: "127.0.0.1", port: 0 }, clock },
    ...{ logger: pino({ level: "silent" }), ...more },
  });
  const lines: PoorLink[] = [];
  try {
    const players = await Players.start(await linesTo(centre, signerFolders(folder, missionFolder), lines, link));
    try {
      return await work({ centre, players, clock });
    } finally {
      await players.stop();
    }
  } finally {
    await Promise.all(lines.map((line) => line.close()));
    await centre.stop();
  }
}

/** Each component's folder with the address at which it reaches the centre: by a line of its own, where there is one. */
async function linesTo(
  { url }: Centre,
  folders: ReadonlyMap<string, string>,
  lines: PoorLink[],
  link: ScenarioLink | undefined,
): Promise<Map<string, { readonly url: string; readonly folder: string }>> {
  const all = new Map<string, { readonly url: string; readonly folder: string }>();
  for (const [component, folder] of folders) {
    if (link) lines.push(await openPoorLink(url, link, component));
    all.set(component, { url: link ? lines.at(-1)!.url : url, folder });
  }
  return all;
}
