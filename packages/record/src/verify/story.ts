/** What a sound record tells, gathered while it is replayed: who signed what when, who watched when, what was removed. */
import { shown } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import type { Acceptance, Effect } from "../replay/check.ts";
import type { SealedPlace } from "../seal/opened.ts";
import type { DisclosedBody } from "../seal/room.ts";
import type { StatementBody } from "../statement/body.ts";
import { parseStatementTime } from "../statement/instant.ts";
import { ClockWatch } from "./clock-watch.ts";
import type { Resealing } from "./reseal.ts";
import { WatchTable } from "./watch.ts";

/** One signature, dissent, withdrawal or lapse of a statement that needs both components. Times as claimed. */
export interface ToldAct {
  readonly index: number;
  readonly statementId: string;
  readonly kind: string;
  readonly subject: string;
  readonly effect: Effect;
  readonly component: string;
  readonly officer: string;
  readonly at: string;
  /** What it says in words, by language; a text in no stated language under an empty name. Countersignatures say nothing of their own. */
  readonly texts: readonly (readonly [language: string, text: string])[];
}

/** One entry's verdict. Codes: `entry.holds`, `entry.withheld`, `entry.refused`, `entry.not-in-tree`. */
export interface EntryVerdict {
  readonly index: number;
  readonly code: string;
  readonly kind?: string;
  readonly component?: string;
  readonly holder?: string;
  readonly at?: string;
  readonly effect?: Effect;
  /** Why it was refused. */
  readonly reason?: string;
}

/** A statement whose body holds digests of what may be disclosed. */
export interface ConcealedStatement {
  readonly index: number;
  readonly body: { readonly [name: string]: Json };
}

/** An entry that gives the key of a sealed one. */
export interface Disclosing {
  readonly index: number;
  /** Statement id of the sealed entry, as far as it is one. */
  readonly sealed: string;
  readonly body: DisclosedBody;
}

const TOLD_KINDS = new Set(["export.made", "recordings.removed", "time.stamped", "attachment.removed"]);
const HASH = /"([0-9a-f]{64})"/g;

export class Story {
  readonly acts: ToldAct[] = [];
  readonly watch = new WatchTable();
  readonly clock = new ClockWatch();
  /** Entries of the kinds that tell what became of the record itself, in log order. */
  readonly told: { readonly index: number; readonly statement: StatementBody }[] = [];
  readonly concealed = new Map<string, ConcealedStatement>();
  /** Hashes that released entries name, with the first entry that names each. */
  readonly mentioned = new Map<string, number>();
  /** Hashes of ciphertexts that released entries name. */
  readonly ciphertexts = new Set<string>();
  /** Hashes of files that belong to entries: attachments and ciphertexts. */
  readonly files = new Set<string>();
  readonly verdicts: EntryVerdict[] = [];
  /** Entries sealed in private rooms, by statement id. */
  readonly sealed = new Map<string, SealedPlace>();
  readonly disclosures: Disclosing[] = [];
  readonly resealed: Resealing[] = [];
  readonly #withVerdicts: boolean;
  readonly #notInTree = new Set<number>();
  withheld = 0;

  constructor(withVerdicts: boolean) {
    this.#withVerdicts = withVerdicts;
  }

  accepted(acceptance: Acceptance): void {
    const { index, leaf, signer, effect } = acceptance;
    this.clock.accepted(acceptance);
    const { statement, statementId } = leaf;
    const { kind, subject, at } = statement;
    if (this.#withVerdicts) {
      const { component, holder } = signer;
      this.verdicts.push({ index, code: "entry.holds", kind, component, holder, at, effect });
    }
    const body = JSON.stringify(statement.body);
    this.#mention(statement, body, index);
    if (isJoint(effect))
      this.acts.push({
        index,
        statementId,
        kind,
        subject,
        effect,
        component: signer.component,
        officer: signer.holder,
        at,
        texts: effect === "proposed" || effect === "split" ? textsOf(statement) : [],
      });
    if (kind === "sealed") this.sealed.set(statementId, { index, leaf });
    if (kind === "disclosed") this.disclosures.push(disclosingOf(index, statement));
    if (kind === "record.resealed") this.resealed.push({ index, at, body: statement.body });
    if (kind === "recordings.sealed") this.watch.seal(statement.body, timeOf);
    if (TOLD_KINDS.has(kind)) this.told.push({ index, statement });
    if (body.includes('"_sd"')) this.concealed.set(statementId, { index, body: statement.body });
  }

  refused(index: number, reason: string): void {
    if (this.#withVerdicts) this.verdicts.push({ index, code: "entry.refused", reason });
  }

  notInTree(index: number): void {
    this.#notInTree.add(index);
    if (this.#withVerdicts) this.verdicts.push({ index, code: "entry.not-in-tree" });
  }

  withhold(index: number): void {
    if (this.#notInTree.has(index)) return;
    this.withheld += 1;
    if (this.#withVerdicts) this.verdicts.push({ index, code: "entry.withheld" });
  }

  #mention(statement: StatementBody, body: string, index: number): void {
    if (statement.kind === "recordings.sealed") return;
    const { ciphertext } = statement.body;
    if (typeof ciphertext === "string") this.ciphertexts.add(ciphertext);
    if (typeof ciphertext === "string") this.files.add(ciphertext);
    const named = statement.refs.map(({ sha256 }) => sha256);
    for (const { rel, sha256 } of statement.refs) if (rel === "attachment") this.files.add(sha256);
    for (const [, hash] of body.matchAll(HASH)) named.push(hash!);
    for (const hash of named) if (!this.mentioned.has(hash)) this.mentioned.set(hash, index);
  }
}

function textsOf({ body }: StatementBody): ToldAct["texts"] {
  const texts = typeof body.text === "string" ? { "": body.text } : (body.texts ?? {});
  const isText = (pair: readonly [string, Json]): pair is [string, string] => typeof pair[1] === "string";
  return typeof texts === "object" ? Object.entries(texts).filter(isText) : [];
}

function disclosingOf(index: number, { body }: StatementBody): Disclosing {
  return { index, sealed: shown(body.sealed), body: body as unknown as DisclosedBody };
}

function isJoint(effect: Effect): boolean {
  return ["proposed", "countersigned", "joint", "split", "withdrawn", "one-sided"].includes(effect);
}

function timeOf(value: Json | undefined): number | undefined {
  const parsed = parseStatementTime(value);
  return parsed.ok ? parsed.value : undefined;
}
