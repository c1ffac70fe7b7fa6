import type { Fault } from "../result.ts";
import type {
  SapientAlert,
  SapientMessage,
  SapientRegistration,
  SapientStatusReport,
  SapientTask,
  SapientTaskAck,
} from "./messages.ts";
import { decodeSapient, encodeSapient, sapientContent, versionOfRegistration } from "./sapient-codec.ts";
import { type SapientDetection, sapientDetection } from "./sapient-detection.ts";
import { frameSapient } from "./sapient-framer.ts";
import { heartbeatInterval, refusalsOf } from "./sapient-registration.ts";
import type { SapientVersion } from "./sapient-schema.ts";

export type SapientSessionState = "expecting" | "refused" | "live" | "late" | "lost" | "gone";

/** What came of a message or of time going by. `send` is for the connection, framed. */
export type SapientEvent =
  | { readonly kind: "send"; readonly bytes: Uint8Array }
  | { readonly kind: "state"; readonly state: SapientSessionState; readonly since: number }
  | {
      readonly kind: "registered";
      readonly nodeId: string;
      readonly registration: SapientRegistration;
      readonly version: SapientVersion;
    }
  | { readonly kind: "refused"; readonly nodeId: string; readonly reasons: readonly string[] }
  | { readonly kind: "status"; readonly report: SapientStatusReport; readonly at: number }
  | { readonly kind: "detection"; readonly detection: SapientDetection }
  | { readonly kind: "alert"; readonly alert: SapientAlert; readonly at: number }
  | { readonly kind: "task-answered"; readonly answer: SapientTaskAck }
  | { readonly kind: "task-unanswered"; readonly taskId: string }
  | { readonly kind: "node-error"; readonly messages: readonly string[] }
  | { readonly kind: "duplicate"; readonly reportId: string }
  | { readonly kind: "fault"; readonly fault: Fault };

export interface SapientSessionOptions {
  /** UUID under which the centre speaks. */
  readonly centreId: string;
  /** Version of the connection; without it the registration tells, and version 2 is tried first. */
  readonly version?: SapientVersion;
  /** Why a node is none of the centre's, in words for its operator; undefined where it is welcome. */
  readonly refusalOf?: (nodeId: string) => string | undefined;
  /** Heartbeats missed until a node counts as late, and as lost. */
  readonly lateAfter?: number;
  readonly lostAfter?: number;
  /** µs that a node has to answer a task. */
  readonly taskPatience?: number;
}

/** Report ids remembered to tell repeats. */
const REMEMBERED = 4096;
const TASK_PATIENCE = 30_000_000;

/**
 * The centre's side of one node's connection (BSI Flex 335): registration and its acknowledgement, then status reports as
 * heartbeats, detections, alerts, answers to tasks. Holds no socket and no clock: bytes of whole messages and instants
 * (µs since 1970, the centre's) go in, events come out.
 */
export class SapientSession {
  readonly #options: SapientSessionOptions;
  #state: SapientSessionState = "expecting";
  #version: SapientVersion;
  #nodeId: string | undefined;
  #registration: SapientRegistration | undefined;
  #interval = 0;
  #lastHeard = 0;
  readonly #seen = new Set<string>();
  readonly #tasks = new Map<string, number>();

  constructor(options: SapientSessionOptions) {
    this.#options = options;
    this.#version = options.version ?? "2";
  }

  get state(): SapientSessionState {
    return this.#state;
  }

  get nodeId(): string | undefined {
    return this.#nodeId;
  }

  get registration(): SapientRegistration | undefined {
    return this.#registration;
  }

