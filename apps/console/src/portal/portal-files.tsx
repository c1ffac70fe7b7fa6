/** Files that the party hands in with an allegation: stored as they are, by their hash, and counted once they are signed for. */
import type { PortalAllegation, PortalView } from "@openjmc/model";
import { useRef, useState } from "react";
import { useAct } from "../acts/use-act.ts";
import { storePartyFile } from "../api/endpoints.ts";
import { ActForm } from "../forms/act-form.tsx";
import { custodyFields } from "../rooms/incidents/custody-fields.ts";
import { Note } from "../ui/controls.tsx";
import { FaultNote } from "../ui/fault-note.tsx";
import { sendWhole } from "../ui/send-whole.ts";
import { useWords } from "../words/use-words.tsx";
import { Receipt } from "./receipt.tsx";

/** Stored at the centre, and named by no statement yet. */
interface Stored {
  readonly file: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export function PortalFiles({
  row,
  portal,
  again,
}: {
  readonly row: PortalAllegation;
  readonly portal: PortalView;
  readonly again: () => void;
}) {
  const words = useWords();
  if (row.files.length === 0 && row.state === "ended") return null;
  return (
    <details open={row.files.length > 0}>
      <summary>{words.say("desk.files")}</summary>
      {row.files.map((one) => (
        <div key={one.file}>
          {one.name}, {words.formats.bytes(one.bytes)}
          <Sum file={one.file} />
          <Receipt receipt={one.receipt} />
        </div>
      ))}
      {row.state === "ended" ? null : <HandIn row={row} portal={portal} again={again} />}
    </details>
  );
}

function HandIn({ row, portal, again }: Parameters<typeof PortalFiles>[0]) {
  const words = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [stored, setStored] = useState<Stored>();
  const act = useAct();
  const { mostBytes, mostBytesPerDay } = portal.limits;
  const send = async (file: File | undefined): Promise<void> => {
    setStored(undefined);
    if (file === undefined) return;
    await act.run(async () => {
      const { sha256, bytes } = await sendWhole(file, mostBytes, storePartyFile);
      const mediaType = (file.type || "application/octet-stream").slice(0, 100);
      setStored({ file: sha256, bytes, name: file.name.slice(-200), mediaType });
    });
  };
  const done = (): void => {
    setStored(undefined);
    if (input.current !== null) input.current.value = "";
    again();
  };
  return (
    <>
      <label>
        {words.say("desk.files.choose")}{" "}
        <input
          ref={input}
          type="file"
          disabled={act.pending}
          onChange={(event) => void send(event.target.files?.[0])}
        />
      </label>
      <p>
        {words.say("desk.files.limit", {
          most: words.formats.bytes(mostBytes),
          day: words.formats.bytes(mostBytesPerDay),
        })}
      </p>
      {act.pending ? <p role="status">{words.say("console.sending")}</p> : null}
      <FaultNote error={act.error} />
      {stored === undefined ? null : (
        <>
          <Note role="status">
            {words.say("desk.files.ready", { name: stored.name, size: words.formats.bytes(stored.bytes) })}
            <Sum file={stored.file} />
          </Note>
          <ActForm
            key={stored.file}
            name={`portal-file-${row.id}`}
            heading="desk.files.custody"
            send="desk.files.handIn"
            act={{
              ...{ kind: "allegation.documented", subject: row.id },
              body: { by: portal.party, ...stored },
              refs: [{ rel: "attachment", sha256: stored.file }],
            }}
            onDone={done}
            fields={custodyFields("custody.", { at: "desk.files.at", from: "desk.files.from" })}
          />
        </>
      )}
    </>
  );
}

function Sum({ file }: { readonly file: string }) {
  const words = useWords();
  return (
    <div style={{ overflowWrap: "anywhere" }}>
      {words.say("desk.files.sum")} <code>{file}</code>
    </div>
  );
}
