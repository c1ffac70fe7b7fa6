/** A component says that its own tap has other bytes than the centre: that is an alert, whoever is to blame. */
import { createHash } from "node:crypto";
import type { RecordedEntry } from "@openjmc/desk";
import type { SourceDescription, TapComparedBody } from "@openjmc/model";
import { formatDegrees } from "@openjmc/model";
import type { MachineAct } from "../registrar/registrar.ts";

/** Rule of the program itself: no mission can leave it out. */
export const MISMATCH_RULE = "tap-mismatch";

export function actsOfComparison(entry: RecordedEntry, sources: readonly SourceDescription[]): readonly MachineAct[] {
  const { others } = entry.body as unknown as TapComparedBody;
  const different = Map.groupBy(
    others.filter((one) => one.outcome === "different"),
    (one) => one.source,
  );
  return [...different].map(([source, minutes]) => {
    const site = sources.find((one) => one.id === source);
    return {
      kind: "alert.raised",
      subject: createHash("sha256").update(`${MISMATCH_RULE}|${entry.statement}|${source}`).digest("hex").slice(0, 32),
      refs: [{ rel: "comparison", sha256: entry.statement }],
      body: {
        rule: MISMATCH_RULE,
        severity: "urgent",
        subjectKind: "source",
        subjectId: source,
        occurredAt: minutes[0]!.minute,
        ...(site ? { lon: formatDegrees(site.lon), lat: formatDegrees(site.lat) } : {}),
        probabilityPerMille: 1000,
        outline: { ...(site ? { means: site.means } : {}), count: minutes.length },
      },
    };
  });
}
