/** The agreement at an instant, as known at an instant; its days as a calendar. */
import {
  type AgreementRecord,
  agreementDays,
  agreementRecordOf,
  type CalendarAudience,
  createAgreementViews,
  dayOf,
  daysFor,
  historyOf,
} from "@openjmc/agreement";
import { watchedSpans, withRecorded } from "@openjmc/desk";
import { FaultError, type Instant, parseInstant } from "@openjmc/model";
import { partyOf } from "@openjmc/record";
import { renderCalendar } from "@openjmc/report";
import { createWords, LOCALES } from "@openjmc/words";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ApiContext } from "../context.ts";
import { refuse } from "../faults.ts";

const query = {
  type: "object",
  properties: {
    at: { type: "string", description: "Instant asked about, RFC 3339; the centre's time without it" },
    known: { type: "string", description: "What was known by then, RFC 3339; everything without it" },
  },
} as const;

const calendarQuery = {
  type: "object",
  properties: { language: { type: "string", enum: LOCALES, default: "en" } },
} as const;

export function registerAgreementRoutes(app: FastifyInstance, context: ApiContext): void {
  const views = keptViews(context);
  app.get(
    "/api/v1/agreement",
    {
      config: { release: "inside" },
      schema: {
        summary: "Every obligation's state and every term, valid at an instant, as known at an instant",
        tags: ["agreement"],
        querystring: query,
      },
    },
    async (request) => {
      const { at, known } = request.query as { at?: string; known?: string };
      const validAt = instantOf(at, "at") ?? context.clock.now();
      return views()(validAt, instantOf(known, "known") ?? Number.MAX_SAFE_INTEGER);
    },
  );
  app.get(
    "/api/v1/agreement/history",
    {
      config: { release: "inside" },
      schema: {
        summary: "How one obligation came to stand as it does: each instant at which its states changed",
        tags: ["agreement"],
        querystring: {
          ...query,
          required: ["provision"],
          properties: { ...query.properties, provision: { type: "string", maxLength: 80 } },
        },
      },
    },
    async (request) => {
      const { provision, at, known } = request.query as { provision: string; at?: string; known?: string };
      const until = instantOf(at, "at") ?? context.clock.now();
      const knownAt = instantOf(known, "known") ?? Number.MAX_SAFE_INTEGER;
      return { changes: historyOf(agreementRecordNow(context), provision, until, knownAt) };
    },
  );
  app.get(
    "/api/v1/agreement/calendar.ics",
    {
      config: { release: "inside" },
      schema: {
        summary: "Deadlines, last days for notice and ends of terms as iCalendar",
        tags: ["agreement"],
        querystring: calendarQuery,
      },
    },
    async (request, reply) => sendCalendar(context, "components", request, reply),
  );
  app.get(
    "/api/v1/public/agreement.ics",
    {
      config: { release: "plain", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: {
        summary: "Days of the instruments whose text is public, as iCalendar; nothing of what the centre has recorded",
        tags: ["agreement"],
        querystring: calendarQuery,
      },
    },
    async (request, reply) => sendCalendar(context, "public", request, reply),
  );
  app.get(
    "/api/v1/portal/agreement.ics",
    {
      config: { release: "party", rateLimit: { max: 60, timeWindow: "1 minute" } },
      schema: {
        summary: "Days of the instruments of the signed-in liaison officer's party, as iCalendar",
        tags: ["portal"],
        querystring: calendarQuery,
      },
    },
    async (request, reply) => {
      const party = partyOf(request.session!.roles);
      if (party === undefined) return refuse("access.party", "portal", { expected: "the liaison officer of a party" });
      return sendCalendar(context, party, request, reply);
    },
  );
}

/** What an audience may have, in the language that was asked for. */
function sendCalendar(
  context: ApiContext,
  audience: CalendarAudience,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { language } = request.query as { language: (typeof LOCALES)[number] };
  const mission = context.mission();
  const now = context.clock.now();
  const today = dayOf(now, mission.view.timeZone);
  const days = daysFor(agreementDays(agreementRecordNow(context), today, mission.view.sources), audience, mission);
  const calendar = { days, mission: mission.view, origin: context.origin, now };
  return reply
    .type("text/calendar; charset=utf-8")
    .header("content-disposition", 'attachment; filename="agreement.ics"')
    .send(renderCalendar(calendar, createWords(language)));
}

/** The engine is made again only when the record has said something new about the agreement, or the mission is another one. */
function keptViews(context: ApiContext): () => ReturnType<typeof createAgreementViews> {
  let known = -1;
  let mission: ReturnType<ApiContext["mission"]> | undefined;
  let views: ReturnType<typeof createAgreementViews> | undefined;
  return () => {
    const { agreement, jointActs } = context.registrar.desk;
    const { facts, amendments, consents, notices } = agreement;
    const steps = [...jointActs.values()].reduce(
      (sum, { signedBy, closing }) => sum + signedBy.length + (closing ? 1 : 0),
      0,
    );
    const now = facts.length + amendments.length + consents.length + notices.length + steps;
    if (views === undefined || now !== known || mission !== context.mission()) {
      known = now;
      mission = context.mission();
      views = createAgreementViews(agreementRecordNow(context), context.mission().view.timeZone, notices);
    }
    return views;
  };
}

/** The mission's own files and what the record has added to them, by now. */
export function agreementRecordNow(context: ApiContext): AgreementRecord {
  const { desk } = context.registrar;
  return withRecorded(agreementRecordOf(context.mission()), desk.agreement, watchedSpans(desk));
}

function instantOf(text: string | undefined, field: string): Instant | undefined {
  if (text === undefined) return undefined;
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new FaultError({ ...parsed.fault, what: "query", where: { field } });
  return parsed.value;
}
