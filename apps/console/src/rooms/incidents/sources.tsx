/** How many independent sources the graded evidence comes to, which reports are one, and stating that two are. */
import { type IncidentRow, SOURCE_TIES, type SourceTieRow } from "@openjmc/model";
import { useCentre } from "../../centre/use-centre.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { Badge, Note } from "../../ui/controls.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./incidents.module.css";

export function Sources({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  return (
    <section className={styles.section} aria-label={words.say("desk.sources")}>
      <h3>{words.say("desk.sources")}</h3>
      <CountedSources incident={incident} />
      <Ties />
    </section>
  );
}

/** Also where sureness is judged. */
export function CountedSources({ incident }: { readonly incident: IncidentRow }) {
  const words = useWords();
  const { mission } = useCentre();
  const { independentSources, sourceGroups = [] } = incident;
  if (independentSources === undefined) return null;
  const most = mission.oneSourceConfidence;
  return (
    <>
      <p>{words.say("desk.grade.independent", { count: independentSources })}</p>
      <ul>
        {sourceGroups
          .filter(({ names, shared }) => names.length > 1 || shared.length > 0)
          .map(({ names, shared }) => (
            <li key={names.join()}>
              {words.say("desk.sources.one", { names: names.join(", ") })}
              {shared.length === 0 ? "" : ` — ${words.say("desk.sources.because", { shared: shared.join("; ") })}`}
            </li>
          ))}
      </ul>
      {independentSources === 1 && most !== undefined ? (
        <Note tone="warning">{words.say("desk.sources.cap", { share: words.formats.percent(most) })}</Note>
      ) : null}
    </>
  );
}

/** Ties hold in every incident, whichever they are stated in. */
function Ties() {
  const words = useWords();
  const choices = useChoices();
  const ties = useFreshRows("ties").rows;
  return (
    <details>
      <summary>
        {words.say("desk.sources.ties")} {ties.length === 0 ? null : <Badge>{ties.length}</Badge>}
      </summary>
      <ul className={styles.evidence}>
        {ties.map((tie) => (
          <TieLine key={tie.id} tie={tie} />
        ))}
      </ul>
      <ActForm
        name="source-tied"
        heading="desk.sources.tie"
        send="desk.sources.tie"
        act={{ kind: "source.tied" }}
        fields={[
          { name: "one", label: "desk.sources.tieOne", as: "text", most: 200 },
          { name: "other", label: "desk.sources.tieOther", as: "text", most: 200 },
          {
            ...{ name: "tie", label: "desk.sources.tieBy", as: "choice" },
            choices: choices.codes("sourceTie", SOURCE_TIES),
          },
          { name: "reason", label: "desk.reason", as: "area", most: 2000 },
        ]}
      />
    </details>
  );
}

function TieLine({ tie }: { readonly tie: SourceTieRow }) {
  const words = useWords();
  const own = useOfficer();
  const { one, other, tie: by, reason } = tie.body;
  return (
    <li>
      <span className={tie.withdrawn === undefined ? undefined : styles.withdrawn}>
        {one} · {other}
      </span>{" "}
      <Badge>{words.sayCode("sourceTie", by)}</Badge> {reason} <Mark mark={tie.mark} />
      {tie.withdrawn === undefined ? null : (
        <>
          {tie.withdrawn.reason} <Mark mark={tie.withdrawn.mark} />
        </>
      )}
      {tie.withdrawn === undefined && tie.mark.component === own.component ? (
        <details>
          <summary>{words.say("desk.sources.withdraw")}</summary>
          <ActForm
            name={`tie-withdrawn-${tie.id}`}
            heading="desk.sources.withdraw"
            send="desk.sources.withdraw"
            act={{ kind: "statement.withdrawn", body: { target: tie.mark.statement } }}
            fields={[{ name: "reason", label: "desk.reason", as: "text", most: 2000 }]}
          />
        </details>
      ) : null}
    </li>
  );
}
