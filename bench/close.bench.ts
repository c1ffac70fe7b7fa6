/**
 * `jmc close` on a mission of 1,182 days: the record is made by code (`support/long-mission.ts`), then a centre starts on it and is closed
 * as a mission is: plan, what becomes of what is open, the end of the watch, the final report approved by both, both heads' signatures.
 * By default every sixth minute of the days is sealed, 240 a day; with OPENJMC_TORTURE=1 each of them, some 1.7 million entries;
 * OPENJMC_MINUTES names another number. `--data DIR` keeps the record, or takes one that was made before. Times are by the clock of a machine that others may use.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { type AppendedAnswer, formatInstant, type LifeView, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { pino } from "pino";
import { openCentre } from "../apps/centre/src/centre.ts";
import { prepareCountersignature, prepareOwnAct, sendAct } from "../apps/centre/src/signer/acts.ts";
import { type CentreClient, connectToCentre } from "../apps/centre/src/signer/centre-client.ts";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { makeLongMission, PASSPHRASE } from "./support/long-mission.ts";

const DAYS = 1_182;
const MINUTES = Number(process.env.OPENJMC_MINUTES ?? (process.env.OPENJMC_TORTURE === "1" ? 1_440 : 240));
const JMC = join(import.meta.dirname, "../apps/centre/src/cli/jmc.ts");
const now = (): number => Date.now() * 1000;
const later = (): string => formatInstant(now() + 24 * MICROSECONDS_PER_HOUR);

const spans: Record<string, number> = {};
async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const done = await work();
  spans[name] = Number(((performance.now() - began) / 1000).toPrecision(3));
  return done;
}

interface Heads {
  readonly url: string;
  readonly root: string;
  readonly clients: Readonly<Record<string, CentreClient>>;
}

export async function run(kept?: string) {
  const root = kept ?? mkdtempSync(join(tmpdir(), "openjmc-close-"));
  try {
    if (!existsSync(join(root, "centre")))
      await timed("made", () =>
        makeLongMission({ root, startsAt: now() - DAYS * 24 * MICROSECONDS_PER_HOUR, days: DAYS, minutes: MINUTES }),
      );
    const options = { folder: join(root, "centre"), host: "127.0.0.1", port: 0, mqtt: { host: "127.0.0.1", port: 0 } };
    const open = () => openCentre({ ...options, logger: pino({ level: "silent" }) });
    const first = await timed("firstStart", open);
    await first.stop();
    const centre = await timed("start", open);
    const entries = centre.registrar.size;
    const phase = await timed("closed", () => close(root, centre.url));
    const megabytes = Math.round(process.memoryUsage().rss / 1e6);
    await centre.stop();
    return {
      name: `jmc close: a mission of ${DAYS} days`,
      headline: `${entries.toLocaleString("en")} entries of ${DAYS} days: started in ${spans.start} s, closed in ${spans.closed} s, ${megabytes} MB`,
      ...{ entries, sealedMinutesADay: MINUTES, phase, megabytes, seconds: spans },
    };
  } finally {
    if (kept === undefined) rmSync(root, { recursive: true, force: true });
  }
}

/** Every step of the end, by both heads; answers the phase that it ends in. */
async function close(root: string, url: string): Promise<string> {
  const clients: Record<string, CentreClient> = {};
  for (const officer of ["A-Head", "B-Head", "A-Duty-1", "B-Duty-1"])
    clients[officer] = await connectToCentre({ url, officer, signer: signerOf(root, officer) });
  const heads = { url, root, clients };
  await openFirst(heads);
  const { mission } = await clients["A-Head"]!.get<{ mission: { states: { code: string; roles: string[] }[] } }>(
    "/api/v1/centre",
  );
  const states = mission.states.filter(({ roles }) => roles.includes("sending-state")).map(({ code }) => code);
  await joint(heads, "closure.planned", {
    ...{ trigger: "joint-decision", decidedBy: states, decidedAt: formatInstant(now()), announcedBy: states[0] },
    ...{ lastDay: formatInstant(now()).slice(0, 10), note: "", deadline: later() },
  });
  const kept = ["record", "journal", "picture", "attachments", "room-A", "room-B"].map((id) => ({
    ...{ kind: "data", id, disposition: "kept-by-all", note: "" },
  }));
  await joint(heads, "closure.disposed", { items: kept, deadline: later() });
  await joint(heads, "monitoring.ended", { from: formatInstant(now()), note: "", deadline: later() });
  await untilSealed(heads);
  const report = await timed("finalReport", () =>
    clients["A-Head"]!.bytes("/api/v1/reports/final?format=html&language=en"),
  );
  const sha256 = createHash("sha256").update(report).digest("hex");
  const date = formatInstant(now()).slice(0, 10);
  await joint(heads, "report.approved", { report: "final", date, language: "en", format: "html", sha256 });
  for (const officer of ["A-Head", "B-Head"]) await timed(`jmc close ${officer}`, async () => jmcClose(heads, officer));
  return (await clients["A-Head"]!.get<LifeView>("/api/v1/mission/life")).phase;
}

