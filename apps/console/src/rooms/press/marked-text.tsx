/** A text with its marks: each can be clicked, the one in hand is brought into view, hidden signs are shown by name. */
import { useEffect, useRef } from "react";
import { type Mark, partsOf } from "./marks.ts";
import styles from "./press.module.css";

/** Letters drawn at once: a whole book would make every key slow. */
const DRAWN = 24_000;

export interface MarkLook {
  readonly kind: string;
  readonly answer?: string | undefined;
}

export function MarkedText({
  text,
  language,
  marks,
  current,
  lookOf,
  onMark,
  onSelect,
}: {
  readonly text: string;
  readonly language: string;
  readonly marks: readonly Mark[];
  readonly current: string | undefined;
  readonly lookOf: (key: string) => MarkLook;
  readonly onMark: (key: string) => void;
  readonly onSelect: (start: number, end: number) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const at = marks.find(({ key }) => key === current)?.start ?? 0;
  const from = Math.max(0, Math.floor(at / DRAWN) * DRAWN - (at % DRAWN < 2_000 ? 2_000 : 0));
  const until = Math.min(text.length, from + DRAWN + 4_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mark in hand is another place to look at.
  useEffect(() => {
    root.current?.querySelector("[data-current=true]")?.scrollIntoView({ block: "center" });
  }, [current]);
  const selected = (): void => {
    const range = getSelection();
    if (range === null || range.isCollapsed || range.rangeCount === 0) return;
    const [one, other] = [placeOf(range.anchorNode, range.anchorOffset), placeOf(range.focusNode, range.focusOffset)];
    if (one !== undefined && other !== undefined) onSelect(Math.min(one, other), Math.max(one, other));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: words are chosen with the pointer; every mark is a button for the keyboard.
    <div className={styles.text} lang={language} dir="auto" ref={root} onMouseUp={selected}>
      {from > 0 ? "… " : null}
      {partsOf(text, from, until, marks).map((part) => {
        const words = part.sign === undefined ? part.text : `⟨${part.sign}⟩`;
        const { mark } = part;
        if (mark === undefined)
          return (
            <span
              key={part.start}
              data-start={part.start}
              className={part.sign === undefined ? undefined : styles.sign}
            >
              {words}
            </span>
          );
        const look = lookOf(mark);
        return (
          <button
            type="button"
            key={part.start}
            data-start={part.start}
            className={styles.mark}
            data-kind={look.kind}
            data-answer={look.answer ?? "open"}
            data-current={mark === current}
            tabIndex={-1}
            onClick={() => onMark(mark)}
          >
            {words}
          </button>
        );
      })}
      {until < text.length ? " …" : null}
    </div>
  );
}

function placeOf(node: Node | null, offset: number): number | undefined {
  const element = node instanceof HTMLElement ? node : node?.parentElement;
  const start = element?.closest<HTMLElement>("[data-start]")?.dataset.start;
  return start === undefined ? undefined : Number(start) + offset;
}
