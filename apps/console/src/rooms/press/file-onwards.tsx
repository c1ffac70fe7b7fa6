/** From a claim to the docket or to the agreement: what is known is put into the form, a person files it. */
import type { ClaimRow, FactView } from "@openjmc/model";
import { useState } from "react";
import { writeDraft } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useOfficer } from "../../session/session.ts";
import { Button, Note } from "../../ui/controls.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";

const DAY_SECONDS = "43200";
const FORMS = ["written", "oral", "exchange", "unknown"] as const;
const CONSENTS = ["proposed", "accepted", "announced", "silent", "refused", "unknown"] as const;

/** By which an entry of the docket that rests on a claim is known again. */
export const shortOf = (claim: ClaimRow): string => claim.mark.statement.slice(0, 12);

function useSource(): (claim: ClaimRow) => string {
  const words = useWords();
  return (claim) =>
    words.say("press.fileSource", { outlet: claim.outlet, index: claim.mark.index, claim: shortOf(claim) });
}

/** The day that a claim speaks of, at its noon; empty where it names none. */
function noonOf({ body }: ClaimRow): string {
  const day = body.validFrom ?? body.value;
  return /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T12:00:00Z` : "";
}

function useKeptDraft(): (name: string, fields: object) => void {
  const { officer } = useOfficer();
  return (name, fields) => {
    localStorage.setItem(`openjmc-draft/${officer}/${name}`, JSON.stringify(fields));
    void writeDraft(name, fields).catch(() => undefined);
  };
}

/** Puts what a claim tells into the form of an allegation and opens it. Whose allegation it is, a person says. */
export function useDocketDraft(): (claim: ClaimRow) => void {
  const { mission } = useCentre();
  const keep = useKeptDraft();
  const sourceOf = useSource();
  return (claim) => {
    const { body } = claim;
    const place = mission.places.find(({ code }) => code === body.value);
    const speaker = body.speaker?.code ?? "";
    keep("allegation", {
      ...{
        what: body.quote,
        via: "import",
        basis: sourceOf(claim),
        language: claim.language,
        occurredAt: noonOf(claim),
      },
      ...(mission.parties.some(({ code }) => code === speaker) ? { accuser: speaker } : {}),
      ...(place === undefined ? {} : { lon: String(place.lon), lat: String(place.lat) }),
      ...(body.aspect === undefined ? {} : { harm: `${body.aspect}: ${body.value}` }),
    });
    openRoom("allegations", "new");
  };
}

/** `claim`: the one whose words are put forward. */
export function FileOnwards({ view, claim }: { readonly view: FactView; readonly claim: ClaimRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const choices = useChoices();
  const [provision, setProvision] = useState(mission.provisions[0]?.id ?? "");
  const [isAmending, setAmending] = useState(false);
  const keep = useKeptDraft();
  const sourceOf = useSource();
  const toDocket = useDocketDraft();
  const occurredAt = noonOf(claim);
  const toAgreement = (): void => {
    const speaker = claim.body.speaker?.code ?? "";
    keep(`fact-${provision.replaceAll("/", ".")}`, {
      ...{ kind: "declared", uncertaintySeconds: DAY_SECONDS },
      ...(occurredAt === "" ? {} : { occurredAt }),
      ...(choices.speakers.some(({ value }) => value === speaker) ? { by: speaker } : {}),
      note: `${claim.body.quote} — ${sourceOf(claim)}`,
    });
    openRoom("agreement", provision);
  };
  return (
    <section className={styles.card} aria-label={words.say("press.onwards")}>
      <h4>{words.say("press.onwards")}</h4>
      <p className={styles.hint}>{words.say("press.onwardsHint")}</p>
      <p className={styles.hint}>
        {view.fact}: {claim.outlet}, <q lang={claim.language}>{withSignsShown(claim.body.quote)}</q>
      </p>
      <div className={styles.acts}>
        <Button onClick={() => toDocket(claim)}>{words.say("press.toDocket")}</Button>
      </div>
      <SelectField
        label={words.say("press.provision")}
        value={provision}
        choices={choices.provisions}
        onValue={setProvision}
      />
      <div className={styles.acts}>
        <Button onClick={toAgreement}>{words.say("press.toAgreement")}</Button>
        <Button onClick={() => setAmending(!isAmending)}>{words.say("press.toAmendment")}</Button>
      </div>
      {isAmending ? (
        <RecordAmendment
          key={`${claim.id} ${provision}`}
          provision={provision}
          claim={claim}
          note={`${claim.body.quote} — ${sourceOf(claim)}`}
          announcedAt={occurredAt}
          onDone={() => setAmending(false)}
        />
      ) : null}
    </section>
  );
}

function RecordAmendment({
  provision,
  claim,
  note,
  announcedAt,
  onDone,
}: {
  readonly provision: string;
  readonly claim: ClaimRow;
  readonly note: string;
  readonly announcedAt: string;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const choices = useChoices();
  const { mission } = useCentre();
  const instrument = mission.provisions.find(({ id }) => id === provision)?.instrument ?? "";
  const speaker = claim.body.speaker?.code ?? "";
  const isKnown = choices.speakers.some(({ value }) => value === speaker);
  return (
    <>
      <Note>{words.say("press.amendmentHint")}</Note>
      <ActForm
        name={`amendment-${claim.id}`}
        heading="press.recordAmendment"
        send="press.recordAmendment"
        act={{ kind: "amendment.recorded", body: { instrument, provision } }}
        first={{
          ...{ form: "unknown", note, announcedAt },
          ...(isKnown ? { announcedBy: speaker } : {}),
        }}
        fields={[
          { name: "form", label: "press.amendmentForm", as: "choice", choices: choices.codes("amendmentForm", FORMS) },
          { name: "announcedBy", label: "press.announcedBy", as: "choice", choices: choices.speakers },
          { name: "announcedAt", label: "press.announcedAt", as: "instant" },
          { name: "deadlineDay", label: "press.deadline", as: "day", optional: true },
          {
            ...{ name: "consents", label: "press.consents", as: "lines", most: 20 },
            parts: [
              { name: "state", label: "press.consentOf", as: "choice", choices: choices.signatories },
              {
                name: "consent",
                label: "press.consentSaid",
                as: "choice",
                choices: choices.codes("consent", CONSENTS),
              },
            ],
          },
          { name: "note", label: "press.note", as: "text", most: 4000, optional: true, blank: true },
        ]}
        onDone={onDone}
      />
    </>
  );
}
