/** Puts the checked parts of a mission together. */
import {
  type AlertRule,
  type CountUnit,
  MICROSECONDS_PER_MINUTE,
  type MissionView,
  type ObservationKind,
  type Place,
  type ProvisionSummary,
  type SourceDescription,
} from "@openjmc/model";
import type { GazetteerFile } from "../files/gazetteer-file.ts";
import type { InstrumentFile } from "../files/instrument-file.ts";
import type { MissionFile } from "../files/mission-file.ts";
import type { RulesFile } from "../files/rules-file.ts";
import type { SourcesFile } from "../files/sources-file.ts";
import type { Mission } from "../mission.ts";
import type { MissionParts, OverlayParts } from "./parts.ts";
import { withGround } from "./zone-ground.ts";

/** The mission of a base folder and, in an exercise, its overlay, whose rules and sources stand in place of the base's. */
export function assembleMission(parts: MissionParts, overlay: OverlayParts | undefined): Mission {
  const file = parts.mission.value;
  const view = viewOf(parts, overlay);
  return {
    view,
    states: file.states,
    components: file.components,
    parties: file.parties,
    ...(file.site ? { site: file.site } : {}),
    notes: file.notes ?? [],
    instruments: instrumentsOf(parts, overlay),
    amendments: parts.amendments?.value.amendments ?? [],
    facts: parts.facts?.value.facts ?? [],
    posts: parts.posts?.value ?? { posts: [], counts: [] },
    ...accessOf(parts, overlay),
    operation: file.operation ?? [],
    references: parts.references.value.references,
    openSource: {
      names: parts.openSourceNames?.value.names ?? [],
      clocks: parts.openSourceNames?.value.clocks ?? [],
      facts: parts.openSourceFacts?.value.facts ?? [],
    },
    ...(parts.terrain === undefined ? {} : { terrain: parts.terrain }),
    judgedZones: view.zones.filter((zone) => zone.fictional === view.exercise),
  };
}

/** Of several instruments that set clocks for inspections and visits the last one counts; an exercise's own comes last. */
function accessOf(parts: MissionParts, overlay: OverlayParts | undefined): Pick<Mission, "access"> {
  const access = instrumentsOf(parts, overlay).findLast((instrument) => instrument.access)?.access;
  return access ? { access } : {};
}

function viewOf(parts: MissionParts, overlay: OverlayParts | undefined): MissionView {
  const file = parts.mission.value;
  return {
    id: file.id,
    names: overlay?.exercise.value.names ?? file.names,
    exercise: overlay !== undefined,
    ...(overlay ? { exerciseSetting: settingOf(overlay) } : {}),
    components: file.components.map(({ code, names, colour, languages }) => ({ code, names, colour, languages })),
    parties: file.parties.map(({ code, names, colour }) => ({ code, names, colour })),
    states: file.states.map(({ code, names, roles }) => ({ code, names, roles })),
    officers: overlay?.exercise.value.officers ?? file.officers ?? [],
    languages: file.languages,
    authenticLanguages: file.authenticLanguages,
    timeZone: file.timeZone,
    mapCentre: overlay ? middleOf(overlay) : file.map,
    zones: [...parts.zoneVersions, ...(overlay?.zoneVersions ?? [])].map((zone) => withGround(zone, parts.terrain)),
    flights: overlay ? overlay.notified : parts.notified,
    rules: rulesOf((overlay ?? parts).rules.value),
    ...accountRuleOf((overlay ?? parts).rules.value),
    ...conversionsOf((overlay ?? parts).rules.value),
    instruments: instrumentsOf(parts, overlay).map(({ id, names }) => ({ id, names })),
    provisions: provisionsOf(instrumentsOf(parts, overlay)),
    places: [...placesOf(parts.places.value), ...(overlay ? placesOf(overlay.places.value) : [])],
    sources: sourcesOf((overlay ?? parts).sources?.value),
    lapseHours: file.lapseHours,
    release: { gridMetres: file.release.gridMetres, delay: file.release.delayMinutes * MICROSECONDS_PER_MINUTE },
    ...(file.retention === undefined ? {} : { retention: file.retention }),
    ...(file.reportSchedule === undefined ? {} : { reportSchedule: file.reportSchedule }),
    ...contactsOf(file),
    ...(file.escalation === undefined ? {} : { escalation: file.escalation }),
    reportCutOff: file.reportCutOff,
    ...(file.partyFiles === undefined ? {} : { partyFiles: partyFilesOf(file.partyFiles) }),
    ...(file.alarms === undefined ? {} : { alarms: file.alarms }),
    ...(file.terrain === undefined ? {} : { terrain: file.terrain }),
    ...(file.heights === undefined ? {} : { heights: file.heights }),
    ...(file.clocks === undefined ? {} : { clocks: file.clocks }),
    ...(file.leastWatchedShare === undefined ? {} : { leastWatchedShare: file.leastWatchedShare }),
    ...(file.oneSourceConfidence === undefined ? {} : { oneSourceConfidence: file.oneSourceConfidence }),
    attributionThreshold: file.attributionThreshold,
    ...(file.attributionThresholds === undefined ? {} : { attributionThresholds: file.attributionThresholds }),
    ...(file.naming === undefined ? {} : { placeNaming: file.naming.places }),
    reportUnit: file.reportUnit as Readonly<Partial<Record<ObservationKind, CountUnit>>>,
  };
}

