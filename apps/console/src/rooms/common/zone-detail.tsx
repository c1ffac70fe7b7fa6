/** A zone: its version in force, its validity, its basis and how exactly it is drawn. */
import { MICROSECONDS_PER_DAY, overflightsOf } from "@openjmc/model";
import { nameIn, toldIn, useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Gone } from "./gone.tsx";

/** Of the last day up to the shown time, where flights are watched at all. */
function useOverflights(zone: string | undefined): readonly (readonly [string, string])[] {
  const words = useWords();
  const { mission } = useCentre();
  const now = Math.ceil(useShownTime(10_000) / 60e6) * 60e6;
  const alerts = useRows("alerts").rows;
  const flown = useRows("flown").rows;
  const lines = overflightsOf({ alerts, flown, rules: mission.rules, from: now - MICROSECONDS_PER_DAY, until: now });
  return lines
    .filter((line) => line.zone === zone)
    .map(({ isNotified, flights, hours }) => [
      `${words.say("air.overflights")} · ${words.say(isNotified ? "air.overflights.notified" : "air.overflights.notNotified")}`,
      words.say("air.overflights.hours", { flights, hours: words.formats.number(hours, 2) }),
    ]);
}

/** `id`: zone and version, as `n1@1`. */
export function ZoneDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { mission } = useCentre();
  const zone = mission.zones.find((one) => `${one.zone}@${one.version}` === id);
  const overflights = useOverflights(zone?.zone);
  if (zone === undefined) return <Gone />;
  return (
    <>
      <h2>{nameIn(zone.names, words.locale)}</h2>
      <div>
        {zone.fictional ? <Badge tone="warning">{words.say("console.map.fictional")}</Badge> : null}{" "}
        <Badge>{words.say(`codes.zoneKind.${zone.kind}`)}</Badge>
      </div>
      <Facts
        facts={[
          [words.say("console.zone.version"), words.formats.number(zone.version)],
          [words.say("console.zone.from"), <Time key="f" at={zone.validFrom} />],
          [
            words.say("console.zone.until"),
            zone.validUntil === undefined ? words.say("console.zone.open") : <Time key="u" at={zone.validUntil} />,
          ],
          [words.say("console.zone.issuer"), zone.issuer],
          [words.say("console.zone.precision"), words.formats.distance(zone.precisionMetres)],
          [words.say("console.zone.basis"), toldIn(zone.basis, words.locale)],
          [words.say("console.zone.heights"), heights()],
          [words.say("console.zone.exempt"), exempt()],
          ...overflights,
          [
            words.say("console.zone.heldBy"),
            zone.heldBy === undefined
              ? undefined
              : nameIn(mission.parties.find((party) => party.code === zone.heldBy)?.names, words.locale),
          ],
        ]}
      />
    </>
  );

  function exempt(): string | undefined {
    if (zone?.exemptions === undefined) return undefined;
    return zone.exemptions
      .map(({ what, callsign, icao, serial }) => {
        const heard = [callsign === undefined ? undefined : `${callsign}…`, icao, serial].filter(Boolean);
        return heard.length === 0 ? toldIn(what, words.locale) : `${toldIn(what, words.locale)} (${heard.join(", ")})`;
      })
      .join("; ");
  }

  function heights(): string | undefined {
    if (zone?.ceilingMetres === undefined && zone?.floorMetres === undefined) return undefined;
    const band = words.say("console.zone.band", {
      floor: words.formats.metres(zone.floorMetres ?? 0),
      ceiling:
        zone.ceilingMetres === undefined
          ? words.say("console.zone.noCeiling")
          : words.formats.metres(zone.ceilingMetres),
    });
    return `${band} ${words.sayCode("heightReference", zone.altitudeReference ?? "")}`;
  }
}
