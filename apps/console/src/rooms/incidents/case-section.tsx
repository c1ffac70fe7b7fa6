/** The course of a case: who leads it, what is planned, what it is linked with, what happened here before. */
import { type IncidentRow, LINK_RELATIONS } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { Badge, LinkButton, Note } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { CaseClocks } from "./case-clocks.tsx";
import styles from "./incidents.module.css";
import { incidentsNear } from "./repeat-places.ts";

export function CaseSection({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  return (
    <section className={styles.section} aria-label={words.say("desk.case")}>
      <h2>{words.say("desk.case")}</h2>
      <CaseClocks incident={incident} />
      <Leads incident={incident} />
      <Plan incident={incident} />
      <Links incident={incident} />
      <RepeatPlace incident={incident} />
    </section>
  );
}

function Leads({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const own = useOfficer();
  const officers = useFreshRows("officers").rows.filter(
    (officer) => officer.component === own.component && officer.revokedAt === undefined,
  );
  return (
    <>
      <ul className={styles.evidence}>
        {mission.components.map(({ code }) => {
          const lead = incident.leads?.find((one) => one.component === code);
          return (
            <li key={code}>
              <ComponentBadge code={code} /> {lead === undefined ? words.say("desk.case.noLead") : lead.officer}{" "}
              {lead === undefined ? null : <Mark mark={lead.mark} />}
            </li>
          );
        })}
      </ul>
      <details>
        <summary>{words.say("desk.case.nameLead")}</summary>
        <ActForm
          name={`lead-${incident.id}`}
          heading="desk.case.nameLead"
          send="desk.case.nameLead"
          act={{ kind: "incident.led", subject: incident.id }}
          first={{ officer: own.officer }}
          fields={[
            {
              ...{ name: "officer", label: "desk.case.lead", as: "choice" },
              choices: officers.map(({ id }) => ({ value: id, label: id })),
            },
          ]}
        />
      </details>
    </>
  );
}

function Plan({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const now = useShownTime(5000);
  return (
    <>
      <ul>
        {incident.plan?.map((step) => (
          <li key={`${step.mark.index}${step.what}`}>
            <ComponentBadge code={step.mark.component} /> {step.what} · {step.who} · <Time at={step.until} />{" "}
            {step.until < now ? <Badge tone="warning">{words.say("desk.timeIsUp")}</Badge> : null}
          </li>
        ))}
      </ul>
      <details>
        <summary>{words.say("desk.case.plan")}</summary>
        <ActForm
          name={`plan-${incident.id}`}
          heading="desk.case.plan"
          send="desk.case.setPlan"
          act={{ kind: "incident.planned", subject: incident.id }}
          first={{ steps: "[{}]" }}
          fields={[
            {
              ...{ name: "steps", label: "desk.case.step", as: "lines", most: 30 },
              parts: [
                { name: "what", label: "desk.ask.what", as: "text", most: 500 },
                { name: "who", label: "desk.case.who", as: "text", most: 128 },
                { name: "until", label: "desk.ask.hours", as: "hours" },
              ],
            },
          ]}
        />
      </details>
    </>
  );
}

function Links({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const choices = useChoices();
  const others = useFreshRows("incidents").rows.filter((row) => row.id !== incident.id);
  return (
    <>
      <ul>
        {incident.links?.map((link) => (
          <li key={link.to}>
            {words.sayCode("linkRelation", link.relation)}:{" "}
            <LinkButton onClick={() => openRoom("incidents", link.to)}>
              {others.find((row) => row.id === link.to)?.number ?? link.to}
            </LinkButton>{" "}
            {link.reason} <Mark mark={link.mark} />
          </li>
        ))}
      </ul>
      {others.length === 0 ? null : (
        <details>
          <summary>{words.say("desk.case.link")}</summary>
          <ActForm
            name={`link-${incident.id}`}
            heading="desk.case.link"
            send="desk.case.link"
            act={{ kind: "incident.linked", subject: incident.id }}
            fields={[
              {
                ...{ name: "to", label: "console.find.incident", as: "choice" },
                choices: others.map((row) => ({ value: row.id, label: `${row.number} ${row.title}` })),
              },
              {
                ...{ name: "relation", label: "desk.case.relation", as: "choice" },
                choices: choices.codes("linkRelation", LINK_RELATIONS),
              },
              { name: "reason", label: "desk.reason", as: "text", most: 2000 },
            ]}
          />
        </details>
      )}
    </>
  );
}

function RepeatPlace({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const near = incidentsNear(incident, useFreshRows("incidents").rows);
  if (near.length === 0) return null;
  return (
    <Note tone="warning">
      {words.say("desk.case.repeatPlace", { count: near.length })}{" "}
      {near.map((row) => (
        <LinkButton key={row.id} onClick={() => openRoom("incidents", row.id)}>
          {row.number}
        </LinkButton>
      ))}
    </Note>
  );
}
