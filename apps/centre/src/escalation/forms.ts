/** The other forms of a message: the card, the feeds, and what each recipient would read before anything is sent. */
import { BODIES, checkBody, messageId } from "@openjmc/desk";
import {
  bad,
  type EntryMark,
  type EscalationRow,
  good,
  type Instant,
  type MissionView,
  type Result,
} from "@openjmc/model";
import type { Signer } from "@openjmc/record";
import { capFeed, cardDocument, type Outgoing, outgoingText, renderHtml, renderTypst } from "@openjmc/report";
import { createReportWords } from "@openjmc/words";
import type { Registrar } from "../registrar/registrar.ts";
import type { Printer } from "../reports/printer.ts";
import type { RenderedReport } from "../reports/requests.ts";
import { readAddresses } from "./addresses.ts";
import { wordsFor } from "./courier.ts";
import { firstMessage, outgoingOf } from "./outgoing-of.ts";

export interface EscalationContext {
  readonly registrar: Pick<Registrar, "desk">;
  readonly mission: () => MissionView;
  readonly origin: string;
  readonly keysFolder: string;
  readonly machine: Signer;
  readonly now: () => Instant;
  readonly printer: Printer;
}

const optionsOf = ({ mission, origin, now }: EscalationContext) => ({ mission: mission(), origin, now: now() });

/** The card for a recipient. Errors: `report.pdf`, `rate.limited`. */
export async function cardOf(
  row: EscalationRow,
  recipient: string,
  format: "html" | "pdf",
  context: EscalationContext,
): Promise<Result<RenderedReport>> {
  const mission = context.mission();
  const out = outgoingOf(row, firstMessage(row, recipient, "card", mission), optionsOf(context));
  const addresses = readAddresses(context.keysFolder);
  const phone = addresses.ok ? addresses.value.recipients[recipient]?.phone : undefined;
  const document = cardDocument(out, phone, wordsFor(out, mission));
  if (format === "html")
    return good({ mediaType: "text/html; charset=utf-8", bytes: new TextEncoder().encode(renderHtml(document)) });
  const pdf = await context.printer(renderTypst(document), out.sent);
  return pdf.ok ? good({ mediaType: "application/pdf", bytes: pdf.value }) : pdf;
}

/** The feed of one recipient, or of everybody: then flashes alone, once the mission's delay has passed. */
export function capFeedOf(recipient: string | undefined, context: EscalationContext): string {
  const { mission, origin, registrar, now } = context;
  const rows = [...registrar.desk.escalations.values()];
  const alerts = recipient === undefined ? publicAlerts(rows, context) : ownAlerts(rows, recipient, context);
  const updated = Math.max(0, ...alerts.map(({ sent }) => sent));
  const words = recipient === undefined ? createReportWords("en") : wordsFor({ recipient }, mission());
  const scope = recipient === undefined ? "Public" : "Private";
  return capFeed({ alerts, scope, origin, updated: updated === 0 ? now() : updated }, words);
}

function ownAlerts(rows: readonly EscalationRow[], recipient: string, context: EscalationContext): Outgoing[] {
  return rows.flatMap((row) =>
    row.deliveries
      .filter((one) => one.recipient === recipient && one.channel === "cap" && one.outcome === "published")
      .map((one) => outgoingOf(row, one, optionsOf(context))),
  );
}

function publicAlerts(rows: readonly EscalationRow[], context: EscalationContext): Outgoing[] {
  const mission = context.mission();
  const limit = context.now() - mission.release.delay;
  return rows
    .filter((row) => row.kind === "flash" && row.standing !== "withdrawn" && row.mark.recordedAt <= limit)
    .map((row) => {
      const message = firstMessage(row, "", "cap", mission);
      const id = messageId(row.id, { rung: 0, recipient: "public", channel: "cap" }, message.edition);
      return { ...outgoingOf(row, { ...message, message: id }, optionsOf(context)), recipients: [] };
    });
}

export interface Preview {
  readonly recipient: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
}

const UNSIGNED = "0".repeat(64);
const UNNUMBERED = { "flash.sent": "F-…", "escalation.begun": "E-…" } as const;

/** What each would read if this were signed now. Errors: those of `checkBody`. */
export function previewsOf(
  kind: "flash.sent" | "escalation.begun",
  body: Readonly<Record<string, unknown>>,
  by: Pick<EntryMark, "component" | "role">,
  context: EscalationContext,
): Result<Preview[]> {
  const checked = checkBody(body, BODIES[kind]!);
  if (!checked.ok) return bad(checked.fault);
  const { mission, now } = context;
  const view = mission();
  const row = unsignedRow(kind, body, by, now());
  const recipients = recipientsOf(kind, view);
  return good(
    recipients.map(({ id, language }) => {
      const out = outgoingOf(row, firstMessage(row, id, "email", view), optionsOf(context));
      return { recipient: id, language, ...outgoingText(out, wordsFor({ recipient: id }, view)) };
    }),
  );
}

function recipientsOf(kind: string, { escalation, parties }: MissionView) {
  const sides = new Set(parties.map(({ code }) => code));
  return (escalation?.recipients ?? []).filter(({ side }) => sides.has(side) === (kind === "flash.sent"));
}

function unsignedRow(
  kind: "flash.sent" | "escalation.begun",
  body: Readonly<Record<string, unknown>>,
  by: Pick<EntryMark, "component" | "role">,
  now: Instant,
): EscalationRow {
  const mark: EntryMark = { index: 0, statement: UNSIGNED, ...by, claimedAt: now, recordedAt: now };
  return {
    id: "preview",
    kind: kind === "flash.sent" ? "flash" : "ladder",
    number: UNNUMBERED[kind],
    body: body as unknown as EscalationRow["body"],
    statement: UNSIGNED,
    standing: "one-sided",
    signedBy: [mark],
    begins: now,
    deliveries: [],
    answers: [],
    mark,
  };
}
