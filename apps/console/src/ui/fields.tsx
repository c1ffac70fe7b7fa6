/** Form fields: each with its label, its hint and its error tied to it for screen readers. */
import { type ComponentProps, type ReactNode, useId } from "react";
import styles from "./controls.module.css";

interface FieldTexts {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

interface Wiring {
  readonly id: string;
  readonly className: string | undefined;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby"?: string;
}

function Field({ label, hint, error, children }: FieldTexts & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = error !== undefined || hint !== undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: styles.input,
        "aria-invalid": error !== undefined,
        ...(described ? { "aria-describedby": `${id}-told` } : {}),
      })}
      {described ? (
        <span id={`${id}-told`} className={error === undefined ? styles.hint : styles.error}>
          {error ?? hint}
        </span>
      ) : null}
    </div>
  );
}

type Changed = { readonly onValue: (value: string) => void };

export function TextField({
  label,
  hint,
  error,
  onValue,
  ...rest
}: FieldTexts & Changed & Omit<ComponentProps<"input">, "onChange">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => <input {...rest} {...wiring} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  );
}

export function AreaField({
  label,
  hint,
  error,
  onValue,
  ...rest
}: FieldTexts & Changed & Omit<ComponentProps<"textarea">, "onChange">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => <textarea {...rest} {...wiring} onChange={(event) => onValue(event.target.value)} />}
    </Field>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export function SelectField<Value extends string>({
  label,
  hint,
  error,
  choices,
  onValue,
  ...rest
}: FieldTexts & {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
} & Omit<ComponentProps<"select">, "onChange" | "value">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <select {...rest} {...wiring} onChange={(event) => onValue(event.target.value as Value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField({
  label,
  checked,
  onValue,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onValue: (checked: boolean) => void;
}) {
  return (
    <label>
      <input type="checkbox" checked={checked} onChange={(event) => onValue(event.target.checked)} /> {label}
    </label>
  );
}
