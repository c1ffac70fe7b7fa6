/** The further facts of a finding as they are read and signed. */
import type { FindingBody } from "@openjmc/model";
import { useChoices } from "../../forms/use-choices.ts";
import { Time } from "../../ui/facts-of.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Asked } from "../desk/asked.tsx";
import { Words } from "../desk/replies.tsx";
import { askedAt } from "./finding-extra.ts";

export function FindingExtraFacts({ body }: { readonly body: FindingBody }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const { attribution, reply } = body;
  const asked = askedAt(body);
  return (
    <>
      <Facts
        facts={[
          [words.say("desk.finding.version"), body.version],
          [words.say("desk.finding.reading"), body.reading],
          [words.say("desk.finding.coverage"), body.coverage],
          [
            words.say("desk.finding.confidence"),
            body.confidencePerMille === undefined ? undefined : words.formats.percent(body.confidencePerMille / 1000),
          ],
          [
            words.say("desk.finding.actor"),
            attribution === undefined
              ? undefined
              : `${nameOf(attribution.actor)} · ${words.formats.percent(attribution.confidencePerMille / 1000)} · ${attribution.basis}`,
          ],
        ]}
      />
      {reply === undefined ? null : (
        <section>
          <h3>
            {words.say("desk.finding.replyOf", { by: nameOf(reply.by) })}{" "}
            {asked === undefined ? null : <Time at={asked} />}
          </h3>
          <Words text={reply.text === "" ? words.say("desk.finding.noReply") : reply.text} language={reply.language} />
        </section>
      )}
      {body.asked === undefined || body.asked.length === 0 ? null : (
        <section>
          <h3>{words.say("desk.asked")}</h3>
          <Asked asked={body.asked} />
        </section>
      )}
    </>
  );
}
