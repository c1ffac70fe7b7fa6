/** Where a mirror gets the log's files and the sealed and attached files that its entries name. */
export interface RecordSource {
  /** Bytes of a file of the record from a byte on; undefined where the source does not give it. */
  file(path: string, fromByte?: number): Promise<Uint8Array | undefined>;
  /** A ciphertext or attachment by its SHA-256; undefined where the source does not give it. */
  attachment(sha256: string): Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** Of a mirror that is only sent things: what is not here is not to be had. */
export const NO_SOURCE: RecordSource = {
  file: async () => undefined,
  attachment: async () => undefined,
};
