/** `flights.yaml`: flights of which the centre was told beforehand. */
import { decimal, either, list, record, type ShapeType, text, whole } from "../shape/shape.ts";
import { code, heightReference, moment, offsetFromStart, position } from "./common.ts";

const when = either("an instant, or in an exercise a time after its start", moment, offsetFromStart);

export const flightsFile = record("notified flights", {
  flights: list(
    record(
      "a notified flight",
      {
        id: code,
        operator: text("who flies"),
        type: text("kind of aircraft"),
        purpose: text("what for"),
        zones: list(code, "zones that it may enter", 1),
        from: when,
        until: when,
        notifiedAt: either("an instant, or a time before or after the start", moment, offsetFromStart),
      },
      {
        callsign: text("callsign as broadcast", "^[A-Z0-9]{1,8}$"),
        icao: text("24-bit address", "^[0-9A-F]{6}$"),
        serial: text("serial number that it tells by Remote ID", "^[ -~]{1,20}$"),
        floorMetres: decimal("lowest altitude"),
        ceilingMetres: decimal("highest altitude"),
        altitudeReference: heightReference,
        route: list(position, "places that it flies by, in their order", 2),
        corridorMetres: decimal("how far to either side of the route it may be", 0, 100_000),
        repeatEverySeconds: whole("flown again after this long (exercises)", 1),
        repeatCount: whole("how many times in all", 1, 1000),
      },
    ),
  ),
});
export type FlightsFile = ShapeType<typeof flightsFile>;
export type FlightEntry = FlightsFile["flights"][number];
