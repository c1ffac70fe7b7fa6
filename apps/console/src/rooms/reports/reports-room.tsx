/** Reports: choose the day, the form and the language; see it, take it along. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { type ReportChoice, readDailyReport } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { shownNow } from "../../clock/clock-store.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { Button } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Panel } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./reports.module.css";

const FORMATS = ["pdf", "html", "csv", "json"] as const;

export default function ReportsRoom() {
  const words = useWords();
  const { mission } = useCentre();
  const [choice, setChoice] = useState<ReportChoice>(() => ({
    date: dayIn(mission.timeZone, shownNow()),
    format: "pdf",
    language: words.locale,
  }));
  const act = useAct();
  const change = (part: Partial<ReportChoice>): void => setChoice({ ...choice, ...part });
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["report", choice.date, choice.language],
    queryFn: async () => (await readDailyReport({ ...choice, format: "html" })).text(),
    enabled: /^\d{4}-\d\d-\d\d$/.test(choice.date),
  });
  return (
    <div className={styles.room}>
      <Panel title={words.say("console.reports.daily")} padded>
        <TextField
          label={words.say("console.reports.date")}
          hint={words.say("console.reports.dateHint", { time: mission.reportCutOff, zone: mission.timeZone })}
          type="date"
          value={choice.date}
          onValue={(date) => change({ date })}
        />
        <SelectField
          label={words.say("console.language")}
          value={choice.language}
          choices={["en", "tr", "ru"].map((language) => ({
            value: language,
            label: languageName(language, words.locale),
          }))}
          onValue={(language) => change({ language })}
        />
        <SelectField
          label={words.say("console.reports.format")}
          value={choice.format}
          choices={FORMATS.map((format) => ({ value: format, label: words.say(`console.reports.format.${format}`) }))}
          onValue={(format) => change({ format })}
        />
        <div className={styles.acts}>
          <Button
            look="primary"
            disabled={act.pending}
            onClick={() =>
              void act.run(async () =>
                saveBlob(await readDailyReport(choice), `daily-${choice.date}-${choice.language}.${choice.format}`),
              )
            }
          >
            {words.say(act.pending ? "console.sending" : "console.reports.save")}
          </Button>
          <Button disabled={isFetching} onClick={() => void refetch()}>
            {words.say("console.reports.again")}
          </Button>
        </div>
        <p>{words.say("console.reports.meaning")}</p>
        <FaultNote error={act.error} />
      </Panel>
      <Panel title={words.say("console.reports.preview")}>
        <FaultNote error={error} onRetry={() => void refetch()} />
        {data === undefined ? (
          <p role="status">{isFetching ? words.say("console.loading") : ""}</p>
        ) : (
          <iframe className={styles.page} title={words.say("console.reports.preview")} sandbox="" srcDoc={data} />
        )}
      </Panel>
    </div>
  );
}

/** The calendar day in a zone at an instant, as `2021-04-06`. */
function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(Math.floor(at / 1000));
}
