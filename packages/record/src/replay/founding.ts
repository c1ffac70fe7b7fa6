/** The first leaf: it names the log, its components and their root keys, and the centre's own key. */

import { isSha256Hex } from "../bytes/hex.ts";
import { verifyStrict } from "../ed25519/profile.ts";
import { refuse, shown, unwrap } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { isIdentifier } from "../json/text.ts";
import { readCosignerRules } from "../policy/cosigners.ts";
import type { Primitives } from "../primitives.ts";
import { parseStatementTime } from "../statement/instant.ts";
import type { KindRule } from "../statement/kinds.ts";
import type { Leaf } from "../statement/leaf.ts";
import type { Change } from "./change.ts";
import { bodyText, wrongBody } from "./context.ts";
import { readKindRules } from "./extension.ts";
import { newKey } from "./keys.ts";
import { readLogKey } from "./log-keys.ts";
import type { KeyEntry, LogKeyEntry } from "./state.ts";
import { readSuccession } from "./succession.ts";

export const ROOT_KEYS = 3;
export const ROOT_QUORUM = 2;
const SECOND = 1_000_000;
const EIGHT_HOURS = 8 * 3600 * SECOND;
const DAY_SECONDS = 86_400;

type Body = { readonly [name: string]: Json };

/** Errors: `founding.*`, `statement.body`, `key.*`, `signature.*`. */
export function checkFounding(primitives: Primitives, leaf: Leaf): Change {
  const { statement } = leaf;
  if (statement.kind !== "log.founded") {
    refuse("founding.missing", "log", { expected: "log.founded as first entry", got: statement.kind });
  }
  if (statement.component !== "centre" || statement.role !== "centre") {
    refuse("founding.malformed", "founding", { expected: "component and role centre" });
  }
  if (statement.anchor.size !== 0) refuse("anchor.future", "founding", { expected: "an anchor of size 0" });
  const exercise = checkExercise(statement.origin, statement.body);
  const machine = newKey(primitives, new Map(), bodyText(statement.body, "machineKey"), {
    tier: "machine",
    component: "centre",
    holder: "centre",
    from: 0,
  });
  if (machine.keyId !== leaf.envelope.keyId) refuse("key.unenrolled", "founding", { expected: "the centre's key" });
  unwrap(verifyStrict(primitives, machine.publicKey, leaf.signed, leaf.envelope.signature));
  const roots = readComponents(primitives, statement.body, machine);
  const at = unwrap(parseStatementTime(statement.at));
  const components = [...new Set(roots.map((root) => root.component))];
  return {
    ...foundingCosigners(primitives, statement.body, { origin: statement.origin, components }),
    keys: [machine, ...roots],
    logKeys: foundingLogKey(primitives, statement.body, [machine, ...roots]),
    kinds: foundingKinds(statement.body),
    quorum: { statementId: leaf.statementId, quorum: { signatures: [], complete: false } },
    founding: {
      ...exercise,
      origin: statement.origin,
      components,
      mission: readMission(statement.body),
      watch: readWatch(statement.body),
      ...readTerms(primitives, statement.origin, statement.body),
      statementId: leaf.statementId,
      at,
    },
  };
}

function checkExercise(origin: string, body: Body): { exercise: boolean; demonstration: boolean } {
  const { exercise, demonstration } = body;
  if (typeof exercise !== "boolean") return wrongBody("exercise", "true or false", exercise);
  if (typeof demonstration !== "boolean") return wrongBody("demonstration", "true or false", demonstration);
  if (exercise !== origin.startsWith("exercise.")) {
    refuse("founding.exercise", "founding", {
      expected: "an origin beginning exercise. in exercises only",
      got: origin,
    });
  }
  if (demonstration && !exercise) refuse("founding.demonstration", "founding", { expected: "an exercise" });
  return { exercise, demonstration };
}

