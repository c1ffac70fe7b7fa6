/**
 * The two-key rule over random orders of acts, against a model that knows nothing of how the replay does it: only who
 * signed what, in which order. Two components, two officers each, two texts a side, one clock.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { unwrap } from "../fault.ts";
import type { Signer } from "../primitives.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { readLeaf } from "../statement/leaf.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { Scenario, SECOND, scenario } from "../testing/scenario.ts";
import { admit } from "./replay.ts";
import { emptyState, type JointStatus } from "./state.ts";

type Component = "A" | "B";

/** One act of somebody, tried whether it is allowed or not. `text`: which of the four texts it is about. */
interface Step {
  readonly does: "sign" | "dissent" | "withdraw" | "lapse" | "wait";
  readonly component: Component;
  readonly officer: 1 | 2;
  readonly text: number;
}

interface Text {
  readonly proposer: Component;
  readonly revision: number;
}

const TEXTS: readonly Text[] = [
  { proposer: "A", revision: 1 },
  { proposer: "A", revision: 2 },
  { proposer: "B", revision: 1 },
  { proposer: "B", revision: 2 },
];
const DEADLINE_SECONDS = 10_000;

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom("sign", "sign", "sign", "dissent", "withdraw", "lapse", "wait"),
  component: fc.constantFrom("A", "B"),
  officer: fc.constantFrom(1, 2),
  text: fc.nat(TEXTS.length - 1),
});

/** What must hold by the rule alone. */
class Model {
  readonly status: (JointStatus | undefined)[] = TEXTS.map(() => undefined);
  readonly signers: Set<string>[] = TEXTS.map(() => new Set());
  late = false;

  /** Whether the act is allowed; if so it has happened. */
  take(step: Step): boolean {
    const { text } = step;
    if (step.does === "wait") this.late = true;
    if (step.does === "wait" || step.does === "sign") return step.does === "wait" || this.#sign(step);
    const own = TEXTS[text]!.proposer === step.component;
    const allowed = { dissent: !own, withdraw: own, lapse: this.late }[step.does];
    if (this.status[text] !== "proposed" || !allowed) return false;
    this.status[text] = ({ dissent: "split", withdraw: "withdrawn", lapse: "one-sided" } as const)[step.does];
    return true;
  }

  #sign({ text, component, officer }: Step): boolean {
    const { proposer, revision } = TEXTS[text]!;
    if (this.status[text] === undefined) {
      const later = TEXTS.some(
        (other, at) => other.proposer === proposer && other.revision > revision && this.status[at],
      );
      // A proposal names the first officer; only he can make it, and only before a later revision of his side.
      if (component !== proposer || officer !== 1 || later) return false;
      this.#closeOpen((other) => other.proposer === proposer, "superseded");
      this.status[text] = "proposed";
    } else if (this.status[text] !== "proposed" || component === proposer) return false;
    this.signers[text]!.add(component);
    if (this.signers[text]!.size === 2) {
      this.status[text] = "joint";
      this.#closeOpen(() => true, "superseded");
    }
    return true;
  }

  #closeOpen(which: (text: Text) => boolean, status: JointStatus): void {
    TEXTS.forEach((text, at) => {
      if (this.status[at] === "proposed" && which(text)) this.status[at] = status;
    });
  }
}

const signers = new Map<string, Signer>();
let founded: readonly Uint8Array[] = [];
let proposals: readonly Uint8Array[] = [];

/** Founding and texts are the same for all runs, so that a run costs its acts only. */
beforeAll(async () => {
  const log = await scenario();
  founded = log.leaves;
  for (const component of ["A", "B"])
    for (const officer of [1, 2]) signers.set(`${component}${officer}`, signerOf(`${component}-Duty-${officer}`));
  const deadline = formatStatementTime(log.now + DEADLINE_SECONDS * SECOND);
  proposals = await Promise.all(
    TEXTS.map(({ proposer, revision }) =>
      log.propose(signers.get(`${proposer}1`)!, {
        ...{ component: proposer, role: `${proposer}-Duty-1`, revision },
        body: { texts: { en: `Text ${revision} of ${proposer}.` }, deadline },
      }),
    ),
  );
});

