/** `jmc agreement`: what is owed at an instant, as known at an instant; why; and the days that matter as a calendar. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type AgreementRecord,
  addDays,
  agreementDays,
  agreementRecordOf,
  type CalendarAudience,
  createAgreementViews,
  dayOf,
  daysFor,
  historyOf,
  type Mission,
  type Notice,
  whatIf,
} from "@openjmc/agreement";
import { watchedSpans, withRecorded } from "@openjmc/desk";
import { type AgreementView, FaultError, type Instant, type ObligationView, type Supposition } from "@openjmc/model";
import { renderCalendar } from "@openjmc/report";
import { createWords, LOCALES, type Words } from "@openjmc/words";
import { wallNow } from "../clock.ts";
import { pathsOf } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { readMission } from "../mission/read.ts";
import { replayDesk } from "../record/replay-record.ts";
import { explain, historyLines, statusLines } from "./agreement/tell.ts";
import { whatIfLines } from "./agreement/tell-what-if.ts";
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
  readonly audience?: string;
}

export interface WhatIfFlags extends AgreementFlags {
  readonly notice?: string;
  readonly slip?: string;
  readonly accepted?: string;
  readonly by?: string;
  readonly day?: string;
  readonly days?: string;
}

interface Told {
  readonly mission: Mission;
  readonly origin: string;
  readonly record: AgreementRecord;
  readonly notices: readonly (Notice & { readonly instrument: string })[];
}

interface Asked extends Told {
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
  const { mission, record, view, words } = ask(flags);
  const found = view.obligations.find((obligation) => obligation.provision === provision);
  if (found === undefined) throw unknownProvision(provision, view.obligations);
  const history = historyOf(record, provision, view.validAt, view.knownAt);
  if (flags.json) print(JSON.stringify({ ...found, history }));
  else
    for (const line of [...explain(found, mission.view, words), ...historyLines(history, mission.view, words)])
      print(line);
  return DONE;
}

/** The calendar feed, RFC 5545. */
export async function runCalendar(flags: AgreementFlags): Promise<number> {
  const { mission, origin, record, words, view } = ask(flags);
  const all = agreementDays(record, dayOf(view.validAt, mission.view.timeZone), mission.view.sources);
  const days = daysFor(all, audienceOf(flags, mission), mission);
  if (flags.json) print(JSON.stringify(days));
  else {
    const text = renderCalendar({ days, mission: mission.view, origin, now: view.validAt }, words);
    writeOut(flags.out, text, `${days.length} days`);
  }
  return DONE;
}

/** Error: `audience.unknown`. */
function audienceOf({ audience = "components" }: AgreementFlags, { parties }: Mission): CalendarAudience {
  const known = ["components", "public", ...parties.map(({ code }) => code)];
  if (known.includes(audience)) return audience;
  throw new FaultError({
    ...{ code: "audience.unknown", what: "command line", where: { field: "--audience" } },
    ...{ expected: known.join(", "), got: audience },
  });
}

/** What would be otherwise: under a notice, an act some days after its day, consent of some signatories only. */
export async function runWhatIf(flags: WhatIfFlags): Promise<number> {
  const { mission, record, notices, words, view } = ask(flags);
  const { timeZone } = mission.view;
  const supposition = suppositionOf(flags, dayOf(view.validAt, timeZone));
  const found = whatIf(record, timeZone, notices, supposition, view.validAt, view.knownAt);
  if (!found.ok) throw new FaultError(found.fault);
  if (flags.json) print(JSON.stringify(found.value));
  else for (const line of whatIfLines(found.value, mission.view, words)) print(line);
  return DONE;
}

/** Exactly one thing is supposed. Error: `request.field`. */
function suppositionOf({ notice, slip, accepted, by, day, days }: WhatIfFlags, today: string): Supposition {
  const wrong = (field: string, expected: string): FaultError =>
    new FaultError({ code: "request.field", what: "command line", where: { field }, expected });
  if ([notice, slip, accepted].filter((one) => one !== undefined).length !== 1)
    throw wrong("--notice, --slip, --accepted", "one of the three");
  if (slip !== undefined) {
    if (!/^-?\d{1,4}$/.test(days ?? "")) throw wrong("--days", "a number of days");
    return { kind: "slip", provision: slip, days: Number(days) };
  }
  if (by === undefined) throw wrong("--by", "who gives notice, or accepts; several with commas");
  if (accepted !== undefined) return { kind: "consent", amendment: accepted, by: by.split(",") };
  if (day !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(day) || addDays(day, 0) !== day))
    throw wrong("--day", "a day, 2025-05-09");
  return { kind: "notice", instrument: notice!, by, day: day ?? today };
}

function ask(flags: AgreementFlags): Asked {
  const told = tell(flags);
  const { mission } = told;
  const time = (text: string | undefined, field: string): Instant | undefined =>
    text === undefined ? undefined : readTime(text, field, () => mission.view.timeZone);
  const validAt = time(flags.at, "--at") ?? wallNow();
  const knownAt = time(flags.known, "--known") ?? Math.max(validAt, wallNow());
  const views = createAgreementViews(told.record, mission.view.timeZone, told.notices);
  const language = LOCALES.find((locale) => locale === flags.language);
  if (language === undefined)
    throw new FaultError({
      code: "language.unknown",
      what: "command line",
      where: { field: "--language" },
      expected: LOCALES.join(", "),
      got: flags.language,
    });
  return { ...told, words: createWords(language), view: views(validAt, knownAt) };
}

/** A centre's mission with what its record has added, or a mission's folder by path or name with its own files only. */
function tell(flags: AgreementFlags): Told {
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
  const mission = read.value;
  const ofFiles = agreementRecordOf(mission);
  if (!file) return { mission, origin: mission.view.id, record: ofFiles, notices: [] };
  const { desk } = replayDesk(paths);
  const record = withRecorded(ofFiles, desk.agreement, watchedSpans(desk));
  return { mission, origin: file.origin, record, notices: desk.agreement.notices };
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
