/** One source: what it is, how it proves itself, how well it is. */
import { authenticatedShare } from "@openjmc/model";
import { nameIn, partyOf, useCentre } from "../../centre/use-centre.ts";
import { useFreshRows, useRows } from "../../rows/use-rows.ts";
import { Badge, Button } from "../../ui/controls.tsx";
import { ComponentBadge, Position, Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { changeView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { Gone } from "../common/gone.tsx";
import { latestReaches } from "./coverage.ts";
import { SourceStateBadge } from "./source-state-badge.tsx";

export function SourceDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const centre = useCentre();
  const row = useFreshRows("sources").rows.find((one) => one.id === id);
  const reaches = latestReaches(useRows("coverage").rows, id);
  if (row === undefined) return <Gone />;
  return (
    <>
      <h2>{row.name}</h2>
      <div>
        <SourceStateBadge row={row} />{" "}
        <Badge>{words.say(row.connected ? "console.source.connected" : "console.source.notConnected")}</Badge>
      </div>
      <Facts
        facts={[
          [words.say("console.finding.means"), words.say(`codes.means.${row.means}`)],
          [words.say("console.source.format"), words.sayCode("format", row.format)],
          [words.say("console.source.link"), linkText()],
          [words.say("console.source.authentication"), words.say(`codes.authentication.${row.authentication}`)],
          [words.say("sources.authenticated"), words.formats.percent(authenticatedShare([row]) ?? 0)],
          [words.say("console.source.marking"), words.sayCode("marking", row.marking)],
          [
            words.say("console.source.operator"),
            row.operator === "joint" ? (
              words.say("console.source.joint")
            ) : (
              <ComponentBadge key="c" code={row.operator} />
            ),
          ],
          [
            words.say("console.zone.heldBy"),
            row.heldBy === undefined ? undefined : nameIn(partyOf(centre, row.heldBy)?.names, words.locale),
          ],
          [words.say("console.place"), <Position key="p" lon={row.lon} lat={row.lat} />],
          [words.say("console.source.range"), words.formats.distance(row.rangeMetres)],
          [words.say("console.source.errors"), errorsText()],
          [
            words.say("console.source.noise"),
            row.noiseDecibels === undefined
              ? undefined
              : words.say("console.source.decibels", { value: words.formats.number(row.noiseDecibels) }),
          ],
          ...reaches.map(
            ({ what, nearest, farthest }) =>
              [
                words.say("console.source.reach", { what: words.sayCode("sound", what) }),
                reachText(nearest, farthest),
              ] as const,
          ),
          [
            words.say("console.source.last"),
            row.lastMessageAt === undefined ? words.say("console.never") : <Time key="t" at={row.lastMessageAt} />,
          ],
          [words.say("console.source.frames"), words.formats.number(row.framesTotal)],
          [words.say("console.source.bytes"), words.formats.bytes(row.bytesTotal)],
          [words.say("console.source.duplicates"), words.formats.number(row.duplicatesTotal)],
          [words.say("console.source.shed"), words.formats.number(row.shedTotal)],
          ...Object.entries(row.badFrames).map(
            ([kind, count]) =>
              [
                words.say("console.source.badKind", { kind: words.sayCode("badFrame", kind) }),
                words.formats.number(count),
              ] as const,
          ),
        ]}
      />
      <div>
        <Button onClick={() => changeView({ room: "common", selection: { kind: "source", id } })}>
          {words.say("console.showOnMap")}
        </Button>
      </div>
    </>
  );

  function reachText(nearest: number, farthest: number): string {
    const [near, far] = [words.formats.distance(nearest), words.formats.distance(farthest)];
    return near === far ? far : words.say("console.source.reachSpan", { nearest: near, farthest: far });
  }

  function errorsText(): string | undefined {
    const errors = row!.errors;
    if (errors === undefined) return undefined;
    const { number } = words.formats;
    return words.say("console.source.errorsOf", {
      metres: number(errors.metres, 0),
      metresDeviation: number(errors.metresDeviation, 0),
      degrees: number(errors.degrees, 2),
      degreesDeviation: number(errors.degreesDeviation, 2),
      seconds: number(errors.seconds, 2),
      secondsDeviation: number(errors.secondsDeviation, 2),
      plots: errors.plots,
    });
  }

  function linkText(): string {
    const link = row!.link;
    if (link.kind === "mqtt") return words.say("console.source.mqtt", { topic: link.topic });
    if (link.kind === "folder") return words.say("ground.folder", { folder: link.folder });
    if (link.kind === "people") return words.say("console.source.people");
    return words.say(link.kind === "tcp-client" ? "console.source.tcpClient" : "console.source.tcpListener", {
      address: `${link.host}:${link.port}`,
    });
  }
}
