import type { Fault } from "../result.ts";
import { AsterixRecord } from "./asterix-record.ts";
import type { Edition } from "./edition.ts";
import { EditionCatalogue, type SourceEditions } from "./editions.ts";
import { BAD_LENGTH, presenceOctets, TOO_SHORT } from "./read-node.ts";
import { readRecord } from "./read-record.ts";
import { Tape } from "./tape.ts";

/** Receives what a decoder finds. Records are lent for the length of the call. */
export interface AsterixSink {
  record(record: AsterixRecord): void;
  fault(fault: Fault): void;
}

/** Editions of one source, named by its system area and identification codes. */
export interface AsterixSource extends SourceEditions {
  readonly sac: number;
  readonly sic: number;
}

export interface AsterixDecoderOptions extends SourceEditions {
  /** Sources that differ from the rest. */
  readonly sources?: readonly AsterixSource[];
  /** Pass on blocks that read whole but set spare bits, or use codes or values without a meaning. Default false. */
  readonly lenient?: boolean;
}

/** Compiled editions never change: all connections share them. */
const catalogue = new EditionCatalogue();

const HEADER = 3;
/** Blocks without anything suspect, in a row, after which a suspect one is passed on all the same. */
const CLEAN_RUN = 3;

/**
 * Decodes data blocks of one connection. A block is passed on whole or not at all: the records of one that does not
 * read to its last octet, or that reads better as another edition than the one set for its source, are refused.
 */
export class AsterixDecoder {
  readonly counts = {
    blocks: 0,
    records: 0,
    refusedBlocks: 0,
    wrongEditionBlocks: 0,
    unknownBlocks: 0,
    suspectBlocks: 0,
  };
  readonly #catalogue = catalogue;
  readonly #options: AsterixDecoderOptions;
  readonly #sources = new Map<number, Map<number, Edition>>();
  readonly #ordinary = new Map<number, Edition>();
  readonly #cleanRuns = new Map<number, number>();
  readonly #tape = new Tape();
  readonly #trial = new Tape();
  /** Where the records of the block at hand begin: in the stream and on the tape. */
  readonly #offsets: number[] = [];
  readonly #starts: number[] = [];
  #record: AsterixRecord | undefined;

  /** @throws RangeError where a category or edition that is set is not known. */
  constructor(options: AsterixDecoderOptions = {}) {
    this.#options = options;
    for (const category of Object.keys(options.editions ?? {}).map(Number)) {
      this.#ordinary.set(category, this.#catalogue.edition(category, options));
    }
    for (const source of options.sources ?? []) this.#addSource(source);
  }

  #addSource(source: AsterixSource): void {
    const editions = new Map<number, Edition>();
    for (const category of Object.keys(source.editions ?? {}).map(Number)) {
      editions.set(category, this.#catalogue.edition(category, source));
    }
    this.#sources.set((source.sac << 8) | source.sic, editions);
  }

  /**
   * Decodes the blocks that stand one behind the other in `bytes[start, end)`, as a datagram holds them.
   * @param offset of `bytes[start]` in the stream, for faults.
   */
  decode(bytes: Uint8Array, start: number, end: number, offset: number, sink: AsterixSink): void {
    let at = start;
    while (at < end) {
      const length = at + HEADER <= end ? (bytes[at + 1]! << 8) | bytes[at + 2]! : 0;
      if (length <= HEADER || at + length > end) {
        this.#refuse(lengthFault(offset + at - start, length, end - at), sink);
        return;
      }
      this.#decodeBlock(bytes, at, at + length, offset + at - start, sink);
      at += length;
    }
  }

