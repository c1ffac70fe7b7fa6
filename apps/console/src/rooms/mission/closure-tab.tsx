/** The end: its plan and trigger, what is still open by name, what becomes of cases, data and assets, and the last act. */
import {
  CLOSURE_TRIGGERS,
  type ClosureLack,
  type ClosureTrigger,
  type DisposedItem,
  type Disposition,
  formatInstant,
  type LifeView,
  MICROSECONDS_PER_DAY,
} from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readFinalReport, readJointActs, readLife } from "../../api/mission-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { AnswerAct } from "../../sign/answer-act.tsx";
import { SignOwn } from "../../sign/sign-dialog.tsx";
import type { Act } from "../../sign/statement.ts";
import { Button, Empty, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Facts } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "../watch/watch.module.css";
import { useAsked } from "./use-asked.ts";
import { useIsHead } from "./use-is-head.ts";

export function ClosureTab() {
  const { data, error } = useAsked("life", readLife);
  const queries = useQueryClient();
  const [act, setAct] = useState<Act>();
  const words = useWords();
  const isHead = useIsHead();
  if (error !== null) return <FaultNote error={error} />;
  if (data === undefined) return null;
  return (
    <div className={styles.part}>
      <Plan view={data} />
      {isHead && data.phase !== "closed" && data.phase !== "unwatched" ? <NewPlan onAct={setAct} /> : null}
      <h3>{words.say("mission.closure.lacking")}</h3>
      <Lacking view={data} isHead={isHead} onAct={setAct} />
      <h3>{words.say("mission.final.left")}</h3>
      <Disposed items={data.disposed} />
      <FinalReport onAct={setAct} />
      {isHead && data.phase === "unwatched" && data.lacking.length === 0 && data.plan ? (
        <Close view={data} onAct={setAct} />
      ) : null}
      {act === undefined ? null : (
        <SignOwn
          title={words.sayCode("kind", act.kind)}
          act={act}
          onSigned={() => void queries.invalidateQueries({ queryKey: ["mission"] })}
          onClose={() => setAct(undefined)}
        />
      )}
    </div>
  );
}

type TellAct = { readonly onAct: (act: Act) => void };

function useDeadline(): string {
  const { mission } = useCentre();
  return formatInstant(centreNow() + (mission.lapseHours / 24) * MICROSECONDS_PER_DAY);
}

function Plan({ view: { plan } }: { readonly view: LifeView }) {
  const words = useWords();
  if (plan === undefined)
    return <Empty title={words.say("mission.closure.noPlan")} hint={words.say("mission.closure.noPlanHint")} />;
  return (
    <Facts
      facts={[
        [words.say("mission.closure.trigger"), words.sayCode("trigger", plan.trigger)],
        [words.say("mission.closure.decidedBy"), words.formats.list(plan.decidedBy)],
        [words.say("mission.closure.announcedBy"), plan.announcedBy],
        [words.say("mission.closure.lastDay"), plan.lastDay],
        ...plan.terms.map(
          (term) =>
            [
              `${term.instrument} · ${term.counted} · ${term.renewal} · ${term.noticeBy}`,
              words.say("mission.closure.term", { state: term.state, until: term.until ?? "" }),
            ] as const,
        ),
      ]}
    />
  );
}

function NewPlan({ onAct }: TellAct) {
  const words = useWords();
  const deadline = useDeadline();
  const [trigger, setTrigger] = useState<ClosureTrigger>("joint-decision");
  const [deciders, setDeciders] = useState("");
  const [announcer, setAnnouncer] = useState("");
  const [lastDay, setLastDay] = useState("");
  const decidedBy = deciders.split(/[\s,]+/).filter((code) => code !== "");
  const isWhole = decidedBy.length > 0 && announcer.trim() !== "" && /^\d{4}-\d\d-\d\d$/.test(lastDay);
  return (
    <form
      className={styles.form}
      aria-label={words.sayCode("kind", "closure.planned")}
      onSubmit={(event) => {
        event.preventDefault();
        const decidedAt = formatInstant(centreNow());
        const body = { trigger, decidedBy, decidedAt, announcedBy: announcer.trim(), lastDay, note: "", deadline };
        if (isWhole) onAct({ kind: "closure.planned", body });
      }}
    >
      <SelectField
        label={words.say("mission.closure.trigger")}
        value={trigger}
        choices={CLOSURE_TRIGGERS.map((value) => ({ value, label: words.sayCode("trigger", value) }))}
        onValue={setTrigger}
      />
      <TextField
        label={words.say("mission.closure.decidedBy")}
        hint={words.say("mission.codes")}
        value={deciders}
        onValue={setDeciders}
      />
      <TextField
        label={words.say("mission.closure.announcedBy")}
        value={announcer}
        maxLength={40}
        onValue={setAnnouncer}
      />
      <TextField label={words.say("mission.closure.lastDay")} type="date" value={lastDay} onValue={setLastDay} />
      <div className={styles.foot}>
        <Button look="primary" type="submit" disabled={!isWhole}>
          {words.say("mission.life.propose", { step: words.sayCode("kind", "closure.planned") })}
        </Button>
      </div>
    </form>
  );
}

