/** What is asked of reports, and what comes back. */
import type { PeriodReportKind, ReportTheme } from "@openjmc/report";

/** A report already rendered. */
export interface RenderedReport {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** How the bytes are packed, where the request allowed it. */
  readonly encoding?: "gzip";
}

export const REPORT_FORMATS = ["html", "pdf", "csv", "json", "geojson", "kml", "acled", "annex", "annex-html"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportRequest {
  readonly kind: PeriodReportKind | "spot";
  /** Local day on whose cut-off it ends. */
  readonly date: string;
  /** First local day of a periodic or thematic one. */
  readonly from?: string;
  readonly theme?: ReportTheme;
  /** Of a spot report. */
  readonly incident?: string;
  readonly format: ReportFormat;
  readonly language: string;
  readonly audience: "component" | "public";
  /** A text may come packed: the thread that made it packs it, and a tenth of the bytes comes over to the centre's own. */
  readonly mayBePacked?: boolean;
}

/** The final report, or how it would be if the mission ended now. */
export interface FinalRequest {
  readonly format: "html" | "pdf" | "json";
  readonly language: string;
}
