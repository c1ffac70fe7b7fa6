/** Reports: choose what, for whom and in which language; see what those readers will see; keep an edition for approval. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { freezeReport, type ReportChoice, readReport } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { shownNow } from "../../clock/clock-store.ts";
import { useRows } from "../../rows/use-rows.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { Button, Note } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Panel } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { EditionPage } from "./edition-page.tsx";
import { EditionsList } from "./editions-list.tsx";
import styles from "./reports.module.css";

const KINDS = ["daily", "weekly", "periodic", "thematic", "spot"] as const;
const THEMES = ["violations", "coverage", "overflights", "casualties", "allegations", "access", "silence"] as const;
const LANGUAGES = ["en", "tr", "ru", "az", "hy"] as const;
const FORMATS = ["pdf", "html", "csv", "json", "geojson", "kml", "acled", "annex", "annex-html"] as const;
const SPOT_FORMATS: readonly string[] = ["pdf", "html", "json"];

export default function ReportsRoom() {
  const { mission } = useCentre();
  const words = useWords();
  const { item } = useView();
  const [choice, setChoice] = useState<ReportChoice>(() => ({
    kind: "daily",
    date: dayIn(mission.timeZone, shownNow()),
    from: dayIn(mission.timeZone, shownNow() - 29 * 86_400_000_000),
    ...{ theme: "violations", incident: "", format: "pdf", language: words.locale, audience: "component" },
  }));
  return (
    <div className={styles.room}>
      <Choose choice={choice} change={(part) => setChoice(kept({ ...choice, ...part }))} />
      {item === undefined ? <Preview choice={choice} /> : <EditionPage key={item} id={item} />}
      <EditionsList chosen={item} open={(id) => openRoom("reports", id)} />
    </div>
  );
}

/** A spot report has fewer forms, and is the components' own. */
function kept(choice: ReportChoice): ReportChoice {
  if (choice.kind !== "spot") return choice;
  const format = SPOT_FORMATS.includes(choice.format) ? choice.format : "pdf";
  return { ...choice, format, audience: "component" };
}

interface ChooseProps {
  readonly choice: ReportChoice;
  readonly change: (part: Partial<ReportChoice>) => void;
}

function Choose({ choice, change }: ChooseProps) {
  const words = useWords();
  const { mission } = useCentre();
  const act = useAct();
  const [frozen, setFrozen] = useState<string>();
  const { kind } = choice;
  const name = `${kind}-${kind === "spot" ? choice.incident : choice.date}-${choice.language}`;
  const ending =
    choice.format === "acled" || choice.format === "annex" ? `${choice.format}.csv` : choice.format.replace("-", ".");
  return (
    <Panel title={words.say("console.room.reports")} padded>
      <SelectField
        label={words.say("influence.report.kind")}
        value={kind}
        choices={KINDS.map((value) => ({ value, label: words.sayCode("reportKind", value) }))}
        onValue={(value) => change({ kind: value })}
      />
      <Span choice={choice} change={change} />
      <SelectField
        label={words.say("influence.report.audience")}
        hint={words.say("influence.report.audienceHint")}
        value={choice.audience}
        choices={(kind === "spot" ? (["component"] as const) : (["component", "public"] as const)).map((value) => ({
          value,
          label: words.sayCode("reportAudience", value),
        }))}
        onValue={(audience) => change({ audience })}
      />
      <SelectField
        label={words.say("console.language")}
        value={choice.language}
        choices={LANGUAGES.map((language) => ({ value: language, label: languageName(language, words.locale) }))}
        onValue={(language) => change({ language })}
      />
      <SelectField
        label={words.say("console.reports.format")}
        value={choice.format}
        choices={FORMATS.filter((format) => kind !== "spot" || SPOT_FORMATS.includes(format)).map((format) => ({
          value: format,
          label: words.say(`console.reports.format.${format}`),
        }))}
        onValue={(format) => change({ format })}
      />
      <div className={styles.acts}>
        <Button
          look="primary"
          disabled={act.pending}
          onClick={() => void act.run(async () => saveBlob(await readReport(choice), `${name}.${ending}`))}
        >
          {words.say(act.pending ? "console.sending" : "console.reports.save")}
        </Button>
        <Button
          disabled={act.pending}
          onClick={() => void act.run(async () => setFrozen((await freezeReport(choice)).sha256))}
        >
          {words.say("influence.report.freeze")}
        </Button>
      </div>
      <FaultNote error={act.error} />
      {frozen === undefined ? null : (
        <Note role="status">
          {words.say("influence.report.frozen")} <code>{frozen.slice(0, 16)}</code>
        </Note>
      )}
      <p>{words.say("console.reports.meaning")}</p>
      <p>{words.say("console.reports.dateHint", { time: mission.reportCutOff, zone: mission.timeZone })}</p>
    </Panel>
  );
}

/** The time that a report is of, or the incident. */
function Span({ choice, change }: ChooseProps) {
  const words = useWords();
  const incidents = useRows("incidents").rows;
  const { kind } = choice;
  if (kind === "spot")
    return (
      <SelectField
        label={words.say("influence.report.incident")}
        value={choice.incident}
        choices={[
          { value: "", label: words.say("console.choose") },
          ...incidents.map((row) => ({ value: row.id, label: `${row.number} ${row.title}` })),
        ]}
        onValue={(incident) => change({ incident })}
      />
    );
  const isLong = kind === "periodic" || kind === "thematic";
  return (
    <>
      {kind === "thematic" ? (
        <SelectField
          label={words.say("influence.report.theme")}
          value={choice.theme}
          choices={THEMES.map((value) => ({ value, label: words.say(`report.theme.${value}`) }))}
          onValue={(theme) => change({ theme })}
        />
      ) : null}
      {isLong ? (
        <TextField
          label={words.say("influence.report.from")}
          type="date"
          value={choice.from}
          onValue={(from) => change({ from })}
        />
      ) : null}
      <TextField
        label={words.say(kind === "daily" ? "console.reports.date" : "influence.report.until")}
        type="date"
        value={choice.date}
        onValue={(date) => change({ date })}
      />
    </>
  );
}

/** What the chosen readers will see, before anything is kept or sent. */
function Preview({ choice }: { readonly choice: ReportChoice }) {
  const words = useWords();
  const { kind, date, from, theme, incident, language, audience } = choice;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["report", kind, date, from, theme, incident, language, audience],
    queryFn: async () => (await readReport({ ...choice, format: "html" })).text(),
    enabled: kind === "spot" ? incident !== "" : /^\d{4}-\d\d-\d\d$/.test(date),
  });
  return (
    <Panel
      title={`${words.say("console.reports.preview")}: ${words.sayCode("reportAudience", audience)}`}
      actions={
        <Button disabled={isFetching} onClick={() => void refetch()}>
          {words.say("console.reports.again")}
        </Button>
      }
    >
      <FaultNote error={error} onRetry={() => void refetch()} />
      {data === undefined ? (
        <p role="status">{isFetching ? words.say("console.loading") : ""}</p>
      ) : (
        <iframe className={styles.page} title={words.say("console.reports.preview")} sandbox="" srcDoc={data} />
      )}
    </Panel>
  );
}

/** The calendar day in a zone at an instant, as `2021-04-06`. */
function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(Math.floor(at / 1000));
}
