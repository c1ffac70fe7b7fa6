/** The fields of a form as the screen shows them. */
import styles from "../rooms/sightings/sightings.module.css";
import { Button } from "../ui/controls.tsx";
import { AreaField, CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { useWords } from "../words/use-words.tsx";
import { type FormField, type FormValues, readLines, readTicked } from "./form-body.ts";
import { PlaceFields } from "./place-fields.tsx";

interface FieldsProps {
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly faults: readonly string[];
  readonly change: (part: FormValues) => void;
}

export function FormFields({ fields, values, faults, change }: FieldsProps) {
  return (
    <div className={styles.grid}>
      {fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          values={values}
          isWrong={faults.includes(field.name)}
          change={change}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: FormField;
  readonly values: FormValues;
  readonly isWrong: boolean;
  readonly change: (part: FormValues) => void;
}

function OneField(props: FieldProps) {
  const words = useWords();
  const { field, values, isWrong, change } = props;
  if (field.as === "place")
    return (
      <PlaceFields
        names={[`${field.name}.lon`, `${field.name}.lat`, `${field.name}.metres`]}
        fields={values}
        error={isWrong ? words.say("desk.wrong") : undefined}
        change={(part) => change(part as FormValues)}
      />
    );
  if (field.as === "lines") return <Lines {...props} field={field} />;
  if (field.as === "several") return <Several {...props} field={field} />;
  const shared = {
    label: field.named ?? words.say(field.label),
    hint: field.hint === undefined ? undefined : words.say(field.hint),
    error: isWrong ? words.say("desk.wrong") : undefined,
    value: values[field.name] ?? "",
    onValue: (value: string) => change({ [field.name]: value }),
  };
  switch (field.as) {
    case "area":
      return (
        <div className={styles.whole}>
          <AreaField {...shared} rows={3} maxLength={field.most} />
        </div>
      );
    case "choice":
    case "numbered": {
      const open = { value: "", label: words.say(field.optional ? "console.notStated" : "console.choose") };
      return <SelectField {...shared} choices={[open, ...field.choices]} />;
    }
    case "text":
      return (
        <div className={field.most > 100 ? styles.whole : styles.half}>
          <TextField {...shared} maxLength={field.most} />
        </div>
      );
    case "day":
      return (
        <div className={styles.half}>
          <TextField {...shared} type="date" />
        </div>
      );
    case "instant":
      return (
        <div className={styles.half}>
          <TextField {...shared} />
        </div>
      );
    default:
      return <TextField {...shared} inputMode="decimal" />;
  }
}

/** As many of a list as are ticked. */
function Several({ field, values, isWrong, change }: FieldProps & { readonly field: FormField & { as: "several" } }) {
  const words = useWords();
  const ticked = readTicked(values[field.name]);
  const put = (changed: readonly string[]): void => change({ [field.name]: changed.join(",") });
  return (
    <fieldset className={styles.whole}>
      <legend>{words.say(field.label)}</legend>
      {field.choices.map(({ value, label }) => (
        <div key={value}>
          <CheckField
            label={label}
            checked={ticked.includes(value)}
            onValue={(on) => put(on ? [...ticked, value] : ticked.filter((one) => one !== value))}
          />
        </div>
      ))}
      {field.hint === undefined ? null : <p>{words.say(field.hint)}</p>}
      {isWrong ? <p role="alert">{words.say("desk.wrong")}</p> : null}
    </fieldset>
  );
}

/** Some lines of the same few fields, and a button for one more. */
function Lines({ field, values, isWrong, change }: FieldProps & { readonly field: FormField & { as: "lines" } }) {
  const words = useWords();
  const lines = readLines(values[field.name]);
  const put = (changed: readonly FormValues[]): void => change({ [field.name]: JSON.stringify(changed) });
  return (
    <fieldset className={styles.whole}>
      <legend>{isWrong ? words.say("desk.wrong") : words.say(field.label)}</legend>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place among the others.
        <fieldset key={index} aria-label={`${words.say(field.label)} ${index + 1}`}>
          <FormFields
            fields={field.parts}
            values={line}
            faults={[]}
            change={(part) => put(lines.map((old, at) => (at === index ? { ...old, ...part } : old)))}
          />
        </fieldset>
      ))}
      {lines.length < field.most ? (
        <Button look="quiet" onClick={() => put([...lines, {}])}>
          {words.say("desk.addLine", { what: words.say(field.label) })}
        </Button>
      ) : null}
    </fieldset>
  );
}
