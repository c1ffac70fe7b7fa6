/** Handing a watch over: what is open and how the system stands, as the centre has it, signed by both duty officers. */
import type { HandoverBody, WatchView } from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readHandoverDraft } from "../../api/mission-endpoints.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useOfficer } from "../../session/session.ts";
import { AnswerAct } from "../../sign/answer-act.tsx";
import { SignOwn } from "../../sign/sign-dialog.tsx";
import { Badge, Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField } from "../../ui/fields.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import { useThingNames } from "../mission/thing-names.ts";
import { toneOf } from "../mission/tones.ts";
import styles from "./watch.module.css";

export function HandoverTab({ view }: { readonly view: WatchView }) {
  const words = useWords();
  const queries = useQueryClient();
  const { component } = useOfficer();
  const again = () => void queries.invalidateQueries({ queryKey: ["mission", "watch"] });
  const own = view.components.find((one) => one.component === component);
  return (
    <div className={styles.part}>
      {own?.watch === undefined && (own?.bill.length ?? 0) === 0 ? (
        <Empty title={words.say("mission.watch.noBill")} hint={words.say("mission.watch.noBillHint")} />
      ) : (
        <NewHandover onSigned={again} />
      )}
      <h3>{words.say("mission.watch.handovers")}</h3>
      {view.handovers.length === 0 ? (
        <Empty title={words.say("mission.handover.none")} hint={words.say("mission.handover.noneHint")} />
      ) : (
        <DataTable
          label={words.say("mission.watch.handovers")}
          rows={view.handovers}
          keyOf={(row) => row.statement}
          columns={[
            { name: words.say("mission.column.until"), cell: (row) => <Time at={Date.parse(row.body.until) * 1000} /> },
            {
              name: words.say("mission.column.state"),
              cell: (row) => <Badge tone={toneOf(row.state)}>{words.sayCode("actState", row.state)}</Badge>,
            },
            {
              name: words.say("mission.column.signed"),
              cell: (row) => row.signedBy.map(({ role }) => role).join(", "),
            },
            {
              name: words.say("mission.column.open"),
              numeric: true,
              cell: (row) => words.formats.number(row.body.openItems.length),
            },
            { name: words.say("mission.column.note"), cell: (row) => row.closing?.text ?? row.body.note },
            {
              name: words.say("mission.column.act"),
              cell: (row) =>
                row.state === "proposed" && row.signedBy[0]!.component !== component ? (
                  <AnswerAct act={row} onSigned={again} />
                ) : null,
            },
          ]}
        />
      )}
    </div>
  );
}

function NewHandover({ onSigned }: { readonly onSigned: () => void }) {
  const words = useWords();
  const act = useAct();
  const [draft, setDraft] = useState<HandoverBody>();
  const [signing, setSigning] = useState(false);
  return (
    <section aria-label={words.say("mission.handover.new")}>
      <div className={styles.foot}>
        <Button disabled={act.pending} onClick={() => void act.run(async () => setDraft(await readHandoverDraft()))}>
          {words.say("mission.handover.prepare")}
        </Button>
        <FaultNote error={act.error} />
      </div>
      {draft === undefined ? null : (
        <>
          <Draft draft={draft} />
          <AreaField
            label={words.say("mission.column.note")}
            rows={4}
            maxLength={8000}
            value={draft.note}
            onValue={(note) => setDraft({ ...draft, note })}
          />
          <Button look="primary" onClick={() => setSigning(true)}>
            {words.say("mission.handover.sign")}
          </Button>
        </>
      )}
      {signing && draft ? (
        <SignOwn
          title={words.say("mission.handover.sign")}
          act={{ kind: "handover.signed", body: draft }}
          onSigned={() => {
            setDraft(undefined);
            onSigned();
          }}
          onClose={() => setSigning(false)}
        />
      ) : null}
    </section>
  );
}

function Draft({ draft }: { readonly draft: HandoverBody }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const nameThing = useThingNames();
  const { system } = draft;
  return (
    <Facts
      facts={[
        [words.say("mission.column.from"), <Time key="from" at={Date.parse(draft.from) * 1000} />],
        [words.say("mission.column.until"), <Time key="until" at={Date.parse(draft.until) * 1000} />],
        ...draft.officers.map(
          ({ component, outgoing, incoming }) => [nameOf(component), `${outgoing} → ${incoming}`] as const,
        ),
        [
          words.say("mission.column.open"),
          words.formats.list(
            draft.openItems.map((item) => `${words.sayCode("disposed", item.kind)}: ${nameThing(item)}`),
          ),
        ],
        [
          words.say("mission.handover.record"),
          words.say("mission.handover.sealed", { entries: system.entries, sealed: system.sealed }),
        ],
        [
          words.say("mission.handover.sources"),
          words.formats.list(system.sources.map(({ id, state }) => `${id}: ${words.sayCode("sourceState", state)}`)),
        ],
        [words.say("mission.handover.troubles"), words.formats.list(system.troubles)],
      ]}
    />
  );
}
