/** Everything in which texts disagree, by name. */
import type { Discrepancy } from "@openjmc/model";
import { Fragment } from "react";
import { readDiscrepancies } from "../../api/press-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { Badge, Empty, LinkButton } from "../../ui/controls.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { withSignsShown } from "./marks.ts";
import styles from "./press.module.css";
import { usePress } from "./use-press.ts";
import { valueName } from "./value-name.ts";

export function DiscrepanciesTab() {
  const words = useWords();
  const { data = [], error, isSuccess } = usePress(["discrepancies"], readDiscrepancies);
  if (data.length === 0 && isSuccess)
    return <Empty title={words.say("press.noDiscrepancies")} hint={words.say("press.noDiscrepanciesHint")} />;
  return (
    <>
      <FaultNote error={error} />
      {data.map((one) => (
        <DiscrepancyLine
          key={JSON.stringify([one.kind, one.fact, one.aspect, one.day, one.values[0]?.value])}
          discrepancy={one}
        />
      ))}
    </>
  );
}

export function DiscrepancyLine({ discrepancy }: { readonly discrepancy: Discrepancy }) {
  const words = useWords();
  const { mission } = useCentre();
  const { kind, fact, aspect, values, isSettled } = discrepancy;
  return (
    <section className={styles.discrepancy} data-settled={isSettled}>
      <div className={styles.badges}>
        <Badge tone={isSettled ? "good" : "warning"}>{words.sayCode("discrepancy", kind)}</Badge>
        {fact === undefined ? null : (
          <LinkButton onClick={() => openRoom("press", `fact:${fact}`)}>
            {aspect === undefined ? fact : `${fact} · ${aspect}`}
          </LinkButton>
        )}
        {discrepancy.day === undefined ? null : <Badge>{discrepancy.day}</Badge>}
        {isSettled ? <Badge tone="good">{words.sayCode("factState", "settled")}</Badge> : null}
      </div>
      <ul className={styles.quotes}>
        {values.map((held) => (
          <li key={held.value}>
            <strong>{withSignsShown(valueName(held.value, mission, words.locale))}</strong>{" "}
            {words.say("press.inTexts", { texts: held.texts.length, origins: held.origins })}{" "}
            {held.texts.slice(0, 5).map((text, index) => (
              <Fragment key={text}>
                <LinkButton onClick={() => openRoom("press", `text:${text}`)}>
                  {words.formats.number(index + 1)}
                </LinkButton>{" "}
              </Fragment>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
