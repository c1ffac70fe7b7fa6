import { instantFromCivil } from "../instant.ts";

const TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/;

/** µs since 1970 of an XML dateTime; one without a zone is taken as UTC. Undefined where it is none. */
export function parseXmlTime(text: string): number | undefined {
  const parts = TIME.exec(text.trim());
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const microsecond = Number((parts[7] ?? "").padEnd(9, "0").slice(0, 6));
  const instant = instantFromCivil({ year, month, day, hour, minute, second, microsecond });
  return instant === undefined ? undefined : instant - zoneOffset(parts[8]);
}

/** µs. */
function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000_000;
}
