/** A look into a file of the evidence: pixels on a canvas, or letters; never a page, a script or a player. */
import type { EvidenceItem } from "@openjmc/model";
import { useEffect, useRef, useState } from "react";
import { useAct } from "../../../acts/use-act.ts";
import { Button, Note } from "../../../ui/controls.tsx";
import { FaultNote } from "../../../ui/fault-note.tsx";
import { useWords } from "../../../words/use-words.tsx";
import styles from "../incidents.module.css";
import { type Preview, readPreview } from "./read-preview.ts";

export function FilePreview({ item }: { readonly item: EvidenceItem }) {
  const words = useWords();
  const act = useAct();
  const [preview, setPreview] = useState<Preview>();
  const look = () => void act.run(async () => setPreview(await readPreview(item.target)));
  return (
    <details onToggle={(event) => !event.currentTarget.open && setPreview(undefined)}>
      <summary>{words.say("desk.preview")}</summary>
      <p>{words.say("desk.preview.note")}</p>
      {preview === undefined ? (
        <Button disabled={act.pending} onClick={look}>
          {words.say("desk.preview")}
        </Button>
      ) : (
        <Shown preview={preview} item={item} />
      )}
      <FaultNote error={act.error} />
    </details>
  );
}

function Shown({ preview, item }: { readonly preview: Preview; readonly item: EvidenceItem }) {
  const words = useWords();
  const { head, picture, letters, shown, whole, hasItsHash, isTooLarge } = preview;
  const isOther = head !== undefined && item.mediaType !== undefined && item.mediaType !== head.mediaType;
  return (
    <>
      {hasItsHash === undefined ? (
        <Note>
          {words.say("desk.preview.part", { shown: words.formats.bytes(shown), whole: words.formats.bytes(whole) })}
        </Note>
      ) : (
        <Note tone={hasItsHash ? "neutral" : "danger"}>
          {words.say(hasItsHash ? "desk.preview.hash" : "desk.preview.otherHash")}
        </Note>
      )}
      {isOther ? <Note tone="warning">{words.say("desk.preview.says", { said: item.mediaType! })}</Note> : null}
      {head === undefined ? null : <p>{sizeText(head, isTooLarge, words)}</p>}
      {head === undefined || isTooLarge || picture !== undefined ? null : (
        <Note tone="warning">{words.say("desk.preview.broken")}</Note>
      )}
      {picture === undefined ? null : <Pixels picture={picture} title={item.title} />}
      {letters === undefined ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <pre className={styles.letters} tabIndex={0}>
          {letters}
        </pre>
      )}
    </>
  );
}

function sizeText(
  { format, width, height }: NonNullable<Preview["head"]>,
  isTooLarge: true | undefined,
  words: ReturnType<typeof useWords>,
): string {
  const [wide, high] = [words.formats.number(width), words.formats.number(height)];
  return isTooLarge
    ? words.say("desk.preview.tooLarge", { width: wide, height: high })
    : words.say("desk.preview.image", { format, width: wide, height: high });
}

const WIDEST = 1280;

function Pixels({ picture, title }: { readonly picture: ImageBitmap; readonly title: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = Math.min(1, WIDEST / picture.width);
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  useEffect(() => {
    canvas.current?.getContext("2d")?.drawImage(picture, 0, 0, width!, height!);
    return () => picture.close();
  }, [picture, width, height]);
  return <canvas ref={canvas} className={styles.pixels} width={width} height={height} role="img" aria-label={title} />;
}
