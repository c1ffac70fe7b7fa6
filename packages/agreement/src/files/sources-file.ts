/** `sources.yaml`: the sensors and people that the centre hears. */
import { AUTHENTICATION_STATES, MEANS } from "@openjmc/model";
import { decimal, either, exactly, list, record, type ShapeType, text, whole, word } from "../shape/shape.ts";
import { code, heightReference, latitude, longitude } from "./common.ts";

const port = whole("TCP port; 0 where it is given at start", 0, 65535);
const link = either(
  "how its bytes arrive",
  record("the centre connects", { kind: exactly("tcp-client"), host: text("host name or address"), port }),
  record("the centre listens", { kind: exactly("tcp-listener"), host: text("address to listen on"), port }),
  record("over the centre's broker", { kind: exactly("mqtt"), topic: text("topic") }),
  record("through the console and the API", { kind: exactly("people") }),
);

export const sourcesFile = record("sources", {
  sources: list(
    record(
      "a source",
      {
        id: code,
        name: text("name"),
        format: word(["beast", "sbs", "avr", "arrivals", "sighting", "asterix", "sapient", "remote-id", "miniseed"]),
        means: word(MEANS),
        link,
        lon: longitude,
        lat: latitude,
        heightMetres: decimal("height of the sensor"),
        heightReference,
        rangeMetres: decimal("stated detection range in good conditions", 0),
        operator: text("component that operates it, or joint"),
        marking: word(["open", "derived-only", "sealed-escrow"]),
        authentication: word(AUTHENTICATION_STATES),
      },
      { heldBy: code, hostConsentUntil: text("day until which the host consents") },
    ),
  ),
});
export type SourcesFile = ShapeType<typeof sourcesFile>;
