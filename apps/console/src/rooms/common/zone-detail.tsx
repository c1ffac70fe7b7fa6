/** A zone: its version in force, its validity, its basis and how exactly it is drawn. */
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import { Badge } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Gone } from "./selection-panel.tsx";

/** `id`: zone and version, as `n1@1`. */
export function ZoneDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { mission } = useCentre();
  const zone = mission.zones.find((one) => `${one.zone}@${one.version}` === id);
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
          [words.say("console.zone.basis"), zone.basis],
          [words.say("console.zone.heights"), heights()],
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
