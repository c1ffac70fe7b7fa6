/** A statement as its signer must see it: read from the very bytes that will be signed, every language side by side. */
import { type FindingBody, parseInstant } from "@openjmc/model";
import { decodePayload, type StatementBody, utf8ToText } from "@openjmc/record";
import { useCentre } from "../centre/use-centre.ts";
import { countText, provisionName } from "../rooms/common/describe.ts";
import { FindingExtraFacts } from "../rooms/incidents/finding-extra-facts.tsx";
import { Note } from "../ui/controls.tsx";
import { Position, Time } from "../ui/facts-of.tsx";
import { Facts } from "../ui/panel.tsx";
import { Scroll } from "../ui/scroll.tsx";
import { useWords } from "../words/use-words.tsx";
import { FlatBody } from "./flat-body.tsx";
import styles from "./sign.module.css";

export function SignedText({ payload, statementId }: { readonly payload: Uint8Array; readonly statementId: string }) {
  const words = useWords();
  const decoded = decodePayload(payload);
  const raw = utf8ToText(payload);
  if (!decoded.ok) return <Note tone="danger">{words.sayFault(decoded.fault)}</Note>;
  return (
    <>
      <Body statement={decoded.value} />
      <Facts
        facts={[
          [words.say("console.sign.kind"), words.sayCode("kind", decoded.value.kind)],
          [words.say("console.sign.signer"), `${decoded.value.role} (${decoded.value.component})`],
          [words.say("console.sign.time"), <StatedTime key="t" text={decoded.value.at} />],
          [words.say("console.sign.statement"), <code key="id">{statementId}</code>],
        ]}
      />
      <details>
        <summary>{words.say("console.sign.bytes", { count: payload.length })}</summary>
        <Scroll className={styles.raw} label={words.say("console.sign.bytes", { count: payload.length })}>
          {raw.ok ? raw.value : ""}
        </Scroll>
      </details>
    </>
  );
}

function Body({ statement }: { readonly statement: StatementBody }) {
  const body = statement.body as Readonly<Record<string, unknown>>;
  if (statement.kind === "finding.proposed") return <FindingText body={statement.body as unknown as FindingBody} />;
  const text = body.text ?? body.reason;
  if (typeof text !== "string") return <FlatBody body={body} />;
  return (
    <blockquote className={styles.text} lang={String(body.language ?? "")}>
      {text}
    </blockquote>
  );
}

/** A finding's question, its texts side by side, and the facts that are signed with them. */
export function FindingText({ body }: { readonly body: FindingBody }) {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <>
      <p>
        <strong>{body.question}</strong>
      </p>
      <div className={styles.texts}>
        {Object.entries(body.texts).map(([language, text]) => (
          <section key={language} aria-label={languageName(language, words.locale)}>
            <h3>{languageName(language, words.locale)}</h3>
            <blockquote className={styles.text} lang={language}>
              {text}
            </blockquote>
          </section>
        ))}
      </div>
      <Facts
        facts={[
          [words.say("console.finding.judgement"), words.say(`codes.judgement.${body.judgement}`)],
          [words.say("console.finding.provision"), provisionName(body.provision, mission, words)],
          [words.say("console.finding.observation"), words.say(`codes.observation.${body.observation}`)],
          [words.say("console.finding.count"), countText(body.count, words)],
          [words.say("console.finding.occurred"), <StatedTime key="o" text={body.occurredAt} />],
          [
            words.say("console.place"),
            body.place === undefined ? undefined : (
              <span key="p">
                <Position lon={Number(body.place.lon)} lat={Number(body.place.lat)} />{" "}
                {words.say("console.plusMinus", { distance: words.formats.distance(body.place.uncertaintyMetres) })}
              </span>
            ),
          ],
          [
            words.say("console.finding.means"),
            words.formats.list(body.means.map((means) => words.say(`codes.means.${means}`))),
          ],
          [words.say("console.finding.unknowns"), body.unknowns],
          [words.say("console.finding.deadline"), <StatedTime key="d" text={body.deadline} />],
        ]}
      />
      <FindingExtraFacts body={body} />
    </>
  );
}

/** A time as the reader reads it, with the very text that is signed. */
function StatedTime({ text }: { readonly text: string }) {
  const at = parseInstant(text);
  return (
    <span>
      {at.ok ? <Time at={at.value} /> : null} <code>{text}</code>
    </span>
  );
}

/** A language's name in the reader's language. */
export function languageName(language: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
