/** Quick entry: the fields in the order in which an observer speaks, sent with Ctrl-Enter, ready at once for the next one. */
import {
  COUNT_QUALIFIERS,
  COUNT_UNITS,
  DIRECTIONS,
  MEANS,
  OBSERVATION_KINDS,
  VISIBILITIES,
  WEAPONS,
} from "@openjmc/model";
import type { WordsKey } from "@openjmc/words";
import { type KeyboardEvent, useRef, useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { PlaceFields } from "../../forms/place-fields.tsx";
import { state } from "../../sign/statement.ts";
import { Button, Key, Note } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField, SelectField, TextField } from "../../ui/fields.tsx";
import { shortInstant } from "../../url/view-state.ts";
import { useWords } from "../../words/use-words.tsx";
import { FIRST_SIGHTING, type SightingFault, type SightingFields, sightingBody, USUAL_UNIT } from "./sighting-body.ts";
import styles from "./sightings.module.css";

const first = (): SightingFields => ({ ...FIRST_SIGHTING, occurredAt: toSecond(centreNow()) });

function toSecond(at: number): string {
  return shortInstant(Math.floor(at / 1e6) * 1e6);
}

export function SightingForm() {
  const words = useWords();
  const draft = useDraft<SightingFields>("sighting", first);
  const [faults, setFaults] = useState<readonly SightingFault[]>([]);
  const [recorded, setRecorded] = useState<number>();
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const fields = draft.value;
  const wrong = (field: SightingFault): string | undefined =>
    faults.includes(field) ? words.say(`console.sightings.wrong.${field}`) : undefined;
  const send = async (): Promise<void> => {
    const made = sightingBody(fields);
    if ("faults" in made) {
      setFaults(made.faults);
      return;
    }
    setFaults([]);
    const done = await act.run(async () =>
      setRecorded((await state({ kind: "sighting.reported", body: made.body })).index),
    );
    if (!done) return;
    // The observer and the way of seeing stay: the next report usually comes from the same post.
    draft.change({ ...FIRST_SIGHTING, ...keep(fields), occurredAt: toSecond(centreNow()) });
    form.current?.querySelector<HTMLElement>("[data-first]")?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      className={styles.form}
      ref={form}
      aria-label={words.say("console.sightings.new")}
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Fields fields={fields} change={draft.change} wrong={wrong} />
      <div className={styles.foot}>
        <FaultNote error={act.error} />
        {recorded === undefined ? null : (
          <Note tone="good" role="status">
            {words.say("console.sightings.recorded", { index: recorded })}
          </Note>
        )}
        <div className={styles.acts}>
          <Button look="primary" type="submit" disabled={act.pending}>
            {words.say("console.sightings.send")}
          </Button>
          <Key>Ctrl Enter</Key>
          <Button onClick={() => draft.change({ occurredAt: toSecond(centreNow()) })}>
            {words.say("console.now")}
          </Button>
        </div>
      </div>
    </form>
  );
}

function keep({
  observerLon,
  observerLat,
  observerUncertaintyMetres,
  means,
  visibility,
}: SightingFields): Partial<SightingFields> {
  return { observerLon, observerLat, observerUncertaintyMetres, means, visibility };
}

interface FieldsProps {
  readonly fields: SightingFields;
  readonly change: (change: Partial<SightingFields>) => void;
  readonly wrong: (field: SightingFault) => string | undefined;
}

