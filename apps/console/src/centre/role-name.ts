/** What an officer is, in the reader's language: a liaison officer is of the party for which he speaks. */
import type { MissionView } from "@openjmc/model";
import { partyOf } from "@openjmc/record";
import type { Words } from "@openjmc/words";
import { nameIn } from "./use-centre.ts";

export function roleName(role: string, mission: MissionView, words: Words): string {
  const party = partyOf([role]);
  if (party === undefined) return words.sayCode("role", role);
  const named = mission.parties.find(({ code }) => code === party)?.names;
  return words.say("desk.portal.liaisonOf", { party: nameIn(named, words.locale) || party });
}
