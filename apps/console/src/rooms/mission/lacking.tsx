/** What is still in the way of an end, by name, and what is to become of it: chosen for each, signed together. */
import type { ClosureLack, DisposedItem, Disposition, LifeView } from "@openjmc/model";
import { useState } from "react";
import { useChoices } from "../../forms/use-choices.ts";
import type { Act } from "../../sign/statement.ts";
import { Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "../watch/watch.module.css";
import { useThingNames } from "./thing-names.ts";
import { useAnswerDeadline } from "./use-answer-deadline.ts";

const CHOICES: Readonly<Record<string, readonly Disposition[]>> = {
  data: ["kept-by-all", "returned", "transferred", "destroyed"],
  asset: ["returned", "transferred", "destroyed", "lost"],
};
/** These end by an act of their own, not by being disposed of. */
const OWN_ACTS: ReadonlySet<string> = new Set(["plan", "recordings", "report"]);
/** To whom is said with these, and with nothing else. */
const GOES: ReadonlySet<Disposition> = new Set(["returned", "transferred"]);

interface Chosen {
  readonly disposition?: Disposition;
  readonly to?: string;
}

interface LackingProps {
  readonly view: LifeView;
  readonly isHead: boolean;
  readonly onAct: (act: Act) => void;
}

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;

export function Lacking({ view, isHead, onAct }: LackingProps) {
  const words = useWords();
  const nameThing = useThingNames();
  const deadline = useAnswerDeadline();
  const [chosen, setChosen] = useState<Readonly<Record<string, Chosen>>>({});
  if (view.lacking.length === 0) return <Empty title={words.say("mission.closure.nothing")} />;
  const mayDispose = isHead && (view.phase === "winding-up" || view.phase === "unwatched");
  const choose = (lack: ClosureLack, change: Chosen): void =>
    setChosen({ ...chosen, [keyOf(lack)]: { ...chosen[keyOf(lack)], ...change } });
  const items = view.lacking.flatMap((lack) => itemOf(lack, chosen[keyOf(lack)]));
  return (
    <>
      <DataTable
        label={words.say("mission.closure.lacking")}
        rows={view.lacking}
        keyOf={keyOf}
        columns={[
          { name: words.say("mission.column.what"), cell: (row) => words.sayCode("disposed", row.kind) },
          { name: words.say("mission.column.id"), cell: (row) => nameThing(row) },
          { name: words.say("mission.column.count"), numeric: true, cell: (row) => words.formats.number(row.count) },
          {
            name: words.say("mission.column.disposition"),
            cell: (row) =>
              mayDispose && !OWN_ACTS.has(row.kind) ? (
                <Becomes lack={row} chosen={chosen[keyOf(row)] ?? {}} onChoose={(change) => choose(row, change)} />
              ) : null,
          },
        ]}
      />
      {mayDispose ? (
        <div className={styles.foot}>
          <Button
            look="primary"
            disabled={items.length === 0}
            onClick={() => onAct({ kind: "closure.disposed", body: { items, deadline: deadline() } })}
          >
            {words.say("mission.closure.dispose", { count: items.length })}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Whole once it says what becomes of it and, where it goes somewhere, to whom. */
function itemOf({ kind, id }: ClosureLack, { disposition, to }: Chosen = {}): DisposedItem[] {
  if (disposition === undefined || kind === "plan" || kind === "recordings" || kind === "report") return [];
  if (!GOES.has(disposition)) return [{ kind, id, disposition, note: "" }];
  return to === undefined || to === "" ? [] : [{ kind, id, disposition, to, note: "" }];
}

interface BecomesProps {
  readonly lack: ClosureLack;
  readonly chosen: Chosen;
  readonly onChoose: (change: Chosen) => void;
}

function Becomes({ lack, chosen, onChoose }: BecomesProps) {
  const words = useWords();
  const choices = useChoices();
  const nameThing = useThingNames();
  const { disposition, to } = chosen;
  const of = nameThing(lack);
  return (
    <div className={styles.marks}>
      {(CHOICES[lack.kind] ?? ["residual" as const]).map((value) => (
        <Button
          key={value}
          aria-label={`${of}: ${words.sayCode("disposition", value)}`}
          aria-pressed={disposition === value}
          onClick={() => onChoose({ disposition: value })}
        >
          {words.sayCode("disposition", value)}
        </Button>
      ))}
      {disposition !== undefined && GOES.has(disposition) ? (
        <SelectField
          label={words.say("mission.closure.to")}
          value={to ?? ""}
          choices={[{ value: "", label: words.say("console.choose") }, ...choices.speakers]}
          onValue={(value) => onChoose({ to: value })}
        />
      ) : null}
    </div>
  );
}
