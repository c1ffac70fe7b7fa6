/** Which mission a command takes where none is named: the program knows none by itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";

export const MISSIONS_FOLDER = join(import.meta.dirname, "../../../../missions");

/** What the help says of it. */
export const DEFAULT_MISSION_HELP = "the mission that missions/default names, without it";

/** The one line of `missions/default`. Errors (thrown): `mission.no-default`. */
export function defaultMission(folder: string = MISSIONS_FOLDER): string {
  const file = join(folder, "default");
  let text = "";
  try {
    text = readFileSync(file, "utf8").trim();
  } catch {
    // Said below: a file that cannot be read names no mission either.
  }
  if (/^[\w.-]+$/.test(text)) return text;
  throw new FaultError({
    code: "mission.no-default",
    what: "missions",
    where: { file },
    expected: "one line, the name of a folder beside it; or --mission",
    ...(text === "" ? {} : { got: text }),
  });
}
