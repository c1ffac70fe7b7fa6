/** Editions of reports: the very bytes, named by their hash, with what both components make of them. */
import type { EntryMark } from "./case.ts";
import type { Instant } from "./instant.ts";

/** What an edition is of. */
export interface EditionOf {
  /** daily, weekly, periodic, thematic, spot or final. */
  readonly report: string;
  readonly date: string;
  readonly from?: string;
  readonly theme?: string;
  readonly incident?: string;
  readonly language: string;
  readonly format: string;
  readonly audience?: "component" | "public";
}

/** Body of `report.frozen` (machine): bytes that the centre has made and keeps. Subject: their SHA-256. */
export interface ReportFrozenBody extends EditionOf {
  readonly sha256: string;
  readonly bytes: number;
  /** By the mission's schedule, or because an officer asked. */
  readonly cause: "schedule" | "asked";
}

/** Body of `report.annexed` (session): a component's own annex; nobody else signs it and it changes nothing in the joint text. */
export interface ReportAnnexedBody {
  readonly title: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly language: string;
}

export const DISTRIBUTION_WAYS = ["by-hand", "e-mail", "portal", "public-site", "line"] as const;

/** Body of `report.distributed` (session). */
export interface ReportDistributedBody {
  readonly to: string;
  readonly way: (typeof DISTRIBUTION_WAYS)[number];
  readonly at: string;
  readonly note: string;
}

/** View row `reports`. */
export interface ReportRow extends EditionOf {
  readonly id: string;
  /** Statement that was approved; of an edition that nobody has approved yet the one that froze it. */
  readonly statement: string;
  readonly sha256: string;
  readonly bytes?: number;
  readonly cause?: "schedule" | "asked";
  /** Counts editions of the same report in the same language, form and audience, from 1. */
  readonly version: number;
  readonly state: "frozen" | "proposed" | "joint";
  readonly approvedBy: readonly { readonly component: string; readonly role: string; readonly index: number }[];
  /** The edition that this one corrects, with what was wrong. */
  readonly supersedes?: string;
  readonly erratum?: string;
  readonly supersededBy?: string;
  readonly annexes: readonly (ReportAnnexedBody & { readonly mark: EntryMark })[];
  readonly distributed: readonly (ReportDistributedBody & {
    readonly sentAt: Instant;
    /** Whether both had approved it when it went out. */
    readonly standing: ReportRow["state"];
    readonly mark: EntryMark;
  })[];
}

/** One line of the mission's schedule: what is frozen by itself at each cut-off. */
export interface ReportSchedule {
  readonly kind: "daily" | "weekly";
  /** Of a weekly one: Monday is 1. */
  readonly weekday?: number;
  readonly languages: readonly string[];
  readonly format: "pdf" | "html" | "csv" | "json";
  readonly audience: "component" | "public";
}
