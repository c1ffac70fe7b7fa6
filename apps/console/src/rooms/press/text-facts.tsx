/** Where a text is from: outlet, translation, what it repeats and whom it cites; and what was claimed of it. */
import type { TextContent, TextReading } from "@openjmc/model";
import { useAct } from "../../acts/use-act.ts";
import { readAttachment } from "../../api/endpoints.ts";
import { languageName } from "../../sign/signed-text.tsx";
import { state } from "../../sign/statement.ts";
import { Badge, Button, LinkButton, Note } from "../../ui/controls.tsx";
import { Mark, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "./press.module.css";
import { TextState } from "./texts-tab.tsx";

export function TextFacts({ content, reading }: { readonly content: TextContent; readonly reading: TextReading }) {
  const words = useWords();
  const act = useAct();
  const { row, chain, origin, claims } = content;
  const { body } = row;
  const others = chain.filter(({ id }) => id !== row.id);
  const save = (): void =>
    void act.run(async () => saveBlob(await readAttachment(body.original), `${body.original.slice(0, 12)}.original`));
  return (
    <details>
      <summary className={styles.summary}>
        {body.outlet} · <Time at={row.publishedAt} /> · {languageName(body.language, words.locale)}{" "}
        <TextState row={row} />
      </summary>
      <Facts
        facts={[
          [words.say("press.translation"), words.sayCode("translation", body.translation)],
          [words.say("press.alignment"), words.sayCode("alignment", body.alignment)],
          [words.say("press.side"), body.side],
          [words.say("press.address"), body.address],
          [words.say("press.retrieved"), body.retrievedAt],
          [words.say("press.original"), <code key="o">{`${body.original.slice(0, 16)}…`}</code>],
          [words.say("press.origin"), words.sayCode("textOrigin", origin.why)],
          [words.say("press.cites"), reading.cites],
        ]}
      />
      <Mark mark={row.mark} />
      <Button onClick={save}>{words.say("press.saveOriginal")}</Button>
      <FaultNote error={act.error} />
      {others.length === 0 ? null : (
        <Note>
          {words.say("press.chain")}{" "}
          {others.map((one) => (
            <LinkButton key={one.id} onClick={() => openRoom("press", `text:${one.id}`)}>
              {one.body.outlet}: {one.body.title}
            </LinkButton>
          ))}
        </Note>
      )}
      <Alike content={content} reading={reading} />
      {claims.map((claim) => (
        <p key={claim.id} className={styles.badges}>
          <Badge tone="accent">
            {claim.body.aspect === undefined ? claim.body.fact : `${claim.body.fact} · ${claim.body.aspect}`}
          </Badge>
          <LinkButton onClick={() => openRoom("press", `fact:${claim.body.fact}`)}>{claim.body.value}</LinkButton>
          {claim.withdrawn === undefined ? null : <Badge tone="danger">{words.say("press.withdrawn")}</Badge>}
        </p>
      ))}
    </details>
  );
}

/** Texts with most of the same words that no chain binds to this one yet: a person says which repeats which. */
function Alike({ content, reading }: { readonly content: TextContent; readonly reading: TextReading }) {
  const words = useWords();
  const act = useAct();
  const known = new Set(content.chain.map(({ id }) => id));
  const link = (value: string, verdict: "added" | "rejected"): void =>
    void act.run(() =>
      state({
        kind: "reading.judged",
        subject: content.row.id,
        body: { text: reading.text, judgements: [{ start: 0, end: 0, kind: "reprint", verdict, value }] },
      }),
    );
  const repeated = content.origin.why === "reprint" ? content.origin.of : undefined;
  return (
    <>
      {reading.alike
        .filter(({ text }) => !known.has(text))
        .map(({ text, perMille }) => (
          <Note key={text} tone="warning">
            {words.say("press.alike", { share: words.formats.percent(perMille / 1000) })}{" "}
            <LinkButton onClick={() => openRoom("press", `text:${text}`)}>{words.say("press.show")}</LinkButton>{" "}
            <Button onClick={() => link(text, "added")}>{words.say("press.isReprint")}</Button>
          </Note>
        ))}
      {repeated === undefined ? null : (
        <Button look="quiet" onClick={() => link(repeated, "rejected")}>
          {words.say("press.noReprint")}
        </Button>
      )}
      <FaultNote error={act.error} />
    </>
  );
}
