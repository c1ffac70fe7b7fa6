/**
 * Carries messages out of the centre. What is due follows from the record; what became of it is stated there. Between the two a
 * crash may fall: the message is then sent again under the same id. Nothing else is remembered but when to try again.
 */
import { createHash } from "node:crypto";
import { dueMessages } from "@openjmc/desk";
import type { DeliveryOutcome, DueMessage, EscalationRow, Instant, MissionView } from "@openjmc/model";
import type { Signer } from "@openjmc/record";
import { capDocument, cardDocument, type Outgoing, outgoingJson, outgoingText, renderHtml } from "@openjmc/report";
import { createReportWords, type ReportWords, reportLocaleOf } from "@openjmc/words";
import type { Logger } from "pino";
import type { MachineAct, Registrar } from "../registrar/registrar.ts";
import { type Addresses, NO_ADDRESSES, readAddresses } from "./addresses.ts";
import { sendEmail } from "./email.ts";
import { outgoingOf } from "./outgoing-of.ts";
import type { Sent } from "./sent.ts";
import { sendWebhook } from "./webhook.ts";

export interface CourierOptions {
  readonly registrar: Pick<Registrar, "desk" | "act">;
  readonly mission: () => MissionView;
  readonly origin: string;
  /** Folder of the centre's keys, where the operator's addresses lie. */
  readonly keysFolder: string;
  readonly machine: Signer;
  /** The centre's clock, on which ladders run; wall time, on which servers are tried again. */
  readonly now: () => Instant;
  readonly wallNow: () => Instant;
  readonly logger: Pick<Logger, "error" | "info">;
}

/** Waits after a failed attempt: the second at once in human terms, then ever longer. */
const FIRST_WAIT = 5_000_000;
const LONGEST_WAIT = 300_000_000;

interface Attempts {
  readonly count: number;
  readonly next: Instant;
  /** What the last attempt came to. */
  readonly detail: string;
}

/** What became of a message, before it stands in the record. */
interface Result {
  readonly outcome: DeliveryOutcome;
  readonly detail: string;
  readonly sha256: string;
  readonly attempts: number;
}

