/** Reports composed in a thread of their own, and set as PDF in a process: the centre's own thread only passes on what came out. */
import { bad, type Instant, type Result } from "@openjmc/model";
import type { StoreOptions } from "../store/index.ts";
import type { FinalMatter } from "./final-reporter.ts";
import { JobLine } from "./job-line.ts";
import { createPrinter, type Printer } from "./printer.ts";
import { finished, type Made, type MissionOfReports, type ReporterOptions } from "./reporter.ts";
import type { FinalRequest, RenderedReport, ReportRequest } from "./requests.ts";
import { threadHand } from "./thread-hand.ts";

/** What the thread is told of one report. */
export interface ComposeJob {
  readonly asked:
    | { readonly request: ReportRequest }
    | { readonly request: FinalRequest; readonly matter: FinalMatter };
  /** Absent where it is the one of the job before. */
  readonly mission: MissionOfReports | undefined;
  readonly now: Instant;
  readonly record: ReturnType<ReporterOptions["record"]>;
}

export interface ThreadedReporterOptions extends Omit<ReporterOptions, "store"> {
  /** Brings the views up to date before they are read. */
  readonly flush: () => Promise<void>;
  /** Where the views lie, to be read by another connection. */
  readonly views: StoreOptions;
  readonly mostMegabytes?: number;
  readonly printer?: Printer;
}

export interface ThreadedReporter {
  report(request: ReportRequest): Promise<Result<RenderedReport>>;
  /** `matter` is asked for when the views are up to date. */
  final(request: FinalRequest, matter: () => FinalMatter): Promise<Result<RenderedReport>>;
  close(): Promise<void>;
}

/** A year of 400,000 rows takes some 600; what needs more is refused and harms nothing else. */
const MOST_MEGABYTES = 1_024;
/** Texts by the thousand live shortly: with room for them the collector of what is new has a tenth less to do. */
const NEW_MEGABYTES = 96;

const limitsOf = (mostMegabytes: number) => ({
  maxOldGenerationSizeMb: mostMegabytes,
  maxYoungGenerationSizeMb: Math.min(NEW_MEGABYTES, Math.ceil(mostMegabytes / 10)),
});

/** Reports that may wait to be composed; more are refused, so that askers cannot pile up work. */
const MOST_WAITING = 32;

/** Makes it. Errors of a request: those of `makeReport`, `report.too-large`, `report.pdf`, `rate.limited`. */
export function createThreadedReporter(options: ThreadedReporterOptions): ThreadedReporter {
  const { views, mostMegabytes = MOST_MEGABYTES, printer = createPrinter() } = options;
  const thread = new JobLine<ComposeJob, Result<Made>>({
    begin: threadHand(new URL("./compose-thread.ts", import.meta.url), {
      ...{ name: "reports", workerData: views, resourceLimits: limitsOf(mostMegabytes) },
    }),
    lost: (cause) =>
      bad({ code: "report.too-large", what: "report", expected: `${mostMegabytes} MB are enough`, cause }),
  });
  let told: { readonly generation: number; readonly mission: MissionOfReports } | undefined;
  const missionToTell = (): MissionOfReports | undefined => {
    const mission = options.mission();
    thread.begin();
    if (told?.generation === thread.generation && told.mission === mission) return undefined;
    told = { generation: thread.generation, mission };
    const { view, judgedZones, terrain } = mission;
    return { view, judgedZones, ...(terrain === undefined ? {} : { terrain }) };
  };
  let asked = 0;
  const ask = async (askedOf: () => ComposeJob["asked"]): Promise<Result<RenderedReport>> => {
    if (asked >= MOST_WAITING)
      return bad({ code: "rate.limited", what: "report", expected: `at most ${MOST_WAITING} reports waiting` });
    asked += 1;
    try {
      return await made(askedOf);
    } finally {
      asked -= 1;
    }
  };
  const made = async (askedOf: () => ComposeJob["asked"]): Promise<Result<RenderedReport>> => {
    await options.flush();
    const job = { asked: askedOf(), mission: missionToTell(), now: options.now(), record: options.record() };
    const composed = await thread.ask(job);
    return composed.ok ? finished(composed.value, printer) : composed;
  };
  return {
    report: (request) => ask(() => ({ request })),
    final: (request, matter) => ask(() => ({ request, matter: matter() })),
    close: () => thread.close(),
  };
}
