/** Sightings from a table: read first, then signed row by row under the tab's key. What was signed stays, whatever follows. */
import type { SightingPreview } from "@openjmc/model";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { previewSightings } from "../../api/endpoints.ts";
import { state } from "../../sign/statement.ts";
import { Button, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { TextField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import { countText } from "../common/describe.ts";
import { RefusedRows } from "./refused-rows.tsx";
import styles from "./sightings.module.css";

const MOST_SHOWN = 50;

export function ImportSightings() {
  const words = useWords();
  const [file, setFile] = useState<File>();
  const [zone, setZone] = useState("");
  const [preview, setPreview] = useState<SightingPreview>();
  const [signed, setSigned] = useState(0);
  const act = useAct();
  const table = async () => ({
    text: await file!.text(),
    ...(zone.trim() === "" ? {} : { zone: zone.trim() }),
  });
  const read = (): void => {
    if (file === undefined) return;
    setSigned(0);
    void act.run(async () => setPreview(await previewSightings(await table())));
  };
  const sign = async (): Promise<void> => {
    const bodies = preview?.ready ?? [];
    await act.run(async () => {
      for (const [index, { body }] of bodies.entries()) {
        await state({ kind: "sighting.reported", body });
        setSigned(index + 1);
      }
    });
    // Read again: what was signed before something went wrong is not offered a second time.
    if (file !== undefined) setPreview(await previewSightings(await table()).catch(() => undefined));
  };
  return (
    <div className={styles.form}>
      <label>
        {words.say("desk.import.file")}{" "}
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            setFile(event.target.files?.[0]);
            setPreview(undefined);
          }}
        />
      </label>
      <TextField
        label={words.say("desk.import.zone")}
        hint={words.say("desk.import.zoneHint")}
        value={zone}
        onValue={setZone}
      />
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button disabled={file === undefined || act.pending} onClick={read}>
          {words.say("desk.import.read")}
        </Button>
        <Button
          look="primary"
          disabled={preview === undefined || preview.ready.length === 0 || act.pending}
          onClick={() => void sign()}
        >
          {words.say("desk.import.sign", { count: preview?.ready.length ?? 0 })}
        </Button>
      </div>
      {signed === 0 ? null : (
        <Note tone="good" role="status">
          {words.say("desk.import.signed", { count: signed })}
        </Note>
      )}
      {preview === undefined ? null : <Preview preview={preview} />}
    </div>
  );
}

function Preview({ preview }: { readonly preview: SightingPreview }) {
  const words = useWords();
  return (
    <>
      <RefusedRows refused={preview.refused} />
      {preview.ready.length === 0 ? null : (
        <DataTable
          label={words.say("desk.import.ready", { count: preview.ready.length })}
          rows={preview.ready.slice(0, MOST_SHOWN)}
          keyOf={(row) => String(row.line)}
          columns={[
            { name: words.say("desk.import.line"), numeric: true, cell: (row) => words.formats.number(row.line) },
            { name: words.say("console.sightings.when"), cell: (row) => row.body.occurredAt },
            {
              name: words.say("console.finding.observation"),
              cell: (row) => words.sayCode("observation", row.body.observation),
            },
            { name: words.say("console.finding.count"), cell: (row) => countText(row.body.count, words) },
            { name: words.say("console.finding.means"), cell: (row) => words.sayCode("means", row.body.means) },
          ]}
        />
      )}
    </>
  );
}
