/** Protests of the party and against it, with every reply. */
import { ActForm } from "../forms/act-form.tsx";
import { useChoices } from "../forms/use-choices.ts";
import { language, provision } from "../rooms/desk/fields.ts";
import { Words } from "../rooms/desk/replies.tsx";
import { useWords } from "../words/use-words.tsx";
import { PortalPage } from "./portal-page.tsx";
import { type PortalProps, Receipt } from "./receipt.tsx";

export function PortalProtests({ portal, again }: PortalProps) {
  const words = useWords();
  const choices = useChoices();
  return (
    <PortalPage
      heading="desk.portalTab.protests"
      newHeading="desk.protest.new"
      rows={portal.protests}
      form={
        <ActForm
          name="portal-protest"
          heading="desk.protest.new"
          send="desk.portal.send"
          act={{ kind: "protest.lodged", body: { from: portal.party } }}
          first={{ language: words.locale }}
          onDone={again}
          fields={[
            {
              ...{ name: "to", label: "desk.protest.to", as: "choice" },
              choices: choices.sides.filter(({ value }) => value !== portal.party),
            },
            language(choices),
            { name: "deliveredAt", label: "desk.protest.delivered", as: "instant" },
            { name: "facts", label: "desk.protest.facts", as: "area", most: 8000 },
            { name: "demand", label: "desk.protest.demand", as: "area", most: 4000 },
            provision(choices),
          ]}
        />
      }
      show={(row) => (
        <>
          <h3>
            {row.number}: {choices.nameOf(row.from)} → {choices.nameOf(row.to)}
          </h3>
          <Words text={row.facts} language={row.language} />
          <h4>{words.say("desk.protest.demand")}</h4>
          <Words text={row.demand} language={row.language} />
          {row.answers.map((answer) => (
            <div key={answer.text}>
              {choices.nameOf(answer.by)}
              <Words text={answer.text} language={answer.language} />
            </div>
          ))}
          <Receipt receipt={row.receipt} />
          {row.to === portal.party ? (
            <ActForm
              name={`portal-protest-answer-${row.id}`}
              heading="desk.protest.answer"
              send="desk.portal.answer"
              act={{ kind: "protest.answered", subject: row.id, body: { by: portal.party } }}
              first={{ language: words.locale }}
              onDone={again}
              fields={[language(choices), { name: "text", label: "desk.protest.answerText", as: "area", most: 8000 }]}
            />
          ) : null}
        </>
      )}
    />
  );
}
