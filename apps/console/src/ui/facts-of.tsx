/** Small pieces that every room shows in the same way: components, officers' marks, times and places. */
import type { EntryMark, Instant } from "@openjmc/model";
import { placeName } from "../centre/place-name.ts";
import { componentOf, nameIn, nearestPlace, useCentre } from "../centre/use-centre.ts";
import { useTimes } from "../clock/use-times.ts";
import { openRoom } from "../url/view-store.ts";
import { useWords } from "../words/use-words.tsx";
import styles from "./controls.module.css";
import { Badge, LinkButton } from "./controls.tsx";

/** A component by its colour and code; its whole name on asking. */
export function ComponentBadge({ code }: { readonly code: string }) {
  const words = useWords();
  const component = componentOf(useCentre(), code);
  const name =
    component === undefined
      ? code === "centre"
        ? words.say("console.centre")
        : code
      : nameIn(component.names, words.locale);
  return (
    <Badge title={name}>
      <span className={styles.dot} style={{ background: component?.colour ?? "transparent" }} aria-hidden="true" />
      {component === undefined ? name : component.code}
      {component === undefined ? null : <span className="visually-hidden">{name}</span>}
    </Badge>
  );
}

export function Time({ at }: { readonly at: Instant }) {
  const times = useTimes();
  return <time dateTime={new Date(at / 1000).toISOString()}>{times.dateTime(at)}</time>;
}

/** Who signed, when, and where it stands in the record. */
export function Mark({ mark }: { readonly mark: EntryMark }) {
  const words = useWords();
  return (
    <span className={styles.mark}>
      <ComponentBadge code={mark.component} />
      <span>{mark.role}</span>
      <Time at={mark.recordedAt} />
      <LinkButton onClick={() => openRoom("record", String(mark.index))}>
        {words.say("console.entryNumber", { index: mark.index })}
      </LinkButton>
    </span>
  );
}

/** A position with the nearest named place. */
export function Position({ lon, lat }: { readonly lon: number; readonly lat: number }) {
  const words = useWords();
  const { mission } = useCentre();
  const near = nearestPlace(mission.places, lon, lat);
  return (
    <span>
      {words.formats.position(lon, lat)}
      {near === undefined
        ? null
        : ` · ${words.say("console.nearPlace", {
            distance: words.formats.distance(near.metres),
            bearing: words.formats.bearing(near.azimuth),
            place: placeName(near.place, mission, words.locale),
          })}`}
    </span>
  );
}
