/** The stage of a day of six people: a centre on a clock that jumps, and both components' processes with their officers' keys. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportRow } from "@openjmc/model";
import { pino } from "pino";
import { expect } from "vitest";
import { type Centre, openCentre } from "../../apps/centre/src/centre.ts";
import { DEMONSTRATION_PASSPHRASE } from "../../apps/centre/src/cli/exercise/folder.ts";
import { copyMission } from "../../apps/centre/src/scenario/mission-copy.ts";
import { Players } from "../../apps/centre/src/scenario/players.ts";
import { SteppedClock } from "../../apps/centre/src/scenario/stepped-clock.ts";
import { foundTheatre, signerFolders } from "../../apps/centre/src/scenario/theatre.ts";
import { jmc } from "./jmc.ts";

export const DAY_START = Date.parse("2021-06-02T05:00:00Z") * 1000;
export const LANGUAGES = ["en", "tr", "ru", "az", "hy"] as const;
const MISSION = join(import.meta.dirname, "../../missions/karabakh-2020");
const ORIGIN = "exercise.day";

export interface Stage {
  readonly root: string;
  readonly folder: string;
  readonly mission: string;
  readonly centre: Centre;
  readonly players: Players;
  readonly clock: SteppedClock;
  /** File with the passphrase of every key. */
  readonly passphrase: string;
  /** Editions that the centre has made by itself of a day. */
  editions(date: string): Promise<readonly ReportRow[]>;
  close(): Promise<void>;
}

/** Opens the stage; the liaison officers of parties, by code, are enrolled before the components' processes start. */
export async function openStage(consoleFolder: string, parties: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), "openjmc-day-"));
  const [folder, mission, passphrase] = ["centre", "mission", "passphrase"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(passphrase, DEMONSTRATION_PASSPHRASE);
  const schedule = [{ kind: "daily", languages: LANGUAGES, format: "pdf", audience: "component" }];
  copyMission(MISSION, mission, { settings: { reportSchedule: schedule } });
  await foundTheatre({ folder, missionFolder: mission, origin: ORIGIN, startsAt: DAY_START });
  const clock = new SteppedClock(DAY_START);
  const centre = await openCentre({
    ...{ folder, host: "127.0.0.1", port: 0, mqtt: { host: "127.0.0.1", port: 0 }, clock, consoleFolder },
    logger: pino({ level: "silent" }),
  });
  const keys = signerFolders(folder, mission);
  for (const [officer, party] of Object.entries(parties)) {
    const roots = ["--keys", keys.get(officer[0]!)!, "--root", "root-1", "--root", "root-2"];
    const args = ["officer", "enrol", officer, "--role", `party:${party}`, ...roots, "--centre", centre.url];
    const { code, stderr } = await jmc([...args, "--passphrase-file", passphrase, "--yes"]);
    expect(code, stderr).toBe(0);
  }
  const players = await Players.start(
    new Map([...keys].map(([code, own]) => [code, { url: centre.url, folder: own }])),
  );
  return {
    ...{ root, folder, mission, centre, players, clock, passphrase },
    editions: async (date) => {
      const asked = await players.ask("A-Duty-1", "/api/v1/views/reports?limit=100");
      const { rows } = asked as { readonly rows: readonly ReportRow[] };
      return rows.filter((row) => row.date === date && row.cause === "schedule");
    },
    close: async () => {
      await players.stop();
      await centre.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
