/** `jmc report`: a report from a centre's folder, whether the centre runs or not. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FaultError, type Result } from "@openjmc/model";
import type { FinalRequest, RenderedReport, ReportRequest } from "../api/context.ts";
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
import { openStore } from "../store/index.ts";
import { DONE, writeOut } from "./terminal.ts";

export interface ReportFlags {
  readonly data: string;
  readonly date?: string;
  readonly format: string;
  readonly language: string;
  readonly audience: string;
  readonly out?: string;
}

/** Reads record and picture as they are on disk: views of its own, so that a running centre is not disturbed. */
export async function runReport(kind: string, flags: ReportFlags): Promise<number> {
  if (kind !== "daily" && kind !== "final")
    throw new FaultError({ code: "report.kind", what: "command line", expected: "daily or final", got: kind });
  const make = kind === "daily" ? dailyOf(requestOf(flags)) : finalOf(finalRequestOf(flags));
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
      flush: async () => undefined,
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

const dailyOf =
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

function requestOf(flags: ReportFlags): ReportRequest {
  const { format, audience, language, date } = flags;
  if (format !== "html" && format !== "pdf" && format !== "csv" && format !== "json")
    throw new FaultError({
      code: "report.format",
      what: "command line",
      where: { field: "--format" },
      expected: "html, pdf, csv or json",
      got: format,
    });
  if (audience !== "component" && audience !== "public")
    throw new FaultError({
      code: "report.audience",
      what: "command line",
      where: { field: "--audience" },
      expected: "component or public",
      got: audience,
    });
  if (date === undefined)
    throw new FaultError({
      code: "report.date",
      what: "command line",
      where: { field: "--date" },
      expected: "a date as 2021-03-01",
    });
  return { kind: "daily", date, format, language, audience };
}
