/** The clocks of a case, counting: the first call, the first statement, the finding. How long each may take, the mission says. */
import { type CaseClock, caseClocks, clocksOf, type IncidentRow, type Instant } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./incidents.module.css";

export function CaseClocks({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const now = useShownTime(5000);
  const findings = useFreshRows("findings").rows;
  const calls = useFreshRows("hotline").rows;
  return (
    <div className={styles.acts}>
      {caseClocks(incident, findings, calls, clocksOf(mission)).map((clock) => (
        <Badge key={clock.clock} tone={toneOf(clock, now)}>
          {textOf(clock, now, words)}
        </Badge>
      ))}
    </div>
  );
}

const isLate = ({ until, doneAt }: CaseClock, now: Instant): boolean => (doneAt ?? now) > until;

function toneOf(clock: CaseClock, now: Instant): "danger" | "warning" | "neutral" {
  if (!isLate(clock, now)) return "neutral";
  return clock.doneAt === undefined ? "danger" : "warning";
}

function textOf({ clock: name, ...rest }: CaseClock, now: Instant, words: Words): string {
  const clock = words.sayCode("caseClock", name);
  const { until, doneAt } = rest;
  if (doneAt === undefined && now > until) return words.say("desk.clocks.over", { clock });
  if (doneAt === undefined) return words.say("desk.clocks.left", { clock, rest: words.formats.duration(until - now) });
  if (doneAt <= until) return words.say("desk.clocks.done", { clock });
  return words.say("desk.clocks.late", { clock, late: words.formats.duration(doneAt - until) });
}
