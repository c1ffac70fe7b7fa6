/** From a full archive one of a lower level over the very same root, without the centre that made it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FaultError, type Instant, parseInstant } from "@openjmc/model";
import { ARCHIVE, type ArchiveVerification, CHECKPOINT_FILE, verifyArchive } from "@openjmc/record";
import { pathsOf } from "../folder/index.ts";
import { missionOfCentre } from "../mission/read.ts";
import { type ArchiveRequest, type MadeArchive, makeArchive } from "./make-archive.ts";
import { nodeVerification } from "./verification.ts";
import { openSource, type VerifySource } from "./verify-source.ts";

export type RedactRequest = Pick<ArchiveRequest, "level" | "party" | "out" | "verifier" | "disclose">;

/** Where an archive's files lie in a folder like a centre's. */
const PLACES: readonly (readonly [string, string])[] = [
  [ARCHIVE.log, "record/"],
  ["data/mission/", "mission/"],
  ["data/missions/", "missions/"],
  [ARCHIVE.checkpoints, "checkpoints/"],
  [ARCHIVE.timestamps, "timestamps/"],
  [ARCHIVE.disclosures, "disclosures/"],
];

/** The archive must hold and be full. Throws `archive.unsound`, `archive.level` and what reading it throws. */
export async function redactArchive(path: string, request: RedactRequest): Promise<MadeArchive> {
  const source = await openSource(path);
  const folder = mkdtempSync(join(tmpdir(), "openjmc-redact-"));
  try {
    const verified = await verifyArchive(source.reader, nodeVerification());
    requireFull(path, verified);
    await unpack(source, folder);
    const paths = pathsOf(folder);
    const state = verified.state!;
    const { exercise, at } = state.founding!;
    const mission = missionOfCentre(paths, { exercise, ...(exercise ? { startsAt: at } : {}) });
    const now = timeOf(verified.description!.madeAt);
    const note = (await source.reader.read(`${ARCHIVE.log}${CHECKPOINT_FILE}`))!;
    return await makeArchive({ ...request, paths, mission, note, state, now, known: await knownOf(source) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await source.close();
  }
}

function requireFull(file: string, { holds, description, findings }: ArchiveVerification): void {
  if (!holds)
    throw new FaultError({
      ...{ code: "archive.unsound", what: "archive", where: { file }, expected: "an archive that holds" },
      got: findings[0]!.code,
    });
  if (description?.level === "full") return;
  throw new FaultError({
    ...{ code: "archive.level", what: "archive", where: { file }, expected: "a full archive" },
    got: description?.level ?? "none",
  });
}

async function unpack({ reader }: VerifySource, folder: string): Promise<void> {
  for (const name of (await reader.list()) ?? []) {
    const target = placeOf(name);
    if (target === undefined) continue;
    mkdirSync(dirname(join(folder, target)), { recursive: true });
    writeFileSync(join(folder, target), (await reader.read(name))!);
  }
}

function placeOf(name: string): string | undefined {
  const place = PLACES.find(([prefix]) => name.startsWith(prefix));
  return place && `${place[1]}${name.slice(place[0].length)}`;
}

async function knownOf({ reader }: VerifySource): Promise<NonNullable<ArchiveRequest["known"]>> {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await reader.read(`data/${name}.json`)));
  const { fusion } = (await read("configuration")) as { readonly fusion: readonly object[] };
  const refused = (await read("refused-input")) as object;
  return { fusion: fusion.map((run) => ({ ...run, configuration: undefined })), refused };
}

function timeOf(text: string): Instant {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : 0;
}
