/**
 * The line between officers' pages and the node of their component, passed on unread. Whoever is of one component sees
 * nothing of the other's line: not its questions, not its answers, not when they are asked.
 */
import { NODE_ROLE, type RoomAnnouncement, type RoomQuestion } from "@openjmc/record";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { LineAnswer } from "../../room-line/room-lines.ts";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const LARGEST_MESSAGE = 64 * 1024;
const LARGEST_ANSWER = 1024 * 1024;

const hex64 = { type: "string", pattern: "^[0-9a-f]{64}$" } as const;
const sealed = { type: "string", maxLength: LARGEST_MESSAGE } as const;
const signature = { type: "string", minLength: 88, maxLength: 88 } as const;

const announcementSchema = {
  type: "object",
  required: ["origin", "room", "epoch", "channel", "keyid", "signature"],
  additionalProperties: false,
  properties: {
    origin: { type: "string", maxLength: 128 },
    room: { type: "string", maxLength: 128 },
    epoch: { type: "integer", minimum: 1 },
    channel: hex64,
    keyid: hex64,
    signature,
  },
} as const;

const questionSchema = {
  type: "object",
  required: ["channel", "asker", "keyid", "sealed", "signature"],
  additionalProperties: false,
  properties: { channel: hex64, asker: hex64, keyid: hex64, sealed, signature },
} as const;

const answerSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    sealed: { type: "string", maxLength: LARGEST_ANSWER },
    fault: {
      type: "object",
      required: ["code", "what"],
      additionalProperties: false,
      properties: { code: { type: "string", maxLength: 80 }, what: { type: "string", maxLength: 200 } },
    },
  },
} as const;

export function registerRoomRoutes(app: FastifyInstance, context: ApiContext): void {
  const { roomLines } = context;
  const path = "/api/v1/rooms/:room/line";
  const inside = (summary: string, body?: object) => ({
    config: { release: "inside" as const },
    bodyLimit: LARGEST_ANSWER * 2,
    schema: { summary, tags: ["rooms"], ...(body ? { body } : {}) },
  });
  app.put(path, inside("A room's node makes its key known", announcementSchema), async (request, reply) => {
    const room = ownRoom(request, true);
    const announcement = request.body as RoomAnnouncement;
    if (announcement.room !== room || announcement.keyid !== request.session!.keyid)
      return refuse("room.not-yours", "announcement", { expected: room, got: announcement.room });
    roomLines.announce(announcement);
    return reply.code(204).send();
  });
  app.get(path, inside("Questions that wait for a room's node; `wait` seconds for the first"), async (request) => {
    const room = ownRoom(request, true);
    const wait = Math.min(25, Number((request.query as { wait?: string }).wait ?? 0) || 0);
    const questions = await roomLines.next(room, wait * 1000);
    return { questions, isAnnounced: roomLines.announcementOf(room)?.keyid === request.session!.keyid };
  });
  app.get("/api/v1/rooms/:room", inside("The key that a room's node has made known"), async (request) => {
    const room = ownRoom(request);
    const announcement = roomLines.announcementOf(room);
    return announcement ?? refuse("room.away", `node of room ${room}`, { expected: "a node that is connected" });
  });
  app.post(
    path,
    inside("A question to the room's node, sealed for it; its answer, sealed for the asker", questionSchema),
    async (request) => {
      const room = ownRoom(request);
      return roomLines.ask(room, request.body as RoomQuestion);
    },
  );
  app.post(`${path}/:id`, inside("The node's answer", answerSchema), async (request, reply) => {
    const room = ownRoom(request, true);
    const { id } = request.params as { id: string };
    if (!roomLines.answer(room, id, request.body as LineAnswer))
      return refuse("row.unknown", "question", { expected: "a question that still waits", got: id.slice(0, 40) });
    return reply.code(204).send();
  });
}

/** The room named in the path, if it is the asker's own; `asNode` where only its node may come. */
function ownRoom(request: FastifyRequest, asNode = false): string {
  const { room } = request.params as { room: string };
  const session = request.session!;
  if (room !== session.component || (asNode && !session.roles.includes(NODE_ROLE)))
    return refuse("room.not-yours", "room", {
      expected: asNode ? `the node of component ${session.component}` : session.component,
      got: room.slice(0, 40),
    });
  return room;
}
