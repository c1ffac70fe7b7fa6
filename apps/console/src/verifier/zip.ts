/** Reads a ZIP in the browser. Everything is judged by the table at its end before a byte is unpacked. */
import { attempt, checkBagPath, type RecordReader, type Result, refuse } from "@openjmc/record";

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
  readonly mode: number;
}

// PKWARE APPNOTE 6.3.
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const STORED = 0;
const DEFLATED = 8;
const ALL_ONES = 0xffffffff;

const LARGEST_FILE_BYTES = 512 * 1024 * 1024;
const LARGEST_RATIO = 200;
const FREE_BYTES = 1024 * 1024;
const TYPE_MASK = 0o170000;
const PLAIN_TYPES = [0, 0o100000, 0o040000];

/** Errors: `zip.malformed`, `zip.unsupported`, `archive.zip-slip`, `archive.link`, `archive.bomb`, `archive.twice`. */
export function openZip(bytes: Uint8Array): Result<RecordReader> {
  return attempt(() => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const entries = readTable(view, bytes).filter((entry) => !(entry.path.endsWith("/") && entry.bytes === 0));
    const files = new Map<string, Entry>();
    const seen = new Set<string>();
    for (const entry of entries) {
      check(entry);
      if (seen.has(entry.path.toLowerCase())) wrong("archive.twice", entry.path);
      seen.add(entry.path.toLowerCase());
      files.set(entry.path, entry);
    }
    return {
      list: () => files.keys(),
      read: async (path) => {
        const entry = files.get(path);
        return entry && unpack(view, bytes, entry);
      },
    };
  });
}

function check({ path, bytes, packedBytes, mode, method }: Entry): void {
  if (!PLAIN_TYPES.includes(mode & TYPE_MASK)) wrong("archive.link", path);
  if (!checkBagPath(path).ok) wrong("archive.zip-slip", path);
  const isBomb = bytes > LARGEST_FILE_BYTES || (bytes > FREE_BYTES && bytes > packedBytes * LARGEST_RATIO);
  if (isBomb) wrong("archive.bomb", path);
  if (method !== STORED && method !== DEFLATED) wrong("zip.unsupported", path);
}

function readTable(view: DataView, bytes: Uint8Array): Entry[] {
  const { start, end } = findTable(view);
  const entries: Entry[] = [];
  for (let offset = start; offset + 46 <= end && view.getUint32(offset, true) === CENTRAL; ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(offset + field, true)) as [
      number,
      number,
      number,
    ];
    entries.push(readEntry(view, bytes, offset, name, extra));
    offset += 46 + name + extra + comment;
  }
  return entries;
}

function readEntry(view: DataView, bytes: Uint8Array, offset: number, name: number, extra: number): Entry {
  const wide = wideNumbers(view, offset + 46 + name, extra);
  const number = (field: number): number => {
    const small = view.getUint32(offset + field, true);
    return small === ALL_ONES ? Number(wide.shift() ?? ALL_ONES) : small;
  };
  const [unpacked, packedBytes] = [number(24), number(20)];
  const entry = {
    path: new TextDecoder().decode(bytes.subarray(offset + 46, offset + 46 + name)),
    method: view.getUint16(offset + 10, true),
    mode: view.getUint32(offset + 38, true) >>> 16,
    offset: number(42),
    ...{ bytes: unpacked, packedBytes },
  };
  if (!(entry.offset + packedBytes <= bytes.length)) wrong("zip.malformed", entry.path);
  return entry;
}

/** Sizes and offset where they do not fit the narrow fields, in this order. */
function wideNumbers(view: DataView, start: number, length: number): bigint[] {
  for (let offset = start; offset + 4 <= start + length; offset += 4 + view.getUint16(offset + 2, true)) {
    if (view.getUint16(offset, true) !== 1) continue;
    const count = Math.floor(view.getUint16(offset + 2, true) / 8);
    return Array.from({ length: count }, (_, index) => view.getBigUint64(offset + 4 + index * 8, true));
  }
  return [];
}

function findTable(view: DataView): { readonly start: number; readonly end: number } {
  for (let offset = view.byteLength - END_BYTES; offset >= 0; offset--) {
    if (view.getUint32(offset, true) !== END) continue;
    const start = view.getUint32(offset + 16, true);
    if (start !== ALL_ONES) return { start, end: offset };
    const wide = Number(view.getBigUint64(offset - LOCATOR_BYTES + 8, true));
    if (view.getUint32(wide, true) !== END_64) break;
    return { start: Number(view.getBigUint64(wide + 48, true)), end: wide };
  }
  return wrong("zip.malformed", "");
}

async function unpack(view: DataView, bytes: Uint8Array, entry: Entry): Promise<Uint8Array | undefined> {
  if (view.getUint32(entry.offset, true) !== LOCAL) return undefined;
  const skip = view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  const start = entry.offset + 30 + skip;
  const packed = bytes.subarray(start, start + entry.packedBytes);
  if (entry.method === STORED) return packed;
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const unpacked = new Uint8Array(await new Response(stream).arrayBuffer());
  return unpacked.length === entry.bytes ? unpacked : undefined;
}

function wrong(code: string, got: string): never {
  return refuse(code, "archive", { got });
}
