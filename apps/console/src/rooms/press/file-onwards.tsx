/** From a fact to the docket or to the agreement: what is known is put into the form, a person files it. */
import type { ClaimRow, FactView } from "@openjmc/model";
import { useState } from "react";
import { writeDraft } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useOfficer } from "../../session/session.ts";
import { Button } from "../../ui/controls.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { provisionName } from "../common/describe.ts";
import styles from "./press.module.css";

/** The claim whose words are put forward: the one with most behind it, the oldest of those. */
function firstClaim(view: FactView): ClaimRow | undefined {
  const adopted = view.versions.find(({ adoptedBy }) => adoptedBy.length > 0);
  return (adopted ?? view.versions[0])?.claims[0];
}

export function FileOnwards({ view }: { readonly view: FactView }) {
  const words = useWords();
  const { mission } = useCentre();
  const { officer } = useOfficer();
  const [provision, setProvision] = useState(mission.provisions[0]?.id ?? "");
  const claim = firstClaim(view);
  if (claim === undefined) return null;
  const keep = (name: string, fields: object): void => {
    localStorage.setItem(`openjmc-draft/${officer}/${name}`, JSON.stringify(fields));
    void writeDraft(name, fields).catch(() => undefined);
  };
  const source = words.say("press.fileSource", { outlet: claim.outlet, index: claim.mark.index });
  const toDocket = (): void => {
    const occurredAt = view.value === "date" && claim.body.value.length === 10 ? `${claim.body.value}T12:00:00Z` : "";
    keep("allegation", { what: claim.body.quote, via: "import", basis: source, language: claim.language, occurredAt });
    openRoom("allegations", "new");
  };
  const toAgreement = (): void => {
    const occurredAt = claim.body.value.length === 10 ? `${claim.body.value}T12:00:00Z` : "";
    const speaker = claim.body.speaker?.code ?? "";
    keep(`fact-${provision}`, {
      ...(occurredAt === "" ? {} : { occurredAt, precision: "day" }),
      ...{
        by: mission.parties.some(({ code }) => code === speaker) ? speaker : "",
        note: `${claim.body.quote} — ${source}`,
      },
    });
    openRoom("agreement", provision);
  };
  return (
    <section className={styles.card} aria-label={words.say("press.file")}>
      <h4>{words.say("press.onwards")}</h4>
      <p className={styles.hint}>{words.say("press.onwardsHint")}</p>
      <div className={styles.acts}>
        <Button onClick={toDocket}>{words.say("press.toDocket")}</Button>
      </div>
      <SelectField
        label={words.say("press.provision")}
        value={provision}
        choices={mission.provisions.map(({ id }) => ({ value: id, label: provisionName(id, mission, words) }))}
        onValue={setProvision}
      />
      <div className={styles.acts}>
        <Button onClick={toAgreement}>{words.say("press.toAgreement")}</Button>
      </div>
    </section>
  );
}
