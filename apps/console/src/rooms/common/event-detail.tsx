/** A located event: when, where within which ellipse, what it may have been, and each station's part in it. */
import type { EventRow } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import type { ReactNode } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, Button, LinkButton } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { select } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AttachTo } from "./attach-to.tsx";
import styles from "./common-room.module.css";
import { eventName, zoneName } from "./describe.ts";
import { EventAccountsCard } from "./event-accounts.tsx";
import { Gone } from "./gone.tsx";
import { openIncidentOfEvent } from "./open-incident.ts";
import type { PictureRows } from "./use-picture-rows.ts";

export function EventDetail({ id, picture }: { readonly id: string; readonly picture: PictureRows }) {
  const words = useWords();
  const { mission } = useCentre();
  const known = useRows("events").rows.find((row) => row.id === id);
  const event = picture.events.find((row) => row.id === id) ?? known;
  const act = useAct();
  if (event === undefined) return <Gone />;
  const name = eventName(event, words);
  return (
    <>
      <h2>{name}</h2>
      <div className={styles.badges}>
        <Badge>{words.sayCode("eventStatus", event.status)}</Badge>
        <Badge>{words.say("console.event.version", { version: event.version })}</Badge>
      </div>
      <Facts
        facts={[
          [words.say("console.event.origin"), <Time key="t" at={event.originTime} />],
          [
            words.say("console.event.originError"),
            words.say("console.plusMinusSeconds", { seconds: words.formats.number(event.originTimeErrorSeconds, 2) }),
          ],
          [words.say("console.place"), <Position key="p" lon={event.lon} lat={event.lat} />],
          [
            words.say("console.uncertainty"),
            words.say("console.event.ellipse", {
              major: words.formats.distance(event.ellipse.semiMajorMetres),
              minor: words.formats.distance(event.ellipse.semiMinorMetres),
            }),
          ],
          [
            words.say("sources.confidence"),
            event.capped === undefined ? undefined : words.say("sources.cappedUnauthenticated"),
          ],
          [words.say("console.event.axis"), words.formats.bearing(event.ellipse.azimuth)],
          [words.say("ground.burst"), burstText(event, words)],
          ...flightFact(event, words),
          [words.say("console.event.solved"), <Time key="s" at={event.firstSolvedAt} />],
          [words.say("ground.role"), roleText(event, words)],
          ...event.classes.map(
            (one) => [words.sayCode("sound", one.what), words.formats.percent(one.probability)] as const,
          ),
          ...event.zones.map(
            (zone) =>
              [
                zoneName(zone.zone, mission, words),
                words.say("console.insideWith", { probability: words.formats.percent(zone.probability) }),
              ] as const,
          ),
        ]}
      />
      <DataTable
        label={words.say("console.event.arrivals")}
        columns={[
          {
            name: words.say("console.event.station"),
            cell: (row) => mission.sources.find((source) => source.id === row.station)?.name ?? row.station,
          },
          {
            name: words.say("console.event.residual"),
            numeric: true,
            cell: (row) => words.say("console.seconds", { seconds: words.formats.number(row.residualSeconds, 2) }),
          },
          { name: words.say("console.event.used"), cell: (row) => words.say(row.used ? "console.yes" : "console.no") },
        ]}
        rows={event.arrivals}
        keyOf={(row) => `${row.station}${row.at}`}
      />
      <EventAccountsCard event={event} />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button disabled={act.pending} onClick={() => void act.run(() => openIncidentOfEvent(event, name))}>
          {words.say("console.incident.open")}
        </Button>
      </div>
      <AttachTo target={{ kind: "event", target: event.id, title: name }} />
    </>
  );
}

function roleText({ roles }: EventRow, words: Words): string | undefined {
  if (roles === undefined) return undefined;
  const { percent } = words.formats;
  return words.say("ground.role.told", { fired: percent(roles.fired), landed: percent(roles.landed) });
}

/** How many rounds so far, and how fast; nothing for a single one. */
function burstText({ burst: { rounds, spanSeconds } }: EventRow, words: Words): string | undefined {
  if (rounds < 2) return undefined;
  if (!spanSeconds) return words.say("ground.burst.rounds", { rounds });
  return words.say("ground.burst.rate", { rounds, rate: words.formats.number(((rounds - 1) * 60) / spanSeconds, 1) });
}

/** The other end of the round's flight: opened from here. */
function flightFact({ flight }: EventRow, words: Words): [string, ReactNode][] {
  if (flight === undefined) return [];
  const told = words.say("ground.flight.told", {
    seconds: words.formats.number(flight.seconds, 1),
    distance: words.formats.distance(flight.metres),
    probability: words.formats.percent(flight.probability),
  });
  const link = <LinkButton onClick={() => select({ kind: "event", id: flight.event })}>{told}</LinkButton>;
  return [[words.say(flight.role === "fired" ? "ground.flight.landed" : "ground.flight.fired"), link]];
}
