/** What disclosed entries open: the record tells which key fits which sealed entry, the attachments hold what is opened. */
import type { OpenedStatement } from "@openjmc/desk";
import { good, type Result } from "@openjmc/model";
import {
  type Acceptance,
  checkOpened,
  type DisclosedBody,
  gatherDisclosure,
  type Primitives,
  type ReplayState,
  type SealedBody,
  type SealedPlace,
  unsealNow,
} from "@openjmc/record";
import { decryptNow } from "../room/cipher.ts";

/** An attachment's bytes; undefined where it is not kept. */
export type ReadCiphertext = (sha256: string) => Uint8Array | undefined;

export class Openings {
  readonly #primitives: Primitives;
  readonly #read: ReadCiphertext;
  readonly #sealed = new Map<string, SealedPlace>();

  constructor(primitives: Primitives, read: ReadCiphertext) {
    this.#primitives = primitives;
    this.#read = read;
  }

  /** Remembers sealed entries as they come. */
  note({ index, leaf }: Acceptance): void {
    if (leaf.statement.kind === "sealed") this.#sealed.set(leaf.statementId, { index, leaf });
  }

  /** Whether what a sealed entry promises to hold is here. */
  has(body: SealedBody): boolean {
    return this.#read(body.ciphertext)?.length === body.bytes;
  }

  /** Opens what an entry discloses. Errors: `disclosed.unknown`, `sealed.*`, `opened.*`, those of a leaf. */
  open(state: ReplayState, acceptance: Acceptance): Result<OpenedStatement> {
    const disclosed = acceptance.leaf.statement.body as unknown as DisclosedBody;
    const place = this.#sealed.get(disclosed.sealed);
    const wanted = place && this.#read((place.leaf.statement.body as unknown as SealedBody).ciphertext);
    const gathered = gatherDisclosure(disclosed, place, wanted);
    if (!gathered.ok) return gathered;
    const { room, sealed, ciphertext, key } = gathered.value;
    const statement = unsealNow(this.#primitives, decryptNow, room, sealed, ciphertext, key);
    if (!statement.ok) return statement;
    const inner = checkOpened(this.#primitives, state, gathered.value.place, statement.value);
    if (!inner.ok) return inner;
    const { kind, subject, body: content } = inner.value.statement;
    return good({ kind, subject, body: content });
  }
}
