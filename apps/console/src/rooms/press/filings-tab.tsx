/** Claims of violations and casualties that no entry of the docket names yet. A person files each. */
import type { ClaimRow } from "@openjmc/model";
import { readFacts } from "../../api/press-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { Badge, Button, Empty, LinkButton, Note } from "../../ui/controls.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { shortOf, useDocketDraft } from "./file-onwards.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";
import { usePress } from "./use-press.ts";
import { valueName } from "./value-name.ts";

export function FilingsTab() {
  const words = useWords();
  const facts = usePress(["facts"], readFacts).data ?? [];
  const claims = useFreshRows("claims").rows;
  const allegations = useFreshRows("allegations").rows;
  const events = new Set(facts.filter(({ isEvent }) => isEvent === true).map(({ fact }) => fact));
  const isFiled = (claim: ClaimRow): boolean =>
    allegations.some(({ body }) => body.basis?.includes(shortOf(claim)) === true);
  const suggested = claims
    .filter(({ body, withdrawn }) => events.has(body.fact) && body.certainty !== "denied" && withdrawn === undefined)
    .toSorted((left, right) => right.publishedAt - left.publishedAt);
  if (suggested.length === 0)
    return <Empty title={words.say("press.noFilings")} hint={words.say("press.noFilingsHint")} />;
  return (
    <>
      <Note>{words.say("press.filings.hint")}</Note>
      {suggested.map((claim) => (
        <Filing key={claim.id} claim={claim} isFiled={isFiled(claim)} />
      ))}
    </>
  );
}

function Filing({ claim, isFiled }: { readonly claim: ClaimRow; readonly isFiled: boolean }) {
  const words = useWords();
  const { mission } = useCentre();
  const toDocket = useDocketDraft();
  const { body } = claim;
  return (
    <section className={styles.version} data-adopted={isFiled}>
      <div className={styles.badges}>
        <LinkButton onClick={() => openRoom("press", `fact:${body.fact}`)}>
          {body.aspect === undefined ? body.fact : `${body.fact} · ${body.aspect}`}
        </LinkButton>
        <strong>{valueName(body.value, mission, words.locale)}</strong>
        {body.validFrom === undefined ? null : <Badge>{body.validFrom}</Badge>}
        <span>{claim.outlet}</span>
        <Time at={claim.publishedAt} />
        {body.speaker === undefined ? null : <Badge>{withSignsShown(body.speaker.name)}</Badge>}
        {isFiled ? <Badge tone="good">{words.say("press.filed")}</Badge> : null}
        <Button onClick={() => toDocket(claim)}>{words.say("press.toDocket")}</Button>
      </div>
      <p className={styles.hint}>
        <q lang={claim.language}>{withSignsShown(body.quote)}</q>
      </p>
    </section>
  );
}
