/** Modal dialogs: the browser's own, which traps the focus, closes on Escape and gives the focus back. */
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useCentre } from "../centre/use-centre.ts";
import { useWords } from "../words/use-words.tsx";
import styles from "./controls.module.css";
import { Button } from "./controls.tsx";

export function Dialog({
  title,
  wide = false,
  onClose,
  footer,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const { exercise } = useCentre();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
    element?.querySelector<HTMLElement>("[data-focus-first]")?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} data-wide={wide} aria-labelledby={id} onClose={onClose}>
      <header className={styles.dialogHead}>
        <h2 id={id}>{title}</h2>
        {exercise ? <strong className={styles.exercise}>{words.say("console.exercise")}</strong> : null}
        <Button look="quiet" onClick={onClose}>
          {words.say("console.close")}
        </Button>
      </header>
      <div className={styles.dialogBody}>{children}</div>
      {footer === undefined ? null : <footer className={styles.dialogFoot}>{footer}</footer>}
    </dialog>
  );
}
