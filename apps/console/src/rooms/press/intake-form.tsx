/** Taking a text in: pasted or dropped, read at once, and stated with where it is from. */
import {
  ALIGNMENTS,
  formatInstant,
  parseInstant,
  type TextIntake,
  type TextReceivedBody,
  TRANSLATIONS,
} from "@openjmc/model";
import { type DragEvent, useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { takeIn } from "../../api/press-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { newSubject, state } from "../../sign/statement.ts";
import { Button, Key, LinkButton, Note } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField, SelectField, TextField } from "../../ui/fields.tsx";
import { shortInstant } from "../../url/view-state.ts";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./press.module.css";
import { TEXT_LANGUAGES } from "./text-languages.ts";

interface Fields {
  readonly outlet: string;
  readonly language: string;
  readonly title: string;
  readonly published: string;
  readonly timeZone: string;
  readonly address: string;
  readonly translation: string;
  readonly translationOf: string;
  readonly alignment: string;
  readonly side: string;
  readonly repeats: string;
}

export function IntakeForm() {
  const words = useWords();
  const [pasted, setPasted] = useState("");
  const [intake, setIntake] = useState<TextIntake>();
  const [isOver, setOver] = useState(false);
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const reading = useAct();
  const read = (file: Blob, name: string): void => void reading.run(async () => setIntake(await takeIn(file, name)));
  /** The first of several is read, the others wait for it to be signed. */
  const readAll = ([first, ...rest]: readonly File[]): void => {
    setIntake(undefined);
    setWaiting(rest);
    if (first !== undefined) read(first, first.name);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    readAll([...event.dataTransfer.files]);
  };
  if (intake !== undefined)
    return (
      <Provenance
        key={intake.original}
        intake={intake}
        waiting={waiting.length}
        onAgain={() => setIntake(undefined)}
        onDone={(subject) => (waiting.length > 0 ? readAll(waiting) : openRoom("press", `text:${subject}`))}
      />
    );
  return (
    <form
      className={styles.form}
      aria-label={words.say("press.tab.new")}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || pasted.trim() === "") return;
        event.preventDefault();
        read(new Blob([pasted], { type: "text/plain" }), "pasted.txt");
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (pasted.trim() !== "") read(new Blob([pasted], { type: "text/plain" }), "pasted.txt");
      }}
    >
      <AreaField
        autoFocus
        label={words.say("press.paste")}
        hint={words.say("press.pasteHint")}
        rows={14}
        value={pasted}
        onValue={setPasted}
      />
      <label>
        {words.say("press.file")}{" "}
        <input
          type="file"
          multiple
          accept=".txt,.html,.htm,.mht,.mhtml,.pdf,text/plain,text/html,multipart/related,application/pdf"
          onChange={(event) => {
            readAll([...(event.target.files ?? [])]);
          }}
        />
      </label>
      <FaultNote error={reading.error} />
      {waiting.length === 0 ? null : (
        <Note role="status">
          {words.say("press.waiting", { count: waiting.length })}{" "}
          {reading.pending ? null : <Button onClick={() => readAll(waiting)}>{words.say("press.skip")}</Button>}
        </Note>
      )}
      <div className={styles.acts}>
        <Button look="primary" type="submit" disabled={pasted.trim() === "" || reading.pending}>
          {words.say("press.read")}
        </Button>
        <Key>Ctrl Enter</Key>
      </div>
    </form>
  );
}

