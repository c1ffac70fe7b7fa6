/** The end: its plan and trigger, what is still open by name, what becomes of cases, data and assets, and the last act. */
import { type DisposedItem, formatInstant, type LifeView } from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readFinalReport, readJointActs, readLife } from "../../api/mission-endpoints.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { useOfficer } from "../../session/session.ts";
import { AnswerAct } from "../../sign/answer-act.tsx";
import { SignOwn } from "../../sign/sign-dialog.tsx";
import type { Act } from "../../sign/statement.ts";
import { Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { useWords } from "../../words/use-words.tsx";
import styles from "../watch/watch.module.css";
import { CloseForm } from "./close-form.tsx";
import { Lacking } from "./lacking.tsx";
import { NewPlan } from "./plan-form.tsx";
import { useThingNames } from "./thing-names.ts";
import { useAsked } from "./use-asked.ts";
import { useIsHead } from "./use-is-head.ts";

export function ClosureTab() {
  const { data, error } = useAsked("life", readLife);
  const queries = useQueryClient();
  const [act, setAct] = useState<Act>();
  const words = useWords();
  const isHead = useIsHead();
  const again = (): void => void queries.invalidateQueries({ queryKey: ["mission"] });
  if (error !== null) return <FaultNote error={error} />;
  if (data === undefined) return null;
  return (
    <div className={styles.part}>
      <Plan view={data} />
      {isHead && data.phase !== "closed" && data.phase !== "unwatched" ? <NewPlan onDone={again} /> : null}
      <h3>{words.say("mission.closure.lacking")}</h3>
      <Lacking view={data} isHead={isHead} onAct={setAct} />
      <h3>{words.say("mission.final.left")}</h3>
      <Disposed items={data.disposed} />
      <FinalReport onAct={setAct} />
      {isHead && data.phase === "unwatched" && data.lacking.length === 0 && data.plan ? (
        <CloseForm view={data} onDone={again} />
      ) : null}
      {act === undefined ? null : (
        <SignOwn title={words.sayCode("kind", act.kind)} act={act} onSigned={again} onClose={() => setAct(undefined)} />
      )}
    </div>
  );
}

type TellAct = { readonly onAct: (act: Act) => void };

function Plan({ view: { plan } }: { readonly view: LifeView }) {
  const words = useWords();
  const { nameOf } = useChoices();
  if (plan === undefined)
    return <Empty title={words.say("mission.closure.noPlan")} hint={words.say("mission.closure.noPlanHint")} />;
  return (
    <Facts
      facts={[
        [words.say("mission.closure.trigger"), words.sayCode("trigger", plan.trigger)],
        [words.say("mission.closure.decidedBy"), words.formats.list(plan.decidedBy.map(nameOf))],
        [words.say("mission.closure.announcedBy"), nameOf(plan.announcedBy)],
        [words.say("mission.closure.lastDay"), plan.lastDay],
        ...plan.terms.map(
          (term) =>
            [
              `${term.instrument} · ${[term.counted, term.renewal, term.noticeBy].map((one) => words.sayCode("termReading", one)).join(" · ")}`,
              words.say("mission.closure.term", { state: term.state, until: term.until ?? "" }),
            ] as const,
        ),
      ]}
    />
  );
}

function Disposed({ items }: { readonly items: readonly DisposedItem[] }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const nameThing = useThingNames();
  if (items.length === 0) return <Empty title={words.say("mission.closure.noneDisposed")} />;
  return (
    <DataTable
      label={words.say("mission.final.left")}
      rows={items}
      keyOf={(row) => `${row.kind} ${row.id}`}
      columns={[
        { name: words.say("mission.column.what"), cell: (row) => words.sayCode("disposed", row.kind) },
        { name: words.say("mission.column.id"), cell: (row) => nameThing(row) },
        {
          name: words.say("mission.column.disposition"),
          cell: (row) =>
            `${words.sayCode("disposition", row.disposition)}${row.to === undefined ? "" : ` → ${nameOf(row.to)}`}`,
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
