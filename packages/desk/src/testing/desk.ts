/** A desk for tests: acts are decided and, where they are good, replayed, as the registrar does it. */
import { createHash } from "node:crypto";
import { formatInstant, type Instant, parseInstant } from "@openjmc/model";
import { decide, decideSecond } from "../decide.ts";
import type { DecisionContext, Draft } from "../draft.ts";
import type { RecordedEntry } from "../entry.ts";
import { project } from "../project.ts";
import { type DeskState, emptyDesk } from "../state.ts";

export const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};
export const stamp = (text: string): string => formatInstant(at(text));

const OFFICERS = ["A-Head", "A-Duty-1", "A-Duty-2", "B-Head", "B-Duty-1", "B-Duty-2"];

export class TestDesk {
  readonly state: DeskState = emptyDesk();
  readonly context: DecisionContext;
  now: Instant;
  #index = 0;

  constructor(start: string, context: Partial<DecisionContext> = {}) {
    this.now = at(start);
    this.context = {
      provisions: new Set(),
      authenticLanguages: [],
      parties: new Set(),
      signatories: new Map(),
      amendments: new Set(),
      ...context,
    };
    this.#take({ kind: "log.founded", component: "centre", role: "centre", tier: "machine" }, "mission", {
      components: [{ id: "A" }, { id: "B" }],
    });
    for (const officer of OFFICERS) this.#enrol(officer);
  }

  /** An act of an officer whose name begins with the component; gives the statement, or the code of the refusal. */
  act(role: string, kind: string, body: object, subject = `s${this.#index}`): string {
    const draft = this.#draft(role, kind, body, subject);
    const decided = decide(this.state, draft, this.context);
    if (!decided.ok) return decided.fault.code;
    return this.#take({ kind, component: role[0]!, role, tier: "session" }, subject, body);
  }

  /** What the refusal says, whole. */
  refusal(role: string, kind: string, body: object) {
    const decided = decide(this.state, this.#draft(role, kind, body, "x"), this.context);
    return decided.ok ? undefined : decided.fault;
  }

  /** The second signature under what was proposed last; gives the code of the refusal where it is refused. */
  countersign(role: string, statement: string): string {
    const act = this.state.jointActs.get(statement);
    const draft = this.#draft(role, act?.kind ?? "", act?.body ?? {}, act?.id ?? "");
    const decided = decideSecond(this.state, draft, this.context);
    if (!decided.ok) return decided.fault.code;
    const entry = { kind: draft.kind, component: role[0]!, role, tier: "binding", statement, effect: "joint" } as const;
    return this.#take(entry, draft.subject, draft.body);
  }

  /** Proposed by A's head and signed by B's. */
  joint(kind: string, body: object): string {
    const statement = this.act("A-Head", kind, body);
    return statement.length === 64 ? this.countersign("B-Head", statement) : statement;
  }

  /** The machine's act, as a lapse. */
  machine(kind: string, body: object): void {
    this.#take({ kind, component: "centre", role: "centre", tier: "machine" }, "x", body);
  }

  #draft(role: string, kind: string, body: object, subject: string): Draft {
    return { kind, component: role[0]!, role, subject, claimedAt: this.now, body: body as Record<string, unknown> };
  }

  #enrol(officer: string): void {
    const roles = [officer.includes("Head") ? "head-of-component" : "duty-officer"];
    const key = { keyId: officer, tier: "binding", component: officer[0]!, holder: officer, from: this.#index };
    this.#take({ kind: "officer.enrolled", component: officer[0]!, role: "root", tier: "root", keys: [key] }, officer, {
      roles,
    });
  }

  #take(
    entry: Pick<RecordedEntry, "kind" | "component" | "role" | "tier"> & Partial<RecordedEntry>,
    subject: string,
    body: object,
  ): string {
    const index = this.#index++;
    const statement = entry.statement ?? createHash("sha256").update(`${index}`).digest("hex");
    project(this.state, {
      ...{ index, statement, subject, revision: 0, keyid: entry.role, keys: [], effect: "recorded" },
      ...{ claimedAt: this.now, recordedAt: this.now, body: body as Record<string, unknown> },
      ...entry,
    });
    return statement;
  }
}
