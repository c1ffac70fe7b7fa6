/** Short news of what has just been done, told once and gone by themselves; what they tell stands in the record. */
import { createStore, useStore } from "../state/store.ts";
import { Note } from "./controls.tsx";
import styles from "./notices.module.css";

interface Notice {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MILLISECONDS = 9000;
const notices = createStore<readonly Notice[]>([]);
let next = 0;

export function tell(text: string): void {
  const id = next++;
  notices.update((now) => [...now, { id, text }]);
  setTimeout(() => notices.update((now) => now.filter((notice) => notice.id !== id)), SHOWN_MILLISECONDS);
}

/** The place where news appear; there from the beginning, so that screen readers hear what comes. */
export function Notices() {
  const shown = useStore(notices);
  return (
    <div className={styles.notices} role="status">
      {shown.map((notice) => (
        <Note key={notice.id} tone="good">
          {notice.text}
        </Note>
      ))}
    </div>
  );
}
