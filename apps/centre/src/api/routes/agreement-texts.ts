/** The texts themselves with their readings and mandates, and how a place lies to the zones of an instant. */
import { createAgreement, createEventJudge, judgeByVersions, type ZoneVerdict } from "@openjmc/agreement";
import { type EventVerdict, FaultError, type Instant, parseInstant } from "@openjmc/model";
import type { FastifyInstance } from "fastify";
import type { ApiContext } from "../context.ts";
import { agreementRecordNow } from "./agreement.ts";

const placeQuery = {
  type: "object",
  required: ["lon", "lat"],
  properties: {
    lon: { type: "string", pattern: "^-?\\d{1,3}(\\.\\d+)?$", description: "degrees" },
    lat: { type: "string", pattern: "^-?\\d{1,2}(\\.\\d+)?$", description: "degrees" },
    errorMetres: {
      type: "string",
      pattern: "^\\d{1,6}$",
      description: "standard deviation of the place",
      default: "0",
    },
    at: { type: "string", description: "Instant of the event, RFC 3339; the centre's time without it" },
  },
} as const;

/** One zone's versions beside each other: which was in force, and whether another would have said otherwise. */
interface PlaceVerdict {
  readonly zone: string;
  readonly flips: boolean;
  readonly versions: readonly ZoneVerdict[];
}

export function registerAgreementTextRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    "/api/v1/agreement/texts",
    {
      config: { release: "inside" },
      schema: {
        summary: "Instruments with signatories, witnesses, provisions and their readings, and the centre's mandates",
        tags: ["agreement"],
      },
    },
    async () => ({ instruments: context.mission().instruments, states: context.mission().states }),
  );
  app.get(
    "/api/v1/agreement/place",
    {
      config: { release: "inside" },
      schema: {
        summary:
          "A place at an instant, judged by every version of every zone and by the text in force then, and where the result flips",
        tags: ["agreement"],
        querystring: placeQuery,
      },
    },
    async (request) => {
      const { lon, lat, errorMetres, at } = request.query as Record<"lon" | "lat" | "errorMetres", string> & {
        at?: string;
      };
      const instant = at === undefined ? context.clock.now() : instantOf(at);
      return {
        at: instant,
        zones: judge(context, { lon: Number(lon), lat: Number(lat) }, Number(errorMetres), instant),
        provisions: judgeByText(context, { lon: Number(lon), lat: Number(lat) }, Number(errorMetres), instant),
      };
    },
  );
}

function judge(
  context: ApiContext,
  place: { readonly lon: number; readonly lat: number },
  errorMetres: number,
  at: Instant,
): PlaceVerdict[] {
  const zones = Map.groupBy(context.mission().view.zones, (version) => version.zone);
  const variance = errorMetres ** 2;
  const covariance = { eastEast: variance, eastNorth: 0, northNorth: variance };
  return [...zones].map(([zone, versions]) => {
    const { verdicts, flips } = judgeByVersions(versions, place, covariance, at);
    return { zone, flips, versions: verdicts };
  });
}

/** Under which provisions an event there and then falls, by what is known now. */
function judgeByText(
  context: ApiContext,
  place: { readonly lon: number; readonly lat: number },
  errorMetres: number,
  at: Instant,
): EventVerdict[] {
  const { instruments, view } = context.mission();
  const provisions = instruments.flatMap((instrument) => instrument.provisions);
  const judgeEvent = createEventJudge(createAgreement(agreementRecordNow(context)), provisions, view.zones);
  const variance = errorMetres ** 2;
  const covariance = { eastEast: variance, eastNorth: 0, northNorth: variance };
  return judgeEvent({ place, covariance, at }, Number.MAX_SAFE_INTEGER);
}

function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new FaultError({ ...parsed.fault, what: "query", where: { field: "at" } });
  return parsed.value;
}