function partyFilesOf(file: NonNullable<MissionFile["partyFiles"]>): NonNullable<MissionView["partyFiles"]> {
  return { mostBytes: file.mostMegabytes * 1e6, mostBytesPerDay: file.mostMegabytesPerDay * 1e6 };
}

function contactsOf({ contacts }: MissionFile): Pick<MissionView, "contacts"> {
  return contacts === undefined ? {} : { contacts: contacts.map(({ reference: _, ...contact }) => contact) };
}

function settingOf({ exercise, startsAt }: OverlayParts) {
  const { episodeSeconds, area, watermark } = exercise.value;
  return { startsAt, episodeSeconds, area, watermark };
}

function middleOf({ exercise }: OverlayParts): MissionView["mapCentre"] {
  const { west, south, east, north } = exercise.value.area;
  return { lon: (west + east) / 2, lat: (south + north) / 2, zoom: 9 };
}

function accountRuleOf({ accounts }: RulesFile): Pick<MissionView, "accountRule"> {
  return accounts === undefined ? {} : { accountRule: accounts };
}

function conversionsOf({ countConversions }: RulesFile): Pick<MissionView, "countConversions"> {
  return countConversions === undefined ? {} : { countConversions };
}

function rulesOf(file: RulesFile): AlertRule[] {
  return file.rules.map((rule) => ({
    ...rule,
    zoneKinds: rule.zoneKinds ?? [],
    eventKinds: rule.eventKinds ?? [],
    minimumProbability: rule.minimumProbability ?? 0.5,
  }));
}

function instrumentsOf(parts: MissionParts, overlay: OverlayParts | undefined): InstrumentFile[] {
  return [...parts.instruments, ...(overlay?.instruments ?? [])].map((document) => document.value);
}

function provisionsOf(instruments: readonly InstrumentFile[]): ProvisionSummary[] {
  return instruments.flatMap((instrument) =>
    instrument.provisions.map(({ id, number, names, says }) => ({
      id,
      instrument: instrument.id,
      number,
      names,
      says,
    })),
  );
}

function placesOf(file: GazetteerFile): Place[] {
  return file.places.map(({ code, lon, lat, names, partyNames }) => ({
    code,
    lon,
    lat,
    names,
    partyNames: partyNames ?? {},
  }));
}

function sourcesOf(file: SourcesFile | undefined): SourceDescription[] {
  return [...(file?.sources ?? [])];
}
