/** Who does not watch at the shown time, and why; and what of the collection plan was not carried out in the window. */
import type { CollectionRow, Instant } from "@openjmc/model";
import { useRows } from "../../rows/use-rows.ts";
import { LinkButton } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import type { SourceCoverage } from "./coverage.ts";
import styles from "./sources.module.css";

const UNDONE: ReadonlySet<CollectionRow["state"]> = new Set(["waiting", "declined", "partly", "not-done"]);

interface BlindProps {
  readonly coverage: readonly SourceCoverage[];
  readonly from: Instant;
  readonly until: Instant;
  readonly nameOf: (source: string) => string;
}

export function BlindNow({ coverage, from, until, nameOf }: BlindProps) {
  const words = useWords();
  const blind = coverage.flatMap(({ source, spans }) => {
    const last = spans.at(-1);
    return last === undefined || last.watching ? [] : [{ source, since: last.from, cause: last.cause ?? "unknown" }];
  });
  const undone = useRows("collection").rows.filter(
    (row) => UNDONE.has(row.state) && row.until > from && row.from < until,
  );
  if (blind.length + undone.length === 0) return null;
  return (
    <section className={styles.blindNow} aria-label={words.say("air.blind.title")}>
      <h3>{words.say("air.blind.title")}</h3>
      <ul>
        {blind.map(({ source, since, cause }) => (
          <li key={source}>
            {nameOf(source)}: {words.sayCode("gap", cause)} (<Time at={since} />)
          </li>
        ))}
        {undone.map((row) => (
          <li key={row.id}>
            <LinkButton onClick={() => openRoom("collection", `plan:${row.id}`)}>
              {`${row.body.asset} → ${row.body.target}`}
            </LinkButton>
            {`: ${words.sayCode("collectionState", row.state)}`} (<Time at={row.from} /> – <Time at={row.until} />)
          </li>
        ))}
      </ul>
    </section>
  );
}
