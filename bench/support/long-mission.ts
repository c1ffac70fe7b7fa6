/**
 * A mission of many days, made by code: a sealed minute for every minute, alerts, and what officers report, each signed and taken in by
 * a registrar as a centre takes it in, with the clock of its day. The sensors' bytes themselves are not made: what closes is the record.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  formatDegrees,
  formatInstant,
  type Instant,
  MICROSECONDS_PER_DAY,
  MICROSECONDS_PER_MINUTE,
  makeUlid,
} from "@openjmc/model";
import { type Signer, signStatement } from "@openjmc/record";
import { foundCentre } from "../../apps/centre/src/founding/found-centre.ts";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";
import type { MachineAct, Registrar } from "../../apps/centre/src/registrar/registrar.ts";
import { openSigner } from "../../apps/centre/src/signer/signer-folder.ts";
import { withRegistrar } from "./registrar-of.ts";

export const PASSPHRASE = "a long mission in a folder of its own";
const SOURCES = 10;
const RECORDS_A_MINUTE = 600;
const SIGHTINGS_A_DAY = 8;
const ALERTS_A_DAY = 3;
/** Taken in together, so that what is measured later is not waited for: claimed times go in steps of as much. */
const DAYS_AT_ONCE = 10;
const MISSION = join(import.meta.dirname, "../../missions/karabakh-2020");

export interface LongMission {
  readonly folder: string;
  readonly signers: Readonly<Record<"A" | "B", string>>;
}

export interface LongMissionOptions {
  readonly root: string;
  readonly startsAt: Instant;
  readonly days: number;
  /** Minutes of each day that have a seal; 1,440 where sensors never rest. */
  readonly minutes: number;
  readonly onDay?: (day: number, entries: number) => void;
}

export async function makeLongMission({
  root,
  startsAt,
  days,
  minutes,
  onDay,
}: LongMissionOptions): Promise<LongMission> {
  const folder = join(root, "centre");
  const signers = { A: join(root, "signer-a"), B: join(root, "signer-b") };
  await foundCentre({
    ...{ folder, missionFolder: MISSION, exercise: false, origin: "long.test", now: startsAt, keyMemoryKiB: 1024 },
    signers: Object.fromEntries(
      Object.entries(signers).map(([code, path]) => [code, { folder: path, passphrase: PASSPHRASE }]),
    ),
  });
  await fill(folder, openSigner(signers.A, "A-Duty-1", PASSPHRASE), startsAt, days, minutes, onDay);
  return { folder, signers };
}

async function fill(
  folder: string,
  officer: Signer,
  startsAt: Instant,
  days: number,
  minutes: number,
  onDay: LongMissionOptions["onDay"],
): Promise<void> {
  await withRegistrar(folder, startsAt, async ({ registrar, origin, setNow }) => {
    for (let day = 0; day < days; day += DAYS_AT_ONCE) {
      const span = Array.from({ length: Math.min(DAYS_AT_ONCE, days - day) }, (_, index) => day + index);
      const now = startsAt + (day + span.length) * MICROSECONDS_PER_DAY - 1;
      setNow(now);
      const acts = span.flatMap((one) => {
        const begins = startsAt + one * MICROSECONDS_PER_DAY;
        return [...sealsOf(begins, one, minutes), ...alertsOf(begins, one)];
      });
      await registrar.act(acts);
      const leaves = Array.from({ length: SIGHTINGS_A_DAY * span.length }, (_, index) =>
        sightingOf(officer, registrar, origin, now, index),
      );
      for (const taken of await Promise.all((await Promise.all(leaves)).map((leaf) => registrar.submit(leaf))))
        unwrapped(taken);
      onDay?.(day, registrar.size);
    }
  });
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Seals as long as those of a centre with ten sensors. */
function* sealsOf(begins: Instant, day: number, minutes: number): Generator<MachineAct> {
  for (let minute = 0; minute < minutes; minute++) {
    const number = day * 1_440 + minute;
    const from = begins + minute * MICROSECONDS_PER_MINUTE;
    yield {
      kind: "recordings.sealed",
      subject: `minute-${number}`,
      body: {
        ...{ from: formatInstant(from), until: formatInstant(from + MICROSECONDS_PER_MINUTE) },
        ...{ firstSequence: number * RECORDS_A_MINUTE + 1, lastSequence: (number + 1) * RECORDS_A_MINUTE },
        segments: Array.from({ length: SOURCES }, (_, source) => ({
          ...{ source: `source-${source}`, bytes: 84_000 + source, frames: 60 },
          sha256: sha256(`${number} ${source}`),
        })),
        picture: { bytes: 250_000, lines: 600, sha256: sha256(`picture ${number}`) },
      },
    };
  }
}

/** Raised and ended again on the same day, as when a source is lost for an hour. */
function alertsOf(begins: Instant, day: number): MachineAct[] {
  return Array.from({ length: ALERTS_A_DAY }, (_, index) => index).flatMap((index): MachineAct[] => {
    const at = begins + index * 60 * MICROSECONDS_PER_MINUTE;
    const subject = sha256(`alert ${day} ${index}`).slice(0, 32);
    const body = {
      ...{ rule: "K2-source-lost", severity: "caution", subjectKind: "source", subjectId: `source-${index}` },
      ...{ occurredAt: formatInstant(at), probabilityPerMille: 1000, outline: {} },
    };
    return [
      { kind: "alert.raised", subject, body },
      { kind: "alert.ended", subject, body: { endedAt: formatInstant(at + 60 * MICROSECONDS_PER_MINUTE) } },
    ];
  });
}

function sightingOf(
  officer: Signer,
  registrar: Registrar,
  origin: string,
  now: Instant,
  index: number,
): Promise<Uint8Array> {
  const random = new Uint8Array(createHash("sha256").update(`${now} ${index}`).digest().subarray(0, 10));
  return signStatement(nodePrimitives.sha256, officer, {
    ...{ origin, kind: "sighting.reported", component: "A", role: "A-Duty-1", revision: 0, refs: [] },
    ...{ subject: makeUlid(now, random), at: formatInstant(now), anchor: registrar.anchor() },
    body: {
      observer: { lon: formatDegrees(46.9), lat: formatDegrees(39.9), uncertaintyMetres: 50 },
      ...{ occurredAt: formatInstant(now - 60_000_000), timeUncertaintySeconds: 5, means: "heard" },
      ...{ observation: "burst", count: { number: 1 + index, unit: "burst", qualifier: "exact" } },
      ...{ direction: "undetermined", weapon: "not-known", visibility: "good", remark: "" },
    },
  });
}

function unwrapped<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: object },
): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.fault));
}
