/** Where things lie in an archive, and what it says of itself. Paths are relative to the bag. */
import { utf8ToText } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";

export const ARCHIVE = {
  description: "data/archive.json",
  log: "data/log/",
  checkpoints: "data/checkpoints/",
  attachments: "data/attachments/",
  disclosures: "data/disclosures/",
  timestamps: "data/timestamps/",
  proofs: "data/proofs/",
  recordings: "data/recordings/",
  policy: "data/policy",
  /** The page that verifies archives. */
  page: "data/verify/verify.html",
} as const;

/** For whom an archive was made. `full`: the two components; `party`: one party to the agreement; `public`: everybody. */
export const RELEASE_LEVELS = ["full", "party", "public"] as const;
export type ReleaseLevel = (typeof RELEASE_LEVELS)[number];

/** What an archive says of itself; nothing rests on it but how much is expected to be there. */
export interface ArchiveDescription {
  readonly format: "openjmc-archive";
  readonly version: 1;
  readonly level: ReleaseLevel;
  /** The party that a `party` archive is for. */
  readonly party?: string;
  readonly origin: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  readonly exercise: boolean;
  /** RFC 3339. */
  readonly madeAt: string;
  readonly software: string;
  /** Entries of which only the hash is here. */
  readonly withheldEntries: number;
  /** Attachments that entries name and that are not here. */
  readonly withheldAttachments: number;
  /** Cosigners whose signatures stand under the checkpoint. */
  readonly cosigners: readonly string[];
}

/** Reads `archive.json`. Errors: `archive.description`. */
export function readDescription(bytes: Uint8Array): Result<ArchiveDescription> {
  return attempt(() => {
    const value = parse(unwrap(utf8ToText(bytes)));
    const { format, version, level, origin, size, root, exercise, withheldEntries, withheldAttachments, cosigners } =
      (value ?? {}) as Partial<Record<keyof ArchiveDescription, unknown>>;
    const fits =
      format === "openjmc-archive" &&
      version === 1 &&
      RELEASE_LEVELS.includes(level as ReleaseLevel) &&
      typeof origin === "string" &&
      typeof root === "string" &&
      typeof exercise === "boolean" &&
      [size, withheldEntries, withheldAttachments].every((count) => Number.isSafeInteger(count)) &&
      Array.isArray(cosigners);
    if (fits) return value as ArchiveDescription;
    return refuse("archive.description", "archive.json", {
      expected: "what an archive of version 1 says of itself",
      got: shown(value),
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
