/** When a version was told: a dot for each claim on the line of time that all versions of the fact share. */
import type { FactVersion, Instant } from "@openjmc/model";
import { useTimes } from "../../clock/use-times.ts";
import styles from "./press.module.css";

export interface TimeSpan {
  readonly from: Instant;
  readonly until: Instant;
}

const DAY = 86_400_000_000;

/** From the first claim of any version to the last, and a little more, so that no dot stands on the edge. */
export function spanOf(versions: readonly FactVersion[]): TimeSpan {
  const from = Math.min(...versions.map(({ firstAt }) => firstAt));
  const until = Math.max(...versions.map(({ lastAt }) => lastAt));
  const margin = Math.max(DAY, (until - from) / 20);
  return { from: from - margin, until: until + margin };
}

export function VersionLine({ version, span }: { readonly version: FactVersion; readonly span: TimeSpan }) {
  const times = useTimes();
  const place = (at: Instant): string => `${((at - span.from) / (span.until - span.from)) * 100}%`;
  const dots = [
    ...version.claims.map((claim) => ({ claim, look: "held" })),
    ...version.denials.map((claim) => ({ claim, look: "denied" })),
  ];
  return (
    <div className={styles.line} aria-hidden="true">
      {dots.map(({ claim, look }) => (
        <span
          key={claim.id}
          className={styles.dot}
          data-look={look}
          style={{ left: place(claim.publishedAt) }}
          title={`${claim.outlet} · ${times.dateTime(claim.publishedAt)}`}
        />
      ))}
      <span className={styles.lineFrom}>{times.dateTime(span.from)}</span>
      <span className={styles.lineUntil}>{times.dateTime(span.until)}</span>
    </div>
  );
}
