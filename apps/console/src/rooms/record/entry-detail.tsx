/** One entry: what it says, byte for byte, and whether signature and place in the record hold, worked out in this browser. */
import type { EntryRow } from "@openjmc/model";
import { utf8ToText } from "@openjmc/record";
import { useQuery } from "@tanstack/react-query";
import { recordState } from "../../live/live.ts";
import { useStore } from "../../state/store.ts";
import { Badge, Button, Note } from "../../ui/controls.tsx";
import { ComponentBadge, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { Scroll } from "../../ui/scroll.tsx";
import { useWords } from "../../words/use-words.tsx";
import { findPublicKey } from "./find-key.ts";
import styles from "./record.module.css";
import { type VerifiedEntry, verifyEntry } from "./verify-entry.ts";

export function EntryDetail({ index, row }: { readonly index: number; readonly row: EntryRow | undefined }) {
  const words = useWords();
  const { size } = useStore(recordState);
  const { data, error, refetch } = useQuery({
    queryKey: ["entry", index, row?.keyid],
    queryFn: async () => verifyEntry(index, await findPublicKey(row)),
    enabled: index < size,
    staleTime: Infinity,
  });
  return (
    <>
      {row === undefined ? null : (
        <>
          <h2>{words.sayCode("kind", row.kind)}</h2>
          <Facts
            facts={[
              [words.say("console.record.index"), row.index],
              [words.say("console.by"), <ComponentBadge key="c" code={row.component} />],
              [words.say("console.record.role"), row.role],
              [words.say("console.record.tier"), words.say(`codes.tier.${row.tier}`)],
              [words.say("console.record.claimed"), <Time key="t" at={row.claimedAt} />],
              [words.say("console.record.recorded"), <Time key="r" at={row.recordedAt} />],
              [words.say("console.record.subject"), <code key="s">{row.subject}</code>],
              [words.say("console.sign.statement"), <code key="i">{row.statement}</code>],
              [words.say("console.record.key"), <code key="k">{row.keyid}</code>],
            ]}
          />
        </>
      )}
      <FaultNote error={error} onRetry={() => void refetch()} />
      {data === undefined ? null : <Verified entry={data} index={index} />}
    </>
  );
}

function Verified({ entry, index }: { readonly entry: VerifiedEntry; readonly index: number }) {
  const words = useWords();
  const payload = utf8ToText(entry.leaf.envelope.payload);
  const signed = entry.isSigned === undefined ? "unknown" : entry.isSigned ? "good" : "bad";
  return (
    <>
      <Note tone={entry.isIncluded && signed !== "bad" ? "good" : "danger"} role="status">
        <p>
          <Badge tone={entry.isIncluded ? "good" : "danger"}>
            {words.say(entry.isIncluded ? "console.record.included" : "console.record.notIncluded")}
          </Badge>{" "}
          {words.say("console.record.underRoot", { size: entry.size })}
        </p>
        <p>
          <Badge tone={signed === "good" ? "good" : signed === "bad" ? "danger" : "neutral"}>
            {words.say(`console.record.signature.${signed}`)}
          </Badge>
        </p>
        <p>{words.say("console.record.checkedHere")}</p>
      </Note>
      <h3>{words.say("console.record.payload")}</h3>
      <Scroll className={styles.raw} label={words.say("console.record.payload")}>
        {payload.ok ? pretty(payload.value) : ""}
      </Scroll>
      <details>
        <summary>{words.say("console.record.proof", { count: entry.proof.length })}</summary>
        <div className={styles.proof}>
          <Facts
            facts={[
              [words.say("console.record.leafHash"), <code key="l">{entry.leafHash}</code>],
              [words.say("console.record.root"), <code key="r">{entry.root}</code>],
            ]}
          />
          {entry.proof.map((hash) => (
            <code key={hash}>{hash}</code>
          ))}
        </div>
      </details>
      <div>
        <Button
          onClick={() =>
            saveBlob(
              new Blob([entry.leafBytes as Uint8Array<ArrayBuffer>], { type: "application/json" }),
              `entry-${index}.json`,
            )
          }
        >
          {words.say("console.record.saveLeaf")}
        </Button>
      </div>
      <p>
        {words.say("console.record.bundle")} <code>{`record/${entry.bundlePath}`}</code>
      </p>
    </>
  );
}

/** Indented for reading; the signed bytes are what the leaf holds. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