/** What the page says of itself stands there already; a person says the rest, and signs. */
function Provenance({
  intake,
  waiting,
  onAgain,
  onDone,
}: {
  readonly intake: TextIntake;
  readonly waiting: number;
  readonly onAgain: () => void;
  readonly onDone: (subject: string) => void;
}) {
  const words = useWords();
  const { mission } = useCentre();
  const choices = useChoices();
  const texts = useFreshRows("texts").rows;
  const act = useAct();
  const [fields, setFields] = useState<Fields>(() => firstFields(intake, mission.timeZone));
  const [isTried, setTried] = useState(false);
  const change = (part: Partial<Fields>): void => setFields((now) => ({ ...now, ...part }));
  const published = parseInstant(instantText(fields.published));
  const needed = (value: string): string | undefined =>
    isTried && value.trim() === "" ? words.say("console.required") : undefined;
  const outlets = [...new Set(texts.map(({ body }) => body.outlet))].sort();
  const titleOf = (id: string): string => texts.find((row) => row.id === id)?.body.title ?? id;
  const send = async (): Promise<void> => {
    setTried(true);
    if (!published.ok || fields.outlet.trim() === "" || fields.title.trim() === "") return;
    const body = bodyOf(fields, intake, published.value);
    const subject = newSubject();
    const refs = [intake.original, intake.text].map((sha256) => ({ rel: "attachment", sha256 }));
    if (await act.run(() => state({ kind: "text.received", subject, body, refs }))) onDone(subject);
  };
  return (
    <form
      className={styles.form}
      aria-label={words.say("press.provenance")}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void send();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Note role="status">
        {words.say("press.takenIn", { characters: intake.characters })}{" "}
        {intake.neutralised.map(({ what, count }) => (
          <span key={what}>
            {words.sayCode("neutralised", what)}: {words.formats.number(count)}.{" "}
          </span>
        ))}
        {waiting === 0 ? null : words.say("press.waiting", { count: waiting })}
      </Note>
      {intake.alike.map(({ text, perMille }) => (
        <Note key={text} tone="warning">
          {words.say("press.alike", { share: words.formats.percent(perMille / 1000) })}{" "}
          <LinkButton onClick={() => openRoom("press", `text:${text}`)}>{titleOf(text)}</LinkButton>
        </Note>
      ))}
      <div className={styles.grid}>
        <TextField
          autoFocus
          label={words.say("press.outlet")}
          list="press-outlets"
          value={fields.outlet}
          error={needed(fields.outlet)}
          maxLength={80}
          onValue={(outlet) => change({ outlet })}
        />
        <datalist id="press-outlets">
          {outlets.map((outlet) => (
            <option key={outlet} value={outlet} />
          ))}
        </datalist>
        <SelectField
          label={words.say("press.language")}
          value={fields.language}
          choices={TEXT_LANGUAGES(words.locale)}
          onValue={(language) => change({ language })}
        />
        <TextField
          label={words.say("press.published")}
          hint={words.say("press.publishedHint")}
          value={fields.published}
          error={isTried && !published.ok ? words.say("console.required") : undefined}
          onValue={(value) => change({ published: value })}
        />
        <TextField
          label={words.say("press.title")}
          value={fields.title}
          error={needed(fields.title)}
          maxLength={300}
          onValue={(title) => change({ title })}
        />
        <TextField
          label={words.say("press.timeZone")}
          value={fields.timeZone}
          maxLength={64}
          onValue={(timeZone) => change({ timeZone })}
        />
        <TextField
          label={words.say("press.address")}
          value={fields.address}
          maxLength={500}
          onValue={(address) => change({ address })}
        />
        <SelectField
          label={words.say("press.translation")}
          value={fields.translation}
          choices={choices.codes("translation", TRANSLATIONS)}
          onValue={(translation) => change({ translation })}
        />
        {fields.translation === "original" ? null : (
          <SelectField
            label={words.say("press.translationOf")}
            value={fields.translationOf}
            choices={[{ value: "", label: words.say("console.notStated") }, ...texts.slice(0, 100).map(textChoice)]}
            onValue={(translationOf) => change({ translationOf })}
          />
        )}
        <SelectField
          label={words.say("press.alignment")}
          value={fields.alignment}
          choices={choices.codes("alignment", ALIGNMENTS)}
          onValue={(alignment) => change({ alignment })}
        />
        <SelectField
          label={words.say("press.side")}
          value={fields.side}
          choices={[{ value: "", label: words.say("console.notStated") }, ...choices.sides]}
          onValue={(side) => change({ side })}
        />
        <SelectField
          label={words.say("press.repeats")}
          value={fields.repeats}
          choices={[
            { value: "", label: words.say("press.repeatsNone") },
            ...intake.alike.map(({ text }) => ({ value: text, label: titleOf(text) })),
          ]}
          onValue={(repeats) => change({ repeats })}
        />
      </div>
      <FaultNote error={act.error} />
      <div className={styles.acts}>
        <Button look="primary" type="submit" disabled={act.pending}>
          {words.say("press.take")}
        </Button>
        <Key>Ctrl Enter</Key>
        <Button look="quiet" onClick={onAgain}>
          {words.say("console.cancel")}
        </Button>
      </div>
    </form>
  );
}

const textChoice = ({ id, body }: { id: string; body: TextReceivedBody }) => ({
  value: id,
  label: `${body.outlet}: ${body.title}`.slice(0, 120),
});

function firstFields(intake: TextIntake, timeZone: string): Fields {
  const { title, outlet = "", language, publishedAt, address = "", alike } = intake;
  const published = publishedAt === undefined ? "" : shortInstant(publishedAt);
  return {
    ...{ outlet, language, title, published, timeZone, address, translation: "original", translationOf: "" },
    ...{ alignment: "unknown", side: "", repeats: alike[0]?.text ?? "" },
  };
}

/** A day alone is its noon. */
function instantText(typed: string): string {
  const trimmed = typed.trim();
  if (/^\d{4}-\d\d-\d\d$/.test(trimmed)) return `${trimmed}T12:00:00Z`;
  return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/.test(trimmed) ? `${trimmed.replace(" ", "T")}:00Z` : trimmed;
}

function bodyOf(fields: Fields, intake: TextIntake, published: number): TextReceivedBody {
  const { translationOf, side, repeats, address } = fields;
  return {
    ...{ outlet: fields.outlet.trim(), language: fields.language, title: fields.title.trim() },
    ...{
      publishedAt: formatInstant(published),
      timeZone: fields.timeZone.trim(),
      retrievedAt: formatInstant(Math.min(centreNow(), intake.retrievedAt ?? Number.MAX_SAFE_INTEGER)),
    },
    ...(address.trim() === "" ? {} : { address: address.trim() }),
    ...{ original: intake.original, mediaType: intake.mediaType, text: intake.text, characters: intake.characters },
    translation: fields.translation as TextReceivedBody["translation"],
    ...(fields.translation === "original" || translationOf === "" ? {} : { translationOf }),
    alignment: fields.alignment as TextReceivedBody["alignment"],
    ...(side === "" ? {} : { side }),
    ...(repeats === "" ? {} : { repeats }),
  };
}
