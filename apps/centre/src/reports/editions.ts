/** Freezes reports: the bytes are kept by their hash and named in the record, so that both components approve the very same. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { bad, type EditionOf, good, type Instant, type Result } from "@openjmc/model";
import { lastCutOffDay, reportPeriod } from "@openjmc/report";
import type { AttachmentStore } from "../attachments/attachment-store.ts";
import type { Registrar } from "../registrar/registrar.ts";
import type { RenderedReport, ReportRequest } from "./requests.ts";
import { type DueEdition, dueEditions, type ScheduleSetting } from "./schedule.ts";

export interface EditionsOptions {
  readonly registrar: Pick<Registrar, "desk" | "act">;
  readonly attachments: AttachmentStore;
  readonly report: (request: ReportRequest) => Promise<Result<RenderedReport>>;
  readonly setting: () => ScheduleSetting;
  readonly now: () => Instant;
  readonly onTrouble: (error: unknown, what: string) => void;
}

/** How long one that failed rests before it is tried again. */
const REST = 600_000_000;

/** What was frozen. */
export interface FrozenEdition {
  readonly sha256: string;
  readonly bytes: number;
}

export class Editions {
  readonly #options: EditionsOptions;
  #working: Promise<void> = Promise.resolve();
  #isWorking = false;
  /** Until when an edition that could not be made is left alone: another may go well meanwhile. */
  readonly #resting = new Map<string, Instant>();

  constructor(options: EditionsOptions) {
    this.#options = options;
  }

  /** Makes a report, keeps its bytes and states them. The same bytes are stated once. Errors: those of the report. */
  async freeze(request: ReportRequest, cause: "schedule" | "asked"): Promise<Result<FrozenEdition>> {
    const { report, attachments, registrar } = this.#options;
    const made = await report(request);
    if (!made.ok) return made;
    const { bytes } = made.value;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const edition = { sha256, bytes: bytes.length };
    if (registrar.desk.reports.has(sha256)) return good(edition);
    await attachments.put(Readable.from([Buffer.from(bytes)]), made.value.mediaType, nameOf(request));
    const body = { ...editionOf(request), ...edition, cause };
    await registrar.act([{ kind: "report.frozen", subject: sha256, body, refs: [{ rel: "attachment", sha256 }] }]);
    return good(edition);
  }

  /** Makes the next edition that the mission's schedule wants, if there is one; one at a time, so that the watch is not held up. */
  look(): void {
    if (this.#isWorking) return;
    const { registrar, setting, now, onTrouble } = this.#options;
    const founded = registrar.desk.life.foundedAt ?? now();
    const due = dueEditions(setting(), [...registrar.desk.reports.values()], founded, now()).find(
      (one) => (this.#resting.get(JSON.stringify(one)) ?? 0) <= now(),
    );
    if (due === undefined) return;
    const rest = (): void => void this.#resting.set(JSON.stringify(due), now() + REST);
    this.#isWorking = true;
    this.#working = this.freeze(requestOf(due), "schedule")
      .then((made) => {
        if (made.ok) return;
        rest();
        onTrouble(made.fault, "scheduled report");
      })
      .catch((error: unknown) => {
        rest();
        onTrouble(error, "scheduled report");
      })
      .finally(() => {
        this.#isWorking = false;
      });
  }

  async close(): Promise<void> {
    this.#isWorking = true;
    await this.#working;
  }
}

const requestOf = ({ kind, date, language, format, audience }: DueEdition): ReportRequest => ({
  ...{ kind, date, language, format, audience },
});

function editionOf({ kind, date, from, theme, incident, language, format, audience }: ReportRequest): EditionOf {
  return {
    ...{ report: kind, date, language, format, audience },
    ...(from === undefined ? {} : { from }),
    ...(theme === undefined || kind !== "thematic" ? {} : { theme }),
    ...(incident === undefined ? {} : { incident }),
  };
}

const nameOf = ({ kind, date, language, format }: ReportRequest): string => `${kind}-${date}-${language}.${format}`;

/** A report of a period that has not ended is not frozen: it would be another one an hour later. Error: `report.unfinished`. */
export function checkFinished(request: ReportRequest, setting: ScheduleSetting, now: Instant): Result<undefined> {
  if (request.kind === "spot") return good(undefined);
  const period = reportPeriod(request.kind, request, setting);
  if (!period.ok) return period;
  if (period.value.until <= now) return good(undefined);
  const expected = `a day up to ${lastCutOffDay(now, setting.reportCutOff, setting.timeZone)}, whose cut-off has passed`;
  return bad({ code: "report.unfinished", what: "report", where: { field: "date" }, expected, got: request.date });
}
