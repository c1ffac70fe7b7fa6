/** The facts that stand beside an alert, named and in the reader's units. A fact that is not known here is shown as it stands. */
import { type AlertRow, type CountUnit, type MissionView, radiansOf } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { nameIn } from "../../centre/use-centre.ts";
import { deviationTexts } from "../collection/deviation-texts.ts";
import { zoneName } from "./describe.ts";

type Outline = AlertRow["outline"];
type Fact = readonly [string, string];

/** Facts of an alert's outline in the order in which an officer reads them. */
export function outlineFacts(outline: Outline, mission: MissionView, words: Words): readonly Fact[] {
  const left: Record<string, string | number> = { ...outline };
  const take = (name: string): string | number | undefined => {
    const value = left[name];
    delete left[name];
    return value;
  };
  const facts: (Fact | undefined)[] = [
    text("console.track.callsign", take("callsign")),
    text("console.track.icao", take("icao")),
    number("console.speed", take("speedMetresPerSecond"), words.formats.speed),
    number("console.heading", take("headingDegrees"), (degrees) => words.formats.bearing(radiansOf(degrees))),
    number("console.outline.insideBy", take("insideMetres"), words.formats.distance),
    text("console.finding.observation", named("observation", take("observation"))),
    countFact(take("count"), take("countUnit")),
    number("console.outline.stations", take("stations"), words.formats.number),
    pair("console.uncertainty", take("semiMajorMetres"), take("semiMinorMetres"), (major, minor) =>
      words.say("console.event.ellipse", {
        major: words.formats.distance(major),
        minor: words.formats.distance(minor),
      }),
    ),
    number("console.zone.precision", take("zonePrecisionMetres"), words.formats.distance),
    pair("console.outline.probability", take("atLeastPerMille"), take("atMostPerMille"), (least, most) =>
      words.say("console.outline.fromTo", {
        from: words.formats.percent(least / 1000, 1),
        to: words.formats.percent(most / 1000, 1),
      }),
    ),
    text("console.outline.departsFrom", flight(take("departsFromFlight"))),
    text("air.flown.deviation", departures()),
    text("air.deviation.zoneNotNotified", zone(take("zoneNotNotified"))),
    text("air.sortie.clearance", named("clearance", take("clearance"))),
    number("console.outline.looksWithoutPlot", take("looksWithoutPlot"), words.formats.number),
    number("console.outline.detection", take("detectionPerMille"), (share) => words.formats.percent(share / 1000, 1)),
    number("console.outline.chance", take("chanceOneIn"), (one) =>
      words.say("console.outline.oneIn", { count: words.formats.number(one) }),
    ),
    number("console.outline.looksElsewhere", take("looksElsewhere"), words.formats.number),
    number("console.outline.apart", take("distanceMetres"), words.formats.distance),
    number("console.outline.deviation", take("deviationMetres"), words.formats.distance),
    number("console.outline.neededSpeed", take("neededSpeedMetresPerSecond"), words.formats.speed),
    number("console.outline.within", take("seconds"), (seconds) => words.say("console.outline.seconds", { seconds })),
    number("console.outline.category", take("category"), words.formats.number),
    number("console.outline.bestCategory", take("bestCategory"), words.formats.number),
    number("console.outline.aircraftPoor", take("aircraftPoor"), words.formats.number),
    number("console.outline.aircraftHeard", take("aircraftHeard"), words.formats.number),
    number("console.outline.window", take("windowSeconds"), (seconds) =>
      words.say("console.outline.seconds", { seconds }),
    ),
    text("console.outline.frames", take("frames")),
    text("console.outline.said", take("said")),
    text("console.state", named("sourceState", take("state"))),
    text("console.finding.means", named("means", take("means"))),
    number("console.source.frames", take("framesTotal"), words.formats.number),
    text("console.zone.heldBy", party(take("heldBy"))),
    text("console.sources", sourceNames(take("sources"))),
    text("console.outline.day", dayText(take("day"), take("latest"))),
    text("console.outline.dayKind", named("dayKind", take("what"))),
    number("console.outline.daysBefore", take("daysBefore"), words.formats.number),
    number("console.outline.readings", take("readings"), words.formats.number),
    text("console.agreement.underAmendment", take("amendment")),
    text("console.outline.reference", named("heightReference", take("altitudeReference"))),
  ];
  const unknown = Object.entries(left).map(([name, value]): Fact => [name, String(value)]);
  return [...facts.filter((fact) => fact !== undefined), ...unknown];

  function text(key: Parameters<Words["say"]>[0], value: string | number | undefined): Fact | undefined {
    return value === undefined ? undefined : [words.say(key), String(value)];
  }

  function number(
    key: Parameters<Words["say"]>[0],
    value: string | number | undefined,
    format: (value: number) => string,
  ): Fact | undefined {
    return typeof value === "number" ? [words.say(key), format(value)] : undefined;
  }

  function pair(
    key: Parameters<Words["say"]>[0],
    first: string | number | undefined,
    second: string | number | undefined,
    format: (first: number, second: number) => string,
  ): Fact | undefined {
    return typeof first === "number" && typeof second === "number"
      ? [words.say(key), format(first, second)]
      : undefined;
  }

  function named(list: string, code: string | number | undefined): string | undefined {
    return code === undefined ? undefined : words.sayCode(list, String(code));
  }

  function countFact(count: string | number | undefined, unit: string | number | undefined): Fact | undefined {
    if (typeof count !== "number" || typeof unit !== "string" || !words.has(`codes.unit.${unit}`)) return undefined;
    return [words.say("console.finding.count"), words.say(`codes.unit.${unit as CountUnit}`, { count })];
  }

  function dayText(day: string | number | undefined, latest: string | number | undefined): string | undefined {
    if (day === undefined) return undefined;
    return latest === undefined || latest === day ? String(day) : `${day} – ${latest}`;
  }

  function departures(): string | undefined {
    const names = ["offRouteMetres", "earlySeconds", "lateSeconds", "aboveMetres", "belowMetres"] as const;
    const told = names.flatMap((name) => {
      const value = take(name);
      return typeof value === "number" ? [[name, value] as const] : [];
    });
    return told.length === 0 ? undefined : words.formats.list(deviationTexts(Object.fromEntries(told), words));
  }

  function flight(id: string | number | undefined): string | undefined {
    const found = mission.flights.find((one) => one.id === id);
    return found === undefined
      ? id?.toString()
      : [found.callsign ?? found.icao, found.type].filter(Boolean).join(" · ");
  }

  function zone(id: string | number | undefined): string | undefined {
    return typeof id === "string" ? zoneName(id, mission, words) : undefined;
  }

  function party(code: string | number | undefined): string | undefined {
    const found = mission.parties.find((one) => one.code === code);
    return code === undefined ? undefined : nameIn(found?.names, words.locale) || String(code);
  }

  function sourceNames(ids: string | number | undefined): string | undefined {
    if (typeof ids !== "string") return undefined;
    const names = ids.split(" ").map((id) => mission.sources.find((source) => source.id === id)?.name ?? id);
    return words.formats.list(names);
  }
}
