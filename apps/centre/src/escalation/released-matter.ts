/**
 * A flash or an escalation as it may leave the components. Its place is coarsened and its texts hold no position, as for
 * everybody outside; but it goes at once: what warns people of a danger helps nobody half an hour later. Only for everybody
 * the mission's delay holds for flashes too, and ladders are told to nobody but their recipients.
 */
import type { EscalationBegunBody, EscalationRow, FlashSentBody, Instant } from "@openjmc/model";
import type { OutgoingMatter } from "@openjmc/report";
import { type ReleaseRule, release } from "../release/gate.ts";

/** As the parties and the sending states may have it. */
export function releasedMatter(row: EscalationRow, rule: ReleaseRule, now: Instant): OutgoingMatter {
  return release(matterOf(row), "party", { ...rule, delay: 0 }, now) as OutgoingMatter;
}

function matterOf(row: EscalationRow): OutgoingMatter {
  const { id, kind, number, statement, standing, body, mark, ended, dissent } = row;
  const { place } = body;
  return {
    ...{ id, kind, number, statement, standing, index: mark.index },
    components: row.signedBy.map(({ component }) => component),
    ...(dissent === undefined ? {} : { dissent: dissent.text }),
    ...(kind === "flash" ? flashOf(body as FlashSentBody) : ladderOf(body as EscalationBegunBody)),
    text: body.text,
    language: body.language,
    area: body.area,
    ...(place === undefined ? {} : { place }),
    ...(ended === undefined ? {} : { ended: { outcome: ended.outcome, reason: ended.reason } }),
  };
}

const flashOf = ({ headline, event, instruction, expires }: FlashSentBody) => ({
  ...{ title: headline, event, asked: instruction, expires },
});

const ladderOf = ({ title, asked }: EscalationBegunBody) => ({ title, asked });
