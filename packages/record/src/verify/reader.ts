/** Where a record is read from: a folder, an archive, a server. Paths are relative to the record, with `/`. */
export interface RecordReader {
  /** Bytes of a file, or undefined where there is none. */
  read(path: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Every file there is, of whatever name; undefined where that cannot be known, as on a server. */
  list(): Iterable<string> | undefined | Promise<Iterable<string> | undefined>;
  /** Hexadecimal digest of a file that need not fit into memory; without it files are read whole. Undefined where there is none. */
  digest?(algorithm: "sha256" | "sha512", path: string): Promise<string | undefined>;
}

export const CHECKPOINT_FILE = "checkpoint";
export const LOG_KEY_FILE = "log.vkey";
export const COSIGNER_KEYS_FILE = "cosigners.vkey";
/** Who cosigns, as a policy (c2sp.org/tlog-policy): a copy of what the log itself tells. */
export const POLICY_FILE = "policy";
