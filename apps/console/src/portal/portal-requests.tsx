/** Coordination requests of the party, and those made of it with the clock for its reply. */
import { COORDINATION_REPLIES } from "@openjmc/model";
import { ActForm } from "../forms/act-form.tsx";
import { useChoices } from "../forms/use-choices.ts";
import { Words } from "../rooms/desk/replies.tsx";
import { Badge } from "../ui/controls.tsx";
import { Time } from "../ui/facts-of.tsx";
import { useWords } from "../words/use-words.tsx";
import { PortalPage } from "./portal-page.tsx";
import { type PortalProps, Receipt } from "./receipt.tsx";

export function PortalRequests({ portal, again }: PortalProps) {
  const words = useWords();
  const choices = useChoices();
  return (
    <PortalPage
      heading="desk.portalTab.requests"
      newHeading="desk.coordination.new"
      rows={portal.requests}
      form={
        <ActForm
          name="portal-request"
          heading="desk.coordination.new"
          send="desk.portal.send"
          act={{ kind: "coordination.requested", body: { from: portal.party } }}
          first={{ deadline: "1" }}
          onDone={again}
          fields={[
            {
              ...{ name: "of", label: "desk.coordination.of", as: "choice" },
              choices: choices.sides.filter(({ value }) => value !== portal.party),
            },
            { name: "deadline", label: "desk.coordination.deadlineHours", as: "hours" },
            { name: "askedAt", label: "desk.coordination.asked", as: "instant" },
            { name: "what", label: "desk.coordination.what", as: "area", most: 4000 },
          ]}
        />
      }
      show={(row) => (
        <>
          <h3>
            {choices.nameOf(row.from)} → {choices.nameOf(row.of)}
          </h3>
          <p>
            {words.say("desk.coordination.deadline")}: <Time at={row.deadline} />
          </p>
          <Words text={row.what} />
          {row.replies.map((reply) => (
            <p key={reply.repliedAt}>
              {words.sayCode("coordinationReply", reply.reply)} <Time at={reply.repliedAt} />{" "}
              {reply.isLate ? <Badge tone="warning">{words.say("desk.late")}</Badge> : null} {reply.text}
            </p>
          ))}
          <Receipt receipt={row.receipt} />
          {row.of === portal.party ? (
            <ActForm
              name={`portal-reply-${row.id}`}
              heading="desk.coordination.reply"
              send="desk.portal.answer"
              act={{ kind: "coordination.answered", subject: row.id }}
              onDone={again}
              fields={[
                {
                  ...{ name: "reply", label: "desk.coordination.reply", as: "choice" },
                  choices: choices.codes("coordinationReply", COORDINATION_REPLIES),
                },
                { name: "repliedAt", label: "desk.coordination.replied", as: "instant" },
                { blank: true, name: "text", label: "desk.coordination.replyText", as: "area", most: 4000 },
                { blank: true, name: "effect", label: "desk.coordination.effect", as: "text", most: 2000 },
              ]}
            />
          ) : null}
        </>
      )}
    />
  );
}
