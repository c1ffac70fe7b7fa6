/** What others have said about something, each in his own words with his mark. */
import type { EntryMark } from "@openjmc/model";
import type { ReactNode } from "react";
import { Mark } from "../../ui/facts-of.tsx";
import styles from "./desk.module.css";

export interface ReplyShown {
  readonly head: ReactNode;
  readonly text: string;
  readonly language?: string | undefined;
  readonly mark: EntryMark;
}

export function Replies({ replies }: { readonly replies: readonly ReplyShown[] }) {
  if (replies.length === 0) return null;
  return (
    <div className={styles.replies}>
      {replies.map(({ head, text, language, mark }) => (
        <div key={mark.index} className={styles.reply}>
          <div>{head}</div>
          {text === "" ? null : (
            <blockquote className={styles.words} lang={language}>
              {text}
            </blockquote>
          )}
          <Mark mark={mark} />
        </div>
      ))}
    </div>
  );
}

export function Words({ text, language }: { readonly text: string; readonly language?: string }) {
  return (
    <blockquote className={styles.words} lang={language}>
      {text}
    </blockquote>
  );
}
