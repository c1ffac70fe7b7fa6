/** Checking a bag: every file that is there is in the manifests, every file in the manifests is there and unchanged. */
import { bytesEqual, utf8 } from "../bytes/bytes.ts";
import { finding, type RecordFinding } from "../verify/finding.ts";
import type { RecordReader } from "../verify/reader.ts";
import { BAG_ALGORITHMS, BAG_DECLARATION, type BagAlgorithm, type Digests, parseManifest } from "./bag.ts";
import { checkBagPath } from "./path.ts";

/** Hexadecimal digest of bytes. */
export type BagHash = (algorithm: BagAlgorithm, bytes: Uint8Array) => string | Promise<string>;

/**
 * Findings: `bag.declaration`, `bag.not-listed`, `bag.path`, `bag.fetch`, `bag.manifest-missing`, `bag.manifest-broken`,
 * `bag.file-missing`, `bag.file-not-listed`, `bag.file-differs`. None: the bag is complete and valid (RFC 8493 section 3).
 */
export async function checkBag(reader: RecordReader, hash: BagHash): Promise<readonly RecordFinding[]> {
  const listed = await reader.list();
  if (!listed) return [finding("bag.not-listed")];
  const paths = [...listed];
  const bad = paths.filter((path) => !checkBagPath(path).ok);
  if (bad.length > 0) return bad.map((path) => finding("bag.path", { path }));
  const findings: RecordFinding[] = [];
  const declaration = await reader.read("bagit.txt");
  if (!declaration || !bytesEqual(declaration, utf8(BAG_DECLARATION))) findings.push(finding("bag.declaration"));
  if (paths.includes("fetch.txt")) findings.push(finding("bag.fetch"));
  const payload = paths.filter((path) => path.startsWith("data/"));
  const tags = paths.filter((path) => !path.startsWith("data/") && !path.startsWith("tagmanifest-"));
  for (const algorithm of BAG_ALGORITHMS) {
    findings.push(...(await checkManifest(reader, hash, algorithm, `manifest-${algorithm}.txt`, payload)));
    findings.push(...(await checkManifest(reader, hash, algorithm, `tagmanifest-${algorithm}.txt`, tags)));
  }
  return findings;
}

async function checkManifest(
  reader: RecordReader,
  hash: BagHash,
  algorithm: BagAlgorithm,
  name: string,
  paths: readonly string[],
): Promise<RecordFinding[]> {
  const bytes = await reader.read(name);
  if (!bytes) return [finding("bag.manifest-missing", { path: name })];
  const digests = parseManifest(algorithm, bytes);
  if (!digests.ok) return [finding("bag.manifest-broken", { path: name }, digests.fault)];
  const absent = [...digests.value.keys()].filter((path) => !paths.includes(path));
  const findings = absent.map((path) => finding("bag.file-missing", { path, manifest: name }));
  for (const path of paths) findings.push(...(await checkFile(reader, hash, algorithm, digests.value, path)));
  return findings;
}

async function checkFile(
  reader: RecordReader,
  hash: BagHash,
  algorithm: BagAlgorithm,
  digests: Digests,
  path: string,
): Promise<RecordFinding[]> {
  const wanted = digests.get(path);
  if (wanted === undefined) return [finding("bag.file-not-listed", { path })];
  const differs = (await digestOf(reader, hash, algorithm, path)) !== wanted;
  return differs ? [finding("bag.file-differs", { path, algorithm })] : [];
}

/** Digest of a file of a bag; undefined where there is none. */
export async function digestOf(
  reader: RecordReader,
  hash: BagHash,
  algorithm: BagAlgorithm,
  path: string,
): Promise<string | undefined> {
  if (reader.digest) return reader.digest(algorithm, path);
  const bytes = await reader.read(path);
  return bytes && hash(algorithm, bytes);
}
