/** Files made out of others: what was made of this one, what this one was made of, and attaching more. */
import { DERIVATION_KINDS, type EvidenceItem, type IncidentRow } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { type StoredAttachment, storeAttachment } from "../../api/endpoints.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import type { Act } from "../../sign/statement.ts";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./incidents.module.css";

/** What a file was made of, by whom and how. */
export function DerivedFrom({ item }: { readonly item: EvidenceItem }) {
  const words = useWords();
  const incidents = useFreshRows("incidents").rows;
  const { derivation } = item;
  if (derivation === undefined) return null;
  const original = incidents.flatMap(({ evidence }) => evidence).find(({ target }) => target === derivation.from);
  return (
    <p className={styles.text}>
      {words.say("desk.derivation.of", {
        what: words.sayCode("derivation", derivation.what),
        original: `${original?.title ?? ""} ${derivation.from.slice(0, 12)}`.trim(),
        by: derivation.by,
        how: derivation.how,
      })}
    </p>
  );
}

/** The new file is stored first; what was done to make it is stated with it. */
export function AttachDerivative({ incident, item }: { readonly incident: IncidentRow; readonly item: EvidenceItem }) {
  const words = useWords();
  const choices = useChoices();
  const officer = useOfficer();
  const act = useAct();
  const [made, setMade] = useState<{ readonly file: File; readonly stored: StoredAttachment }>();
  const take = (file: File | undefined) =>
    file && void act.run(async () => setMade({ file, stored: await storeAttachment(file, file.name) }));
  return (
    <details>
      <summary>{words.say("desk.derivation.attach")}</summary>
      <label>
        {words.say("desk.derivation.file")}{" "}
        <input type="file" disabled={act.pending} onChange={(event) => take(event.target.files?.[0])} />
      </label>
      {act.pending ? <span role="status">{words.say("console.sending")}</span> : null}
      <FaultNote error={act.error} />
      {made === undefined ? null : (
        <ActForm
          name={`derivative-${item.id}`}
          heading="desk.derivation.attach"
          send="desk.derivation.attach"
          act={{ kind: "evidence.attached", body: bodyOf(incident, made), refs: refsTo(made.stored) }}
          first={{ "derivation.by": officer.officer }}
          finish={(typed) => withOriginal(typed, item.target)}
          onDone={() => setMade(undefined)}
          fields={[
            {
              ...{ name: "derivation.what", label: "desk.derivation.what", as: "choice" },
              choices: choices.codes("derivation", DERIVATION_KINDS),
            },
            { name: "derivation.by", label: "desk.derivation.by", as: "text", most: 200 },
            { name: "derivation.how", label: "desk.derivation.how", as: "area", most: 2000 },
          ]}
        />
      )}
    </details>
  );
}

const refsTo = ({ sha256 }: StoredAttachment) => [{ rel: "attachment", sha256 }];

function bodyOf({ id }: IncidentRow, { file, stored }: { readonly file: File; readonly stored: StoredAttachment }) {
  const { sha256: target, bytes } = stored;
  const mediaType = file.type || "application/octet-stream";
  return { incident: id, kind: "file", target, title: file.name.slice(0, 200), mediaType, bytes };
}

function withOriginal(act: Act, from: string): Act {
  const body = act.body as { readonly derivation: object };
  return { ...act, body: { ...body, derivation: { ...body.derivation, from } } };
}
