/** A raw file cut into what its source would have sent, with the time of each piece where the file tells it. */
import {
  AsterixFramer,
  BeastFramer,
  CotFramer,
  DatagramReader,
  EditionCatalogue,
  isCapture,
  KlvFramer,
  LineFramer,
  PcapFramer,
} from "@openjmc/formats";
import { FaultError } from "@openjmc/model";

/** `at`: seconds by the file's own clock; absent where it tells none. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly at?: number;
}

const CHUNK_BYTES = 16 * 1024;
const BEAST_TICKS_PER_SECOND = 12_000_000;
/** Packets of a transport stream that fit a network's frame. */
const TRANSPORT_DATAGRAM = 7 * 188;
const TRANSPORT_SYNC = 0x47;
/** Framing of the TAK protocol in datagrams: magic, version 1, magic. */
const MESH = [0xbf, 1, 0xbf];
/** Formats whose captures hold the datagrams that a sensor sent; a capture of radio frames is sent as it is. */
const SENT_AS_DATAGRAMS: ReadonlySet<string> = new Set(["asterix", "klv", "cot"]);

const noFault = (): void => undefined;

/**
 * Cuts a file. `asDatagrams`: each piece must stand alone. `isPaced`: pieces are wanted with their times. Error:
 * `feed.no-datagrams` for a format that needs a connection.
 */
export function piecesOf(
  bytes: Uint8Array,
  format: string,
  { asDatagrams, isPaced }: { readonly asDatagrams: boolean; readonly isPaced: boolean },
): readonly Piece[] {
  if (SENT_AS_DATAGRAMS.has(format) && isCapture(bytes.subarray(0, 4))) return captured(bytes);
  if (format === "asterix") return blocks(bytes);
  if (!asDatagrams) return format === "beast" && isPaced ? beastFrames(bytes) : chunks(bytes, CHUNK_BYTES);
  if (format === "klv") return bytes[0] === TRANSPORT_SYNC ? chunks(bytes, TRANSPORT_DATAGRAM) : packets(bytes);
  if (format === "cot") return events(bytes);
  if (format === "remote-id") return lines(bytes);
  throw new FaultError({
    code: "feed.no-datagrams",
    what: "command line",
    where: { field: "--to" },
    expected: "asterix, klv, cot or remote-id for datagrams, HOST:PORT for others",
    got: format,
  });
}

function captured(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  const datagrams = new DatagramReader();
  new PcapFramer().push(bytes, {
    packet: (packet, start, end, at, offset, linkType) => {
      const found = datagrams.read(packet, start, end, offset, linkType);
      if (found) pieces.push({ bytes: found.bytes.slice(found.start, found.end), at: at / 1e6 });
    },
    fault: noFault,
  });
  return pieces;
}

function chunks(bytes: Uint8Array, length: number): Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < bytes.length; start += length)
    pieces.push({ bytes: bytes.subarray(start, start + length) });
  return pieces;
}

/** Every byte is sent, garbage with the frame behind it. */
function beastFrames(bytes: Uint8Array): Piece[] {
  const marks: { offset: number; at: number }[] = [];
  new BeastFramer().push(bytes, {
    frame: (frame) => marks.push({ offset: frame.offset, at: frame.ticks / BEAST_TICKS_PER_SECOND }),
    fault: noFault,
  });
  if (marks.length === 0) return chunks(bytes, CHUNK_BYTES);
  return marks.map(({ at }, index) => ({
    bytes: bytes.subarray(index === 0 ? 0 : marks[index]!.offset, marks[index + 1]?.offset ?? bytes.length),
    at,
  }));
}

function blocks(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  const catalogue = new EditionCatalogue();
  const framer = new AsterixFramer((category) => catalogue.knows(category));
  const sink = {
    blocks: (from: Uint8Array, start: number, end: number, _offset: number, at: number) =>
      void pieces.push({ bytes: from.slice(start, end), ...(Number.isNaN(at) ? {} : { at: at / 1e6 }) }),
    fault: noFault,
  };
  framer.push(bytes, sink);
  framer.end(sink);
  return pieces;
}

function packets(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  const sink = {
    packet: (from: Uint8Array, start: number, end: number) => void pieces.push({ bytes: from.slice(start, end) }),
    fault: noFault,
  };
  const framer = new KlvFramer();
  framer.push(bytes, sink);
  framer.end(sink);
  return pieces;
}

function events(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  const sink = {
    event: (form: "xml" | "tak", from: Uint8Array, start: number, end: number) => {
      const event = from.slice(start, end);
      pieces.push({ bytes: form === "xml" ? event : Uint8Array.of(...MESH, ...event) });
    },
    fault: noFault,
  };
  const framer = new CotFramer();
  framer.push(bytes, sink);
  framer.end(sink);
  return pieces;
}

function lines(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  const sink = {
    line: (from: Uint8Array, start: number, end: number) => {
      if (end > start) pieces.push({ bytes: from.slice(start, end) });
    },
    fault: noFault,
  };
  const framer = new LineFramer({ maximumLength: 65_000, name: "feed" });
  framer.push(bytes, sink);
  framer.end(sink);
  return pieces;
}
