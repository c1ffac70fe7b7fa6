/** Windows of silence for which the party's guarantee is asked, and what the party declares of itself. */
import { ActForm } from "../forms/act-form.tsx";
import { useChoices } from "../forms/use-choices.ts";
import { Badge } from "../ui/controls.tsx";
import { Time } from "../ui/facts-of.tsx";
import { useWords } from "../words/use-words.tsx";
import { PortalPage } from "./portal-page.tsx";
import { type PortalProps, Receipt } from "./receipt.tsx";

export function PortalSilences({ portal, again }: PortalProps) {
  const words = useWords();
  const choices = useChoices();
  return (
    <PortalPage
      heading="influence.tab.matters"
      newHeading="influence.declaration.new"
      rows={portal.silences}
      form={
        <ActForm
          name="portal-declaration"
          heading="influence.declaration.new"
          send="desk.portal.send"
          act={{ kind: "own-act.declared", body: { by: portal.party, language: words.locale } }}
          onDone={again}
          fields={[
            { name: "title", label: "influence.matter.title", as: "text", most: 200 },
            { name: "occurredAt", label: "influence.declaration.occurred", as: "instant" },
            { name: "text", label: "influence.silence.breachText", as: "area", most: 4000 },
            { name: "place", label: "console.place", as: "place", optional: true },
          ]}
        />
      }
      show={(row) => (
        <>
          <h3>{row.title}</h3>
          <p>
            {words.sayCode("silencePurpose", row.purpose)} · {row.area} · <Time at={row.starts} /> –{" "}
            <Time at={row.ends} />
          </p>
          {row.guarantees.map(({ side, given }) => (
            <Badge key={side} tone={given === "yes" ? "good" : "warning"}>
              {given === undefined
                ? words.say("influence.silence.unknown", { side: choices.nameOf(side) })
                : `${choices.nameOf(side)}: ${words.sayCode("guaranteeGiven", given)}`}
            </Badge>
          ))}
          <Receipt receipt={row.receipt} />
          <ActForm
            name={`portal-guarantee-${row.id}`}
            heading="influence.silence.guarantee"
            send="desk.portal.answer"
            act={{ kind: "silence.guaranteed", subject: row.id, body: { by: portal.party } }}
            onDone={again}
            fields={[
              {
                ...{ name: "given", label: "influence.silence.given", as: "choice" },
                choices: choices.codes("guaranteeGiven", ["yes", "no"]),
              },
              { name: "text", label: "desk.note", as: "area", most: 2000, blank: true },
            ]}
          />
        </>
      )}
    />
  );
}
