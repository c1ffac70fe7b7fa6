/** Taking down what somebody declares of a contingent: strength, posts, rotations. Who declares it is chosen, never typed. */
import { type ContingentView, formatInstant } from "@openjmc/model";
import { useQueryClient } from "@tanstack/react-query";
import { nameIn, useCentre } from "../../centre/use-centre.ts";
import { centreNow } from "../../clock/clock-store.ts";
import { ActForm } from "../../forms/act-form.tsx";
import type { FormField } from "../../forms/form-body.ts";
import { type Choices, useChoices } from "../../forms/use-choices.ts";
import type { Act } from "../../sign/statement.ts";
import { useWords } from "../../words/use-words.tsx";
import { provisionName } from "../common/describe.ts";

type Stated = ContingentView["stated"][number];

export function DeclareForms({ view }: { readonly view: ContingentView }) {
  const words = useWords();
  const choices = useChoices();
  const queries = useQueryClient();
  const again = (): void => void queries.invalidateQueries({ queryKey: ["mission", "contingent"] });
  return (
    <>
      {view.stated.map((stated) => (
        <DeclareStrength key={stated.provision} stated={stated} view={view} onDone={again} />
      ))}
      <h3>{words.say("mission.contingent.declarePost")}</h3>
      <ActForm
        name="post"
        heading="mission.contingent.declarePost"
        send="mission.contingent.declarePost"
        act={{ kind: "post.declared" }}
        fields={[
          { name: "code", label: "mission.contingent.postCode", as: "text", most: 64 },
          { name: "name", label: "mission.column.name", as: "text", most: 100 },
          speaker(choices),
          { name: "place", label: "mission.column.place", as: "place" },
        ]}
        finish={asPost}
        onDone={again}
      />
      {view.stated.map((stated) => (
        <DeclareRotation key={stated.provision} stated={stated} onDone={again} />
      ))}
    </>
  );
}

const speaker = (choices: Choices): FormField => ({
  ...{ name: "by", label: "mission.contingent.speaker", as: "choice" },
  choices: choices.speakers,
});

interface StatedProps {
  readonly stated: Stated;
  readonly onDone: () => void;
}

function DeclareStrength({ stated, view, onDone }: StatedProps & { readonly view: ContingentView }) {
  const words = useWords();
  const choices = useChoices();
  const { mission } = useCentre();
  const { provision, strengths } = stated;
  return (
    <section aria-label={provisionName(provision, mission, words)}>
      <h3>{words.say("mission.contingent.declareStrength")}</h3>
      <ActForm
        name={`strength-${provision.replaceAll("/", ".")}`}
        heading="mission.contingent.declareStrength"
        send="mission.contingent.declareStrength"
        act={{ kind: "strength.declared", body: { provision, note: "" } }}
        fields={[
          speaker(choices),
          { name: "from", label: "mission.column.from", as: "instant" },
          {
            ...{ name: "post", label: "mission.contingent.post", as: "choice", optional: true },
            choices: view.posts.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
          },
          ...strengths.map(
            ({ what, names }, index): FormField => ({
              ...{ name: `counts.${index}`, label: "mission.column.count", optional: true },
              named: nameIn(names, words.locale) || what,
              ...{ as: "number", least: 0, most: 1_000_000 },
            }),
          ),
        ]}
        finish={(act) => withCounts(act, stated)}
        onDone={onDone}
      />
    </section>
  );
}

/** What was not typed is not declared; that is not zero. */
function withCounts(act: Act, { strengths }: Stated): Act {
  const { counts = {}, ...body } = act.body as { readonly counts?: Readonly<Record<string, number>> };
  const told = strengths.flatMap(({ what }, index) => {
    const number = counts[String(index)];
    return number === undefined ? [] : [{ what, number }];
  });
  return { ...act, body: { ...body, counts: told } };
}

/** A post is known by a code that people can say; it stands from the time of the statement. */
function asPost(act: Act): Act {
  const { code, ...body } = act.body as { readonly code: string };
  return { ...act, subject: code, body: { ...body, from: formatInstant(centreNow()) } };
}

function DeclareRotation({ stated, onDone }: StatedProps) {
  const words = useWords();
  const choices = useChoices();
  const { provision, strengths } = stated;
  const number = { as: "number", least: 0, most: 1_000_000 } as const;
  return (
    <>
      <h3>{words.say("mission.contingent.declareRotation")}</h3>
      <ActForm
        name={`rotation-${provision.replaceAll("/", ".")}`}
        heading="mission.contingent.declareRotation"
        send="mission.contingent.declareRotation"
        act={{ kind: "rotation.declared", body: { provision, note: "" } }}
        fields={[
          {
            ...{ name: "what", label: "mission.column.what", as: "choice" },
            choices: strengths.map(({ what, names }) => ({ value: what, label: nameIn(names, words.locale) || what })),
          },
          speaker(choices),
          { name: "at", label: "mission.column.when", as: "instant" },
          { name: "left", label: "mission.contingent.left", ...number },
          { name: "came", label: "mission.contingent.came", ...number },
        ]}
        onDone={onDone}
      />
    </>
  );
}
