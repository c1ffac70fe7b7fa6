/** Fields of what is told of a flight beforehand: who it is, where, when and how high it goes. */
import { MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { centreNow } from "../../clock/clock-store.ts";
import type { FormField, FormValues } from "../../forms/form-body.ts";
import type { Choices } from "../../forms/use-choices.ts";
import { shortInstant } from "../../url/view-state.ts";
import type { AirChoices } from "./use-air-choices.ts";

/** A flight of two hours from now, until somebody says otherwise. */
export function firstTimes(): FormValues {
  const now = Math.floor(centreNow() / 1e6) * 1e6;
  return { from: shortInstant(now), until: shortInstant(now + 2 * MICROSECONDS_PER_HOUR) };
}

export function flightFields(air: AirChoices, choices: Choices): readonly FormField[] {
  const metres = { as: "number", least: -500, most: 40_000, optional: true } as const;
  return [
    { name: "callsign", label: "console.track.callsign", as: "text", most: 8, optional: true },
    { name: "icao", label: "console.track.icao", as: "text", most: 6, optional: true },
    { name: "serial", label: "air.flight.serial", as: "text", most: 20, optional: true },
    { name: "purpose", label: "console.flights.purpose", as: "text", most: 200 },
    { name: "from", label: "console.zone.from", as: "instant" },
    { name: "until", label: "console.zone.until", as: "instant" },
    { ...metres, name: "floorMetres", label: "air.flight.floor" },
    { ...metres, name: "ceilingMetres", label: "air.flight.ceiling" },
    {
      ...{ name: "altitudeReference", label: "air.flight.altitudeReference", as: "choice", optional: true },
      choices: choices.codes("heightReference", ["msl", "ellipsoid", "pressure", "ground"]),
    },
    { name: "corridorMetres", label: "air.flight.corridor", as: "number", least: 0, most: 100_000, optional: true },
    {
      ...{ name: "route", label: "air.flight.route", as: "lines", most: 40, optional: true },
      parts: [
        { name: "lon", label: "console.longitude", as: "degrees", limit: 180 },
        { name: "lat", label: "console.latitude", as: "degrees", limit: 90 },
      ],
    },
    { name: "zones", label: "air.flight.zones", as: "several", choices: air.keptOut },
  ];
}
