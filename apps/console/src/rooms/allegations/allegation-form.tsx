/** Taking down what a party alleges, in its words. */
import { COUNT_UNITS, OBSERVATION_KINDS } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { nameIn, nearestPlace, useCentre } from "../../centre/use-centre.ts";
import { PlaceFields } from "../../forms/place-fields.tsx";
import { languageName } from "../../sign/signed-text.tsx";
import { state } from "../../sign/statement.ts";
import { Button, Note } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField, SelectField, TextField } from "../../ui/fields.tsx";
import { openMade } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "../sightings/sightings.module.css";
import { type AllegationFault, type AllegationFields, allegationBody, FIRST_ALLEGATION } from "./allegation-body.ts";

export function AllegationForm({ onDone }: { readonly onDone: () => void }) {
  const words = useWords();
  const { mission } = useCentre();
  const draft = useDraft<AllegationFields>("allegation", () => ({
    ...FIRST_ALLEGATION,
    accuser: "",
    language: words.locale,
  }));
  const [faults, setFaults] = useState<readonly AllegationFault[]>([]);
  const act = useAct();
  const fields = draft.value;
  const { change } = draft;
  const wrong = (field: AllegationFault): string | undefined =>
    faults.includes(field) ? words.say(`console.allegations.wrong.${field}`) : undefined;
  const parties = mission.parties.map((party) => ({ value: party.code, label: nameIn(party.names, words.locale) }));
  const send = async (): Promise<void> => {
    const made = allegationBody(fields);
    setFaults("faults" in made ? made.faults : []);
    if ("faults" in made) return;
    const done = await act.run(async () => {
      const answer = await state({ kind: "allegation.received", body: made.body });
      openMade("allegations", answer.subject);
    });
    if (!done) return;
    draft.drop();
    onDone();
  };
  return (
    <form
      className={styles.form}
      aria-label={words.say("console.allegations.new")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className={styles.grid}>
        <SelectField
          label={words.say("console.allegations.accuser")}
          value={fields.accuser}
          error={wrong("accuser")}
          choices={[{ value: "", label: words.say("console.choose") }, ...parties]}
          onValue={(accuser) => change({ accuser })}
        />
        <SelectField
          label={words.say("console.allegations.accused")}
          value={fields.accused}
          choices={[{ value: "", label: words.say("console.allegations.notNamed") }, ...parties]}
          onValue={(accused) => change({ accused })}
        />
        <SelectField
          label={words.say("console.allegations.via")}
          value={fields.via}
          choices={(["hotline", "portal", "letter", "import"] as const).map((value) => ({
            value,
            label: words.say(`codes.via.${value}`),
          }))}
          onValue={(via) => change({ via })}
        />
        <div className={styles.whole}>
          <AreaField
            label={words.say("console.allegations.what")}
            hint={words.say("console.allegations.whatHint")}
            rows={4}
            lang={fields.language}
            value={fields.what}
            onValue={(what) => change({ what })}
            maxLength={8000}
          />
        </div>
        <SelectField
          label={words.say("console.finding.observation")}
          value={fields.observation}
          choices={[
            { value: "", label: words.say("console.notStated") },
            ...OBSERVATION_KINDS.map((value) => ({ value, label: words.say(`codes.observation.${value}`) })),
          ]}
          onValue={(observation) => change({ observation })}
        />
        <TextField
          label={words.say("console.finding.number")}
          inputMode="numeric"
          value={fields.number}
          error={wrong("number")}
          onValue={(number) => change({ number })}
        />
        <SelectField
          label={words.say("console.finding.unit")}
          value={fields.unit}
          choices={COUNT_UNITS.map((value) => ({ value, label: words.say(`codes.unitName.${value}`) }))}
          onValue={(unit) => change({ unit })}
        />
        <div className={styles.whole}>
          <TextField
            label={words.say("console.sightings.when")}
            placeholder={words.say("console.notStated")}
            value={fields.occurredAt}
            error={wrong("occurredAt")}
            onValue={(occurredAt) => change({ occurredAt })}
          />
        </div>
        <PlaceFields
          names={["lon", "lat", "uncertaintyMetres"]}
          fields={fields}
          error={wrong("place")}
          change={change}
        />
        <div className={styles.whole}>
          <Near fields={fields} />
        </div>
        <div className={styles.half}>
          <AreaField
            label={words.say("console.allegations.harm")}
            rows={2}
            value={fields.harm}
            onValue={(harm) => change({ harm })}
            maxLength={4000}
          />
        </div>
        <div className={styles.half}>
          <AreaField
            label={words.say("console.allegations.basis")}
            rows={2}
            value={fields.basis}
            onValue={(basis) => change({ basis })}
            maxLength={4000}
          />
        </div>
        <SelectField
          label={words.say("console.textLanguage")}
          value={fields.language}
          choices={mission.languages.map((language) => ({
            value: language,
            label: languageName(language, words.locale),
          }))}
          onValue={(language) => change({ language })}
        />
      </div>
      <Note>{words.say("console.allegations.particulars")}</Note>
      <FaultNote error={act.error} />
      <Button look="primary" type="submit" disabled={act.pending}>
        {words.say("console.allegations.send")}
      </Button>
    </form>
  );
}

function Near({ fields }: { readonly fields: AllegationFields }) {
  const words = useWords();
  const { mission } = useCentre();
  const [lon, lat] = [Number(fields.lon), Number(fields.lat)];
  if (fields.lon.trim() === "" || fields.lat.trim() === "" || !Number.isFinite(lon) || !Number.isFinite(lat))
    return null;
  const near = nearestPlace(mission.places, lon, lat);
  if (near === undefined) return null;
  return (
    <span>
      {words.say("console.nearPlace", {
        distance: words.formats.distance(near.metres),
        bearing: words.formats.bearing(near.azimuth),
        place: nameIn(near.place.names, words.locale),
      })}
    </span>
  );
}
