/** Handing in a side's list: the file as it is, read at once, its sums shown, every refused row with its reasons. */
import { COUNT_UNITS, formatInstant, type ListSubmittedBody, type TallyPreview, type TallyWord } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { previewList, storeAttachment } from "../../api/endpoints.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { state } from "../../sign/statement.ts";
import { Button, Note } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField, SelectField, TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import { RefusedRows } from "../sightings/refused-rows.tsx";
import styles from "../sightings/sightings.module.css";
import { Sums } from "./lists-panel.tsx";

/** `salvo = exchange` per line: a side's word and the unit of this centre. */
function wordsOf(text: string): TallyWord[] {
  return text
    .split("\n")
    .map((line) => line.split("=").map((part) => part.trim()))
    .flatMap(([word, named]) => {
      const unit = COUNT_UNITS.find((one) => one === named);
      return word === undefined || word === "" || unit === undefined ? [] : [{ word, unit }];
    });
}

export function SubmitList() {
  const words = useWords();
  const choices = useChoices();
  const [file, setFile] = useState<File>();
  const [side, setSide] = useState("");
  const [zone, setZone] = useState("");
  const [explained, setExplained] = useState("");
  const [preview, setPreview] = useState<TallyPreview>();
  const reading = useAct();
  const sending = useAct();
  const options = {
    ...(zone.trim() === "" ? {} : { zone: zone.trim() }),
    ...(wordsOf(explained).length === 0 ? {} : { words: wordsOf(explained) }),
  };
  const read = (): void => {
    if (file === undefined) return;
    setPreview(undefined);
    void reading.run(async () => setPreview(await previewList({ text: await file.text(), ...options })));
  };
  const send = async (): Promise<void> => {
    if (file === undefined || preview?.from === undefined || preview.until === undefined) return;
    const { rows, parts, typedTotal, from, until } = preview;
    const done = await sending.run(async () => {
      const { sha256 } = await storeAttachment(file, file.name);
      const body: ListSubmittedBody = {
        ...{ side, name: file.name.slice(0, 200), sha256, rows, parts, ...options },
        ...{ from: formatInstant(from), until: formatInstant(until + 1) },
        ...(typedTotal === undefined ? {} : { typedTotal }),
      };
      await state({ kind: "list.submitted", body, refs: [{ rel: "attachment", sha256 }] });
    });
    if (!done) return;
    setFile(undefined);
    setPreview(undefined);
  };
  const isReady = preview !== undefined && preview.rows > 0 && preview.fault === undefined && side !== "";
  return (
    <div className={styles.form}>
      <label>
        {words.say("desk.lists.file")}{" "}
        <input type="file" accept=".csv,text/csv" onChange={(event) => setFile(event.target.files?.[0])} />
      </label>
      <SelectField
        label={words.say("desk.lists.side")}
        value={side}
        choices={[{ value: "", label: words.say("console.choose") }, ...choices.parties]}
        onValue={setSide}
      />
      <TextField
        label={words.say("desk.import.zone")}
        hint={words.say("desk.import.zoneHint")}
        value={zone}
        onValue={setZone}
      />
      <AreaField
        label={words.say("desk.lists.words")}
        hint={words.say("desk.lists.wordsHint")}
        rows={3}
        value={explained}
        onValue={setExplained}
      />
      <FaultNote error={reading.error ?? sending.error} />
      <div className={styles.acts}>
        <Button disabled={file === undefined || reading.pending} onClick={read}>
          {words.say("desk.import.read")}
        </Button>
        <Button look="primary" disabled={!isReady || sending.pending} onClick={() => void send()}>
          {words.say("desk.lists.send")}
        </Button>
      </div>
      {preview === undefined ? null : (
        <>
          <Note role="status">
            {words.say("desk.lists.rows", { count: preview.rows })} <Sums parts={preview.parts} />
          </Note>
          {preview.fault === undefined ? null : <Note tone="danger">{words.sayFault(preview.fault)}</Note>}
          <RefusedRows refused={preview.refused} />
        </>
      )}
    </div>
  );
}