function readComponents(primitives: Primitives, body: Body, machine: KeyEntry): KeyEntry[] {
  const { components } = body;
  if (!Array.isArray(components) || components.length < 2) return wrongBody("components", "two or more", components);
  const known = new Map([[machine.keyId, machine]]);
  const names = new Set<string>();
  for (const component of components as readonly Json[]) {
    const { id, roots } = (component ?? {}) as Body;
    if (!isIdentifier(id) || id === "centre" || names.has(id)) return wrongBody("components", "ids of their own", id);
    if (!Array.isArray(roots) || roots.length !== ROOT_KEYS) return wrongBody("components", "three root keys each", id);
    names.add(id);
    for (const root of roots) {
      const entry = newKey(primitives, known, shown(root), { tier: "root", component: id, holder: "root", from: 0 });
      known.set(entry.keyId, entry);
    }
  }
  return [...known.values()].slice(1);
}

function readMission(body: Body): { id: string; sha256: string } {
  const { id, sha256 } = (body.mission ?? {}) as Body;
  if (isIdentifier(id) && typeof sha256 === "string" && isSha256Hex(sha256)) return { id, sha256 };
  return wrongBody("mission", "id and sha256", shown(body.mission));
}

function readWatch(body: Body): number {
  const { watchSeconds } = body;
  if (watchSeconds === undefined) return EIGHT_HOURS;
  const fits = typeof watchSeconds === "number" && watchSeconds > 0 && watchSeconds * 1_000_000 <= 3 * EIGHT_HOURS;
  return fits ? watchSeconds * 1_000_000 : wrongBody("watchSeconds", "1 to 86400", watchSeconds);
}

/** What the components agreed on for hard times: recovery of roots, time to answer, the log that this one succeeds. */
function readTerms(primitives: Primitives, origin: string, body: Body) {
  const rootRecoveryDelay = readRecoveryDelay(body);
  const succeeds = readSuccession(primitives, origin, body.succeeds);
  return {
    ...(rootRecoveryDelay === undefined ? {} : { rootRecoveryDelay }),
    shortestAnswer: readShortestAnswer(body),
    ...(succeeds === undefined ? {} : { succeeds }),
  };
}

/** Where the founding allows a claim to new roots at all, the delay is a day at least outside of exercises. */
function readRecoveryDelay(body: Body): number | undefined {
  const { rootRecoverySeconds, exercise } = body;
  if (rootRecoverySeconds === undefined) return undefined;
  const least = exercise === true ? 1 : DAY_SECONDS;
  if (isSeconds(rootRecoverySeconds, least)) return rootRecoverySeconds * SECOND;
  return wrongBody("rootRecoverySeconds", `${least} to ${366 * DAY_SECONDS}`, rootRecoverySeconds);
}

/** Without it a proposer could let his own proposal lapse before anybody could have read it. */
function readShortestAnswer(body: Body): number {
  const { shortestAnswerSeconds } = body;
  if (shortestAnswerSeconds === undefined) return 0;
  if (isSeconds(shortestAnswerSeconds, 1)) return shortestAnswerSeconds * SECOND;
  return wrongBody("shortestAnswerSeconds", `1 to ${366 * DAY_SECONDS}`, shortestAnswerSeconds);
}

function isSeconds(value: Json, least: number): value is number {
  return typeof value === "number" && value >= least && value <= 366 * DAY_SECONDS;
}

function foundingLogKey(primitives: Primitives, body: Body, keys: readonly KeyEntry[]): readonly LogKeyEntry[] {
  if (body.logKey === undefined) return [];
  const known = new Map(keys.map((key) => [key.keyId, key]));
  return [readLogKey(primitives, known, [], bodyText(body, "logKey"), 0)];
}

/** Cosigners may be named at once, where their keys are known at the founding. */
function foundingCosigners(
  primitives: Primitives,
  body: Body,
  log: { readonly origin: string; readonly components: readonly string[] },
): Pick<Change, "cosigners"> {
  const { cosigners } = body;
  if (cosigners === undefined) return {};
  if (cosigners === null || typeof cosigners !== "object" || Array.isArray(cosigners)) {
    return wrongBody("cosigners", "rules for cosigners", cosigners);
  }
  return { cosigners: unwrap(readCosignerRules(primitives.sha256, cosigners as Body, log)) };
}

function foundingKinds(body: Body): readonly KindRule[] {
  return body.kinds === undefined ? [] : readKindRules(body.kinds);
}
