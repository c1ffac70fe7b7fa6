/** The contingent as it declares itself, against the numbers that the text states, in each reading; who declared it stands beside. */
import {
  type ContingentView,
  formatDegrees,
  formatInstant,
  type PostRow,
  parseInstant,
  type StrengthDeclaration,
  type StrengthLine,
} from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readContingent } from "../../api/mission-endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { state } from "../../sign/statement.ts";
import { Badge, Button, Empty, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Mark, Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { shortInstant } from "../../url/view-state.ts";
import { useWords } from "../../words/use-words.tsx";
import { provisionName } from "../common/describe.ts";
import styles from "../watch/watch.module.css";
import { useAsked } from "./use-asked.ts";

export function ContingentTab() {
  const words = useWords();
  const { data, error } = useAsked("contingent", readContingent);
  if (error !== null) return <FaultNote error={error} />;
  if (data === undefined) return null;
  if (data.stated.length === 0) return <Empty title={words.say("mission.contingent.nothing")} />;
  return (
    <div className={styles.part}>
      <Note>{words.say("mission.contingent.meaning")}</Note>
      {data.declarations.length === 0 ? (
        <Empty title={words.say("mission.contingent.none")} hint={words.say("mission.contingent.noneHint")} />
      ) : null}
      {data.declarations.map((declaration) => (
        <Declaration key={`${declaration.provision} ${declaration.by}`} declaration={declaration} />
      ))}
      <h3>{words.say("mission.contingent.posts")}</h3>
      <Posts posts={data.posts} />
      <h3>{words.say("mission.contingent.rotations")}</h3>
      <Rotations view={data} />
      <DeclareStrength view={data} />
      <DeclarePost />
      <DeclareRotation view={data} />
    </div>
  );
}

function Declaration({ declaration }: { readonly declaration: StrengthDeclaration }) {
  const words = useWords();
  const { mission } = useCentre();
  const title = words.say("mission.contingent.declaredBy", { speaker: declaration.by });
  return (
    <section aria-label={title}>
      <h3>
        {provisionName(declaration.provision, mission, words)} · {title}
      </h3>
      <DataTable
        label={title}
        rows={declaration.lines}
        keyOf={(row) => row.what}
        columns={[
          { name: words.say("mission.column.what"), cell: (row) => row.what },
          {
            name: words.say("mission.contingent.declared"),
            numeric: true,
            cell: (row) => words.formats.number(row.declared),
          },
          {
            name: words.say("mission.contingent.stated"),
            numeric: true,
            cell: (row) => words.formats.number(row.readings[0]?.stated ?? 0),
          },
          { name: words.say("mission.contingent.asExact"), cell: (row) => <Reading line={row} reading="exact" /> },
          { name: words.say("mission.contingent.asCeiling"), cell: (row) => <Reading line={row} reading="ceiling" /> },
          { name: words.say("mission.contingent.counted"), cell: (row) => countedText(row, words) },
          { name: words.say("mission.column.signed"), cell: (row) => <Mark mark={row.mark} /> },
        ]}
      />
      {declaration.undeclared.length === 0 ? null : (
        <p>{words.say("mission.contingent.undeclared", { list: words.formats.list(declaration.undeclared) })}</p>
      )}
    </section>
  );
}

function Reading({ line, reading }: { readonly line: StrengthLine; readonly reading: "exact" | "ceiling" }) {
  const words = useWords();
  const verdict = line.readings.find((one) => one.reading === reading);
  if (verdict === undefined) return null;
  const difference = `${verdict.difference > 0 ? "+" : ""}${words.formats.number(verdict.difference)}`;
  return (
    <Badge tone={verdict.agrees ? "good" : "danger"}>
      {words.say(verdict.agrees ? "mission.contingent.agrees" : "mission.contingent.differs", { difference })}
    </Badge>
  );
}

function countedText(line: StrengthLine, words: Words): string {
  if (line.counted === "whole") return words.say("mission.contingent.whole");
  return words.formats.list(line.posts.map(({ post, number }) => `${post}: ${words.formats.number(number)}`));
}

function Posts({ posts }: { readonly posts: readonly PostRow[] }) {
  const words = useWords();
  if (posts.length === 0) return <Empty title={words.say("mission.contingent.noPosts")} />;
  return (
    <DataTable
      label={words.say("mission.contingent.posts")}
      rows={posts}
      keyOf={(row) => row.code}
      columns={[
        { name: words.say("mission.column.id"), cell: (row) => row.code },
        { name: words.say("mission.column.name"), cell: (row) => row.name },
        { name: words.say("mission.column.place"), cell: (row) => <Position lon={row.lon} lat={row.lat} /> },
        {
          name: words.say("console.zone.precision"),
          cell: (row) => words.say("console.plusMinus", { distance: words.formats.distance(row.uncertaintyMetres) }),
        },
        { name: words.say("mission.column.from"), cell: (row) => <Time at={row.from} /> },
        { name: words.say("mission.column.by"), cell: (row) => row.by },
        { name: words.say("mission.column.signed"), cell: (row) => <Mark mark={row.mark} /> },
      ]}
    />
  );
}

function Rotations({ view }: { readonly view: ContingentView }) {
  const words = useWords();
  if (view.rotations.length === 0) return <Empty title={words.say("mission.contingent.noRotations")} />;
  return (
    <DataTable
      label={words.say("mission.contingent.rotations")}
      rows={view.rotations}
      keyOf={(row) => row.id}
      columns={[
        { name: words.say("mission.column.when"), cell: (row) => <Time at={row.at} /> },
        { name: words.say("mission.column.what"), cell: (row) => row.what },
        { name: words.say("mission.contingent.left"), numeric: true, cell: (row) => words.formats.number(row.left) },
        { name: words.say("mission.contingent.came"), numeric: true, cell: (row) => words.formats.number(row.came) },
        { name: words.say("mission.column.by"), cell: (row) => row.by },
        { name: words.say("mission.column.note"), cell: (row) => row.note },
        { name: words.say("mission.column.signed"), cell: (row) => <Mark mark={row.mark} /> },
      ]}
    />
  );
}

/** States and asks again for what the screen shows. */
function useDeclaring() {
  const queries = useQueryClient();
  const act = useAct();
  const declare = async (statement: Parameters<typeof state>[0]): Promise<void> => {
    if (await act.run(() => state(statement))) await queries.invalidateQueries({ queryKey: ["mission", "contingent"] });
  };
  return { act, declare };
}

function DeclareStrength({ view }: { readonly view: ContingentView }) {
  const words = useWords();
  const { act, declare } = useDeclaring();
  const [provision, setProvision] = useState(view.stated[0]!.provision);
  const [by, setBy] = useState("");
  const [from, setFrom] = useState(() => shortInstant(Math.floor(centreNow() / 1e6) * 1e6));
  const [post, setPost] = useState("");
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>({});
  const stated = view.stated.find((one) => one.provision === provision)!;
  const since = parseInstant(from.trim());
  const counts = stated.strengths.flatMap(({ what }) =>
    /^\d{1,6}$/.test(numbers[what] ?? "") ? [{ what, number: Number(numbers[what]) }] : [],
  );
  const isWhole = since.ok && by.trim() !== "" && counts.length > 0;
  const send = async (): Promise<void> => {
    if (!isWhole || !since.ok) return;
    const place = post === "" ? {} : { post };
    await declare({
      kind: "strength.declared",
      body: { provision, by: by.trim(), from: formatInstant(since.value), ...place, counts, note: "" },
    });
  };
  return (
    <form
      className={styles.form}
      aria-label={words.say("mission.contingent.declareStrength")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SelectField
        label={words.say("console.finding.provision")}
        value={provision}
        choices={view.stated.map((one) => ({ value: one.provision, label: one.provision }))}
        onValue={setProvision}
      />
      <TextField
        label={words.say("mission.contingent.speaker")}
        hint={words.say("mission.codes")}
        value={by}
        maxLength={40}
        onValue={setBy}
      />
      <TextField label={words.say("mission.column.from")} value={from} onValue={setFrom} />
      <SelectField
        label={words.say("mission.contingent.post")}
        value={post}
        choices={[
          { value: "", label: words.say("mission.contingent.whole") },
          ...view.posts.map(({ code }) => ({ value: code, label: code })),
        ]}
        onValue={setPost}
      />
      {stated.strengths.map(({ what }) => (
        <TextField
          key={what}
          label={what}
          inputMode="numeric"
          value={numbers[what] ?? ""}
          onValue={(value) => setNumbers({ ...numbers, [what]: value.trim() })}
        />
      ))}
      <div className={styles.foot}>
        <Button look="primary" type="submit" disabled={!isWhole || act.pending}>
          {words.say("mission.contingent.declareStrength")}
        </Button>
        <FaultNote error={act.error} />
      </div>
    </form>
  );
}

function DeclarePost() {
  const words = useWords();
  const { act, declare } = useDeclaring();
  const [fields, setFields] = useState({ code: "", name: "", by: "", lon: "", lat: "", error: "500" });
  const change = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  const [lon, lat] = [Number(fields.lon), Number(fields.lat)];
  const isPlaced = fields.lon.trim() !== "" && fields.lat.trim() !== "" && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  const isWhole = isPlaced && fields.code.trim() !== "" && fields.name.trim() !== "" && fields.by.trim() !== "";
  const send = (): Promise<void> =>
    declare({
      kind: "post.declared",
      subject: fields.code.trim(),
      body: {
        name: fields.name.trim(),
        by: fields.by.trim(),
        place: {
          lon: formatDegrees(lon),
          lat: formatDegrees(lat),
          uncertaintyMetres: Math.round(Number(fields.error) || 0),
        },
        from: formatInstant(centreNow()),
      },
    });
  return (
    <form
      className={styles.form}
      aria-label={words.say("mission.contingent.declarePost")}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void send();
      }}
    >
      <TextField
        label={words.say("mission.contingent.postCode")}
        value={fields.code}
        maxLength={64}
        onValue={(code) => change({ code })}
      />
      <TextField
        label={words.say("mission.column.name")}
        value={fields.name}
        maxLength={120}
        onValue={(name) => change({ name })}
      />
      <TextField
        label={words.say("mission.contingent.speaker")}
        value={fields.by}
        maxLength={40}
        onValue={(by) => change({ by })}
      />
      <TextField
        label={words.say("mission.contingent.lon")}
        value={fields.lon}
        onValue={(value) => change({ lon: value })}
      />
      <TextField
        label={words.say("mission.contingent.lat")}
        value={fields.lat}
        onValue={(value) => change({ lat: value })}
      />
      <TextField
        label={words.say("mission.contingent.error")}
        value={fields.error}
        onValue={(error) => change({ error })}
      />
      <div className={styles.foot}>
        <Button look="primary" type="submit" disabled={!isWhole || act.pending}>
          {words.say("mission.contingent.declarePost")}
        </Button>
        <FaultNote error={act.error} />
      </div>
    </form>
  );
}

