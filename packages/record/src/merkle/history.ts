/** Every root that a growing tree has had, kept in memory at about 40 bytes a leaf, for checking anchors. */
import { HASH_BYTES, nodeHash, type Sha256 } from "./hash.ts";
import { appendLeaf, EMPTY_EDGE, edgeRoot, type TreeEdge } from "./range.ts";
import { type NodeSource, treeRoot } from "./subtree.ts";

// Levels 1 and 2 are made again from the leaves when needed: that halves the memory for at most six hashes a root.
const SKIPPED = 2;
const RECENT_ROOTS = 64;

/** Grows with the log. Holds no entry, only hashes. Not to be shared between two that append. */
export class TreeHistory {
  readonly #sha256: Sha256;
  readonly #levels: Column[] = [];
  readonly #roots = new Map<number, Uint8Array>();
  #edge: TreeEdge = EMPTY_EDGE;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  get size(): number {
    return this.#edge.size;
  }

  get edge(): TreeEdge {
    return this.#edge;
  }

  /** Root over all leaves so far. */
  root(): Uint8Array {
    return edgeRoot(this.#sha256, this.#edge);
  }

  append(leaf: Uint8Array): void {
    this.#edge = appendLeaf(this.#sha256, this.#edge, leaf, (level, hash) => {
      if (level === 0 || level > SKIPPED) this.#column(level).push(hash);
    });
  }

  /** Root of the first `size` leaves; undefined where the log is not that long. */
  rootAt(size: number): Uint8Array | undefined {
    if (!(size <= this.size && size >= 0)) return undefined;
    const known = this.#roots.get(size);
    if (known) return known;
    const root = size === this.size ? this.root() : treeRoot(this.#sha256, this.node, size);
    if (this.#roots.size >= RECENT_ROOTS) this.#roots.delete(this.#roots.keys().next().value!);
    this.#roots.set(size, root);
    return root;
  }

  /** The perfect subtree of 2^level leaves at `index`, for making proofs. Needs it to be whole. */
  readonly node: NodeSource = (level, index) => {
    if (level === 0 || level > SKIPPED) return this.#column(level).at(index);
    return nodeHash(this.#sha256, this.node(level - 1, index * 2), this.node(level - 1, index * 2 + 1));
  };

  /**
   * Hashes of `count` such subtrees in a row, one behind the other. Only of levels that are kept, as those of tiles are: a multiple of
   * eight. Needs them to be whole.
   */
  row(level: number, index: number, count: number): Uint8Array {
    return this.#column(level).row(index, count);
  }

  #column(level: number): Column {
    this.#levels[level] ??= new Column();
    return this.#levels[level];
  }
}

// 2 MiB: a column grows by pieces, so that nothing is ever copied and memory follows the leaves.
const PIECE_HASHES = 65_536;
const FIRST_HASHES = 256;

/** A growing column of hashes, the first piece of which grows from small. */
class Column {
  readonly #pieces: Uint8Array[] = [new Uint8Array(FIRST_HASHES * HASH_BYTES)];
  #length = 0;

  push(hash: Uint8Array): void {
    const piece = Math.floor(this.#length / PIECE_HASHES);
    const offset = (this.#length % PIECE_HASHES) * HASH_BYTES;
    if (piece === this.#pieces.length) this.#pieces.push(new Uint8Array(PIECE_HASHES * HASH_BYTES));
    else if (offset === this.#pieces[piece]!.length) this.#widen();
    this.#pieces[piece]!.set(hash, offset);
    this.#length++;
  }

  at(index: number): Uint8Array {
    if (!(index >= 0 && index < this.#length)) throw new RangeError(`no subtree ${index} of ${this.#length}`);
    const offset = (index % PIECE_HASHES) * HASH_BYTES;
    return this.#pieces[Math.floor(index / PIECE_HASHES)]!.slice(offset, offset + HASH_BYTES);
  }

  row(index: number, count: number): Uint8Array {
    if (!(index >= 0 && index + count <= this.#length))
      throw new RangeError(`no subtrees ${index} to ${index + count}`);
    const hashes = new Uint8Array(count * HASH_BYTES);
    for (let done = 0; done < count; ) {
      const place = (index + done) % PIECE_HASHES;
      const here = Math.min(count - done, PIECE_HASHES - place);
      const piece = this.#pieces[Math.floor((index + done) / PIECE_HASHES)]!;
      hashes.set(piece.subarray(place * HASH_BYTES, (place + here) * HASH_BYTES), done * HASH_BYTES);
      done += here;
    }
    return hashes;
  }

  /** Only the first piece is ever less than whole. */
  #widen(): void {
    const wider = new Uint8Array(this.#pieces[0]!.length * 2);
    wider.set(this.#pieces[0]!);
    this.#pieces[0] = wider;
  }
}
