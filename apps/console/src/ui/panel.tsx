/** Panels, lists of facts and tabs: what rooms are built of. */
import { type KeyboardEvent, type ReactNode, useId } from "react";
import styles from "./controls.module.css";
import { Scroll } from "./scroll.tsx";

export function Panel({
  title,
  actions,
  padded = false,
  children,
}: {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly padded?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.panelHead}>
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      <Scroll className={padded ? `${styles.panelBody} ${styles.padded}` : styles.panelBody} labelledBy={id}>
        {children}
      </Scroll>
    </section>
  );
}

/** Names and values; a value that is undefined is left out with its name. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== undefined && value !== "")
        .map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
    </dl>
  );
}

export interface TabChoice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** Tabs after the ARIA authoring practices: arrows move, one tab stop. */
export function Tabs<Value extends string>({
  label,
  tabs,
  value,
  onValue,
}: {
  readonly label: string;
  readonly tabs: readonly TabChoice<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
}) {
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = tabs[(at + step + tabs.length) % tabs.length]!;
    onValue(next.value);
    (event.currentTarget.querySelector(`[data-tab="${next.value}"]`) as HTMLElement | null)?.focus();
  };
  return (
    <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={move} tabIndex={-1}>
      {tabs.map((tab) => (
        <button
          type="button"
          key={tab.value}
          className={styles.tab}
          role="tab"
          data-tab={tab.value}
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onValue(tab.value)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
