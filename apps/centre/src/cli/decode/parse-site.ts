import { bad, good, type Result } from "@openjmc/model";
import type { Site } from "./stream-decoder.ts";

const NUMBER = /^[-+]?\d+(\.\d+)?$/;

/** Reads `LAT,LON,H` in degrees and metres above the ellipsoid, as `--site` has it. */
export function parseSite(text: string): Result<Site> {
  const parts = text.split(",").map((part) => part.trim());
  const [latitude, longitude, height] = parts.map(Number) as [number, number, number];
  const isNumbers = parts.length === 3 && parts.every((part) => NUMBER.test(part));
  if (isNumbers && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return good({ latitude, longitude, height });
  return bad({
    code: "site.malformed",
    what: "read the place of the instrument",
    where: { field: "--site" },
    expected: "LAT,LON,H: degrees north, degrees east, metres",
    got: text.slice(0, 64),
  });
}
