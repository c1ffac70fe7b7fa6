/** What people bring and have: sessions, requests to sign, drafts of forms, files. */
import type { Readable } from "node:stream";
import { FaultError } from "@openjmc/model";
import type { DraftStore } from "../api/context.ts";
import type { AttachmentStore } from "../attachments/attachment-store.ts";
import { openAttachments } from "../attachments/index.ts";
import { whileThereIsRoom } from "../folder/index.ts";
import { Passkeys } from "../passkeys/passkeys.ts";
import { RoomLines } from "../room-line/room-lines.ts";
import { keepDrafts, keepPasskeys, keepSessions } from "../sessions/keeping.ts";
import { Sessions } from "../sessions/sessions.ts";
import { SigningRequests } from "../signing/requests.ts";
import { openLocalStore } from "../store/index.ts";
import type { Foundation } from "./foundation.ts";

export interface People {
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  readonly requests: SigningRequests;
  readonly drafts: DraftStore;
  readonly attachments: AttachmentStore;
  readonly roomLines: RoomLines;
}

export async function openPeople(foundation: Foundation): Promise<People> {
  const { paths, closers, logger, wall } = foundation;
  const onTrouble = (error: unknown): void => logger.error({ err: error }, "local.db");
  const local = closers.keep(await openLocalStore(paths.local));
  const sessions = new Sessions(await keepSessions(local, onTrouble), () => wall.now());
  const requests = new SigningRequests(() => wall.now());
  closers.add(() => requests.release());
  const roomLines = new RoomLines();
  closers.add(() => roomLines.release());
  return {
    sessions,
    passkeys: new Passkeys(await keepPasskeys(local, onTrouble)),
    requests,
    drafts: await keepDrafts(local, onTrouble),
    attachments: await openAttachmentStore(foundation),
    roomLines,
  };
}

/** Files by their hash; a disk that is nearly full refuses more of them. */
async function openAttachmentStore({ paths, disk }: Foundation): Promise<AttachmentStore> {
  const attachments = await openAttachments({ directory: paths.attachments });
  return {
    put: async (bytes: Readable) => attachments.put(whileThereIsRoom(bytes, disk, (fault) => new FaultError(fault))),
    get: async (sha256, part) => {
      const found = await attachments.find(sha256);
      return found ? { stream: await attachments.read(sha256, part), bytes: found.bytes } : undefined;
    },
    lengthOf: async (sha256) => (await attachments.find(sha256))?.bytes,
  };
}
