/** Sorties and collection for which the party's leave is asked, each with its answer. */
import { COLLECTION_ANSWERS, type PortalLeave, SORTIE_ANSWERS } from "@openjmc/model";
import { nameIn, useCentre } from "../centre/use-centre.ts";
import { ActForm } from "../forms/act-form.tsx";
import { useChoices } from "../forms/use-choices.ts";
import { zoneName } from "../rooms/common/describe.ts";
import { Badge, Empty } from "../ui/controls.tsx";
import { Time } from "../ui/facts-of.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { useWords } from "../words/use-words.tsx";
import { type PortalProps, Receipt } from "./receipt.tsx";

export function PortalLeaves({ portal, again }: PortalProps) {
  const words = useWords();
  return (
    <Panel title={words.say("air.portal.leaves")} padded>
      {portal.leaves.length === 0 ? (
        <Empty title={words.say("desk.empty")} hint={words.say("air.portal.leavesHint")} />
      ) : (
        portal.leaves.map((leave) => (
          <section key={leave.id} aria-label={leave.title}>
            <Leave leave={leave} party={portal.party} again={again} />
          </section>
        ))
      )}
    </Panel>
  );
}

interface LeaveProps extends Pick<PortalProps, "again"> {
  readonly leave: PortalLeave;
  readonly party: string;
}

function Leave({ leave, party, again }: LeaveProps) {
  const words = useWords();
  const { mission } = useCentre();
  const choices = useChoices();
  const isSortie = leave.kind === "sortie";
  const list = isSortie ? "sortieAnswer" : "collectionAnswer";
  const component = mission.components.find(({ code }) => code === leave.by);
  const { floorMetres, ceilingMetres } = leave;
  return (
    <>
      <h3>{leave.title}</h3>
      {leave.answer === undefined ? (
        <Badge tone="warning">{words.say("air.portal.unanswered")}</Badge>
      ) : (
        <Badge>{words.sayCode(list, leave.answer)}</Badge>
      )}
      <Facts
        facts={[
          [words.say("console.by"), nameIn(component?.names, words.locale)],
          [words.say("air.plan.purpose"), leave.purpose],
          [words.say("console.zone.from"), <Time key="f" at={leave.starts} />],
          [words.say("console.zone.until"), <Time key="u" at={leave.ends} />],
          [words.say("air.plan.zone"), words.formats.list(leave.zones.map((zone) => zoneName(zone, mission, words)))],
          [words.say("air.flight.floor"), floorMetres === undefined ? undefined : words.formats.metres(floorMetres)],
          [
            words.say("air.flight.ceiling"),
            ceilingMetres === undefined ? undefined : words.formats.metres(ceilingMetres),
          ],
          [words.say("air.sortie.conditions"), leave.note],
        ]}
      />
      <Receipt receipt={leave.receipt} />
      <ActForm
        name={`portal-leave-${leave.id}`}
        heading="air.plan.answered"
        send="desk.portal.answer"
        act={{ kind: isSortie ? "sortie.answered" : "collection.answered", subject: leave.id, body: { by: party } }}
        onDone={again}
        fields={[
          {
            ...{ name: "answer", label: "air.plan.answered", as: "choice" },
            choices: choices.codes(list, isSortie ? SORTIE_ANSWERS : COLLECTION_ANSWERS),
          },
          { blank: true, name: "note", label: "air.sortie.conditions", as: "area", most: 2000 },
        ]}
      />
    </>
  );
}
