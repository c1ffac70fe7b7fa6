/** What `jmc verify` is given: an archive, a folder or an address, made readable. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import { isSha256Hex, type RecordReader } from "@openjmc/record";
import { folderReader, nodeRecordFiles, type RecordFiles } from "../record/index.ts";
import { openZipArchive } from "./zip-archive.ts";

export interface VerifySource {
  readonly kind: "archive" | "record";
  readonly reader: RecordReader;
  /** Attachments by their hash, where they lie beside the record. */
  readonly attachment?: (sha256: string) => Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/** Throws `archive.missing`, `record.missing`, those of `openZipArchive`, `centre.unreachable`. */
export async function openSource(place: string): Promise<VerifySource> {
  if (/^https?:\/\//.test(place)) return openAddress(place);
  const root = resolve(place);
  if (!existsSync(root)) throw missing("archive.missing", root);
  if (statSync(root).isFile()) {
    const { reader, close } = await openZipArchive(root);
    return { kind: "archive", reader, close };
  }
  if (existsSync(join(root, "bagit.txt"))) return { kind: "archive", reader: folderReader(root), close: nothing };
  const folder = [join(root, "record"), root].find((candidate) => existsSync(join(candidate, "checkpoint")));
  if (folder === undefined) throw missing("record.missing", root);
  const attachments = join(folder, "../attachments");
  const beside = existsSync(attachments) ? { attachment: attachmentReader(attachments) } : {};
  return { kind: "record", reader: folderReader(folder, AT_ONCE), ...beside, close: nothing };
}

/** Nobody else waits here: a file read at once costs a fraction of what one costs that is promised. */
const AT_ONCE: RecordFiles = { ...nodeRecordFiles, read: async (path) => readNow(path) };

function readNow(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function attachmentReader(folder: string): NonNullable<VerifySource["attachment"]> {
  const { read } = folderReader(folder);
  return async (sha256) => (isSha256Hex(sha256) ? read(`${sha256.slice(0, 2)}/${sha256}`) : undefined);
}

async function openAddress(place: string): Promise<VerifySource> {
  const base = place.replace(/\/+$/, "");
  for (const root of [base, `${base}/record`]) {
    const reader = addressReader(root);
    if (await reader.read("checkpoint")) return { kind: "record", reader, close: nothing };
  }
  throw missing("record.missing", base);
}

/** Files on a server cannot be listed; what is not there is undefined, what may not be read is a fault. */
function addressReader(root: string): RecordReader {
  return { read: (path) => get(`${root}/${path}`), list: () => undefined };
}

async function get(url: string): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch((error: Error) => {
    throw new FaultError({ code: "centre.unreachable", what: "record", where: { file: url }, cause: error.message });
  });
  if (response.status === 404 || response.status === 410) return undefined;
  if (response.ok && !response.headers.get("content-type")?.startsWith("text/html"))
    return new Uint8Array(await response.arrayBuffer());
  if (response.ok) return undefined;
  throw new FaultError({
    code: "record.unreadable",
    what: "record",
    where: { file: url },
    expected: "files that may be read; entries are for the two components, others verify an archive",
    got: `status ${response.status}`,
  });
}

function missing(code: string, file: string): FaultError {
  const expected = "an archive (ZIP), a folder of a centre or of a record with a checkpoint, or an address";
  return new FaultError({ code, what: "verification", where: { file }, expected });
}