function DeclareRotation({ view }: { readonly view: ContingentView }) {
  const words = useWords();
  const { act, declare } = useDeclaring();
  const [what, setWhat] = useState(view.stated[0]!.strengths[0]!.what);
  const [fields, setFields] = useState({
    by: "",
    left: "",
    came: "",
    at: shortInstant(Math.floor(centreNow() / 1e6) * 1e6),
  });
  const change = (part: Partial<typeof fields>): void => setFields({ ...fields, ...part });
  const stated = view.stated.find(({ strengths }) => strengths.some((one) => one.what === what))!;
  const at = parseInstant(fields.at.trim());
  const isWhole = at.ok && fields.by.trim() !== "" && /^\d{1,6}$/.test(fields.left) && /^\d{1,6}$/.test(fields.came);
  const send = async (): Promise<void> => {
    if (!isWhole || !at.ok) return;
    const [left, came] = [Number(fields.left), Number(fields.came)];
    const body = {
      provision: stated.provision,
      by: fields.by.trim(),
      at: formatInstant(at.value),
      what,
      left,
      came,
      note: "",
    };
    await declare({ kind: "rotation.declared", body });
  };
  return (
    <form
      className={styles.form}
      aria-label={words.say("mission.contingent.declareRotation")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SelectField
        label={words.say("mission.column.what")}
        value={what}
        choices={view.stated.flatMap(({ strengths }) => strengths.map((one) => ({ value: one.what, label: one.what })))}
        onValue={setWhat}
      />
      <TextField
        label={words.say("mission.contingent.speaker")}
        value={fields.by}
        maxLength={40}
        onValue={(by) => change({ by })}
      />
      <TextField
        label={words.say("mission.column.when")}
        value={fields.at}
        onValue={(value) => change({ at: value })}
      />
      <TextField
        label={words.say("mission.contingent.left")}
        value={fields.left}
        onValue={(left) => change({ left })}
      />
      <TextField
        label={words.say("mission.contingent.came")}
        value={fields.came}
        onValue={(came) => change({ came })}
      />
      <div className={styles.foot}>
        <Button look="primary" type="submit" disabled={!isWhole || act.pending}>
          {words.say("mission.contingent.declareRotation")}
        </Button>
        <FaultNote error={act.error} />
      </div>
    </form>
  );
}
