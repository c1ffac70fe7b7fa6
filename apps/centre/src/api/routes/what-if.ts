/** What would follow from a notice, an act that slips, or one signatory's consent; nothing is recorded by asking. */
import { whatIf } from "@openjmc/agreement";
import { FaultError, type Instant, parseInstant, type Supposition } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { agreementRecordNow } from "./agreement.ts";

const code = { type: "string", maxLength: 80, pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$" } as const;
const query = {
  type: "object",
  required: ["suppose"],
  properties: {
    suppose: { type: "string", enum: ["notice", "slip", "consent"], description: "What is supposed" },
    instrument: { ...code, description: "Of a notice: under which instrument" },
    day: {
      type: "string",
      pattern: "^\\d{4}-\\d\\d-\\d\\d$",
      description: "Of a notice: the day on which it is given",
    },
    provision: { ...code, description: "Of a slip: which provision's act comes later" },
    days: { type: "string", pattern: "^-?\\d{1,4}$", description: "Of a slip: how many days after its day" },
    amendment: { ...code, description: "Of a consent: which amendment" },
    by: { type: "string", maxLength: 400, description: "Who gives notice or consents; several consents with commas" },
    at: { type: "string", description: "Instant at which it is looked at, RFC 3339; the centre's time without it" },
    known: { type: "string", description: "By what was known then, RFC 3339; everything without it" },
  },
} as const;

type Query = Readonly<Partial<Record<keyof (typeof query)["properties"], string>>>;

export function registerWhatIfRoute(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/agreement/what-if",
    {
      config: { release: "inside" },
      schema: {
        summary: "What would be otherwise under a notice, a slip of some days, or consent of some signatories only",
        tags: ["agreement"],
        querystring: query,
      },
    },
    async (request) => {
      const asked = request.query as Query;
      const at = instantOf(asked.at, "at") ?? context.clock.now();
      const known = instantOf(asked.known, "known") ?? Number.MAX_SAFE_INTEGER;
      const { timeZone } = context.mission().view;
      const { notices } = context.registrar.desk.agreement;
      const found = whatIf(agreementRecordNow(context), timeZone, notices, suppositionOf(asked), at, known);
      if (!found.ok) throw new FaultError(found.fault);
      return found.value;
    },
  );
}

/** Error: `request.field` for what the supposition needs and was not given. */
function suppositionOf(asked: Query): Supposition {
  const need = (field: keyof Query): string => {
    const value = asked[field];
    if (value !== undefined && value !== "") return value;
    throw new FaultError({ code: "request.field", what: "query", where: { field }, expected: "a value" });
  };
  switch (asked.suppose) {
    case "notice":
      return { kind: "notice", instrument: need("instrument"), by: need("by"), day: need("day") };
    case "slip":
      return { kind: "slip", provision: need("provision"), days: Number(need("days")) };
    default:
      return { kind: "consent", amendment: need("amendment"), by: need("by").split(",") };
  }
}

function instantOf(text: string | undefined, field: string): Instant | undefined {
  if (text === undefined) return undefined;
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new FaultError({ ...parsed.fault, what: "query", where: { field } });
  return parsed.value;
}
