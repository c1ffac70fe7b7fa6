/** Buttons, badges, keys and notes. */
import type { ComponentProps, ReactNode } from "react";
import styles from "./controls.module.css";

export type Tone = "neutral" | "good" | "warning" | "danger" | "accent";

export function Button({
  look = "plain",
  ...rest
}: ComponentProps<"button"> & { readonly look?: "plain" | "primary" | "danger" | "quiet" }) {
  return <button type="button" {...rest} className={styles.button} data-look={look} />;
}

export function Badge({
  tone = "neutral",
  children,
  title,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}) {
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      {children}
    </span>
  );
}

/** A key of the keyboard. */
export function Key({ children }: { readonly children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>;
}

export function Note({
  tone = "neutral",
  role,
  children,
}: {
  readonly tone?: Tone;
  readonly role?: "alert" | "status";
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.note} data-tone={tone} role={role}>
      {children}
    </div>
  );
}

/** What will appear here and how to make it appear. */
export function Empty({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      {hint === undefined ? null : <p>{hint}</p>}
      {children}
    </div>
  );
}

/** A link-like button inside a table's or a list's text. */
export function LinkButton(props: ComponentProps<"button">) {
  return <button type="button" {...props} className={styles.rowButton} />;
}
