/** Short names of things, for lists, titles and evidence. */
import type { AlertRow, AllegationRow, EventRow, MissionView, SightingRow, TrackRow } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { nameIn } from "../../centre/use-centre.ts";

export function trackName(track: Pick<TrackRow, "callsign" | "icao" | "id">): string {
  return track.callsign?.trim() || track.icao || track.id.slice(0, 8);
}

export function ruleName(rule: string, mission: MissionView, words: Words): string {
  const found = mission.rules.find((one) => one.id === rule);
  return found === undefined ? words.sayCode("rule", rule) : nameIn(found.names, words.locale);
}

export function zoneName(zone: string | undefined, mission: MissionView, words: Words): string {
  const found = mission.zones.find((one) => one.zone === zone);
  return found === undefined ? (zone ?? "") : nameIn(found.names, words.locale);
}

export function provisionName(id: string, mission: MissionView, words: Words): string {
  const found = mission.provisions.find((one) => one.id === id);
  return found === undefined
    ? id
    : words.say("console.provisionNumber", {
        number: provisionNumber(found.number, words),
        name: nameIn(found.names, words.locale),
      });
}

/** As the text numbers it; what is known by report alone has no number. */
export function provisionNumber(number: string, words: Words): string {
  return number === "reported" ? words.say("console.agreement.reported") : number;
}

export function instrumentName(id: string, mission: MissionView, words: Words): string {
  return nameIn(mission.instruments?.find((one) => one.id === id)?.names, words.locale) || id;
}

export function alertName(alert: AlertRow, mission: MissionView, words: Words): string {
  const zone = zoneName(alert.zone, mission, words);
  const rule = ruleName(alert.rule, mission, words);
  if (alert.subject.kind === "obligation") return `${rule} · ${dutyName(alert, mission, words)}`;
  return zone === "" ? rule : `${rule} · ${zone}`;
}

/** The provision or instrument whose day comes near, and the day. */
function dutyName({ provision, subject, outline }: AlertRow, mission: MissionView, words: Words): string {
  const name = provision === undefined ? subject.id : provisionName(provision, mission, words);
  return outline.day === undefined ? name : `${name} · ${outline.day}`;
}

/** For how many an alert stands, and of what; empty where it stands for one. */
export function alertCount({ count, grouped, subject }: AlertRow, mission: MissionView, words: Words): string {
  const source = mission.sources.find(({ id }) => id === subject.id)?.name ?? subject.id;
  if (grouped !== undefined) return words.say("console.queue.grouped", { count, source });
  return count > 1 ? words.say("console.queue.count", { count }) : "";
}

export function eventName(event: EventRow, words: Words): string {
  return `${words.sayCode("observation", event.kind)} · ${words.say(`codes.unit.${event.countUnit}`, { count: event.count })}`;
}

export function sightingName(sighting: SightingRow, words: Words): string {
  const { means, count } = sighting.body;
  return `${words.sayCode("means", means)}: ${countText(count, words)}`;
}

export function countText(
  count: {
    readonly number: number;
    readonly unit: SightingRow["body"]["count"]["unit"];
    readonly qualifier: SightingRow["body"]["count"]["qualifier"];
  },
  words: Words,
): string {
  const counted = words.say(`codes.unit.${count.unit}`, { count: count.number });
  return count.qualifier === "exact" ? counted : `${words.say(`codes.qualifier.${count.qualifier}`)} ${counted}`;
}

export function allegationName(allegation: AllegationRow, mission: MissionView, words: Words): string {
  const party = mission.parties.find((one) => one.code === allegation.body.accuser);
  const by = party === undefined ? allegation.body.accuser : nameIn(party.names, words.locale);
  return words.say("console.allegations.by", { party: by });
}
