/**
 * Numbers of the ZIP format (PKWARE APPNOTE 6.3). Every size and offset stands in its 64-bit form, so that there is one way
 * to write and no limit to meet later.
 */
export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
export const END_64 = 0x06064b50;
export const END_64_LOCATOR = 0x07064b50;
export const END = 0x06054b50;

export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER_BYTES = 46;
export const END_64_BYTES = 56;
export const END_64_LOCATOR_BYTES = 20;
export const END_BYTES = 22;

/** Version 4.5 knows 64-bit sizes; made on a system with Unix rights. */
export const VERSION_NEEDED = 45;
export const MADE_BY = (3 << 8) | VERSION_NEEDED;
/** Names are UTF-8. */
export const UTF8_FLAG = 0x0800;
export const ENCRYPTED_FLAG = 0x0001;
export const STORED = 0;
export const DEFLATED = 8;
export const EXTRA_64 = 0x0001;
export const ALL_ONES_32 = 0xffffffff;
export const ALL_ONES_16 = 0xffff;

/** What the end of an archive says of one file. */
export interface ZipEntry {
  readonly path: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Offset of the local header. */
  readonly offset: number;
  /** Type and rights of a file as the system that packed it knew them (st_mode); 0 where it said nothing. */
  readonly mode?: number;
}
