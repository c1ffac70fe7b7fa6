/** A mission from its watch to its closure over the real interface: rosters, a handover by two duty officers, `jmc close`. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AgreementView,
  type AppendedAnswer,
  FaultError,
  formatInstant,
  type HandoverBody,
  type LifeView,
  type MandateView,
  type RosterPerson,
  type WatchView,
  type WhatIfView,
} from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareCountersignature, prepareOwnAct, sendAct } from "../apps/centre/src/signer/acts.ts";
import type { CentreClient } from "../apps/centre/src/signer/centre-client.ts";
import { sightingBody } from "./support/acts.ts";
import { openTestCentre, PASSPHRASE, type TestCentre } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";

let test: TestCentre;
const clients = new Map<string, CentreClient>();
const HOUR = 3_600_000_000;
const now = (): number => Date.now() * 1000;
const later = (): string => formatInstant(now() + 24 * HOUR);

beforeAll(async () => {
  test = await openTestCentre();
  for (const officer of ["A-Head", "A-Duty-1", "B-Head", "B-Duty-1", "B-Duty-2"])
    clients.set(officer, await test.client(officer));
});
afterAll(async () => {
  await test.close();
});

const client = (officer: string): CentreClient => clients.get(officer)!;

async function act(officer: string, kind: string, body: object): Promise<AppendedAnswer> {
  return sendAct(client(officer), test.signer(officer), await prepareOwnAct(client(officer), { kind, body }));
}

async function countersign(officer: string, { statement }: AppendedAnswer): Promise<AppendedAnswer> {
  return sendAct(client(officer), test.signer(officer), await prepareCountersignature(client(officer), statement));
}

const joint = async (kind: string, body: object) => countersign("B-Head", await act("A-Head", kind, body));
const life = (): Promise<LifeView> => client("A-Head").get("/api/v1/mission/life");
const watch = (): Promise<WatchView> => client("A-Head").get("/api/v1/watch");

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FaultError) return error.fault.code;
    throw error;
  }
  return "accepted";
}

const table = (component: string): string =>
  [
    "id;duties;from;officer",
    `${component}-01;head-of-component;2020-01-01;${component}-Head`,
    `${component}-02;duty-officer;2020-01-01;${component}-Duty-1`,
    `${component}-03;duty-officer;2020-01-01;${component}-Duty-2`,
  ].join("\n");

async function planWatches(component: string): Promise<void> {
  const read = await client(`${component}-Head`).post<{ people: RosterPerson[]; faults: unknown[] }>(
    "/api/v1/watch/roster-preview",
    { csv: table(component) },
  );
  expect(read.faults).toEqual([]);
  await act(`${component}-Head`, "roster.imported", { people: read.people, note: "" });
  const start = Math.floor(now() / HOUR) * HOUR;
  await act(`${component}-Duty-1`, "watch.planned", {
    hours: 8,
    watches: [0, 8].map((hours, index) => ({
      starts: formatInstant(start + hours * HOUR),
      officer: `${component}-0${2 + index}`,
      others: [],
    })),
  });
}

describe("the watch", () => {
  it("is planned by both sides, handed over by both duty officers, and shows who acts off watch", async () => {
    const { faults } = await client("A-Head").post<{ faults: { where: object }[] }>("/api/v1/watch/roster-preview", {
      csv: `${table("A")}\nA-02;cook;2020-01-01;`,
    });
    expect(faults.map(({ where }) => where)).toEqual([
      { line: 5, field: "id" },
      { line: 5, field: "duties" },
    ]);
    await planWatches("A");
    await planWatches("B");
    expect(await watch()).toMatchObject({
      rule: "none",
      components: [{ people: { length: 3 } }, { people: { length: 3 } }],
    });
    for (const component of ["A", "B"])
      await act(`${component}-Duty-1`, "presence.stated", {
        ...{ person: `${component}-02`, presence: "present", at: formatInstant(now() - 1e6), reason: "" },
      });
    expect(await watch()).toMatchObject({ rule: "both" });
    const draft = await client("A-Duty-1").get<HandoverBody>("/api/v1/watch/handover");
    const handover = await act("A-Duty-1", "handover.signed", { ...draft, note: "Quiet." });
    expect(await refusal(countersign("B-Head", handover))).toBe("handover.signer");
    await countersign("B-Duty-2", handover);
    const { handovers, outside } = await watch();
    expect(handovers).toMatchObject([{ state: "joint", body: { note: "Quiet.", system: { troubles: [] } } }]);
    expect(outside.map(({ role, kind }) => `${role} ${kind}`)).toContain("B-Duty-2 handover.signed");
  });
});

describe("the mandate and the agreement", () => {
  it("refuse what no reading permits, and mark what lies outside one reading", async () => {
    const asked = now();
    const body = {
      ...{ visit: "visit", of: test.centre.mission.parties[0]!.code, site: "Barracks", purpose: "To look." },
      ...{ wantedAt: later(), askedAt: formatInstant(asked), deadline: formatInstant(asked + 24 * HOUR) },
    };
    expect(await refusal(act("A-Duty-1", "visit.requested", body))).toBe("mandate.outside");
    const { index } = await act("A-Duty-1", "sighting.reported", sightingBody({ lon: 46.9, lat: 39.9 }, now() - 1e6));
    const mandate = await client("B-Head").get<MandateView>("/api/v1/mission/mandate");
    expect(mandate.acts.find((one) => one.act === "visit")).toMatchObject({ isPermitted: false, basis: [] });
    // The mission's own reading of the mandate has ended long ago: what is done now lies outside it, and says so.
    expect(mandate.outside.find((one) => one.index === index)).toMatchObject({
      ...{ act: "observe-ground", role: "A-Duty-1", outside: { length: 1 } },
      basis: expect.arrayContaining([expect.any(String)]),
    });
    expect(await client("A-Head").get("/api/v1/visits")).toMatchObject({ hours: {}, rows: [] });
  });

  it("say what would follow, and record nothing by it", async () => {
    const { size } = test.centre.registrar;
    const view = await client("A-Head").get<AgreementView>("/api/v1/agreement");
    const dated = view.obligations.find(({ variants }) => variants[0]!.readings[0]?.deadline !== undefined)!;
    const asked = `/api/v1/agreement/what-if?suppose=slip&provision=${dated.provision}&days=3`;
    const slip = await client("A-Head").get<WhatIfView>(asked);
    expect(slip.obligations[0]).toMatchObject({
      provision: dated.provision,
      after: { variants: [{ states: ["met-late"] }] },
    });
    expect(await refusal(client("A-Head").get(`/api/v1/agreement/what-if?suppose=slip&provision=none&days=3`))).toBe(
      "provision.unknown",
    );
    expect(await refusal(client("A-Head").get("/api/v1/agreement/what-if?suppose=notice&by=X"))).toBe("request.field");
    expect(test.centre.registrar.size).toBe(size);
  });
});

describe("jmc close", () => {
  const close = (officer: string, ...more: string[]) => {
    const secret = join(test.root, "passphrase");
    writeFileSync(secret, PASSPHRASE);
    const keys = test.signers[officer[0]!]!;
    return jmc([
      "close",
      "--centre",
      test.url,
      "--keys",
      keys,
      "--officer",
      officer,
      "--passphrase-file",
      secret,
      ...more,
    ]);
  };

  it("tells everything that is open by name, and closes once nothing is and both heads have signed", async () => {
    await joint("centre.opened", { from: formatInstant(now()), note: "", deadline: later() });
    const { mission } = await client("A-Head").get<{ mission: { parties: { code: string }[] } }>("/api/v1/centre");
    const states = test.centre.mission.components.map(({ state }) => state);
    await joint("closure.planned", {
      ...{ trigger: "joint-decision", decidedBy: states, decidedAt: formatInstant(now()), announcedBy: states[0] },
      ...{ lastDay: formatInstant(now()).slice(0, 10), note: "", deadline: later() },
    });
    const { code, stdout } = await close("A-Head", "--check");
    expect(code).toBe(1);
    expect(stdout).toContain("data\trecord\n");
    expect(stdout).toContain("recordings\tjournal");
    const kept = ["record", "journal", "picture", "attachments", "room-A", "room-B"].map((id) => ({
      ...{ kind: "data", id, disposition: "kept-by-all", note: "" },
    }));
    await joint("closure.disposed", { items: kept, deadline: later() });
    await joint("monitoring.ended", { from: formatInstant(now()), note: "", deadline: later() });
    await expect
      .poll(async () => (await life()).lacking, { timeout: 60_000 })
      .toEqual([{ kind: "report", id: "final", count: 1 }]);
    const report = await client("A-Head").bytes("/api/v1/reports/final?format=html&language=tr");
    expect(Buffer.from(report).toString()).toContain("Son rapor");
    const sha256 = createHash("sha256").update(report).digest("hex");
    await joint("report.approved", { report: "final", date: "2030-01-01", language: "tr", format: "html", sha256 });
    expect(await close("A-Head", "--yes", "--attended", "H: ambassador")).toMatchObject({ code: 0 });
    expect((await life()).phase).toBe("unwatched");
    expect(await close("B-Head", "--yes")).toMatchObject({ code: 0, stdout: expect.stringContaining("closed") });
    expect(await life()).toMatchObject({ phase: "closed", closedDays: 0, lacking: [] });
    const body = { accuser: mission.parties[0]!.code, via: "letter", what: "Late.", language: "en" };
    expect(await refusal(act("A-Duty-1", "allegation.received", body))).toBe("centre.closed");
    const size = test.centre.registrar.size;
    await test.restart();
    expect(test.centre.registrar.size).toBe(size);
    clients.set("A-Head", await test.client("A-Head"));
    expect((await life()).phase).toBe("closed");
    const told = await jmc(["report", "final", "--data", test.folder, "--format", "json"]);
    expect(JSON.parse(told.stdout)).toMatchObject({ life: { phase: "closed", disposed: { length: kept.length } } });
  });
});
