/** One edition: its bytes, who approved them, each component's own annex, to whom it went, and its correction. */
import { DISTRIBUTION_WAYS, type ReportRow } from "@openjmc/model";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readAttachment, storeAttachment } from "../../api/endpoints.ts";
import { readJointActs } from "../../api/mission-endpoints.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { AnswerAct } from "../../sign/answer-act.tsx";
import { SignOwn } from "../../sign/sign-dialog.tsx";
import { type Act, newSubject, state } from "../../sign/statement.ts";
import { Button, LinkButton } from "../../ui/controls.tsx";
import { ComponentBadge, Mark, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { AreaField, SelectField, TextField } from "../../ui/fields.tsx";
import { Facts, Panel } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { Gone } from "../common/gone.tsx";
import { EditionName, EditionState } from "./editions-list.tsx";
import styles from "./reports.module.css";

export function EditionPage({ id }: { readonly id: string }) {
  const words = useWords();
  const { rows } = useRows("reports");
  const row = rows.find((one) => one.id === id);
  return (
    <Panel
      title={words.say("influence.report.version")}
      actions={<Button onClick={() => openRoom("reports")}>{words.say("console.reports.preview")}</Button>}
      padded
    >
      {row === undefined ? <Gone /> : <Edition row={row} />}
    </Panel>
  );
}

function Edition({ row }: { readonly row: ReportRow }) {
  const words = useWords();
  const act = useAct();
  const file = `${row.report}-${row.date}-${row.language}-${row.version}.${row.format}`;
  return (
    <>
      <h3>
        <EditionName row={row} />
      </h3>
      <div className={styles.acts}>
        <EditionState row={row} />
        <Button
          disabled={act.pending || row.bytes === undefined}
          onClick={() => void act.run(async () => saveBlob(await readAttachment(row.sha256), file))}
        >
          {words.say("console.reports.save")}
        </Button>
        <Approve row={row} />
      </div>
      <FaultNote error={act.error} />
      <Facts
        facts={[
          ["SHA-256", <code key="s">{row.sha256}</code>],
          [words.say("influence.report.audience"), words.sayCode("reportAudience", row.audience ?? "component")],
          [words.say("influence.report.scheduled"), row.cause === "schedule" ? "✓" : undefined],
          [words.say("influence.report.supersedes"), row.supersedes?.slice(0, 16)],
          [words.say("influence.report.erratum"), row.erratum],
        ]}
      />
      {row.approvedBy.map(({ component, role, index }) => (
        <p key={index}>
          <ComponentBadge code={component} /> {role}, {words.say("console.entryNumber", { index })}
        </p>
      ))}
      <Annexes row={row} />
      <Distribution row={row} />
    </>
  );
}

/** The first approval is the officer's own text; the second one signs the same bytes of it. */
function Approve({ row }: { readonly row: ReportRow }) {
  const words = useWords();
  const queries = useQueryClient();
  const { component } = useOfficer();
  const { rows } = useRows("reports");
  const [signing, setSigning] = useState<Act>();
  const [supersedes, setSupersedes] = useState("");
  const [erratum, setErratum] = useState("");
  const { data } = useQuery({ queryKey: ["mission", "joint-acts"], queryFn: readJointActs, refetchInterval: 5_000 });
  const theirs = data?.rows.find(({ statement }) => statement === row.statement);
  const isSigned = row.approvedBy.some((one) => one.component === component);
  if (row.state === "joint" || isSigned) return null;
  if (row.state === "proposed")
    return theirs === undefined ? null : (
      <AnswerAct act={theirs} onSigned={() => void queries.invalidateQueries({ queryKey: ["mission"] })} />
    );
  const others = rows.filter((one) => one.id !== row.id && one.report === row.report && one.language === row.language);
  const { report, date, language, format, sha256 } = row;
  const correction = supersedes === "" ? {} : { supersedes, erratum: erratum.trim() };
  return (
    <>
      <Button
        look="primary"
        disabled={supersedes !== "" && erratum.trim() === ""}
        onClick={() =>
          setSigning({
            kind: "report.approved",
            subject: newSubject(),
            body: { report, date, language, format, sha256, ...correction },
            refs: [{ rel: "attachment", sha256 }],
          })
        }
      >
        {words.say("influence.report.approve")}
      </Button>
      {others.length === 0 ? null : (
        <SelectField
          label={words.say("influence.report.supersedes")}
          value={supersedes}
          choices={[
            { value: "", label: words.say("console.notStated") },
            ...others.map((one) => ({
              value: one.sha256,
              label: `${one.date} · ${one.version} · ${one.sha256.slice(0, 8)}`,
            })),
          ]}
          onValue={setSupersedes}
        />
      )}
      {supersedes === "" ? null : (
        <AreaField
          label={words.say("influence.report.erratum")}
          rows={3}
          maxLength={4_000}
          value={erratum}
          onValue={setErratum}
        />
      )}
      {signing === undefined ? null : (
        <SignOwn
          title={words.say("influence.report.approve")}
          act={signing}
          onSigned={() => void queries.invalidateQueries({ queryKey: ["mission"] })}
          onClose={() => setSigning(undefined)}
        />
      )}
    </>
  );
}

function Annexes({ row }: { readonly row: ReportRow }) {
  const words = useWords();
  const act = useAct();
  const [title, setTitle] = useState("");
  const [file, setFile] = useState<File>();
  const add = async (): Promise<void> => {
    if (file === undefined) return;
    const { sha256, bytes } = await storeAttachment(file, file.name);
    const mediaType = file.type || "application/octet-stream";
    const body = { title: title.trim(), sha256, bytes, mediaType, language: words.locale };
    await state({ kind: "report.annexed", subject: row.id, body, refs: [{ rel: "attachment", sha256 }] });
    setTitle("");
    setFile(undefined);
  };
  return (
    <section aria-label={words.say("influence.report.annexes")}>
      <h4>{words.say("influence.report.annexes")}</h4>
      {row.annexes.map((annex) => (
        <div key={annex.mark.index}>
          <LinkButton
            onClick={() => void act.run(async () => saveBlob(await readAttachment(annex.sha256), annex.title))}
          >
            {annex.title}
          </LinkButton>{" "}
          <Mark mark={annex.mark} />
        </div>
      ))}
      <TextField label={words.say("influence.report.annexTitle")} value={title} maxLength={200} onValue={setTitle} />
      <label>
        {words.say("influence.report.annexFile")}{" "}
        <input type="file" onChange={(event) => setFile(event.target.files?.[0])} />
      </label>
      <Button disabled={act.pending || file === undefined || title.trim() === ""} onClick={() => void act.run(add)}>
        {words.say("influence.report.annex")}
      </Button>
      <FaultNote error={act.error} />
    </section>
  );
}

function Distribution({ row }: { readonly row: ReportRow }) {
  const words = useWords();
  const choices = useChoices();
  return (
    <section aria-label={words.say("influence.report.distribution")}>
      <h4>{words.say("influence.report.distribution")}</h4>
      {row.distributed.map((sent) => (
        <p key={sent.mark.index}>
          {sent.to}, {words.sayCode("distributionWay", sent.way)} <Time at={sent.sentAt} /> (
          {words.sayCode("editionState", sent.standing)}) {sent.note}
        </p>
      ))}
      <ActForm
        name={`distribution-${row.id.slice(0, 16)}`}
        heading="influence.report.distribute"
        send="influence.report.distribute"
        act={{ kind: "report.distributed", subject: row.id }}
        fields={[
          { name: "to", label: "influence.report.to", as: "text", most: 200 },
          {
            ...{ name: "way", label: "influence.report.way", as: "choice" },
            choices: choices.codes("distributionWay", DISTRIBUTION_WAYS),
          },
          { name: "at", label: "influence.at", as: "instant" },
          { name: "note", label: "desk.note", as: "text", most: 2000, blank: true },
        ]}
      />
    </section>
  );
}