function idOf(text: number): string {
  return unwrap(readLeaf(sha256, proposals[text]!)).statementId;
}

async function leafOf(log: Scenario, { does, component, officer, text }: Step): Promise<Uint8Array> {
  const signer = signers.get(`${component}${officer}`)!;
  if (does === "sign") return log.countersign(signer, proposals[text]!);
  const kind = { dissent: "finding.dissented", withdraw: "finding.withdrawn", lapse: "finding.lapsed" }[
    does as "lapse"
  ];
  const role = `${component}-Duty-${officer}`;
  return log.sign(does === "lapse" ? log.machine : signer, {
    ...(does === "lapse" ? {} : { component, role }),
    ...{ kind, subject: "finding-1", refs: [{ rel: "proposal", sha256: idOf(text) }] },
    body: { text: "We differ.", reason: "New evidence." },
  });
}

async function play(steps: readonly Step[]): Promise<{ log: Scenario; model: Model }> {
  const log = new Scenario();
  for (const leaf of founded) log.add(leaf);
  const model = new Model();
  for (const one of steps) {
    if (one.does === "wait") log.now += (model.late ? 0 : 2 * DEADLINE_SECONDS) * SECOND;
    const expected = model.take(one);
    if (one.does === "wait") continue;
    const result = log.try(await leafOf(log, one));
    expect([one, result.ok]).toEqual([one, expected]);
    TEXTS.forEach((_, text) => {
      expect(log.state.acts.get(idOf(text))?.status).toBe(model.status[text]);
    });
  }
  return { log, model };
}

describe("whatever is tried, in whatever order", () => {
  test("acts are allowed, and stand, as the rule says; the leaves alone tell the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const { log, model } = await play(steps);
        const again = emptyState(primitives);
        for (const leaf of log.leaves) unwrap(admit(primitives, again, leaf));
        expect([...again.acts.values()]).toEqual([...log.state.acts.values()]);
        for (const act of again.acts.values()) {
          const sides = new Set(act.signatures.map((signature) => signature.component));
          expect(act.status === "joint").toBe(sides.size === 2);
        }
        expect(model.status.filter((status) => status === "proposed").length).toBeLessThanOrEqual(2);
      }),
      { numRuns: runs(30) },
    );
  });

  test("with one side silent nothing is ever joint, nothing of the other waits for it, and all can end", async () => {
    const alone = step.map((one) => ({ ...one, component: "A" as const }));
    await fc.assert(
      fc.asyncProperty(fc.array(alone, { maxLength: 12 }), async (steps) => {
        const { log } = await play(steps);
        expect([...log.state.acts.values()].filter((act) => act.status === "joint")).toEqual([]);
        const note = { kind: "incident.noted", component: "A", role: "A-Duty-1", body: { text: "Seen." } };
        expect(log.add(await log.sign(signers.get("A1")!, note)).effect).toBe("recorded");
        log.now += 2 * DEADLINE_SECONDS * SECOND;
        for (const [text] of TEXTS.entries()) {
          if (log.state.acts.get(idOf(text))?.status !== "proposed") continue;
          const lapse = { does: "lapse", component: "A", officer: 1, text } as const;
          expect(log.add(await leafOf(log, lapse)).effect).toBe("one-sided");
        }
      }),
      { numRuns: runs(15) },
    );
  });
});

describe("the time to answer", () => {
  test("is as long as the founding says, so that nobody lets his own proposal lapse unread", async () => {
    const log = await scenario({ shortestAnswerSeconds: 3600 });
    const body = (seconds: number) => ({
      texts: { en: "Two bursts." },
      deadline: formatStatementTime(log.now + seconds * SECOND),
    });
    const near = log.try(await log.propose(signers.get("A1")!, { body: body(3600) }));
    expect(near).toMatchObject({
      ok: false,
      fault: { code: "joint.deadline-near", where: { field: "body.deadline" } },
    });
    expect(log.try(await log.propose(signers.get("A1")!, { body: body(3602) })).ok).toBe(true);
  });

  test("is a number of seconds", async () => {
    await expect(scenario({ shortestAnswerSeconds: 0 })).rejects.toThrow("statement.body");
    await expect(scenario({ shortestAnswerSeconds: "1" })).rejects.toThrow("statement.body");
  });
});
