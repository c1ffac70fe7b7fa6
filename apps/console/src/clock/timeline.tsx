/** The slider of time over a histogram of what was observed: events, alerts and sightings per bin. */
import type { Histogram, Instant } from "@openjmc/model";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { histogram } from "../api/endpoints.ts";
import { useView } from "../url/view-store.ts";
import { useWords } from "../words/use-words.tsx";
import { WINDOWS_SHOWN } from "./clock.ts";
import styles from "./clock-bar.module.css";
import { centreNow, setClock, useShownTime } from "./clock-store.ts";
import { useTimes } from "./use-times.ts";

const BINS = 96;
const REFRESH_MILLISECONDS = 5000;

export function Timeline({ window }: { readonly window: Instant }) {
  const words = useWords();
  const times = useTimes();
  const view = useView();
  const at = useShownTime(500);
  const { from, until } = spanAround(view.clock.mode === "live" ? centreNow() : at, window);
  const { data } = useQuery({
    queryKey: ["histogram", from, until],
    queryFn: () => histogram(from, until, BINS),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MILLISECONDS,
  });
  return (
    <div className={styles.timeline}>
      <span aria-hidden="true">{times.time(from)}</span>
      <div className={styles.track}>
        {data === undefined ? null : <Bars histogram={data} from={from} until={until} />}
        <input
          className={styles.slider}
          type="range"
          aria-label={words.say("console.clock.slider")}
          aria-valuetext={times.dateTime(at)}
          min={from}
          max={until}
          step={window / 60}
          value={Math.min(Math.max(at, from), until)}
          onChange={(event) => {
            const to = Number(event.target.value);
            setClock(to >= centreNow() ? { mode: "live" } : { mode: "fixed", at: to });
          }}
        />
      </div>
      <span aria-hidden="true">{times.time(until)}</span>
    </div>
  );
}

/** Whole windows around a time, so that the span moves by windows and not with every second; never past the centre's time by more than one. */
function spanAround(at: Instant, window: Instant): { readonly from: Instant; readonly until: Instant } {
  const latest = Math.ceil((centreNow() + 1) / window) * window;
  const wanted = (Math.floor(at / window) + WINDOWS_SHOWN / 2) * window;
  const until = Math.min(latest, wanted);
  return { from: until - WINDOWS_SHOWN * window, until };
}

function Bars({
  histogram: { from: binFrom, until: binUntil, events, alerts, sightings },
  from,
  until,
}: {
  readonly histogram: Histogram;
  readonly from: Instant;
  readonly until: Instant;
}) {
  const width = (binUntil - binFrom) / Math.max(1, events.length);
  const most = Math.max(4, ...events.map((count, bin) => count + alerts[bin]! + sightings[bin]!));
  const step = (width / (until - from)) * 1000;
  const bars = events.flatMap((count, bin) => {
    const at = binFrom + bin * width;
    const parts = [
      [count, "var(--line-strong)"],
      [sightings[bin]!, "var(--accent)"],
      [alerts[bin]!, "var(--danger)"],
    ] as const;
    let base = 100;
    return parts.map(([value, fill]) => {
      const height = Math.floor(Math.sqrt(value / most) * 88);
      base -= height;
      const x = ((at - from) / (until - from)) * 1000;
      return height === 0 ? null : (
        <rect key={`${at} ${fill}`} x={x} y={base} width={Math.max(0.6, step - 0.8)} height={height} fill={fill} />
      );
    });
  });
  return (
    <svg className={styles.histogram} viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      {bars}
    </svg>
  );
}
