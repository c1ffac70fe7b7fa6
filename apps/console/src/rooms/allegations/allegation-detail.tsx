/** One allegation: the party's words, what is missing, and what the picture holds within its time and place. */
import { parseInstant } from "@openjmc/model";
import { openingOfAllegation } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { nameIn, partyOf, useCentre } from "../../centre/use-centre.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Button, LinkButton, Note } from "../../ui/controls.tsx";
import { Mark, Position } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { changeView, openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AttachTo } from "../common/attach-to.tsx";
import { allegationName, countText } from "../common/describe.ts";
import { Gone } from "../common/gone.tsx";
import { openAndGo } from "../common/open-incident.ts";
import styles from "../sightings/sightings.module.css";
import { AllegationCourse } from "./allegation-course.tsx";
import { AllegationSteps } from "./allegation-steps.tsx";
import { ClosingCard } from "./closing-card.tsx";

export function AllegationDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const centre = useCentre();
  const row = useRows("allegations").rows.find((one) => one.id === id);
  const act = useAct();
  if (row === undefined) return <Gone />;
  const { body } = row;
  const name = allegationName(row, centre.mission, words);
  const occurred = body.occurredAt === undefined ? undefined : parseInstant(body.occurredAt);
  const at = occurred?.ok ? occurred.value : row.receivedAt;
  const party = (code: string | undefined) =>
    code === undefined ? undefined : nameIn(partyOf(centre, code)?.names, words.locale) || code;
  return (
    <>
      <h2>{name}</h2>
      <div className={styles.acts}>
        <Badge tone={row.state === "incomplete" ? "warning" : "neutral"}>
          {words.say(`codes.allegationState.${row.state}`)}
        </Badge>
        {row.missing.map((one) => (
          <Badge key={one} tone="warning">
            {words.say("console.allegations.lacks", { what: words.say(`codes.particular.${one}`) })}
          </Badge>
        ))}
      </div>
      <blockquote lang={body.language} style={{ margin: 0, whiteSpace: "pre-wrap" }}>
        {body.what}
      </blockquote>
      <Facts
        facts={[
          [words.say("console.allegations.accused"), party(body.accused)],
          [words.say("console.allegations.via"), words.say(`codes.via.${body.via}`)],
          [
            words.say("console.finding.observation"),
            body.observation === undefined ? undefined : words.say(`codes.observation.${body.observation}`),
          ],
          [words.say("console.finding.count"), body.count === undefined ? undefined : countText(body.count, words)],
          [words.say("console.sightings.when"), body.occurredAt],
          [
            words.say("console.place"),
            body.place === undefined ? undefined : (
              <Position key="p" lon={Number(body.place.lon)} lat={Number(body.place.lat)} />
            ),
          ],
          [words.say("console.allegations.harm"), body.harm],
          [words.say("console.allegations.basis"), body.basis],
        ]}
      />
      <Mark mark={row.mark} />
      <AllegationCourse row={row} />
      <ClosingCard row={row} />
      <Note tone={row.supportedBy.length > 0 ? "good" : "neutral"}>
        {words.say("console.allegations.supported", { count: row.supportedBy.length })}
        {row.supportedBy.map((event) => (
          <span key={event}>
            {" "}
            <LinkButton onClick={() => changeView({ room: "common", selection: { kind: "event", id: event } })}>
              {event.slice(0, 10)}
            </LinkButton>
          </span>
        ))}
      </Note>
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        {row.incident === undefined && row.state !== "ended" ? (
          <Button
            look="primary"
            disabled={act.pending}
            onClick={() => void act.run(() => openAndGo(openingOfAllegation(row, name, at)))}
          >
            {words.say("console.incident.open")}
          </Button>
        ) : row.incident === undefined ? null : (
          <Button onClick={() => openRoom("incidents", row.incident)}>{words.say("console.incident.go")}</Button>
        )}
        <Button
          onClick={() =>
            changeView({ room: "common", clock: { mode: "fixed", at }, selection: { kind: "allegation", id: row.id } })
          }
        >
          {words.say("console.incident.showThen")}
        </Button>
      </div>
      <AllegationSteps row={row} />
      {row.incident === undefined && row.state !== "ended" ? (
        <AttachTo target={{ kind: "allegation", target: row.id, title: name }} />
      ) : null}
    </>
  );
}
