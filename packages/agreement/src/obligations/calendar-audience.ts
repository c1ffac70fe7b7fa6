/** Whose calendar: both components see every day, a party those of its own texts, everybody else those of public texts. */
import type { Mission } from "../mission.ts";
import type { AgreementDay } from "./calendar.ts";

/** `components`, `public`, or the code of a party. */
export type CalendarAudience = string;

/**
 * The days that an audience may have. A party gets those of instruments that it signed or whose text means it, and of the host's consent
 * where it is the host; the public those of public texts as they stand, without what was only recorded here.
 */
export function daysFor(
  days: readonly AgreementDay[],
  audience: CalendarAudience,
  mission: Pick<Mission, "instruments" | "parties" | "states" | "amendments">,
): readonly AgreementDay[] {
  if (audience === "components") return days;
  const instruments = new Map(mission.instruments.map((instrument) => [instrument.id, instrument]));
  if (audience === "public") {
    const announced = new Set(mission.amendments.map(({ id }) => id));
    return days.filter(
      ({ instrument, source, amendment }) =>
        source === undefined &&
        instruments.get(instrument)?.textPublic === true &&
        (amendment === undefined || announced.has(amendment)),
    );
  }
  const state = mission.parties.find(({ code }) => code === audience)?.state;
  const isHost = mission.states.some(({ code, roles }) => code === state && roles.includes("host"));
  return days.filter(({ instrument, source }) => {
    if (source !== undefined) return isHost;
    const text = instruments.get(instrument);
    const signed = text?.signatories.some((one) => one.state === state && one.standing !== "not-a-signatory");
    return signed === true || text?.sides?.includes(audience) === true;
  });
}
