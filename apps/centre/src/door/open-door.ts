/** The centre's side of its door: takes acts of the machine from its operator's commands, signs and appends them. */
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { FaultError } from "@openjmc/model";
import { Refusal } from "@openjmc/record";
import type { Logger } from "pino";
import type { MachineAct, Registered } from "../registrar/registrar.ts";
import { DOOR_KINDS, DOOR_PATH, doorAddress } from "./door.ts";

export interface DoorOptions {
  /** Folder of the socket; made for its owner alone. */
  readonly folder: string;
  readonly logger: Logger;
  readonly act: (acts: readonly MachineAct[]) => Promise<readonly Registered[]>;
}

const LARGEST_MESSAGE_BYTES = 256 * 1024;

/** Listens until closed. The folder's lock must be held: what an earlier process left is put away. */
export async function openDoor(options: DoorOptions): Promise<{ close(): Promise<void> }> {
  rmSync(options.folder, { recursive: true, force: true });
  mkdirSync(options.folder, { mode: 0o700 });
  const server = createServer((request, response) => void answer(options, request, response));
  server.listen(doorAddress(options.folder));
  await once(server, "listening");
  return {
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      rmSync(options.folder, { recursive: true, force: true });
    },
  };
}

async function answer(options: DoorOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const say = (status: number, value: unknown): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
  try {
    if (request.method !== "POST" || request.url !== DOOR_PATH) throw refused(`${request.method} ${request.url}`);
    const acts = actsOf(await bodyOf(request));
    const registered = await options.act(acts);
    for (const { entry } of registered)
      options.logger.info({ kind: entry.kind, index: entry.index }, "by the operator");
    say(
      200,
      registered.map(({ entry: { index, statement } }) => ({ index, statement })),
    );
  } catch (error) {
    if (error instanceof FaultError || error instanceof Refusal) return say(400, error.fault);
    options.logger.error({ err: error }, "door");
    say(500, { code: "centre.failed", what: "act of the operator", cause: String(error) });
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LARGEST_MESSAGE_BYTES) throw refused(`more than ${LARGEST_MESSAGE_BYTES} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    throw refused("no JSON");
  }
}

/** What an act says is for the replay to judge; here only its form and whether it is one for this door. */
function actsOf(value: unknown): readonly MachineAct[] {
  if (!Array.isArray(value) || !value.every(isAct)) throw refused("another form");
  const other = value.find(({ kind }) => !DOOR_KINDS.has(kind));
  if (other) throw refused(other.kind);
  return value;
}

function isAct(value: unknown): value is MachineAct {
  const { kind, subject, body } = (value ?? {}) as Record<keyof MachineAct, unknown>;
  return typeof kind === "string" && typeof subject === "string" && typeof body === "object" && body !== null;
}

function refused(got: string): FaultError {
  return new FaultError({
    code: "door.refused",
    what: "act of the operator",
    expected: `acts of these kinds: ${[...DOOR_KINDS].join(", ")}`,
    got: got.slice(0, 80),
  });
}