function Fields({ fields, change, wrong }: FieldsProps) {
  const words = useWords();
  const named = <Value extends string>(list: string, values: readonly Value[]) =>
    values.map((value) => ({ value, label: words.say(`codes.${list}.${value}` as WordsKey) }));
  return (
    <div className={styles.grid}>
      <Observer fields={fields} change={change} wrong={wrong} />
      <TextField
        data-first
        label={words.say("console.finding.number")}
        inputMode="numeric"
        value={fields.number}
        error={wrong("number")}
        onValue={(number) => change({ number })}
      />
      <SelectField
        label={words.say("console.finding.observation")}
        value={fields.observation}
        choices={named("observation", OBSERVATION_KINDS)}
        onValue={(observation) => change({ observation, unit: USUAL_UNIT[observation] ?? fields.unit })}
      />
      <SelectField
        label={words.say("console.finding.unit")}
        value={fields.unit}
        choices={named("unitName", COUNT_UNITS)}
        onValue={(unit) => change({ unit })}
      />
      <SelectField
        label={words.say("console.finding.qualifier")}
        value={fields.qualifier}
        choices={named("qualifier", COUNT_QUALIFIERS)}
        onValue={(qualifier) => change({ qualifier })}
      />
      <SelectField
        label={words.say("console.finding.means")}
        value={fields.means}
        choices={named("means", MEANS)}
        onValue={(means) => change({ means })}
      />
      <SelectField
        label={words.say("console.sightings.weapon")}
        value={fields.weapon}
        choices={named("weapon", WEAPONS)}
        onValue={(weapon) => change({ weapon })}
      />
      <TextField
        label={words.say("console.sightings.bearing")}
        hint={words.say("console.sightings.bearingHint")}
        inputMode="numeric"
        value={fields.bearingDegrees}
        error={wrong("bearingDegrees")}
        onValue={(bearingDegrees) => change({ bearingDegrees })}
      />
      <TextField
        label={words.say("console.sightings.range")}
        inputMode="numeric"
        value={fields.rangeMetres}
        error={wrong("rangeMetres")}
        onValue={(rangeMetres) => change({ rangeMetres })}
      />
      <TextField
        label={words.say("console.sightings.rangeUncertainty")}
        inputMode="numeric"
        value={fields.rangeUncertaintyMetres}
        onValue={(rangeUncertaintyMetres) => change({ rangeUncertaintyMetres })}
      />
      <TextField
        label={words.say("desk.sighting.bearingUncertainty")}
        inputMode="numeric"
        value={fields.bearingUncertaintyDegrees}
        onValue={(bearingUncertaintyDegrees) => change({ bearingUncertaintyDegrees })}
      />
      <details className={styles.whole} open={fields.placeLon !== "" || fields.placeLat !== ""}>
        <summary>{words.say("desk.sighting.place")}</summary>
        <div className={styles.grid}>
          <PlaceFields
            names={["placeLon", "placeLat", "placeUncertaintyMetres"]}
            fields={fields}
            error={wrong("place")}
            change={change}
          />
        </div>
      </details>
      <SelectField
        label={words.say("console.sightings.direction")}
        value={fields.direction}
        choices={named("direction", DIRECTIONS)}
        onValue={(direction) => change({ direction })}
      />
      <SelectField
        label={words.say("console.sightings.visibility")}
        value={fields.visibility}
        choices={named("visibility", VISIBILITIES)}
        onValue={(visibility) => change({ visibility })}
      />
      <TextField
        label={words.say("console.sightings.timeUncertainty")}
        inputMode="numeric"
        value={fields.timeUncertaintySeconds}
        onValue={(timeUncertaintySeconds) => change({ timeUncertaintySeconds })}
      />
      <div className={styles.whole}>
        <TextField
          label={words.say("console.sightings.when")}
          value={fields.occurredAt}
          error={wrong("occurredAt")}
          onValue={(occurredAt) => change({ occurredAt })}
        />
      </div>
      <div className={styles.whole}>
        <AreaField
          label={words.say("console.sightings.remark")}
          rows={2}
          value={fields.remark}
          onValue={(remark) => change({ remark })}
          maxLength={2000}
        />
      </div>
    </div>
  );
}

/** Where the observer stands: a named place or post puts its coordinates in. */
function Observer({ fields, change, wrong }: FieldsProps) {
  const words = useWords();
  const { mission } = useCentre();
  const spots = [
    ...mission.sources
      .filter((source) => source.means === "saw" || source.means === "heard" || source.link.kind === "people")
      .map((source) => ({ code: source.id, name: source.name, lon: source.lon, lat: source.lat })),
    ...mission.places.map((place) => ({
      code: place.code,
      name: nameIn(place.names, words.locale),
      lon: place.lon,
      lat: place.lat,
    })),
  ];
  const here = spots.find(
    (spot) => spot.lon.toFixed(5) === fields.observerLon && spot.lat.toFixed(5) === fields.observerLat,
  );
  return (
    <>
      <div className={styles.whole}>
        <SelectField
          label={words.say("console.sightings.observer")}
          value={here?.code ?? ""}
          choices={[
            { value: "", label: words.say("console.sightings.byCoordinates") },
            ...spots.map((spot) => ({ value: spot.code, label: spot.name })),
          ]}
          onValue={(code) => {
            const spot = spots.find((one) => one.code === code);
            if (spot !== undefined) change({ observerLon: spot.lon.toFixed(5), observerLat: spot.lat.toFixed(5) });
          }}
        />
      </div>
      <PlaceFields
        names={["observerLon", "observerLat", "observerUncertaintyMetres"]}
        fields={fields}
        error={wrong("observer")}
        change={change}
      />
    </>
  );
}
