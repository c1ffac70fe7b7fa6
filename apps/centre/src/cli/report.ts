/** `jmc report`: a report from a centre's folder, whether the centre runs or not. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FaultError, type Result } from "@openjmc/model";
import { PERIOD_REPORT_KINDS, REPORT_THEMES } from "@openjmc/report";
import { wallClock } from "../clock.ts";
import { pathsOf } from "../folder/index.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { missionOfCentre } from "../mission/read.ts";
import { openPictureReader } from "../picture/index.ts";
import { catchUp } from "../projection/rebuild.ts";
import { VIEW_SCHEMA } from "../projection/rows.ts";
import { readHeadOf, replayDesk } from "../record/replay-record.ts";
import { createFinalReporter, type FinalReporterOptions } from "../reports/final-reporter.ts";
import { lastInstantOf } from "../reports/last-instant.ts";
import { createReporter } from "../reports/reporter.ts";
import { type FinalRequest, REPORT_FORMATS, type RenderedReport, type ReportRequest } from "../reports/requests.ts";
import { openStore } from "../store/index.ts";
import { DONE, writeOut } from "./terminal.ts";

export interface ReportFlags {
  readonly data: string;
  readonly date?: string;
  readonly from?: string;
  readonly theme?: string;
  readonly incident?: string;
  readonly format: string;
  readonly language: string;
  readonly audience: string;
  readonly out?: string;
}

/** Reads record and picture as they are on disk: views of its own, so that a running centre is not disturbed. */
export async function runReport(kind: string, flags: ReportFlags): Promise<number> {
  const make = kind === "final" ? finalOf(finalRequestOf(flags)) : reportOf(requestOf(kindOf(kind), flags));
  const paths = pathsOf(resolve(flags.data));
  const file = readCentreFile(paths);
  const mission = missionOfCentre(paths, file);
  const folder = mkdtempSync(join(tmpdir(), "openjmc-report-"));
  const store = await openStore({ file: join(folder, "views.db"), viewSchema: VIEW_SCHEMA });
  try {
    const head = readHeadOf(paths);
    const { changes, desk } = replayDesk(paths, head);
    await catchUp(store, changes, openPictureReader(paths.picture));
    const now = file.startsAt === undefined ? wallClock().now() : await lastInstantOf(paths, file.startsAt);
    const rendered = await make({
      mission: () => mission,
      store,
      now: () => now,
      record: () => ({ origin: file.origin, ...head }),
      desk: () => desk,
      // Only a centre at work knows what it has not sealed yet.
      closing: () => ({ sources: mission.view.sources.map(({ id }) => id), unsealed: 0 }),
    });
    if (!rendered.ok) throw new FaultError(rendered.fault);
    const { bytes } = rendered.value;
    writeOut(flags.out, bytes, `${bytes.length} bytes`);
    return DONE;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Make = (options: FinalReporterOptions) => Promise<Result<RenderedReport>>;

const reportOf =
  (request: ReportRequest): Make =>
  (options) =>
    createReporter(options)(request);

const finalOf =
  (request: FinalRequest): Make =>
  (options) =>
    createFinalReporter(options)(request);

/** Error: `report.format`. */
function finalRequestOf({ format, language }: ReportFlags): FinalRequest {
  if (format === "html" || format === "pdf" || format === "json") return { format, language };
  throw new FaultError({
    ...{ code: "report.format", what: "command line", where: { field: "--format" }, got: format },
    expected: "html, pdf or json",
  });
}

/** Error: `report.kind`. */
function kindOf(kind: string): ReportRequest["kind"] {
  const found = [...PERIOD_REPORT_KINDS, "spot" as const].find((one) => one === kind);
  if (found !== undefined) return found;
  const expected = `${PERIOD_REPORT_KINDS.join(", ")}, spot or final`;
  throw new FaultError({ code: "report.kind", what: "command line", expected, got: kind });
}

const wrong = (code: string, flag: string, expected: string, got?: string): FaultError =>
  new FaultError({
    ...{ code, what: "command line", where: { field: flag }, expected },
    ...(got === undefined ? {} : { got }),
  });

/** Errors: `report.format`, `report.audience`, `report.date`, `report.theme`, `report.incident`. */
function requestOf(kind: ReportRequest["kind"], flags: ReportFlags): ReportRequest {
  const { audience, language, date, from, incident } = flags;
  const format = REPORT_FORMATS.find((one) => one === flags.format);
  if (format === undefined) throw wrong("report.format", "--format", REPORT_FORMATS.join(", "), flags.format);
  if (audience !== "component" && audience !== "public")
    throw wrong("report.audience", "--audience", "component or public", audience);
  if (kind === "spot" && incident === undefined) throw wrong("report.incident", "--incident", "id of an incident");
  if (kind !== "spot" && date === undefined) throw wrong("report.date", "--date", "a date as 2021-03-01");
  const theme = REPORT_THEMES.find((one) => one === (flags.theme ?? "violations"));
  if (theme === undefined) throw wrong("report.theme", "--theme", REPORT_THEMES.join(", "), flags.theme);
  return {
    ...{ kind, date: date ?? "", format, language, audience, theme },
    ...(from === undefined ? {} : { from }),
    ...(incident === undefined ? {} : { incident }),
  };
}
