import {
  AsterixDecoder,
  AsterixFramer,
  type AsterixRecord,
  AsterixReport,
  type BlockSink,
  EditionCatalogue,
  fillAsterixReport,
} from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import { PolarPosition } from "./polar-position.ts";
import type { DecodeFormat, DecodeOptions, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const asterixFormat: DecodeFormat = {
  name: "asterix",
  description: "ASTERIX data blocks: raw, in a pcap or pcapng capture, or in a FINAL recording",
  create: (options, output) => new AsterixStream(options, output),
};

const catalogue = new EditionCatalogue();

/** `48:1.27,62:1.18`, or one edition alone for every category that has it. @throws RangeError where none has. */
function editionsOf(text: string | undefined): Record<number, string> {
  if (text === undefined) return {};
  const editions: Record<number, string> = {};
  for (const part of text.split(",")) {
    const [category, name] = part.split(":") as [string, string | undefined];
    const named = name !== undefined;
    const having = catalogue.categories().filter((known) => (named ? known === Number(category) : true));
    const edition = name ?? category;
    const found = having.filter((known) => catalogue.names(known).includes(edition));
    if (found.length === 0)
      throw new RangeError(
        having.length === 1
          ? `editions of category ${category}: ${catalogue.names(having[0]!).join(", ")}`
          : `no category of that number, or none with edition ${edition}`,
      );
    for (const known of found) editions[known] = edition;
  }
  return editions;
}

/** Blocks to records as the standard nests them; a radar's site adds the place of its plots. */
class AsterixStream implements StreamDecoder, BlockSink {
  readonly #framer = new AsterixFramer((category) => catalogue.knows(category));
  readonly #decoder: AsterixDecoder;
  readonly #output: DecodeOutput;
  readonly #position: PolarPosition | undefined;
  readonly #report = new AsterixReport();
  #at = Number.NaN;

  constructor(options: DecodeOptions, output: DecodeOutput) {
    this.#decoder = new AsterixDecoder({ editions: editionsOf(options.edition) });
    this.#output = output;
    this.#position = options.site && new PolarPosition(options.site);
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk, this);
  }

  end(): void {
    this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    return { ...this.#framer.counts, ...this.#decoder.counts };
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  blocks(bytes: Uint8Array, start: number, end: number, offset: number, at: number): void {
    this.#at = at;
    this.#decoder.decode(bytes, start, end, offset, this);
  }

  record(record: AsterixRecord): void {
    this.#output.record({
      offset: record.offset,
      category: record.edition.category,
      edition: record.edition.name,
      ...(Number.isNaN(this.#at) ? {} : { recordedAt: this.#at }),
      ...(record.suspicions > 0 ? { suspicions: record.suspicions } : {}),
      items: record.toObject(),
      ...this.#place(record),
    });
  }

  #place(record: AsterixRecord): object {
    if (this.#position === undefined) return {};
    fillAsterixReport(record, 0, this.#report);
    const { range, azimuth, pressureAltitude } = this.#report;
    return Number.isNaN(range) ? {} : { position: this.#position.locate(range, azimuth, pressureAltitude) };
  }
}
