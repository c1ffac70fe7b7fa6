/** What a sound record tells, gathered while it is replayed: who signed what when, who watched when, what was removed. */
import { isSha256Hex } from "../bytes/hex.ts";
import { shown } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { DIGESTS } from "../redact/disclosure.ts";
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

const TOLD_KINDS = new Set([
  "centre.started",
  "export.made",
  "recordings.removed",
  "time.stamped",
  "attachment.removed",
]);

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
    const isConcealing = this.#mention(statement, index);
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
    if (isConcealing) this.concealed.set(statementId, { index, body: statement.body });
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

  /** Answers whether the statement's body holds digests of what may be disclosed. */
  #mention({ kind, refs, body }: StatementBody, index: number): boolean {
    // Minutes of recordings name nothing but recordings.
    if (kind === "recordings.sealed") return conceals(body, () => undefined);
    const { ciphertext } = body;
    if (typeof ciphertext === "string") this.ciphertexts.add(ciphertext);
    if (typeof ciphertext === "string") this.files.add(ciphertext);
    for (const { rel, sha256 } of refs) {
      if (rel === "attachment") this.files.add(sha256);
      this.#name(sha256, index);
    }
    return conceals(body, (text) => isSha256Hex(text) && this.#name(text, index));
  }

  #name(hash: string, index: number): void {
    if (!this.mentioned.has(hash)) this.mentioned.set(hash, index);
  }
}

/** Whether digests of what may be disclosed are in a value, at whatever depth. `onText` is told all its texts, names of members too. */
function conceals(value: Json, onText: (text: string) => void): boolean {
  if (typeof value === "string") onText(value);
  if (value === null || typeof value !== "object") return false;
  let found = false;
  if (Array.isArray(value)) {
    for (const member of value as readonly Json[]) found = conceals(member, onText) || found;
    return found;
  }
  for (const name of Object.keys(value)) {
    onText(name);
    const isHere = name === DIGESTS;
    found = conceals((value as { readonly [name: string]: Json })[name]!, onText) || isHere || found;
  }
  return found;
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
