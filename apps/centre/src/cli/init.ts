/** `jmc init`: the founding of a centre, in one go or in steps by files. */
import { FaultError } from "@openjmc/model";
import type { InitFlags } from "./init/flags.ts";
import { initInOneGo } from "./init/in-one-go.ts";
import { beginFromParts, finishFromSigned, initComponent } from "./init/in-steps.ts";

export async function runInit(folder: string | undefined, flags: InitFlags): Promise<number> {
  if (flags.component !== undefined) return initComponent(flags);
  if (folder === undefined)
    throw new FaultError({
      ...{ code: "flag.missing", what: "command line", where: { field: "dir" } },
      expected: "the folder of the centre, or --component on a component's machine",
    });
  if (flags.signed) return finishFromSigned(folder, flags);
  if (flags.part) return beginFromParts(folder, flags);
  return initInOneGo(folder, flags);
}
