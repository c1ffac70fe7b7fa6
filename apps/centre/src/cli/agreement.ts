/** `jmc agreement`: what is owed at an instant, as known at an instant; why; and the days that matter as a calendar. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { agreementDays, agreementRecordOf, createAgreementViews, dayOf, type Mission } from "@openjmc/agreement";
import { type AgreementView, FaultError, type Instant, type ObligationView } from "@openjmc/model";
import { renderCalendar } from "@openjmc/report";
import { createWords, LOCALES, type Words } from "@openjmc/words";
import { wallNow } from "../clock.ts";
import { pathsOf } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { readMission } from "../mission/read.ts";
import { explain, statusLines } from "./agreement/tell.ts";
import { defaultMission, MISSIONS_FOLDER } from "./default-mission.ts";
import { DONE, print, writeOut } from "./terminal.ts";
import { readTime } from "./times.ts";

export interface AgreementFlags {
  readonly data: string;
  readonly mission?: string;
  readonly at?: string;
  readonly known?: string;
  readonly language: string;
  readonly json?: boolean;
  readonly out?: string;
}

interface Asked {
  readonly mission: Mission;
  readonly origin: string;
  readonly words: Words;
  readonly view: AgreementView;
}

/** Every obligation, a line each, and the terms. */
export async function runStatus(flags: AgreementFlags): Promise<number> {
  const asked = ask(flags);
  if (flags.json) print(JSON.stringify(asked.view));
  else for (const line of statusLines(asked.view, asked.mission.view, asked.words)) print(line);
  return DONE;
}

/** One obligation with every variant, reading and fact. */
export async function runExplain(provision: string, flags: AgreementFlags): Promise<number> {
  const { mission, view, words } = ask(flags);
  const found = view.obligations.find((obligation) => obligation.provision === provision);
  if (found === undefined) throw unknownProvision(provision, view.obligations);
  if (flags.json) print(JSON.stringify(found));
  else for (const line of explain(found, mission.view, words)) print(line);
  return DONE;
}

/** The calendar feed, RFC 5545. */
export async function runCalendar(flags: AgreementFlags): Promise<number> {
  const { mission, origin, words, view } = ask(flags);
  const days = agreementDays(
    agreementRecordOf(mission),
    dayOf(view.validAt, mission.view.timeZone),
    mission.view.sources,
  );
  if (flags.json) print(JSON.stringify(days));
  else {
    const text = renderCalendar({ days, mission: mission.view, origin, now: view.validAt }, words);
    writeOut(flags.out, text, `${days.length} days`);
  }
  return DONE;
}

function ask(flags: AgreementFlags): Asked {
  const { mission, origin } = missionOf(flags);
  const time = (text: string | undefined, field: string): Instant | undefined =>
    text === undefined ? undefined : readTime(text, field, () => mission.view.timeZone);
  const validAt = time(flags.at, "--at") ?? wallNow();
  const knownAt = time(flags.known, "--known") ?? Math.max(validAt, wallNow());
  const views = createAgreementViews(agreementRecordOf(mission), mission.view.timeZone);
  const language = LOCALES.find((locale) => locale === flags.language);
  if (language === undefined)
    throw new FaultError({
      code: "language.unknown",
      what: "command line",
      where: { field: "--language" },
      expected: LOCALES.join(", "),
      got: flags.language,
    });
  return { mission, origin, words: createWords(language), view: views(validAt, knownAt) };
}

/** The mission of a centre's folder, or a mission folder by path or name. */
function missionOf(flags: AgreementFlags): { mission: Mission; origin: string } {
  const paths = pathsOf(resolve(flags.data));
  const ofCentre = flags.mission === undefined && existsSync(join(paths.root, "centre.json"));
  const name = flags.mission ?? defaultMission();
  const folder = ofCentre ? paths.mission : name.includes("/") ? resolve(name) : join(MISSIONS_FOLDER, name);
  const file = ofCentre ? readCentreFile(paths) : undefined;
  const read = readMission(folder, {
    exercise: file?.exercise ?? false,
    ...(file?.startsAt === undefined ? {} : { startsAt: file.startsAt }),
  });
  if (!read.ok) throw new FaultError(read.faults[0]!);
  return { mission: read.value, origin: file?.origin ?? read.value.view.id };
}

function unknownProvision(got: string, known: readonly ObligationView[]): FaultError {
  return new FaultError({
    code: "provision.unknown",
    what: "command line",
    where: { field: "provision" },
    expected: known.map((one) => one.provision).join(", "),
    got,
  });
}