export class Courier {
  readonly #options: CourierOptions;
  readonly #attempts = new Map<string, Attempts>();
  /** Messages that are on their way, or whose result is on its way into the record. */
  readonly #busy = new Set<string>();
  readonly #working = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Sends what is due and not on its way yet. Called again and again; returns at once. */
  beat(): void {
    if (this.#stopping.signal.aborted) return;
    const { registrar, mission, now, logger } = this.#options;
    const view = mission();
    const plan = view.escalation;
    if (plan === undefined) return;
    const parties = new Set(view.parties.map(({ code }) => code));
    for (const row of registrar.desk.escalations.values()) {
      for (const due of dueMessages(row, plan, parties, now())) {
        if (this.#busy.has(due.message) || !this.#isTime(due)) continue;
        this.#busy.add(due.message);
        const work = this.#carry(row, due, view)
          .catch((error: unknown) => logger.error({ err: error, message: due.message }, "message out"))
          .finally(() => {
            this.#busy.delete(due.message);
            this.#working.delete(work);
          });
        this.#working.add(work);
      }
    }
  }

  /** Breaks off what is on its way; it is sent again, under the same id, when the centre runs again. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#working);
  }

  #isTime({ message }: DueMessage): boolean {
    return (this.#attempts.get(message)?.next ?? 0) <= this.#options.wallNow();
  }

  async #carry(row: EscalationRow, due: DueMessage, view: MissionView): Promise<void> {
    const result = await this.#send(row, due, view);
    if (result === undefined) return;
    await this.#options.registrar.act([actOf(due, result)]);
    this.#attempts.delete(due.message);
  }

  /** Undefined where it is to be tried again. */
  async #send(row: EscalationRow, due: DueMessage, view: MissionView): Promise<Result | undefined> {
    const { keysFolder, origin, now, wallNow, logger } = this.#options;
    const read = readAddresses(keysFolder);
    if (!read.ok) logger.error({ fault: read.fault }, "addresses of recipients");
    const addresses = read.ok ? read.value : NO_ADDRESSES;
    const out = outgoingOf(row, due, { mission: view, origin, now: now() });
    const words = wordsFor(out, view);
    const last = this.#attempts.get(due.message);
    const attempts = (last?.count ?? 0) + 1;
    // Where the file is wrong the channel is not given up: it may be put right while there is time.
    if (!read.ok && now() <= due.until) return this.#again(due.message, attempts, wallNow(), read.fault.code);
    const made = this.#make(out, due, words, addresses);
    if (made === undefined) return { outcome: "no-address", detail: "", sha256: "", attempts: 0 };
    const sha256 = createHash("sha256").update(made.bytes).digest("hex");
    if (made.send === undefined) return { outcome: made.outcome, detail: "", sha256, attempts: 0 };
    if (now() > due.until && last) return { outcome: "unreachable", detail: last.detail, sha256, attempts: last.count };
    const sent = await made.send();
    if (this.#stopping.signal.aborted && !sent.isAccepted) return undefined;
    if (sent.isAccepted) return { outcome: "accepted", detail: sent.detail, sha256, attempts };
    logger.info({ message: due.message, attempts, detail: sent.detail }, "message not accepted");
    if (now() > due.until) return { outcome: "unreachable", detail: sent.detail, sha256, attempts };
    return this.#again(due.message, attempts, wallNow(), sent.detail);
  }

  #again(message: string, count: number, wall: Instant, detail: string): undefined {
    this.#attempts.set(message, { count, next: wall + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - 1)), detail });
    return undefined;
  }

  /** The message's bytes, and how to send them; undefined where there is no address. */
  #make(out: Outgoing, { channel, recipient }: DueMessage, words: ReportWords, addresses: Addresses): Made | undefined {
    const { machine, wallNow } = this.#options;
    const address = addresses.recipients[recipient] ?? {};
    const { signal } = this.#stopping;
    switch (channel) {
      case "card":
        return { outcome: "ready", bytes: renderHtml(cardDocument(out, address.phone, words)) };
      case "cap":
        if (address.capTokenSha256 === undefined) return undefined;
        return { outcome: "published", bytes: capDocument(out, words) };
      case "webhook": {
        const { webhook: url } = address;
        if (url === undefined) return undefined;
        const bytes = outgoingJson(out);
        const now = Math.floor(wallNow() / 1_000_000);
        const options = { url, allowPrivate: addresses.allowPrivate, signer: machine, now, signal };
        return { outcome: "accepted", bytes, send: () => sendWebhook(out.message, bytes, options) };
      }
      case "email": {
        const { email: to } = address;
        const { smtp } = addresses;
        if (to === undefined || smtp === undefined) return undefined;
        const text = outgoingText(out, words);
        const email = { ...text, id: out.message, to, origin: out.origin, sent: new Date(out.sent / 1000) };
        return { outcome: "accepted", bytes: `${text.subject}\n${text.text}`, send: () => sendEmail(email, smtp) };
      }
    }
  }
}

interface Made {
  readonly outcome: DeliveryOutcome;
  readonly bytes: string;
  /** Absent where making it is all there is to do. */
  readonly send?: () => Promise<Sent>;
}

/** The recipient's language as the mission says it; English where the words are not there. */
export function wordsFor(out: Pick<Outgoing, "recipient">, mission: MissionView): ReportWords {
  const found = mission.escalation?.recipients.find(({ id }) => id === out.recipient);
  return createReportWords(reportLocaleOf(found?.language ?? "en"));
}

function actOf(due: DueMessage, result: Result): MachineAct {
  const { message, escalation, rung, recipient, channel, edition } = due;
  return {
    kind: "message.delivered",
    subject: escalation,
    body: { message, rung, recipient, channel, edition, ...result },
  };
}
