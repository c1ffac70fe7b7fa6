/** A small centre of two components, for this package's own tests. Not part of the door. */
import { bytesToBase64 } from "../bytes/base64.ts";
import { bytesToHex } from "../bytes/hex.ts";
import type { Result } from "../fault.ts";
import { unwrap } from "../fault.ts";
import type { Signer } from "../primitives.ts";
import type { Acceptance } from "../replay/check.ts";
import { possessionMessage } from "../replay/keys.ts";
import { admit } from "../replay/replay.ts";
import { emptyState, type ReplayState } from "../replay/state.ts";
import type { StatementDraft } from "../statement/body.ts";
import { formatStatementTime } from "../statement/instant.ts";
import { countersign, signStatement } from "../statement/leaf.ts";
import { primitives, sha256, signerOf } from "./primitives.ts";

export const ORIGIN = "exercise.centre.example/log";
export const START = Date.UTC(2021, 2, 1) * 1000;
export const SECOND = 1_000_000;

export class Scenario {
  readonly state: ReplayState = emptyState(primitives);
  readonly leaves: Uint8Array[] = [];
  readonly machine = signerOf("machine");
  /** Claimed time of the next statement. */
  now = START;

  roots(component: string): Signer[] {
    return [1, 2, 3].map((number) => signerOf(`root ${component} ${number}`));
  }

  draft(fields: Partial<StatementDraft> & { readonly kind: string }): StatementDraft {
    this.now += SECOND;
    const size = this.state.history.size;
    return {
      ...{ origin: ORIGIN, component: "centre", role: "centre", subject: "subject-1", revision: 1 },
      ...{ at: formatStatementTime(this.now), refs: [], body: {} },
      anchor: { size, root: bytesToHex(this.state.history.rootAt(size)!) },
      ...fields,
    };
  }

  async sign(signer: Signer, fields: Partial<StatementDraft> & { readonly kind: string }): Promise<Uint8Array> {
    return signStatement(sha256, signer, this.draft(fields));
  }

  countersign(signer: Signer, leaf: Uint8Array): Promise<Uint8Array> {
    return countersign(sha256, signer, leaf);
  }

  try(leaf: Uint8Array): Result<Acceptance> {
    const result = admit(primitives, this.state, leaf);
    if (result.ok) this.leaves.push(leaf);
    return result;
  }

  add(leaf: Uint8Array): Acceptance {
    return unwrap(this.try(leaf));
  }

  foundingBody(): Record<string, unknown> {
    const roots = (component: string) => this.roots(component).map((root) => bytesToHex(root.publicKey));
    return {
      ...{ exercise: true, demonstration: true, machineKey: bytesToHex(this.machine.publicKey) },
      components: ["A", "B"].map((id) => ({ id, roots: roots(id) })),
      mission: { id: "sample", sha256: "0".repeat(64) },
    };
  }

  /** `terms`: what the founding says besides. */
  async found(terms: object = {}): Promise<void> {
    const body = { ...this.foundingBody(), ...terms };
    this.add(await this.sign(this.machine, { kind: "log.founded", subject: "log", body }));
  }

  /** `key` and `possession` for a statement that brings in a signer's key. */
  async keyBody(signer: Signer, component: string, holder: string): Promise<{ key: string; possession: string }> {
    const key = bytesToHex(signer.publicKey);
    const anchorRoot = bytesToHex(this.state.history.rootAt(this.state.history.size)!);
    const message = possessionMessage({ origin: ORIGIN, component, holder, anchorRoot, publicKey: key });
    return { key, possession: bytesToBase64(await signer.sign(message)) };
  }

  async enrolmentLeaf(component: string, officer: string, signer: Signer, roles = ["duty"]): Promise<Uint8Array> {
    const body = { officer, roles, ...(await this.keyBody(signer, component, officer)) };
    return this.sign(this.roots(component)[0]!, {
      ...{ kind: "officer.enrolled", component, role: "root", subject: officer, body },
    });
  }

  async enrol(component: string, officer: string, signer = signerOf(officer), roles?: string[]): Promise<Signer> {
    const leaf = await this.enrolmentLeaf(component, officer, signer, roles);
    this.add(leaf);
    this.add(await this.countersign(this.roots(component)[1]!, leaf));
    return signer;
  }

  async openSession(component: string, officer: string, hours = 8): Promise<Signer> {
    const session = signerOf(`session ${officer} ${this.state.history.size}`);
    const until = formatStatementTime(this.now + hours * 3600 * SECOND);
    const body = { ...(await this.keyBody(session, component, officer)), until };
    this.add(await this.sign(signerOf(officer), { kind: "session.enrolled", component, role: officer, body }));
    return session;
  }

  propose(signer: Signer, fields: Partial<StatementDraft> = {}): Promise<Uint8Array> {
    const deadline = formatStatementTime(this.now + 48 * 3600 * SECOND);
    return this.sign(signer, {
      ...{ kind: "finding.proposed", component: "A", role: "A-Duty-1", subject: "finding-1" },
      body: { texts: { en: "Two bursts were heard." }, deadline },
      ...fields,
    });
  }
}

/** A founded log with two officers of each of two components. */
export async function scenario(terms: object = {}): Promise<Scenario> {
  const made = new Scenario();
  await made.found(terms);
  for (const officer of ["A-Duty-1", "A-Duty-2"]) await made.enrol("A", officer);
  for (const officer of ["B-Duty-1", "B-Duty-2"]) await made.enrol("B", officer);
  return made;
}