const CHOICES: Readonly<Record<string, readonly Disposition[]>> = {
  data: ["kept-by-all", "returned", "transferred", "destroyed"],
  asset: ["returned", "transferred", "destroyed", "lost"],
};

function Lacking({ view, isHead, onAct }: TellAct & { readonly view: LifeView; readonly isHead: boolean }) {
  const words = useWords();
  const deadline = useDeadline();
  const [to, setTo] = useState("");
  const [chosen, setChosen] = useState<Readonly<Record<string, Disposition>>>({});
  if (view.lacking.length === 0) return <Empty title={words.say("mission.closure.nothing")} />;
  const mayDispose = isHead && (view.phase === "winding-up" || view.phase === "unwatched");
  const choose = (lack: ClosureLack, disposition: Disposition): void =>
    setChosen({ ...chosen, [`${lack.kind} ${lack.id}`]: disposition });
  const items = view.lacking.flatMap((lack): DisposedItem[] => {
    const disposition = chosen[`${lack.kind} ${lack.id}`];
    if (disposition === undefined || lack.kind === "plan" || lack.kind === "recordings" || lack.kind === "report")
      return [];
    const goes = disposition === "returned" || disposition === "transferred";
    return [{ kind: lack.kind, id: lack.id, disposition, ...(goes ? { to: to.trim() } : {}), note: "" }];
  });
  return (
    <>
      <DataTable
        label={words.say("mission.closure.lacking")}
        rows={view.lacking}
        keyOf={(row) => `${row.kind} ${row.id}`}
        columns={[
          { name: words.say("mission.column.what"), cell: (row) => words.sayCode("disposed", row.kind) },
          {
            name: words.say("mission.column.id"),
            cell: (row) => (row.kind === "plan" ? words.sayCode("kind", row.id) : row.id),
          },
          { name: words.say("mission.column.count"), numeric: true, cell: (row) => words.formats.number(row.count) },
          {
            name: words.say("mission.column.disposition"),
            cell: (row) =>
              mayDispose && !["plan", "recordings", "report"].includes(row.kind) ? (
                <span>
                  {(CHOICES[row.kind] ?? ["residual" as const]).map((value) => (
                    <Button
                      key={value}
                      aria-pressed={chosen[`${row.kind} ${row.id}`] === value}
                      onClick={() => choose(row, value)}
                    >
                      {words.sayCode("disposition", value)}
                    </Button>
                  ))}
                </span>
              ) : null,
          },
        ]}
      />
      {mayDispose ? (
        <div className={styles.form}>
          <TextField
            label={words.say("mission.closure.to")}
            hint={words.say("mission.codes")}
            value={to}
            onValue={setTo}
          />
          <div className={styles.foot}>
            <Button
              look="primary"
              disabled={items.length === 0}
              onClick={() => onAct({ kind: "closure.disposed", body: { items, deadline } })}
            >
              {words.say("mission.closure.dispose", { count: items.length })}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  );
}

function Disposed({ items }: { readonly items: readonly DisposedItem[] }) {
  const words = useWords();
  if (items.length === 0) return <Empty title={words.say("mission.closure.noneDisposed")} />;
  return (
    <DataTable
      label={words.say("mission.final.left")}
      rows={items}
      keyOf={(row) => `${row.kind} ${row.id}`}
      columns={[
        { name: words.say("mission.column.what"), cell: (row) => words.sayCode("disposed", row.kind) },
        { name: words.say("mission.column.id"), cell: (row) => row.id },
        {
          name: words.say("mission.column.disposition"),
          cell: (row) =>
            `${words.sayCode("disposition", row.disposition)}${row.to === undefined ? "" : ` → ${row.to}`}`,
        },
        { name: words.say("mission.column.note"), cell: (row) => row.note },
      ]}
    />
  );
}

/** The report as it is now: saved, or its very bytes approved; both sides approve the same hash. */
function FinalReport({ onAct }: TellAct) {
  const words = useWords();
  const act = useAct();
  const isHead = useIsHead();
  const save = (format: "html" | "pdf" | "json"): void =>
    void act.run(async () => saveBlob(await readFinalReport(format, words.locale), `final-${words.locale}.${format}`));
  const approve = async (): Promise<void> => {
    const report = await readFinalReport("html", words.locale);
    saveBlob(report, `final-${words.locale}.html`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await report.arrayBuffer()));
    const date = formatInstant(centreNow()).slice(0, 10);
    const body = { report: "final", date, language: words.locale, format: "html", sha256: bytesToHex(digest) };
    onAct({ kind: "report.approved", body });
  };
  return (
    <>
      <h3>{words.say("mission.final.title")}</h3>
      <div className={styles.foot}>
        {(["pdf", "html", "json"] as const).map((format) => (
          <Button key={format} disabled={act.pending} onClick={() => save(format)}>
            {words.say(`console.reports.format.${format}`)}
          </Button>
        ))}
        {isHead ? (
          <Button disabled={act.pending} onClick={() => void act.run(approve)}>
            {words.say("mission.closure.approve")}
          </Button>
        ) : null}
        <FaultNote error={act.error} />
      </div>
      <Approvals />
    </>
  );
}

/** Final reports that the other side has approved and this one has not. */
function Approvals() {
  const words = useWords();
  const queries = useQueryClient();
  const { component } = useOfficer();
  const { data } = useQuery({ queryKey: ["mission", "joint-acts"], queryFn: readJointActs, refetchInterval: 10_000 });
  const theirs = (data?.rows ?? []).filter(
    ({ kind, state, body, signedBy }) =>
      kind === "report.approved" &&
      state === "proposed" &&
      body.report === "final" &&
      signedBy[0]!.component !== component,
  );
  return theirs.map((act) => (
    <div key={act.statement} className={styles.foot}>
      <span>
        {words.say("mission.closure.theirReport", { component: act.signedBy[0]!.component })}{" "}
        <code>{String(act.body.sha256)}</code>
      </span>
      <AnswerAct act={act} onSigned={() => void queries.invalidateQueries({ queryKey: ["mission"] })} />
    </div>
  ));
}

function Close({ view, onAct }: TellAct & { readonly view: LifeView }) {
  const words = useWords();
  const deadline = useDeadline();
  const approved = useFreshRows("reports").rows.find((row) => row.report === "final" && row.state === "joint");
  const [typed, setFinalReport] = useState<string>();
  const finalReport = typed ?? approved?.sha256 ?? "";
  const [attending, setAttending] = useState("");
  const plan = view.plan!;
  const attendance = attending.split(";").flatMap((text) => {
    const [of, role] = text.split(":").map((part) => part.trim());
    return of && role ? [{ of, role }] : [];
  });
  const body = {
    ...{ plan: plan.statement, trigger: plan.trigger, closedAt: formatInstant(centreNow()), attendance },
    ...{ finalReport: finalReport.trim(), note: "", deadline },
  };
  return (
    <section aria-label={words.sayCode("kind", "centre.closed")}>
      <Note tone="warning">{words.say("mission.closure.last")}</Note>
      <div className={styles.form}>
        <TextField
          label={words.say("mission.closure.report")}
          value={finalReport}
          maxLength={64}
          onValue={setFinalReport}
        />
        <TextField
          label={words.say("mission.closure.attendance")}
          hint={words.say("mission.closure.attendanceHint")}
          value={attending}
          onValue={setAttending}
        />
        <div className={styles.foot}>
          <Button
            look="danger"
            disabled={!/^[0-9a-f]{64}$/.test(finalReport.trim())}
            onClick={() => onAct({ kind: "centre.closed", body })}
          >
            {words.say("mission.life.propose", { step: words.sayCode("kind", "centre.closed") })}
          </Button>
        </div>
      </div>
    </section>
  );
}
