/** `jmc retain`: removes recordings that the mission's rules keep no longer, each with an entry of its own. */
import { withRecord } from "../door/record-at-hand.ts";
import { missionOfCentre } from "../mission/read.ts";
import { readRemoved } from "../retention/removed.ts";
import { dueForRemoval, remove } from "../retention/retain.ts";
import { sealedUpTo } from "../retention/sealed.ts";
import { DONE, print, say } from "./terminal.ts";

export interface RetainFlags {
  readonly check?: boolean;
  readonly json?: boolean;
}

export async function runRetain(folder: string, flags: RetainFlags): Promise<number> {
  return withRecord(folder, "retain", async ({ paths, file, state, now, act }) => {
    const { size } = state.history;
    const removed = readRemoved(paths.record, size);
    const { retention: rules = [] } = missionOfCentre(paths, file).view;
    const sealedSequence = sealedUpTo(paths.record, size);
    const due = await dueForRemoval({ paths, rules, now, sealedSequence, removed });
    for (const body of due) {
      if (flags.json) print(JSON.stringify(body));
      else
        say(
          `${body.what} from ${body.from} to ${body.until}: ${flags.check ? "would be removed" : "removed"} under rule ${body.rule}`,
        );
      if (flags.check) continue;
      const isEntered = removed.bodies.some((one) => one.file === body.file && one.sha256 === body.sha256);
      if (!isEntered)
        await act([{ kind: "recordings.removed", subject: `removed-${body.what}-${body.firstSequence}`, body }]);
      await remove(paths, body);
    }
    if (rules.length === 0) say("the mission has no rule for removing anything");
    return DONE;
  });
}
