/** Evidence: what is attached, and attaching more — from the picture, from people, from files. */
import type { EvidenceItem, IncidentRow } from "@openjmc/model";
import { useRef, useState } from "react";
import { attachEvidence, attachFile, type EvidenceTarget } from "../../acts/acts.ts";
import { useAct } from "../../acts/use-act.ts";
import { readAttachment } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useTimes } from "../../clock/use-times.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge, Button, LinkButton } from "../../ui/controls.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import type { SelectableKind } from "../../url/view-state.ts";
import { changeView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { alertName, allegationName, eventName, ruleName, sightingName, trackName } from "../common/describe.ts";
import { Custody } from "./custody.tsx";
import { AttachDerivative, DerivedFrom } from "./derivatives.tsx";
import { EvidenceGrade } from "./evidence-grade.tsx";
import styles from "./incidents.module.css";
import { FilePreview } from "./preview/file-preview.tsx";
import { Sources } from "./sources.tsx";

/** How far around the incident things are offered for attaching first. */
const NEAR_MICROSECONDS = 2 * 3_600_000_000;

export function EvidenceSection({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  return (
    <section className={styles.section} aria-label={words.say("console.evidence")}>
      <h2>{words.say("console.evidence")}</h2>
      {incident.evidence.length === 0 ? <p>{words.say("console.evidence.none")}</p> : null}
      <ul className={styles.evidence}>
        {incident.evidence
          .toSorted((a, b) => a.mark.index - b.mark.index)
          .map((item) => (
            <li key={`${item.id}${item.kind}${item.target}`} className={styles.evidenceItem}>
              <Badge>{words.say(`codes.evidenceKind.${item.kind}`)}</Badge>
              <EvidenceTitle item={item} />
              <Mark mark={item.mark} />
              <EvidenceGrade incident={incident.id} item={item} />
              {item.kind === "file" ? <FileEvidence incident={incident} item={item} /> : null}
            </li>
          ))}
      </ul>
      <Sources incident={incident} />
      <AttachThing incident={incident} />
      <AttachFile incident={incident} />
    </section>
  );
}

/** What only a file has: its custody, a look into it, what it was made of and what was made of it. */
function FileEvidence({ incident, item }: { readonly incident: IncidentRow; readonly item: EvidenceItem }) {
  return (
    <>
      <DerivedFrom item={item} />
      <FilePreview item={item} />
      <Custody incident={incident.id} item={item} />
      <AttachDerivative incident={incident} item={item} />
    </>
  );
}

function EvidenceTitle({ item }: { readonly item: EvidenceItem }) {
  const words = useWords();
  const { mission } = useCentre();
  const act = useAct();
  if (item.kind === "file")
    return (
      <span>
        <LinkButton onClick={() => void act.run(async () => saveBlob(await readAttachment(item.target), item.title))}>
          {item.title}
        </LinkButton>{" "}
        {item.bytes === undefined ? null : words.formats.bytes(item.bytes)}{" "}
        <code title={item.target}>{item.target.slice(0, 12)}</code>
        <FaultNote error={act.error} />
      </span>
    );
  const kind = item.kind as SelectableKind;
  // The centre titles an alert by its rule; people read the rule's name.
  const title = item.kind === "alert" ? ruleName(item.title, mission, words) : item.title;
  return (
    <LinkButton onClick={() => changeView({ room: "common", selection: { kind, id: item.target } })}>
      {title}
    </LinkButton>
  );
}

function AttachThing({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const offers = useOffers(incident);
  const [chosen, setChosen] = useState("");
  const act = useAct();
  const target = offers.find((offer) => offer.value === chosen);
  return (
    <>
      <div className={styles.acts}>
        <SelectField
          label={words.say("console.evidence.attach")}
          hint={offers.length === 0 ? words.say("console.evidence.nothing") : undefined}
          value={chosen}
          choices={[{ value: "", label: words.say("console.choose") }, ...offers]}
          onValue={setChosen}
        />
        <Button
          disabled={target === undefined || act.pending}
          onClick={() =>
            target &&
            void act.run(() => attachEvidence(incident.id, target.target)).then((done) => done && setChosen(""))
          }
        >
          {words.say("console.attach")}
        </Button>
      </div>
      <FaultNote error={act.error} />
    </>
  );
}

interface Offer {
  readonly value: string;
  readonly label: string;
  readonly target: Parameters<typeof attachEvidence>[1];
}

const withFile = (offer: Offer, file: { readonly mediaType: string; readonly bytes: number }): Offer => ({
  ...offer,
  target: { ...offer.target, ...file },
});

/** Things near the incident's time that are not attached yet. */
function useOffers(incident: IncidentRow): readonly Offer[] {
  const words = useWords();
  const times = useTimes();
  const { mission } = useCentre();
  const events = useFreshRows("events").rows;
  const tracks = useFreshRows("tracks").rows;
  const sightings = useFreshRows("sightings").rows;
  const alerts = useFreshRows("alerts").rows;
  const allegations = useFreshRows("allegations").rows;
  const near = (from: number, until = from): boolean =>
    from <= incident.occurredAt + NEAR_MICROSECONDS && until >= incident.occurredAt - NEAR_MICROSECONDS;
  const attached = new Set(incident.evidence.map((item) => `${item.kind}:${item.target}`));
  const offer = (kind: EvidenceTarget["kind"], target: string, title: string, at: number): Offer => ({
    value: `${kind}:${target}`,
    label: `${times.time(at)} · ${words.say(`codes.evidenceKind.${kind}`)} · ${title}`,
    target: { kind, target, title },
  });
  return [
    ...alerts
      .filter((row) => near(row.raisedAt))
      .map((row) => offer("alert", row.id, alertName(row, mission, words), row.raisedAt)),
    ...events
      .filter((row) => near(row.originTime))
      .map((row) => offer("event", row.id, eventName(row, words), row.originTime)),
    ...tracks.filter((row) => near(row.firstAt, row.at)).map((row) => offer("track", row.id, trackName(row), row.at)),
    ...sightings
      .filter((row) => row.withdrawn === undefined)
      .map((row) => offer("sighting", row.id, sightingName(row, words), row.occurredAt)),
    ...allegations.map((row) => offer("allegation", row.id, allegationName(row, mission, words), row.receivedAt)),
    ...allegations
      .filter((row) => row.incident === incident.id)
      .flatMap(({ files = [] }) => files)
      .map(({ file, name, mark, mediaType, bytes }) =>
        withFile(offer("file", file, name, mark.recordedAt), { mediaType, bytes }),
      ),
  ].filter((one) => !attached.has(one.value));
}

function AttachFile({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const input = useRef<HTMLInputElement>(null);
  const act = useAct();
  const send = async (files: FileList | null): Promise<void> => {
    const file = files?.[0];
    if (file === undefined) return;
    const done = await act.run(() => attachFile(incident.id, file));
    if (done && input.current !== null) input.current.value = "";
  };
  return (
    <div className={styles.acts}>
      <label>
        {words.say("console.evidence.file")}{" "}
        <input ref={input} type="file" disabled={act.pending} onChange={(event) => void send(event.target.files)} />
      </label>
      {act.pending ? <span role="status">{words.say("console.sending")}</span> : null}
      <FaultNote error={act.error} />
    </div>
  );
}
