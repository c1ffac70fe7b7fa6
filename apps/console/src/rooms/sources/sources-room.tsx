/** Sources and their health, and coverage: who could see what, when not, and why not. */
import { authenticatedShare, MICROSECONDS_PER_MINUTE, provesItself, type SourceRow } from "@openjmc/model";
import { useShownTime } from "../../clock/clock-store.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Panel } from "../../ui/panel.tsx";
import { openRoom, useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { CoveragePanel } from "./coverage-panel.tsx";
import { SourceDetail } from "./source-detail.tsx";
import { SourceStateBadge } from "./source-state-badge.tsx";
import styles from "./sources.module.css";

export default function SourcesRoom() {
  const words = useWords();
  const { item } = useView();
  const { rows, condition } = useFreshRows("sources");
  const now = useShownTime(1000);
  const share = authenticatedShare(rows);
  const bad = (row: SourceRow): number => Object.values(row.badFrames).reduce((sum, count) => sum + count, 0);
  return (
    <div className={styles.room}>
      <div className={styles.top}>
        <Panel title={words.say("console.room.sources")}>
          <FaultNote error={condition.error} />
          {share === undefined ? null : <p>{words.say("sources.share", { share: words.formats.percent(share) })}</p>}
          {rows.length === 0 ? (
            <Empty title={words.say("console.sources.empty")} hint={words.say("console.sources.emptyHint")} />
          ) : (
            <DataTable
              label={words.say("console.room.sources")}
              rows={rows}
              keyOf={(row) => row.id}
              selected={item}
              onOpen={(row) => openRoom("sources", row.id)}
              columns={[
                { name: words.say("console.source.name"), cell: (row) => row.name },
                {
                  name: words.say("console.state"),
                  cell: (row) => <SourceStateBadge row={row} />,
                },
                { name: words.say("console.finding.means"), cell: (row) => words.say(`codes.means.${row.means}`) },
                {
                  name: words.say("console.source.last"),
                  cell: (row) =>
                    row.lastMessageAt === undefined
                      ? words.say("console.never")
                      : words.say("console.ago", {
                          duration: words.formats.duration(Math.max(0, now - row.lastMessageAt)),
                        }),
                },
                {
                  name: words.say("console.source.rate"),
                  numeric: true,
                  cell: (row) => words.say("console.perSecond", { rate: words.formats.number(row.ratePerSecond, 1) }),
                },
                {
                  name: words.say("console.source.lag"),
                  numeric: true,
                  cell: (row) =>
                    row.lagMicroseconds === undefined
                      ? ""
                      : words.say("console.seconds", { seconds: words.formats.number(row.lagMicroseconds / 1e6, 2) }),
                },
                {
                  name: words.say("console.source.authentication"),
                  cell: (row) => (
                    <Badge tone={provesItself(row) ? "good" : "warning"}>
                      {words.say(`codes.authentication.${row.authentication}`)}
                    </Badge>
                  ),
                },
                { name: words.say("console.source.bad"), numeric: true, cell: (row) => words.formats.number(bad(row)) },
                {
                  name: words.say("console.source.frames"),
                  numeric: true,
                  cell: (row) => words.formats.number(row.framesTotal),
                },
              ]}
            />
          )}
        </Panel>
        {item === undefined ? null : (
          <Panel title={words.say("console.details")} padded>
            <SourceDetail key={item} id={item} />
          </Panel>
        )}
      </div>
      <CoveragePanel until={Math.ceil(now / MICROSECONDS_PER_MINUTE) * MICROSECONDS_PER_MINUTE} />
    </div>
  );
}