const signerOf = (root: string, officer: string) =>
  openSigner(join(root, officer.startsWith("A") ? "signer-a" : "signer-b"), officer, PASSPHRASE);

async function act({ root, clients }: Heads, officer: string, kind: string, body: object): Promise<AppendedAnswer> {
  const client = clients[officer]!;
  return sendAct(client, signerOf(root, officer), await prepareOwnAct(client, { kind, body }));
}

async function joint(heads: Heads, kind: string, body: object): Promise<void> {
  const { statement } = await act(heads, "A-Head", kind, body);
  const client = heads.clients["B-Head"]!;
  await sendAct(client, signerOf(heads.root, "B-Head"), await prepareCountersignature(client, statement));
}

/** A roster and a watch of each side, and the opening that a closure needs. */
async function openFirst(heads: Heads): Promise<void> {
  const day = formatInstant(now()).slice(0, 10);
  for (const side of ["A", "B"]) {
    const member = (id: string, duty: string, officer: string) => ({
      ...{ id: `${side}-${id}`, duties: [duty], rank: "", languages: ["en"], from: day, officer: `${side}-${officer}` },
    });
    const people = [member("01", "head-of-component", "Head"), member("02", "duty-officer", "Duty-1")];
    await act(heads, `${side}-Head`, "roster.imported", { people, note: "" });
    const starts = formatInstant(now() - MICROSECONDS_PER_HOUR);
    await act(heads, `${side}-Duty-1`, "watch.planned", {
      ...{ hours: 8, watches: [{ starts, officer: `${side}-02`, others: [] }] },
    });
  }
  await joint(heads, "centre.opened", { from: formatInstant(now()), note: "", deadline: later() });
}

/** The command as a head types it. Throws what it says where it does not close. */
async function jmcClose({ root, url }: Heads, officer: string): Promise<void> {
  const secret = join(root, "passphrase");
  writeFileSync(secret, PASSPHRASE);
  const keys = join(root, officer.startsWith("A") ? "signer-a" : "signer-b");
  const flags = ["--centre", url, "--keys", keys, "--officer", officer, "--passphrase-file", secret, "--yes"];
  await promisify(execFile)(process.execPath, [JMC, "close", ...flags]);
}

/** Until the last minute is sealed and nothing but the report is in the way. */
async function untilSealed({ clients }: Heads): Promise<void> {
  for (;;) {
    const { lacking } = await clients["A-Head"]!.get<LifeView>("/api/v1/mission/life");
    if (lacking.every(({ kind }) => kind === "report")) return;
    await pause(100);
  }
}

if (import.meta.main) {
  const at = process.argv.indexOf("--data");
  console.log(JSON.stringify(await run(at < 0 ? undefined : process.argv[at + 1]), undefined, 1));
}