  #decodeBlock(bytes: Uint8Array, start: number, end: number, offset: number, sink: AsterixSink): void {
    this.counts.blocks += 1;
    const category = bytes[start]!;
    if (!this.#catalogue.knows(category)) {
      this.counts.unknownBlocks += 1;
      sink.fault(unknownCategory(category, offset));
      return;
    }
    const edition = this.#editionFor(category, bytes, start + HEADER, end);
    const answer = this.#read(edition, bytes, start + HEADER, end, offset + HEADER, this.#tape);
    const problem = this.#judge(edition, bytes, start, end, offset, answer);
    if (problem === undefined) this.#give(edition, end - start + offset, sink);
    else this.#refuse(problem, sink);
  }

  /** The edition set for the source that the first record names; item 010 comes first in every category. */
  #editionFor(category: number, bytes: Uint8Array, at: number, end: number): Edition {
    if (this.#sources.size > 0) {
      const octets = presenceOctets(bytes, at, end);
      const named = octets > 0 && (bytes[at]! & 0x80) !== 0 && at + octets + 1 < end;
      const key = named ? (bytes[at + octets]! << 8) | bytes[at + octets + 1]! : -1;
      const own = this.#sources.get(key)?.get(category);
      if (own !== undefined) return own;
    }
    const ordinary = this.#ordinary.get(category) ?? this.#catalogue.edition(category, this.#options);
    this.#ordinary.set(category, ordinary);
    return ordinary;
  }

  /** Reads all records of a block; 0, or the negative answer of the reader that gave up. */
  #read(edition: Edition, bytes: Uint8Array, start: number, end: number, offset: number, tape: Tape): number {
    tape.clear();
    this.#offsets.length = 0;
    this.#starts.length = 0;
    let at = start;
    while (at < end) {
      this.#offsets.push(offset + at - start);
      this.#starts.push(tape.length);
      at = readRecord(edition, bytes, at, end, tape);
      if (at < 0) return at;
    }
    return 0;
  }

  #judge(
    edition: Edition,
    bytes: Uint8Array,
    start: number,
    end: number,
    offset: number,
    answer: number,
  ): Fault | undefined {
    const { category } = edition;
    const suspicions = answer < 0 ? Number.POSITIVE_INFINITY : this.#tape.suspicions;
    const cleanRun = this.#cleanRuns.get(category) ?? 0;
    if (suspicions === 0) {
      this.#cleanRuns.set(category, cleanRun + 1);
      return undefined;
    }
    const failedAt = this.#offsets.at(-1) ?? offset;
    const better = this.#fittingEditions(edition, bytes, start, end);
    if (better.length > 0) {
      this.counts.wrongEditionBlocks += 1;
      this.#cleanRuns.set(category, 0);
      return wrongEdition(edition, better, offset);
    }
    if (answer < 0) {
      this.#cleanRuns.set(category, 0);
      return malformed(edition, answer, failedAt);
    }
    this.counts.suspectBlocks += 1;
    if (this.#options.lenient || cleanRun >= CLEAN_RUN) {
      // The trials have used the list of records: read it once more.
      this.#read(edition, bytes, start + HEADER, end, offset + HEADER, this.#tape);
      return undefined;
    }
    this.#cleanRuns.set(category, 0);
    return suspect(edition, suspicions, offset);
  }

  /** Other known editions as which the block reads without anything suspect. */
  #fittingEditions(edition: Edition, bytes: Uint8Array, start: number, end: number): string[] {
    return this.#catalogue.names(edition.category).filter((name) => {
      if (name === edition.name) return false;
      const other = this.#catalogue.edition(edition.category, {
        ...this.#options,
        editions: { [edition.category]: name },
      });
      return this.#read(other, bytes, start + HEADER, end, 0, this.#trial) === 0 && this.#trial.suspicions === 0;
    });
  }

  #give(edition: Edition, endOffset: number, sink: AsterixSink): void {
    const record = this.#record ?? new AsterixRecord(edition, this.#tape);
    this.#record = record;
    const count = this.#starts.length;
    for (let index = 0; index < count; index += 1) {
      const isLast = index === count - 1;
      record.edition = edition;
      record.from = this.#starts[index]!;
      record.to = isLast ? this.#tape.length : this.#starts[index + 1]!;
      record.offset = this.#offsets[index]!;
      record.streamLength = (isLast ? endOffset : this.#offsets[index + 1]!) - record.offset;
      record.suspicions = this.#tape.suspicions;
      this.counts.records += 1;
      sink.record(record);
    }
  }

  #refuse(fault: Fault, sink: AsterixSink): void {
    this.counts.refusedBlocks += 1;
    sink.fault(fault);
  }
}

const READ_BLOCK = "read an ASTERIX data block";

function lengthFault(offset: number, length: number, left: number): Fault {
  const got = left < HEADER ? `${left} octets` : `a length of ${length} with ${left} octets left`;
  return {
    code: "asterix.block-length-wrong",
    what: READ_BLOCK,
    where: { offset },
    expected: "a block that ends where its bytes do",
    got,
  };
}

function unknownCategory(category: number, offset: number): Fault {
  return {
    code: "asterix.category-unknown",
    what: READ_BLOCK,
    where: { offset },
    expected: "a category with a table",
    got: `${category}`,
  };
}

function wrongEdition(edition: Edition, better: readonly string[], offset: number): Fault {
  return {
    code: "asterix.edition-wrong",
    what: READ_BLOCK,
    where: { offset },
    expected: `category ${edition.category} edition ${edition.name}`,
    got: `records that fit edition ${better.join(", ")}`,
  };
}

function malformed(edition: Edition, answer: number, offset: number): Fault {
  const got =
    answer === TOO_SHORT
      ? "a record that reaches beyond its block"
      : answer === BAD_LENGTH
        ? "a length that cannot be"
        : "a bit that announces what no such record has";
  return {
    code: "asterix.record-malformed",
    what: "read an ASTERIX record",
    where: { offset },
    expected: `category ${edition.category} edition ${edition.name} or another known one`,
    got,
  };
}

function suspect(edition: Edition, suspicions: number, offset: number): Fault {
  return {
    code: "asterix.record-suspect",
    what: READ_BLOCK,
    where: { offset },
    expected: `spare bits clear, known codes and values within limits, as in category ${edition.category} edition ${edition.name}`,
    got: `${suspicions} that are not`,
  };
}
