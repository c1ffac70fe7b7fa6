/** The texts side by side: who signed, which wordings differ, how provisions and the centre's mandate are read, and by whom. */
import type { Told } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { useQuery } from "@tanstack/react-query";
import { type InstrumentText, readTexts } from "../../api/mission-endpoints.ts";
import { nameIn, toldIn } from "../../centre/use-centre.ts";
import { type Choices, useChoices } from "../../forms/use-choices.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { Badge } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";
import { provisionNumber } from "../common/describe.ts";
import styles from "../watch/watch.module.css";

export function TextsTab() {
  const { data, error } = useQuery({ queryKey: ["mission", "texts"], queryFn: readTexts });
  if (error !== null) return <FaultNote error={error} />;
  return (data?.instruments ?? []).map((instrument) => <Instrument key={instrument.id} instrument={instrument} />);
}

function Instrument({ instrument }: { readonly instrument: InstrumentText }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const name = nameIn(instrument.names, words.locale);
  return (
    <section className={styles.part} aria-label={name}>
      <h3>{name}</h3>
      <p className={styles.marks}>
        {words.say("mission.texts.signatories")}
        {instrument.signatories.map(({ state, standing }) => (
          <Badge key={state} tone={standing === "signed" ? "good" : "neutral"}>
            {`${nameOf(state)}: ${words.say(`mission.texts.${standing === "signed" ? "signed" : standing === "not-a-signatory" ? "notSigned" : "reported"}`)}`}
          </Badge>
        ))}
      </p>
      {instrument.textPublic ? null : <p>{words.say("mission.texts.notPublic")}</p>}
      <Witnesses instrument={instrument} />
      <Readings instrument={instrument} />
      <Mandates instrument={instrument} />
    </section>
  );
}

function Witnesses({ instrument }: { readonly instrument: InstrumentText }) {
  const words = useWords();
  if (instrument.witnesses.length === 0) return null;
  return (
    <>
      <h4>{words.say("mission.texts.witnesses")}</h4>
      <DataTable
        label={words.say("mission.texts.witnesses")}
        rows={instrument.witnesses}
        keyOf={(row) => row.id}
        columns={[
          { name: words.say("mission.texts.publisher"), cell: (row) => toldIn(row.publisher, words.locale) },
          {
            name: words.say("mission.column.languages"),
            cell: (row) =>
              row.language === "und" ? words.say("mission.texts.unknown") : languageName(row.language, words.locale),
          },
          { name: words.say("mission.texts.nature"), cell: (row) => words.sayCode("nature", row.nature) },
          { name: words.say("mission.texts.differences"), cell: (row) => toldAll(row.differences, words) },
        ]}
      />
    </>
  );
}

/** Whose reading: a state or a party by name, else what the readings hang on, as the wordings of the text. */
function whose(by: string, { nameOf }: Choices, words: Words): string {
  return words.has(`codes.reader.${by}`) ? words.sayCode("reader", by) : nameOf(by);
}

/** Texts one after the other, each in the reader's language where the mission gives it so. */
function toldAll(texts: readonly Told[] | undefined, words: Words, between = " "): string {
  return (texts ?? []).map((one) => toldIn(one, words.locale)).join(between);
}

/** The provision by its name and what it says, in the reader's language where the mission gives it so. */
function Wording({ provision }: { readonly provision: InstrumentText["provisions"][number] }) {
  const words = useWords();
  return (
    <>
      <strong>{nameIn(provision.names, words.locale)}</strong>
      <p>{toldIn(provision.says, words.locale)}</p>
    </>
  );
}

function Readings({ instrument }: { readonly instrument: InstrumentText }) {
  const words = useWords();
  const choices = useChoices();
  const read = instrument.provisions.filter(({ readings, open }) => (readings?.length ?? 0) + (open?.length ?? 0) > 0);
  if (read.length === 0) return null;
  return (
    <>
      <h4>{words.say("mission.texts.readings")}</h4>
      <DataTable
        label={words.say("mission.texts.readings")}
        rows={read}
        keyOf={(row) => row.id}
        columns={[
          { name: words.say("console.agreement.number"), cell: (row) => provisionNumber(row.number, words) },
          { name: words.say("console.agreement.text"), cell: (row) => <Wording provision={row} /> },
          {
            name: words.say("mission.texts.readings"),
            cell: (row) => (
              <ul className={styles.readings}>
                {(row.readings ?? [])
                  .map(({ by, says }) => `${whose(by, choices, words)}: ${toldIn(says, words.locale)}`)
                  .map((line) => (
                    <li key={line}>{line}</li>
                  ))}
              </ul>
            ),
          },
          { name: words.say("mission.texts.open"), cell: (row) => toldAll(row.open, words) },
        ]}
      />
    </>
  );
}

function Mandates({ instrument }: { readonly instrument: InstrumentText }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const { mandates = [] } = instrument;
  if (mandates.length === 0) return null;
  const told = (value: string | readonly Told[]): string =>
    typeof value === "string" ? words.say("mission.texts.unknown") : toldAll(value, words, "; ");
  const stated = (text: string): string => (text === "unknown" ? words.say("mission.texts.unknown") : text);
  const acts = (codes: readonly string[] | undefined): string =>
    words.formats.list((codes ?? []).map((code) => words.sayCode("mandateAct", code)));
  return (
    <>
      <h4>{words.say("mission.texts.mandates")}</h4>
      <DataTable
        label={words.say("mission.texts.mandates")}
        rows={mandates}
        keyOf={(row) => row.by}
        columns={[
          { name: words.say("mission.column.by"), cell: (row) => nameOf(row.by) },
          {
            name: words.say("mission.texts.area"),
            cell: (row) => (
              <>
                <p>{stated(toldIn(row.area, words.locale))}</p>
                <p>{toldIn(row.note, words.locale)}</p>
              </>
            ),
          },
          { name: words.say("mission.texts.means"), cell: (row) => told(row.means) },
          { name: words.say("mission.texts.acts"), cell: (row) => acts(row.permits) || told(row.acts) },
          {
            name: words.say("mission.texts.attribution"),
            cell: (row) => words.sayCode("attributionRule", row.attribution),
          },
          {
            name: words.say("mission.texts.excluded"),
            cell: (row) => acts(row.forbids) || toldAll(row.excluded, words, "; "),
          },
          {
            name: words.say("mission.texts.period"),
            cell: (row) =>
              row.period === undefined ? (
                ""
              ) : (
                <>
                  <span className={styles.whole}>{stated(row.period.from)}</span> –{" "}
                  <span className={styles.whole}>{stated(row.period.until)}</span>
                </>
              ),
          },
        ]}
      />
    </>
  );
}
