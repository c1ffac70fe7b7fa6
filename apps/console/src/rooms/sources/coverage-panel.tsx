/** Coverage as bars over time: watched, blind with its cause, or nobody knows. */
import { type Instant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { Fragment, useState } from "react";
import { useTimes } from "../../clock/use-times.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Empty } from "../../ui/controls.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { BlindNow } from "./blind-now.tsx";
import { coverageOf } from "./coverage.ts";
import { GroundWatch } from "./ground-watch.tsx";
import styles from "./sources.module.css";

const HOURS = [1, 6, 24] as const;

export function CoveragePanel({ until }: { readonly until: Instant }) {
  const words = useWords();
  const times = useTimes();
  const [hours, setHours] = useState<number>(1);
  const rows = useRows("coverage").rows;
  const sources = useRows("sources").rows.filter((source) => source.link.kind !== "people");
  const from = until - hours * MICROSECONDS_PER_HOUR;
  const coverage = coverageOf(
    rows,
    sources.map((source) => source.id),
    from,
    until,
  );
  const place = (at: Instant): string => `${((at - from) / (until - from)) * 100}%`;
  return (
    <Panel
      title={words.say("console.coverage")}
      actions={
        <select
          aria-label={words.say("console.coverage.span")}
          value={hours}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {HOURS.map((value) => (
            <option key={value} value={value}>
              {words.formats.duration(value * MICROSECONDS_PER_HOUR)}
            </option>
          ))}
        </select>
      }
    >
      {sources.length === 0 ? (
        <Empty title={words.say("console.sources.empty")} hint={words.say("console.sources.emptyHint")} />
      ) : (
        <>
          <BlindNow {...{ coverage, from, until }} nameOf={(id) => sources.find((one) => one.id === id)?.name ?? id} />
          <div className={styles.bars}>
            <span className={styles.head}>{words.say("console.source.name")}</span>
            <span className={styles.head}>{`${times.dateTime(from)} – ${times.dateTime(until)}`}</span>
            <span className={`${styles.head} ${styles.total}`}>{words.say("console.coverage.watched")}</span>
            {coverage.map(({ source, spans, watched }) => {
              const name = sources.find((one) => one.id === source)?.name ?? source;
              return (
                <Fragment key={source}>
                  <span>{name}</span>
                  <div
                    className={styles.bar}
                    role="img"
                    aria-label={words.say("console.coverage.bar", { name, watched: hoursText(watched) })}
                  >
                    {spans.map((span) => (
                      <span
                        key={`${span.from}${span.watching}`}
                        className={styles.span}
                        data-watching={span.watching}
                        style={{ left: place(span.from), right: `calc(100% - ${place(span.until)})` }}
                        title={`${times.time(span.from)} – ${times.time(span.until)}${span.cause === undefined ? "" : ` · ${words.sayCode("gap", span.cause)}`}`}
                      />
                    ))}
                  </div>
                  <span className={styles.total}>{hoursText(watched)}</span>
                </Fragment>
              );
            })}
          </div>
          <p className={styles.legend}>
            <span className={styles.watching}>{words.say("console.coverage.watching")}</span>
            <span className={styles.blind}>{words.say("console.coverage.blind")}</span>
            <span>{words.say("console.coverage.unknown")}</span>
          </p>
          <GroundWatch hours={hours} />
        </>
      )}
    </Panel>
  );

  /** "0 h watched" is said as such and never left out. */
  function hoursText(watched: Instant): string {
    return words.say("console.coverage.hours", { hours: words.formats.number(watched / MICROSECONDS_PER_HOUR, 2) });
  }
}
