/** The contingent as it declares itself, against the numbers that the text states, in each reading; who declared it stands beside. */
import type { ContingentView, PostRow, StrengthDeclaration, StrengthLine } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { readContingent } from "../../api/mission-endpoints.ts";
import { nameIn, toldIn, useCentre } from "../../centre/use-centre.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge, Empty, Note } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Mark, Position, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { useWords } from "../../words/use-words.tsx";
import { provisionName } from "../common/describe.ts";
import styles from "../watch/watch.module.css";
import { DeclareForms } from "./declare-forms.tsx";
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
        <Declaration
          key={`${declaration.provision} ${declaration.by}`}
          declaration={declaration}
          countedAs={(what) => countedAs(data, what, words)}
        />
      ))}
      <h3>{words.say("mission.contingent.posts")}</h3>
      <Posts posts={data.posts} />
      <h3>{words.say("mission.contingent.rotations")}</h3>
      <Rotations view={data} countedAs={(what) => countedAs(data, what, words)} />
      <Filed view={data} />
      <DeclareForms view={data} />
    </div>
  );
}

/** What is counted, in the reader's language where the mission names it so. */
function countedAs({ stated }: ContingentView, what: string, words: Words): string {
  const found = stated.flatMap(({ strengths }) => strengths).find((one) => one.what === what);
  return nameIn(found?.names, words.locale) || what;
}

interface DeclarationProps {
  readonly declaration: StrengthDeclaration;
  readonly countedAs: (what: string) => string;
}

function Declaration({ declaration, countedAs: named }: DeclarationProps) {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  const title = words.say("mission.contingent.declaredBy", { speaker: nameOf(declaration.by) });
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
          { name: words.say("mission.column.what"), cell: (row) => named(row.what) },
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
        <p>
          {words.say("mission.contingent.undeclared", { list: words.formats.list(declaration.undeclared.map(named)) })}
        </p>
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
  const { nameOf } = useChoices();
  if (posts.length === 0) return <Empty title={words.say("mission.contingent.noPosts")} />;
  return (
    <DataTable
      label={words.say("mission.contingent.posts")}
      rows={posts}
      keyOf={(row) => row.code}
      columns={[
        { name: words.say("mission.contingent.postCode"), cell: (row) => row.code },
        { name: words.say("mission.column.name"), cell: (row) => row.name },
        { name: words.say("mission.column.place"), cell: (row) => <Position lon={row.lon} lat={row.lat} /> },
        {
          name: words.say("mission.contingent.unsure"),
          cell: (row) => words.say("console.plusMinus", { distance: words.formats.distance(row.uncertaintyMetres) }),
        },
        { name: words.say("mission.column.from"), cell: (row) => <Time at={row.from} /> },
        { name: words.say("mission.column.by"), cell: (row) => nameOf(row.by) },
        { name: words.say("mission.column.signed"), cell: (row) => <Mark mark={row.mark} /> },
      ]}
    />
  );
}

/** What the mission's own files say of posts: known ones, and numbers that somebody stated. */
function Filed({ view: { filed } }: { readonly view: ContingentView }) {
  const words = useWords();
  const { nameOf } = useChoices();
  if (filed.posts.length + filed.counts.length === 0) return null;
  return (
    <>
      <h4>{words.say("mission.contingent.filed")}</h4>
      <ul>
        {filed.counts.map(({ by, number, on, note }) => (
          <li key={`${by} ${on}`}>
            {words.say("mission.contingent.filedCount", { by: nameOf(by), number, on })}
            {note === undefined ? "" : ` ${toldIn(note, words.locale)}`}
          </li>
        ))}
        {filed.posts.map(({ code, names, by, from, until, note }) => (
          <li key={code}>
            {`${nameIn(names, words.locale)} · ${nameOf(by)}${from === undefined ? "" : ` · ${from} – ${until ?? ""}`}`}
            {note === undefined ? "" : ` · ${toldIn(note, words.locale)}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Rotations({
  view,
  countedAs: named,
}: { readonly view: ContingentView } & Pick<DeclarationProps, "countedAs">) {
  const words = useWords();
  const { nameOf } = useChoices();
  if (view.rotations.length === 0) return <Empty title={words.say("mission.contingent.noRotations")} />;
  return (
    <DataTable
      label={words.say("mission.contingent.rotations")}
      rows={view.rotations}
      keyOf={(row) => row.id}
      columns={[
        { name: words.say("mission.column.when"), cell: (row) => <Time at={row.at} /> },
        { name: words.say("mission.column.what"), cell: (row) => named(row.what) },
        { name: words.say("mission.contingent.left"), numeric: true, cell: (row) => words.formats.number(row.left) },
        { name: words.say("mission.contingent.came"), numeric: true, cell: (row) => words.formats.number(row.came) },
        { name: words.say("mission.column.by"), cell: (row) => nameOf(row.by) },
        { name: words.say("mission.column.note"), cell: (row) => row.note },
        { name: words.say("mission.column.signed"), cell: (row) => <Mark mark={row.mark} /> },
      ]}
    />
  );
}
