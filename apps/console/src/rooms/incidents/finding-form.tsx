/** Proposing a finding: one text in every authentic language, the facts that are signed with it, and the clock for the answer. */
import {
  COUNT_QUALIFIERS,
  COUNT_UNITS,
  type FindingBody,
  type FindingRow,
  type IncidentRow,
  MEANS,
  OBSERVATION_KINDS,
  parseInstant,
} from "@openjmc/model";
import { isLocale, loadWords } from "@openjmc/words";
import { useRef, useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { useDraft } from "../../acts/use-draft.ts";
import { placeName } from "../../centre/place-name.ts";
import { nearestPlace, useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { formBody } from "../../forms/form-body.ts";
import { FormFields } from "../../forms/form-fields.tsx";
import { PlaceFields } from "../../forms/place-fields.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useOfficer } from "../../session/session.ts";
import { SignOwn } from "../../sign/sign-dialog.tsx";
import { languageName } from "../../sign/signed-text.tsx";
import type { Act } from "../../sign/statement.ts";
import { Button, Note } from "../../ui/controls.tsx";
import { AreaField, CheckField, SelectField, TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import { countText, provisionName } from "../common/describe.ts";
import { type FieldFault, type FindingFields, findingBody, firstFields, type KnownFacts } from "./finding-body.ts";
import { extraFields } from "./finding-extra.ts";
import styles from "./incidents.module.css";
import { CountedSources } from "./sources.tsx";
import { useKnownFacts } from "./use-known-facts.ts";

const JUDGEMENTS = ["recorded", "established", "not-a-violation", "unable-to-determine"] as const;

interface FormProps {
  readonly incident: IncidentRow;
  readonly standing: FindingRow | undefined;
  readonly onClose: () => void;
}

/** The form, once it is known what it can begin with. */
export function FindingForm(props: FormProps) {
  const words = useWords();
  const known = useKnownFacts(props.incident);
  const first = useRef<KnownFacts>(undefined);
  first.current ??= known;
  if (first.current === undefined) return <p role="status">{words.say("console.loading")}</p>;
  return <Form {...props} known={first.current} />;
}

function Form({ incident, standing, onClose, known }: FormProps & { readonly known: KnownFacts }) {
  const words = useWords();
  const { mission } = useCentre();
  const officer = useOfficer();
  const draft = useDraft<FindingFields>(`finding-${incident.id}`, () =>
    firstFields(incident, mission, known, standing),
  );
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [act, setAct] = useState<Act>();
  // Words of the other languages are fetched; until they are here, there is nothing to review.
  const suggesting = useAct();
  const fields = draft.value;
  const choices = useChoices();
  const further = extraFields(choices, fields.extra);
  const wrong = (field: FieldFault): string | undefined =>
    faults.includes(field) ? words.say(`console.finding.wrong.${field}`) : undefined;
  const review = (): void => {
    const made = findingBody(incident.id, fields, mission.authenticLanguages, centreNow(), further);
    if ("faults" in made) {
      setFaults(made.faults);
      return;
    }
    setFaults([]);
    // A new text of one's own open proposal replaces it as its next revision; anything else is a proposal of its own.
    const revises = standing?.state === "proposed" && standing.proposedBy.component === officer.component;
    const refs =
      standing === undefined ? [] : [{ rel: revises ? "supersedes" : "answers", sha256: standing.statement }];
    setAct({
      kind: "finding.proposed",
      refs,
      body: made.body,
      ...(revises ? { subject: standing.id, revision: standing.revision + 1 } : {}),
    });
  };
  return (
    <form
      className={styles.finding}
      aria-label={words.say("console.finding.propose")}
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <TextField
        label={words.say("console.finding.question")}
        value={fields.question}
        error={wrong("question")}
        onValue={(question) => draft.change({ question })}
        maxLength={1000}
      />
      <Facts fields={fields} change={draft.change} wrong={wrong} />
      <div className={styles.acts}>
        <Button
          disabled={suggesting.pending}
          onClick={() => void suggesting.run(async () => draft.change({ texts: await suggest(fields, mission) }))}
        >
          {words.say("console.finding.suggest")}
        </Button>
        <span>{words.say("console.finding.suggestHint")}</span>
      </div>
      <div className={styles.pair}>
        {mission.authenticLanguages.map((language) => (
          <AreaField
            key={language}
            label={words.say("console.finding.textIn", { language: languageName(language, words.locale) })}
            lang={language}
            rows={5}
            value={fields.texts[language] ?? ""}
            error={wrong("texts")}
            onValue={(text) => draft.change({ texts: { ...fields.texts, [language]: text } })}
            maxLength={6000}
          />
        ))}
      </div>
      <AreaField
        label={words.say("console.finding.unknowns")}
        hint={words.say("console.finding.unknownsHint")}
        rows={2}
        value={fields.unknowns}
        onValue={(unknowns) => draft.change({ unknowns })}
        maxLength={4000}
      />
      <details open={faults.includes("extra")}>
        <summary>{wrong("extra") ?? words.say("desk.finding.further")}</summary>
        <CountedSources incident={incident} />
        <FormFields
          fields={further}
          values={fields.extra}
          faults={faults.includes("extra") ? furtherFaults(further, fields.extra) : []}
          change={(part) => draft.change({ extra: { ...fields.extra, ...part } })}
        />
      </details>
      {faults.length > 0 ? (
        <Note tone="danger" role="alert">
          {words.say("console.finding.wrong", { count: faults.length })}
        </Note>
      ) : null}
      <div className={styles.acts}>
        <Button look="primary" type="submit" disabled={suggesting.pending}>
          {words.say("console.finding.review")}
        </Button>
        <Button onClick={onClose}>{words.say("console.later")}</Button>
        <Button
          look="quiet"
          onClick={() => {
            draft.drop();
            onClose();
          }}
        >
          {words.say("console.discard")}
        </Button>
      </div>
      {act === undefined ? null : (
        <SignOwn
          title={words.say("console.finding.propose")}
          act={act}
          onSigned={() => {
            draft.drop();
            onClose();
          }}
          onClose={() => setAct(undefined)}
        />
      )}
    </form>
  );
}

function furtherFaults(further: Parameters<typeof formBody>[0], values: FindingFields["extra"]): readonly string[] {
  const made = formBody(further, values, centreNow());
  return "faults" in made ? made.faults : [];
}

function Facts({
  fields,
  change,
  wrong,
}: {
  readonly fields: FindingFields;
  readonly change: (change: Partial<FindingFields>) => void;
  readonly wrong: (field: FieldFault) => string | undefined;
}) {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <>
      <div className={styles.grid}>
        <SelectField
          label={words.say("console.finding.judgement")}
          value={fields.judgement}
          choices={JUDGEMENTS.map((value) => ({ value, label: words.say(`codes.judgement.${value}`) }))}
          onValue={(judgement: FindingBody["judgement"]) => change({ judgement })}
        />
        <SelectField
          label={words.say("console.finding.provision")}
          value={fields.provision}
          error={wrong("provision")}
          choices={[
            { value: "", label: words.say("console.choose") },
            ...mission.provisions.map((one) => ({ value: one.id, label: provisionName(one.id, mission, words) })),
          ]}
          onValue={(provision) => change({ provision })}
        />
        <SelectField
          label={words.say("console.finding.observation")}
          value={fields.observation}
          choices={OBSERVATION_KINDS.map((value) => ({ value, label: words.say(`codes.observation.${value}`) }))}
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
        <SelectField
          label={words.say("console.finding.qualifier")}
          value={fields.qualifier}
          choices={COUNT_QUALIFIERS.map((value) => ({ value, label: words.say(`codes.qualifier.${value}`) }))}
          onValue={(qualifier) => change({ qualifier })}
        />
        <TextField
          label={words.say("console.finding.occurred")}
          value={fields.occurredAt}
          error={wrong("occurredAt")}
          onValue={(occurredAt) => change({ occurredAt })}
        />
        <PlaceFields
          names={["lon", "lat", "uncertaintyMetres"]}
          fields={fields}
          error={wrong("place")}
          change={change}
        />
        <TextField
          label={words.say("console.finding.deadlineHours")}
          hint={words.say("console.finding.deadlineHint")}
          inputMode="numeric"
          value={fields.deadlineHours}
          error={wrong("deadlineHours")}
          onValue={(deadlineHours) => change({ deadlineHours })}
        />
      </div>
      <fieldset className={styles.checks}>
        <legend>{wrong("means") ?? words.say("console.finding.means")}</legend>
        {MEANS.map((means) => (
          <CheckField
            key={means}
            label={words.say(`codes.means.${means}`)}
            checked={fields.means.includes(means)}
            onValue={(on) =>
              change({ means: on ? [...fields.means, means] : fields.means.filter((one) => one !== means) })
            }
          />
        ))}
      </fieldset>
    </>
  );
}

/** A plain text of the form's facts in each authentic language that the catalogue speaks; the officers write on from there. */
async function suggest(
  fields: FindingFields,
  mission: Parameters<typeof provisionName>[1],
): Promise<Record<string, string>> {
  const texts: Record<string, string> = { ...fields.texts };
  const occurred = parseInstant(fields.occurredAt.trim());
  for (const language of mission.authenticLanguages) {
    if (!isLocale(language)) continue;
    const words = await loadWords(language);
    const near =
      fields.lon === "" || fields.lat === ""
        ? undefined
        : nearestPlace(mission.places, Number(fields.lon), Number(fields.lat));
    const place =
      near === undefined
        ? words.say("console.unknown")
        : words.say("console.nearPlace", {
            distance: words.formats.distance(near.metres),
            bearing: words.formats.bearing(near.azimuth),
            place: placeName(near.place, mission, language),
          });
    const text = words.say("console.finding.suggestion", {
      observation: words.say(`codes.observation.${fields.observation}`),
      count: countText({ number: Number(fields.number) || 0, unit: fields.unit, qualifier: fields.qualifier }, words),
      time: occurred.ok ? words.formats.dateTime(occurred.value) : fields.occurredAt,
      place,
      means: words.formats.list(fields.means.map((means) => words.say(`codes.means.${means}`))),
      provision: provisionName(fields.provision, mission, words),
      judgement: words.say(`codes.judgement.${fields.judgement}`),
    });
    texts[language] = text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  }
  return texts;
}
