/** `jmc roster FILE`: a component's roster as a table, checked row by row, and made into the draft that its head signs. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readRoster } from "@openjmc/desk";
import { describeFault, FaultError } from "@openjmc/model";
import { CHECK_FAILED, DONE, print, writeOut } from "./terminal.ts";

export interface RosterFlags {
  readonly out?: string;
  readonly note?: string;
  readonly json?: boolean;
}

/** Each fault is one line with its line and field; exit 1 where there is one, and then nothing is written. */
export function runRoster(file: string, flags: RosterFlags): number {
  const { people, faults } = readRoster(read(resolve(file)));
  if (flags.json) print(JSON.stringify({ people: people.length, faults }));
  else for (const fault of faults) print(describeFault(fault));
  if (faults.length > 0) return CHECK_FAILED;
  const draft = { kind: "roster.imported", body: { people, note: flags.note ?? "" } };
  if (flags.out !== undefined || !flags.json)
    writeOut(
      flags.out,
      `${JSON.stringify(draft, undefined, 2)}\n`,
      `${people.length} members; its head signs it: jmc sign --act`,
      {
        isNew: true,
      },
    );
  return DONE;
}

/** Error: `file.unreadable`. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new FaultError({
      code: "file.unreadable",
      what: "roster",
      where: { file: path },
      cause: (error as Error).message,
    });
  }
}
