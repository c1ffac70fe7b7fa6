/** The watch, the contingent and the life of the mission, as the console asks for them. */
import {
  type AirWatchLine,
  type ContingentView,
  type Fault,
  type GroundWatchLine,
  type HandoverBody,
  type Instant,
  type JointActRow,
  type LifeView,
  type MandateView,
  MICROSECONDS_PER_DAY,
  type RosterPerson,
  type Skyline,
  type Told,
  type VisitsView,
  type WatchView,
} from "@openjmc/model";
import { shortInstant } from "../url/view-state.ts";
import { ask, askForResponse } from "./centre.ts";

const API = "api/v1";

function asked(path: string, at: Instant, known: Instant | undefined): string {
  const search = new URLSearchParams({ at: shortInstant(at) });
  if (known !== undefined) search.set("known", shortInstant(known));
  return `${API}/${path}?${search}`;
}

export const readWatch = (at: Instant, known?: Instant): Promise<WatchView> => ask(asked("watch", at, known));
export const readContingent = (at: Instant, known?: Instant): Promise<ContingentView> =>
  ask(asked("contingent", at, known));
export const readLife = (at: Instant, known?: Instant): Promise<LifeView> => ask(asked("mission/life", at, known));

export const readVisits = (at?: Instant, known?: Instant): Promise<VisitsView> =>
  ask(at === undefined ? `${API}/visits` : asked("visits", at, known));
export const readMandate = (at: Instant, known?: Instant): Promise<MandateView> =>
  ask(asked("mission/mandate", at, known));

/** Of the day before an instant. */
export const readAirWatch = (until: Instant): Promise<readonly AirWatchLine[]> => {
  const search = new URLSearchParams({
    from: shortInstant(until - MICROSECONDS_PER_DAY),
    until: shortInstant(until),
  });
  return ask(`${API}/coverage/air?${search}`);
};

/** Of so many microseconds before an instant. */
export const readGroundWatch = (until: Instant, span: Instant): Promise<readonly GroundWatchLine[]> => {
  const search = new URLSearchParams({ from: shortInstant(until - span), until: shortInstant(until) });
  return ask(`${API}/coverage/ground?${search}`);
};

export const readSkylines = (): Promise<readonly Skyline[]> => ask(`${API}/coverage/skylines`);

export const readHandoverDraft = (): Promise<HandoverBody> => ask(`${API}/watch/handover`);

export const previewRoster = (
  csv: string,
): Promise<{ readonly people: readonly RosterPerson[]; readonly faults: readonly Fault[] }> =>
  ask(`${API}/watch/roster-preview`, { method: "POST", body: { csv } });

/** What a screen shows of an instrument; the whole of it is what the mission's files hold. */
export interface InstrumentText {
  readonly id: string;
  readonly names: Readonly<Record<string, string>>;
  readonly textPublic: boolean;
  readonly signatories: readonly { readonly state: string; readonly standing: string; readonly by?: string }[];
  readonly witnesses: readonly {
    readonly id: string;
    readonly publisher: Told;
    readonly language: string;
    readonly nature: string;
    readonly differences?: readonly Told[];
  }[];
  readonly provisions: readonly {
    readonly id: string;
    readonly number: string;
    readonly names: Readonly<Record<string, string>>;
    readonly says: Told;
    readonly readings?: readonly { readonly by: string; readonly says: Told }[];
    readonly open?: readonly Told[];
  }[];
  readonly mandates?: readonly {
    readonly by: string;
    readonly area: Told;
    readonly means: string | readonly Told[];
    readonly acts: string | readonly Told[];
    readonly attribution: string;
    readonly excluded?: readonly Told[];
    readonly permits?: readonly string[];
    readonly forbids?: readonly string[];
    readonly period?: { readonly from: string; readonly until: string };
    readonly note?: Told;
  }[];
}

export const readTexts = (): Promise<{ readonly instruments: readonly InstrumentText[] }> =>
  ask(`${API}/agreement/texts`);

export const readFinalReport = async (format: "html" | "pdf" | "json", language: string): Promise<Blob> =>
  (await askForResponse(`${API}/reports/final?format=${format}&language=${encodeURIComponent(language)}`)).blob();

export const readJointActs = (): Promise<{
  readonly rows: readonly (JointActRow & { readonly body: Readonly<Record<string, unknown>> })[];
}> => ask(`${API}/joint-acts`);
