/** What open things are, in words: an incident by its number, an allegation by who alleges what, an asset by its name. */
import { CLOSING_DATA } from "@openjmc/model";
import { useQuery } from "@tanstack/react-query";
import { readVisits } from "../../api/mission-endpoints.ts";
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useWords } from "../../words/use-words.tsx";
import { allegationName } from "../common/describe.ts";

const LONGEST = 80;

/** Gives the name of a thing by its kind and id; the id where nothing more is known. */
export function useThingNames(): (thing: { readonly kind: string; readonly id: string }) => string {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  const incidents = useFreshRows("incidents").rows;
  const allegations = useFreshRows("allegations").rows;
  const findings = useFreshRows("findings").rows;
  const alerts = useFreshRows("alerts").rows;
  const visits = useQuery({ queryKey: ["mission", "visits"], queryFn: () => readVisits() }).data?.rows ?? [];
  const names: Readonly<Record<string, (id: string) => string | undefined>> = {
    incident: (id) =>
      join(
        incidents.find((row) => row.id === id),
        (row) => `${row.number} ${row.title}`,
      ),
    allegation: (id) =>
      join(
        allegations.find((row) => row.id === id),
        (row) => `${allegationName(row, mission, words)}: ${row.body.what}`,
      ),
    finding: (id) =>
      join(
        findings.find((row) => row.statement === id),
        (row) => row.proposal.question,
      ),
    alert: (id) =>
      join(
        alerts.find((row) => row.id === id),
        (row) => nameIn(mission.rules.find((rule) => rule.id === row.rule)?.names, words.locale) || row.rule,
      ),
    alerts: () => words.say("mission.closure.allAlerts"),
    visit: (id) =>
      join(
        visits.find((row) => row.id === id),
        (row) => `${words.sayCode("visit", row.visit)}: ${row.site} (${nameOf(row.of)})`,
      ),
    asset: (id) => mission.sources.find((source) => source.id === id)?.name,
    data: (id) =>
      id.startsWith("room-")
        ? words.say("mission.closure.room", { component: nameOf(id.slice(5)) })
        : (CLOSING_DATA as readonly string[]).includes(id)
          ? words.sayCode("closingData", id)
          : undefined,
    plan: (id) => words.sayCode("kind", id),
    recordings: () => words.sayCode("closingData", "journal"),
    report: () => words.say("mission.final.title"),
  };
  return ({ kind, id }) => (names[kind]?.(id) ?? id).slice(0, LONGEST);
}

function join<Row>(row: Row | undefined, say: (row: Row) => string): string | undefined {
  return row === undefined ? undefined : say(row);
}