  /** One message of the connection. @param offset of the message, for faults. */
  receive(bytes: Uint8Array, now: number, offset = 0): SapientEvent[] {
    const decoded = this.#decode(bytes, offset);
    if (!decoded.ok) return [{ kind: "fault", fault: decoded.fault }, this.#error(bytes, [decoded.fault.what], now)];
    const { message, problems } = decoded.value;
    if (message.registration !== undefined) return this.#register(message, problems, now);
    const complaint = this.#complaintAbout(message);
    if (complaint !== undefined) {
      const fault = { code: "sapient.out-of-order", what: "take a node's message", where: { offset }, ...complaint };
      return [{ kind: "fault", fault }, this.#error(bytes, [`expected ${complaint.expected}`], now)];
    }
    const alive = this.#heard(now);
    return [...alive, ...this.#content(message, offset)];
  }

  /** Time goes by: tells of heartbeats that stay out and tasks that nobody answered. */
  tick(now: number): SapientEvent[] {
    const events: SapientEvent[] = [];
    for (const [taskId, since] of this.#tasks) {
      if (now - since < (this.#options.taskPatience ?? TASK_PATIENCE)) continue;
      this.#tasks.delete(taskId);
      events.push({ kind: "task-unanswered", taskId });
    }
    if (this.#state !== "live" && this.#state !== "late") return events;
    const silent = now - this.#lastHeard;
    if (silent > this.#interval * (this.#options.lostAfter ?? 4)) events.push(this.#become("lost", this.#lastHeard));
    else if (this.#state === "live" && silent > this.#interval * (this.#options.lateAfter ?? 2))
      events.push(this.#become("late", this.#lastHeard));
    return events;
  }

  /** Asks the node for something; its answer comes as an event, or none does. The bytes are for the connection. */
  task(task: SapientTask & { readonly task_id: string }, now: number): Uint8Array {
    this.#tasks.set(task.task_id, now);
    return this.#send({ task }, now);
  }

  acknowledgeAlert(
    alertId: string,
    status: "accepted" | "rejected" | "cancelled",
    reason: readonly string[],
    now: number,
  ): Uint8Array {
    const member = `ALERT_ACK_STATUS_${status.toUpperCase()}` as "ALERT_ACK_STATUS_ACCEPTED";
    return this.#send({ alert_ack: { alert_id: alertId, alert_ack_status: member, reason } }, now);
  }

  /** Until a node has registered, its registration tells the version. */
  #decode(bytes: Uint8Array, offset: number) {
    const decoded = decodeSapient(bytes, this.#version, offset);
    if (this.#options.version !== undefined || !decoded.ok) return decoded;
    const stated = versionOfRegistration(decoded.value.message);
    if (stated === undefined || stated === this.#version) return decoded;
    this.#version = stated;
    return decodeSapient(bytes, stated, offset);
  }

  #register(message: SapientMessage, problems: readonly string[], now: number): SapientEvent[] {
    const registration = message.registration!;
    const nodeId = message.node_id!;
    const reasons = refusalsOf(registration, problems);
    const isOther = this.#nodeId !== undefined && this.#nodeId !== nodeId;
    if (isOther) reasons.push("this connection belongs to another node");
    const refusal = this.#options.refusalOf?.(nodeId);
    if (refusal !== undefined) reasons.push(refusal);
    const answer = { acceptance: reasons.length === 0, ack_response_reason: reasons };
    const send: SapientEvent = {
      kind: "send",
      bytes: this.#send({ destination_id: nodeId, registration_ack: answer }, now),
    };
    if (reasons.length > 0) {
      const state = isOther || this.#state === "refused" ? [] : [this.#become("refused", now)];
      return [send, { kind: "refused", nodeId, reasons }, ...state];
    }
    this.#nodeId = nodeId;
    this.#registration = registration;
    this.#interval = heartbeatInterval(registration);
    this.#lastHeard = now;
    const registered: SapientEvent = { kind: "registered", nodeId, registration, version: this.#version };
    return this.#state === "live" ? [send, registered] : [send, registered, this.#become("live", now)];
  }

  #complaintAbout(message: SapientMessage): { expected: string; got: string } | undefined {
    if (this.#registration === undefined || this.#state === "refused")
      return { expected: "a registration that is accepted first", got: sapientContent(message)! };
    if (message.node_id !== this.#nodeId) return { expected: `messages of ${this.#nodeId}`, got: message.node_id! };
    return undefined;
  }

  #heard(now: number): SapientEvent[] {
    this.#lastHeard = now;
    return this.#state === "live" ? [] : [this.#become("live", now)];
  }

  #content(message: SapientMessage, offset: number): SapientEvent[] {
    const at = message.timestamp!;
    if (message.status_report !== undefined) return this.#status(message.status_report, at);
    if (message.detection_report !== undefined) return this.#detection(message, offset);
    if (message.alert !== undefined) return this.#alert(message.alert, at);
    if (message.task_ack !== undefined) {
      this.#tasks.delete(message.task_ack.task_id ?? "");
      return [{ kind: "task-answered", answer: message.task_ack }];
    }
    if (message.error !== undefined) return [{ kind: "node-error", messages: message.error.error_message ?? [] }];
    // Acknowledgements of acts that the centre did not do, and tasks for it: it takes none.
    const fault = {
      code: "sapient.not-for-a-centre",
      what: "take a node's message",
      where: { offset },
      got: sapientContent(message)!,
    };
    return [{ kind: "fault", fault }];
  }

  /** A node tells what becomes of an alert under the same id. */
  #alert(alert: SapientAlert, at: number): SapientEvent[] {
    const { alert_id: id, status } = alert;
    if (id !== undefined && this.#isRepeat(`${id} ${status} ${at}`)) return [{ kind: "duplicate", reportId: id }];
    return [{ kind: "alert", alert, at }];
  }

  #status(report: SapientStatusReport, at: number): SapientEvent[] {
    const status: SapientEvent = { kind: "status", report, at };
    return report.system === "SYSTEM_GOODBYE" ? [status, this.#become("gone", this.#lastHeard)] : [status];
  }

  #detection(message: SapientMessage, offset: number): SapientEvent[] {
    const detection = sapientDetection(message, this.#registration);
    if (detection === undefined) {
      const fault = {
        code: "sapient.detection-without-place",
        what: "take a detection",
        where: { offset },
        expected: "ids, and a place or bearing in a coordinate system and datum that are told",
      };
      return [{ kind: "fault", fault }];
    }
    if (this.#isRepeat(detection.reportId)) return [{ kind: "duplicate", reportId: detection.reportId }];
    return [{ kind: "detection", detection }];
  }

  #isRepeat(reportId: string | undefined): boolean {
    if (reportId === undefined) return false;
    if (this.#seen.has(reportId)) return true;
    if (this.#seen.size >= REMEMBERED) this.#seen.delete(this.#seen.values().next().value!);
    this.#seen.add(reportId);
    return false;
  }

  #become(state: SapientSessionState, since: number): SapientEvent {
    this.#state = state;
    return { kind: "state", state, since };
  }

  #error(packet: Uint8Array, messages: readonly string[], now: number): SapientEvent {
    return { kind: "send", bytes: this.#send({ error: { packet: packet.slice(), error_message: messages } }, now) };
  }

  #send(content: SapientMessage, now: number): Uint8Array {
    const message = {
      timestamp: now,
      node_id: this.#options.centreId,
      ...(this.#nodeId === undefined ? {} : { destination_id: this.#nodeId }),
      ...content,
    };
    return frameSapient(encodeSapient(message, this.#version));
  }
}
