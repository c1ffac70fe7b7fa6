/** Opening what a record discloses of its private rooms, and judging it as the record's own rules do. */
import type { Result } from "../fault.ts";
import { settle } from "../primitives.ts";
import type { ReplayState } from "../replay/state.ts";
import { type Disclosure, gatherDisclosure } from "../seal/disclosed.ts";
import { checkOpened } from "../seal/opened.ts";
import { type Cipher, type SealedBody, unseal } from "../seal/room.ts";
import type { StatementBody } from "../statement/body.ts";
import type { Leaf } from "../statement/leaf.ts";
import { finding, type RecordFinding } from "./finding.ts";
import type { VerifyOptions } from "./record.ts";
import type { Disclosing, Story } from "./story.ts";

/** What opening needs from outside; without either, disclosed entries stay closed and are counted. */
export interface OpeningMeans {
  readonly decrypt?: Cipher["decrypt"];
  /** An attachment's bytes by its SHA-256; undefined where this copy does not have it. */
  readonly attachment?: (sha256: string) => Promise<Uint8Array | undefined> | Uint8Array | undefined;
}

/** A sealed entry that was disclosed, and the statement that was in it. Indexes are places in the log. */
export interface OpenedEntry {
  readonly index: number;
  readonly disclosedAt: number;
  readonly room: string;
  readonly statementId: string;
  readonly statement: StatementBody;
}

export interface Openings {
  readonly opened: readonly OpenedEntry[];
  /** Disclosed, but the sealed entry or its ciphertext is not in this copy, or there is nothing here to decrypt it with. */
  readonly closed: number;
  /** Sealed, and no disclosure that fits is there. */
  readonly stillSealed: number;
  readonly findings: readonly RecordFinding[];
}

/**
 * Every disclosure is judged, whatever came before it: one that does not fit, put first, neither hides an entry nor the good one
 * behind it. What was opened is told once, with the first disclosure that opens it. Findings: `opened.refused` for each that does
 * not fit.
 */
export async function openDisclosed(story: Story, state: ReplayState, options: VerifyOptions): Promise<Openings> {
  const opened = new Map<string, OpenedEntry>();
  const closed = new Set<string>();
  const findings: RecordFinding[] = [];
  for (const disclosing of story.disclosures) {
    const gathered = await gather(story, disclosing, options);
    if (gathered === undefined) closed.add(disclosing.sealed);
    else {
      const leaf = gathered.ok ? await open(gathered.value, state, options) : gathered;
      if (!leaf.ok) findings.push(finding("opened.refused", { disclosed: disclosing.index }, leaf.fault));
      else if (gathered.ok && !opened.has(disclosing.sealed))
        opened.set(disclosing.sealed, openedOf(gathered.value, disclosing, leaf.value));
    }
  }
  const stillSealed = [...story.sealed.keys()].filter((id) => !opened.has(id) && !closed.has(id)).length;
  const unopened = [...closed].filter((id) => !opened.has(id)).length;
  return { opened: [...opened.values()], closed: unopened, stillSealed, findings };
}

/** Undefined where this copy, or what it is read with, cannot tell. */
async function gather(
  story: Story,
  { index, sealed, body }: Disclosing,
  { decrypt, attachment }: OpeningMeans,
): Promise<Result<Disclosure> | undefined> {
  const place = story.sealed.get(sealed);
  const isBefore = place !== undefined && place.index < index;
  if (!isBefore && story.withheld > 0) return undefined;
  const name = (place?.leaf.statement.body as SealedBody | undefined)?.ciphertext;
  const ciphertext = decrypt && typeof name === "string" ? await attachment?.(name) : undefined;
  if (isBefore && !ciphertext) return undefined;
  return gatherDisclosure(body, isBefore ? place : undefined, ciphertext);
}

async function open(
  { place, room, sealed, ciphertext, key }: Disclosure,
  state: ReplayState,
  { sha256, verifyMany, decrypt }: VerifyOptions,
): Promise<Result<Leaf>> {
  const statement = await unseal({ sha256 }, { decrypt: decrypt! }, room, sealed, ciphertext, key);
  if (!statement.ok) return statement;
  return settle(sha256, verifyMany, (primitives) => checkOpened(primitives, state, place, statement.value));
}

function openedOf({ place, room }: Disclosure, { index }: Disclosing, leaf: Leaf): OpenedEntry {
  const { statementId, statement } = leaf;
  return { index: place.index, disclosedAt: index, room: String(room.room), statementId, statement };
}
