/** One fact: its competing versions on a line of time, where they disagree, who adopted what, and adopting one with reasons. */
import type { AdoptionRow, ClaimRow, FactVersion, FactView } from "@openjmc/model";
import { useState } from "react";
import { readFact } from "../../api/press-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useShortcut } from "../../keys/shortcuts.ts";
import { Badge, Button, Key, LinkButton, Note } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { AdoptValue } from "./adopt-value.tsx";
import { DiscrepancyLine } from "./discrepancies-tab.tsx";
import { FactStateBadge } from "./facts-tab.tsx";
import { FileOnwards } from "./file-onwards.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";
import { usePress } from "./use-press.ts";
import { valueName } from "./value-name.ts";
import { spanOf, VersionLine } from "./version-line.tsx";

export function FactPage({ fact }: { readonly fact: string }) {
  const words = useWords();
  const { data, error } = usePress(["fact", fact], () => readFact(fact));
  const [adopting, setAdopting] = useState<FactVersion>();
  const [chosen, setChosen] = useState<ClaimRow>();
  const versions = data?.versions ?? [];
  useShortcut("Digit1", () => setAdopting(versions[0]));
  useShortcut("Digit2", () => setAdopting(versions[1]));
  useShortcut("Digit3", () => setAdopting(versions[2]));
  useShortcut("Digit4", () => setAdopting(versions[3]));
  useShortcut("Digit5", () => setAdopting(versions[4]));
  if (data === undefined) return <FaultNote error={error} />;
  const putForward = chosen ?? firstClaim(data);
  return (
    <article className={styles.fact}>
      <header className={styles.badges}>
        <h3>{data.fact}</h3>
        <FactStateBadge state={data.state} />
        <Badge>{words.say("press.fromOrigins", { origins: data.origins, claims: data.claims })}</Badge>
        <Button onClick={() => openRoom("press", "facts")}>{words.say("press.back")}</Button>
      </header>
      {data.discrepancies.map((one) => (
        <DiscrepancyLine key={`${one.kind} ${one.aspect ?? ""} ${one.day ?? ""}`} discrepancy={one} />
      ))}
      {adopting === undefined ? null : (
        <AdoptValue
          key={`${adopting.aspect ?? ""} ${adopting.value} ${adopting.of ?? ""}`}
          fact={data}
          version={adopting}
          onDone={() => setAdopting(undefined)}
        />
      )}
      <Versions view={data} onAdopt={setAdopting} onFile={setChosen} />
      <Adopted rows={data.adopted} />
      {putForward === undefined ? null : <FileOnwards key={putForward.id} view={data} claim={putForward} />}
    </article>
  );
}

/** The claim whose words are put forward unless another is chosen: the one with most behind it, the oldest of those. */
function firstClaim(view: FactView): ClaimRow | undefined {
  const adopted = view.versions.find(({ adoptedBy }) => adoptedBy.length > 0);
  return (adopted ?? view.versions[0])?.claims[0];
}

function Versions({
  view,
  onAdopt,
  onFile,
}: {
  readonly view: FactView;
  readonly onAdopt: (version: FactVersion) => void;
  readonly onFile: (claim: ClaimRow) => void;
}) {
  const words = useWords();
  const { mission } = useCentre();
  const span = spanOf(view.versions);
  const aspects = [...Map.groupBy(view.versions, ({ aspect }) => aspect ?? "")];
  if (view.versions.length === 0) return <Note>{words.say("press.unclaimed")}</Note>;
  return aspects.map(([aspect, versions]) => (
    <section key={aspect} aria-label={aspect === "" ? view.fact : aspect}>
      {aspect === "" ? null : <h4>{aspect}</h4>}
      {versions.map((version) => (
        <div
          key={`${version.value} ${version.of ?? ""}`}
          className={styles.version}
          data-adopted={version.adoptedBy.length > 0}
        >
          <div className={styles.badges}>
            <strong className={styles.value}>{valueName(version.value, mission, words.locale)}</strong>
            {version.of === undefined ? null : <Badge>{words.sayCode("numberOf", version.of)}</Badge>}
            {version.adoptedBy.map((component) => (
              <ComponentBadge key={component} code={component} />
            ))}
            <span>{words.say("press.fromOrigins", { origins: version.origins, claims: version.claims.length })}</span>
            {version.denials.length > 0 ? (
              <Badge tone="danger">{words.say("press.denials", { count: version.denials.length })}</Badge>
            ) : null}
            <Button onClick={() => onAdopt(version)}>
              {words.say("press.adopt")}{" "}
              {view.versions.indexOf(version) < 5 ? <Key>{view.versions.indexOf(version) + 1}</Key> : null}
            </Button>
          </div>
          <VersionLine version={version} span={span} />
          <ul className={styles.quotes}>
            {[...version.claims, ...version.denials].map((claim) => (
              <li key={claim.id}>
                <LinkButton onClick={() => openRoom("press", `text:${claim.body.text}`)}>{claim.outlet}</LinkButton>{" "}
                <Time at={claim.publishedAt} /> <q lang={claim.language}>{withSignsShown(claim.body.quote)}</q>{" "}
                {claim.body.certainty === "stated" ? null : (
                  <Badge tone="warning">{words.sayCode("certainty", claim.body.certainty)}</Badge>
                )}
                {claim.isPersonal ? <Badge tone="warning">{words.say("press.personal")}</Badge> : null}{" "}
                <LinkButton onClick={() => onFile(claim)}>{words.say("press.putForward")}</LinkButton>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  ));
}

function Adopted({ rows }: { readonly rows: readonly AdoptionRow[] }) {
  const words = useWords();
  if (rows.length === 0) return null;
  return (
    <section aria-label={words.say("press.adopted")}>
      <h4>{words.say("press.adopted")}</h4>
      {rows.map(({ id, body, mark }) => (
        <div key={id} className={styles.version}>
          <strong>{body.aspect === undefined ? body.value : `${body.aspect}: ${body.value}`}</strong>
          <p>{body.reasons}</p>
          <Mark mark={mark} />
        </div>
      ))}
    </section>
  );
}
