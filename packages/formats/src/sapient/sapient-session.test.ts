import { type AddressInfo, connect, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { SapientMessage, SapientRegistration } from "./messages.ts";
import { decodeSapient, encodeSapient } from "./sapient-codec.ts";
import { frameSapient, SapientFramer } from "./sapient-framer.ts";
import { type SapientEvent, SapientSession } from "./sapient-session.ts";
import { CENTRE, DETECTION, MESSAGES, NODE, REGISTRATION } from "./testing/sample-messages.ts";

const SECOND = 1_000_000;
const registration = (changes: object = {}): SapientMessage => ({
  timestamp: 1_600_000_000_000_000,
  node_id: NODE,
  registration: { ...REGISTRATION, ...changes },
});

function session() {
  const own = new SapientSession({ centreId: CENTRE });
  const give = (message: SapientMessage, now: number, version: "1" | "2" = "2") =>
    own.receive(encodeSapient(message, version), now);
  return { own, give };
}

function kinds(events: readonly SapientEvent[]): string[] {
  return events.map((event) => (event.kind === "state" ? `state ${event.state}` : event.kind));
}

/** The messages among events that go to the node. */
function sent(events: readonly SapientEvent[], version: "1" | "2" = "2"): SapientMessage[] {
  return events.flatMap((event) => {
    if (event.kind !== "send") return [];
    const decoded = decodeSapient(event.bytes.subarray(4), version);
    return decoded.ok ? [decoded.value.message] : expect.unreachable("our own message cannot be read");
  });
}

describe("a node's session", () => {
  it("begins with a registration, which is acknowledged; then detections and alerts come through", () => {
    const { own, give } = session();
    const events = give(registration(), 10 * SECOND);
    expect(kinds(events)).toEqual(["send", "registered", "state live"]);
    expect(sent(events)).toMatchObject([
      { node_id: CENTRE, destination_id: NODE, timestamp: 10 * SECOND, registration_ack: { acceptance: true } },
    ]);
    expect(give(DETECTION, 11 * SECOND)).toMatchObject([
      {
        kind: "detection",
        detection: { nodeId: NODE, at: DETECTION.timestamp, position: { longitude: 10, latitude: 50 } },
      },
    ]);
    expect(give(DETECTION, 11 * SECOND)).toMatchObject([
      { kind: "duplicate", reportId: DETECTION.detection_report.report_id },
    ]);
    expect(give(MESSAGES.status!, 12 * SECOND)).toMatchObject([{ kind: "status", report: { system: "SYSTEM_OK" } }]);
    expect(kinds(give(MESSAGES.error!, 12 * SECOND))).toEqual(["node-error"]);
    expect([own.state, own.nodeId]).toEqual(["live", NODE]);
  });

  it("takes nothing before the registration, nor from another node, and says so to the node", () => {
    const { own, give } = session();
    const early = give(DETECTION, 0);
    expect(kinds(early)).toEqual(["fault", "send"]);
    expect(sent(early)).toMatchObject([{ error: { error_message: [expect.stringContaining("registration")] } }]);
    expect(own.state).toBe("expecting");
    give(registration(), 0);
    expect(kinds(give({ ...DETECTION, node_id: CENTRE }, 0))).toEqual(["fault", "send"]);
    expect(kinds(give({ ...registration(), node_id: CENTRE }, 0))).toEqual(["send", "refused"]);
    expect(own.nodeId).toBe(NODE);
  });

  it("refuses a registration that lacks what it must have, and nodes that do not observe", () => {
    const { own, give } = session();
    const { capabilities: _, ...lacking } = REGISTRATION;
    const events = give({ ...registration(), registration: lacking }, 0);
    expect(kinds(events)).toEqual(["send", "refused", "state refused"]);
    expect(sent(events)[0]?.registration_ack).toEqual({
      acceptance: false,
      ack_response_reason: ["SapientMessage.registration.capabilities: missing"],
    });
    const node_definition: SapientRegistration["node_definition"] = [{ node_type: "NODE_TYPE_JAMMER" }];
    expect(give(registration({ node_definition }), 0)).toMatchObject([
      { kind: "send" },
      { kind: "refused", reasons: [expect.stringContaining("observe")] },
    ]);
    expect(kinds(give(DETECTION, 0))).toEqual(["fault", "send"]);
    expect(kinds(give(registration(), 0))).toEqual(["send", "registered", "state live"]);
    expect(own.state).toBe("live");
  });

  it("tells when heartbeats stay out, when a node is lost, and when it is back", () => {
    const { own, give } = session();
    give(registration(), 0);
    give(MESSAGES.status!, 5 * SECOND);
    expect(own.tick(15 * SECOND)).toEqual([]);
    expect(own.tick(15 * SECOND + 1)).toEqual([{ kind: "state", state: "late", since: 5 * SECOND }]);
    expect(own.tick(20 * SECOND)).toEqual([]);
    expect(own.tick(25 * SECOND + 1)).toEqual([{ kind: "state", state: "lost", since: 5 * SECOND }]);
    expect(own.tick(99 * SECOND)).toEqual([]);
    expect(kinds(give(MESSAGES.status!, 100 * SECOND))).toEqual(["state live", "status"]);
    const goodbye = {
      ...MESSAGES.status,
      status_report: { ...MESSAGES.status!.status_report, system: "SYSTEM_GOODBYE" },
    } as const;
    expect(kinds(give(goodbye, 101 * SECOND))).toEqual(["status", "state gone"]);
    expect(own.tick(999 * SECOND)).toEqual([]);
  });

  it("keeps count of tasks until they are answered", () => {
    const { own, give } = session();
    give(registration(), 0);
    const task = MESSAGES.task!.task! as { task_id: string };
    const framed = own.task(task, SECOND);
    expect(sent([{ kind: "send", bytes: framed }])).toMatchObject([{ destination_id: NODE, task }]);
    expect(give(MESSAGES["task answer"]!, 2 * SECOND)).toMatchObject([
      { kind: "task-answered", answer: { task_status: "TASK_STATUS_REJECTED" } },
    ]);
    own.task({ ...task, task_id: "01M80E21DETN8P1TVB0W3VSCTC" }, SECOND);
    give(MESSAGES.status!, 31 * SECOND);
    expect(own.tick(31 * SECOND)).toMatchObject([{ kind: "task-unanswered", taskId: "01M80E21DETN8P1TVB0W3VSCTC" }]);
    expect(
      sent([{ kind: "send", bytes: own.acknowledgeAlert("01M80E21DHJMQ2F7P2C93SQEPH", "accepted", [], 0) }]),
    ).toMatchObject([{ alert_ack: { alert_ack_status: "ALERT_ACK_STATUS_ACCEPTED" } }]);
  });

  it("speaks the version that the registration names", () => {
    const { give } = session();
    const events = give(registration({ icd_version: "BSI Flex 335 v1.0" }), 0, "1");
    expect(events).toMatchObject([{ kind: "send" }, { kind: "registered", version: "1" }, { kind: "state" }]);
    expect(sent(events, "1")).toMatchObject([{ registration_ack: { acceptance: true } }]);
    expect(give(MESSAGES["task answer"]!, 0, "1")).toMatchObject([
      { kind: "task-answered", answer: { reason: ["busy"] } },
    ]);
  });

  it("runs over a socket", async () => {
    const { own } = session();
    const seen: string[] = [];
    const server = createServer((socket) => {
      const framer = new SapientFramer();
      const sink = {
        message(bytes: Uint8Array, start: number, end: number, offset: number) {
          for (const event of own.receive(bytes.subarray(start, end), 0, offset)) {
            seen.push(...kinds([event]));
            if (event.kind === "send") socket.write(event.bytes);
          }
        },
        fault: ({ code }: { code: string }) => seen.push(code),
      };
      socket.on("data", (chunk) => framer.push(chunk as Uint8Array, sink));
      socket.on("end", () => socket.end());
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const answers: Uint8Array[] = [];
    const node = connect((server.address() as AddressInfo).port, "127.0.0.1");
    node.on("data", (chunk) => answers.push(chunk as Uint8Array));
    for (const message of [registration(), MESSAGES.status!, DETECTION]) {
      const framed = frameSapient(encodeSapient(message, "2"));
      node.write(framed.subarray(0, 11));
      node.write(framed.subarray(11));
    }
    node.end();
    await new Promise((done) => node.on("close", done));
    await new Promise((done) => server.close(done));
    expect(seen).toEqual(["send", "registered", "state live", "status", "detection"]);
    expect(sent([{ kind: "send", bytes: Buffer.concat(answers) }])).toMatchObject([
      { registration_ack: { acceptance: true } },
    ]);
  });
});
