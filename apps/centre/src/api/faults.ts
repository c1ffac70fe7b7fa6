/** Faults on the wire: JSON with the status that fits their code. */
import { type Fault, FaultError } from "@openjmc/model";
import type { FastifyReply } from "fastify";

const BY_PREFIX: readonly (readonly [string, number])[] = [
  ["session.missing", 401],
  ["session.", 401],
  ["access.", 403],
  ["passkey.unknown", 401],
  ["passkey.signature", 401],
  ["passkey.", 403],
  ["tier.", 403],
  ["role.", 403],
  ["component.wrong", 403],
  ["node.binding", 403],
  ["party.not-yours", 403],
  ["party.binding", 403],
  ["room.not-yours", 403],
  ["room.away", 503],
  ["disclosed.", 409],
  ["key.", 403],
  ["signature.", 403],
  ["joint.", 409],
  ["leaf.duplicate", 409],
  ["subject.taken", 409],
  ["anchor.", 409],
  ["route.unknown", 404],
  ["view.unknown", 404],
  ["row.unknown", 404],
  ["incident.unknown", 404],
  ["alert.unknown", 404],
  ["allegation.unknown", 404],
  ["allegation.ended", 409],
  ["list.unknown", 404],
  ["text.unknown", 404],
  ["fact.unknown", 404],
  ["text.twice", 409],
  ["text.too-large", 413],
  ["list.differs", 409],
  ["attachment.unknown", 404],
  ["body.too-large", 413],
  ["request.upgrade", 426],
  ["attachment.too-large", 413],
  ["party.files-full", 429],
  ["signing.too-many", 429],
  ["rate.limited", 429],
  ["disk.", 507],
  ["record.write-failed", 503],
];

/** HTTP status of a fault; 400 for whatever the asker did wrong in form. */
export function statusOf(fault: Fault): number {
  return BY_PREFIX.find(([prefix]) => fault.code.startsWith(prefix))?.[1] ?? 400;
}

/** Answers with a fault. */
export function sendFault(reply: FastifyReply, fault: Fault): FastifyReply {
  reply.request.refusal = fault.code;
  return reply.code(statusOf(fault)).type("application/json").send(fault);
}

/** Throws a fault out of a route. */
export function refuse(code: string, what: string, more: Omit<Fault, "code" | "what"> = {}): never {
  throw new FaultError({ code, what, ...more });
}
