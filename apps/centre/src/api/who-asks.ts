/** Who asks: whom an answer is for, and whether a route may be asked at all. */
import type { Audience, Fault } from "@openjmc/model";
import { partyOf } from "@openjmc/record";
import type { FastifyRequest } from "fastify";
import type { ReleaseForm } from "./release-form.ts";

const OUTSIDE: Fault = {
  code: "access.party",
  what: "address",
  where: { field: "authorization" },
  expected: "an officer of a component; a party's liaison officer asks /api/v1/portal",
};

/** Headers by which a proxy says that it asks for somebody else. */
const PASSED_ON = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/** Forms that nobody without a session gets. */
const WITH_SESSION: ReadonlySet<ReleaseForm | undefined> = new Set(["inside", "machine", "party"]);

/** Whom an answer is for. Officers of a component are inside; a party's liaison officers and everybody else are not. */
export function audienceOf(request: FastifyRequest): Audience {
  if (!request.session) return "public";
  return partyOf(request.session.roles) === undefined ? "component" : "party";
}

/**
 * Why the asker gets nothing of a route with this release; undefined if he may have it. Codes: `session.missing`, `access.party`
 * (the liaison officer of a party comes no further than the portal).
 */
export function refusalOf(request: FastifyRequest, form: ReleaseForm | undefined): Fault | undefined {
  if (!WITH_SESSION.has(form)) return undefined;
  if (request.session) return form === "party" || partyOf(request.session.roles) === undefined ? undefined : OUTSIDE;
  if (form === "machine" && isOnThisMachine(request)) return undefined;
  return {
    code: "session.missing",
    what: "session",
    where: { field: "authorization" },
    expected: `the bearer token of an open session${form === "machine" ? ", or to be asked on the centre's machine" : ""}`,
    ...(request.token === undefined ? {} : { got: "a token that is unknown or whose watch is over: sign in again" }),
  };
}

/** A proxy that says nothing of its clients cannot be told from a program here. */
function isOnThisMachine(request: FastifyRequest): boolean {
  const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const isLoopback = address === "::1" || /^127\.\d+\.\d+\.\d+$/.test(address);
  return isLoopback && PASSED_ON.every((name) => request.headers[name] === undefined);
}
