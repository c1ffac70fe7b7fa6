/** Opens an archive that came from elsewhere. Everything in it is judged by the table at its end before a byte is unpacked. */
import { FaultError } from "@openjmc/model";
import { ARCHIVE, checkBagPath, concat, type RecordReader } from "@openjmc/record";
import type { ZipEntry } from "../maintenance/zip/format.ts";
import { ZipReader } from "../maintenance/zip/reader.ts";
import { digestOfChunks } from "../record/index.ts";

const MOST_FILES = 1_000_000;
/** Of what is held in memory whole; attachments are only ever hashed as they come. */
const LARGEST_FILE_BYTES = 512 * 1024 * 1024;
const LARGEST_TOTAL_BYTES = 256 * 1024 * 1024 * 1024;
/** Deflate gives at most about 1032 to 1; text as it is written here stays far below this. */
const LARGEST_RATIO = 200;
const FREE_BYTES = 1024 * 1024;

const TYPE_MASK = 0o170000;
const LINK = 0o120000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;

export interface OpenedArchive {
  readonly reader: RecordReader;
  close(): Promise<void>;
}

/**
 * Throws `zip.*`, `archive.zip-slip`, `archive.link`, `archive.bomb`, `archive.overlap`, `archive.twice`,
 * `archive.two-names`, `archive.too-many`, each naming the file.
 */
export async function openZipArchive(path: string): Promise<OpenedArchive> {
  const zip = await ZipReader.open(path);
  try {
    const files = await admit(path, zip);
    const names = new Map(files.map((entry) => [entry.path, entry]));
    const read = async (name: string): Promise<Uint8Array | undefined> => {
      const entry = names.get(name);
      if (!entry) return undefined;
      if (entry.bytes > LARGEST_FILE_BYTES) throw refusal("archive.bomb", path, `${name}: ${entry.bytes} bytes`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of zip.read(entry)) chunks.push(chunk);
      return concat(...chunks);
    };
    const digest = async (algorithm: string, name: string): Promise<string | undefined> => {
      const entry = names.get(name);
      return entry && digestOfChunks(algorithm, zip.read(entry));
    };
    return { reader: { read, digest, list: () => names.keys() }, close: () => zip.close() };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

async function admit(path: string, zip: ZipReader): Promise<readonly ZipEntry[]> {
  if (zip.listed.length > MOST_FILES) throw refusal("archive.too-many", path, `${zip.listed.length} files`);
  const files = zip.listed.filter((entry) => !isFolder(path, entry));
  const seen = new Set<string>();
  for (const entry of files) {
    checkName(path, entry);
    // Two names that a system without case takes for one would unpack over each other.
    if (seen.has(entry.path.toLowerCase())) throw refusal("archive.twice", path, entry.path);
    seen.add(entry.path.toLowerCase());
    checkSize(path, entry);
  }
  const total = files.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > LARGEST_TOTAL_BYTES) throw refusal("archive.bomb", path, `${total} bytes in all`);
  checkOverlap(path, files);
  for (const entry of files)
    if ((await zip.localName(entry)) !== entry.path) throw refusal("archive.two-names", path, entry.path);
  return files;
}

/** Folders that a packing program lists are passed over; one that holds bytes or leads out is refused like a file. */
function isFolder(path: string, entry: ZipEntry): boolean {
  if (!entry.path.endsWith("/") || entry.bytes > 0) return false;
  checkName(path, { ...entry, path: entry.path.slice(0, -1) });
  return true;
}

function checkName(archive: string, { path, mode = 0 }: ZipEntry): void {
  const type = mode & TYPE_MASK;
  if (type === LINK || (type !== 0 && type !== REGULAR && type !== DIRECTORY))
    throw refusal("archive.link", archive, path);
  if (!checkBagPath(path).ok) throw refusal("archive.zip-slip", archive, path);
}

function checkSize(archive: string, { path, bytes, packedBytes }: ZipEntry): void {
  const isTooLarge = bytes > LARGEST_FILE_BYTES && !path.startsWith(ARCHIVE.attachments);
  const isBomb = isTooLarge || (bytes > FREE_BYTES && bytes > packedBytes * LARGEST_RATIO);
  if (isBomb) throw refusal("archive.bomb", archive, `${path}: ${packedBytes} bytes unpack to ${bytes}`);
}

/** Files that share bytes let a small archive unpack to a large one. */
function checkOverlap(archive: string, files: readonly ZipEntry[]): void {
  let reached = 0;
  for (const entry of [...files].sort((left, right) => left.offset - right.offset)) {
    if (entry.offset < reached) throw refusal("archive.overlap", archive, entry.path);
    reached = entry.offset + entry.packedBytes;
  }
}

function refusal(code: string, file: string, got: string): FaultError {
  return new FaultError({ code, what: "archive", where: { file }, expected: "plain files within the archive", got });
}
