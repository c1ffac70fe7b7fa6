/** Safety of life: what the centre tells every party at the same moment, above everything else and read aloud at once. */
import type { PortalFlash } from "@openjmc/model";
import { useShownTime } from "../clock/clock-store.ts";
import { ActForm } from "../forms/act-form.tsx";
import { useChoices } from "../forms/use-choices.ts";
import { Words } from "../rooms/desk/replies.tsx";
import { Badge } from "../ui/controls.tsx";
import { Position, Time } from "../ui/facts-of.tsx";
import { Panel } from "../ui/panel.tsx";
import { useWords } from "../words/use-words.tsx";
import { type PortalProps, Receipt } from "./receipt.tsx";

/** Those that hold now; what has ended or run out is in the record. */
export function PortalFlashes({ portal, again }: PortalProps) {
  const words = useWords();
  const now = useShownTime(1000);
  const open = portal.flashes.filter(
    (row) => row.ended === undefined && row.standing !== "withdrawn" && Date.parse(row.expires) * 1000 > now,
  );
  if (open.length === 0) return null;
  return (
    <div role="alert">
      <Panel title={words.say("influence.portal.flashes")} padded>
        {open.map((row) => (
          <Flash key={row.id} row={row} party={portal.party} again={again} />
        ))}
      </Panel>
    </div>
  );
}

function Flash({
  row,
  party,
  again,
}: {
  readonly row: PortalFlash;
  readonly party: string;
  readonly again: () => void;
}) {
  const words = useWords();
  const { nameOf } = useChoices();
  return (
    <article>
      <h3>
        {row.number} {row.headline}
      </h3>
      <p>
        <Badge tone="danger">{words.sayCode("flashEvent", row.event)}</Badge>{" "}
        <Badge tone={row.standing === "joint" ? "good" : "warning"}>
          {words.formats.list(row.components.map(nameOf))}: {words.sayCode("escalationStanding", row.standing)}
        </Badge>
      </p>
      <p>
        {row.area}
        {row.place === undefined ? null : (
          <>
            {" · "}
            <Position lon={Number(row.place.lon)} lat={Number(row.place.lat)} />{" "}
            {words.formats.metres(row.place.uncertaintyMetres)}
          </>
        )}
      </p>
      <Words text={row.text} language={row.language} />
      <strong>
        <Words text={row.instruction} language={row.language} />
      </strong>
      <p>
        {words.say("influence.matter.until")} <Time at={Date.parse(row.expires) * 1000} />
      </p>
      <Receipt receipt={row.receipt} />
      {row.answeredBy.includes(party) ? (
        <Badge tone="good">{words.say("influence.portal.receivedText")}</Badge>
      ) : (
        <ActForm
          name={`flash-${row.id}`}
          heading="influence.portal.received"
          send="influence.portal.received"
          act={{
            kind: "escalation.answered",
            subject: row.id,
            body: { recipient: party, by: party, language: words.locale },
          }}
          first={{ text: words.say("influence.portal.receivedText") }}
          onDone={again}
          fields={[
            { name: "text", label: "influence.answer.text", as: "text", most: 2000 },
            { name: "answeredAt", label: "influence.answer.at", as: "instant" },
          ]}
        />
      )}
    </article>
  );
}
