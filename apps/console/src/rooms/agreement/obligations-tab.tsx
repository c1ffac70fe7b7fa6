/** What is owed at the time that the clock shows: by text, by amendment, in each reading, with the facts that count. */
import type {
  Instant,
  ObligationEvidence,
  ObligationReadingView,
  ObligationVariantView,
  ObligationView,
  TermView,
} from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import { readAgreement, readAgreementCalendar } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { Button, Empty } from "../../ui/controls.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { useView } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { instrumentName, provisionName } from "../common/describe.ts";
import styles from "./agreement.module.css";
import { History } from "./history.tsx";
import { ByState, States, termText } from "./obligation-states.tsx";
import { StateFact } from "./state-fact.tsx";
import { WhatIf } from "./what-if.tsx";

/** Obligations turn on days: the table follows the clock by the minute. */
const MINUTE_MILLISECONDS = 60_000;
const MINUTE = 60_000_000;
/** What others record shows after this time at the latest. */
const AGAIN_MILLISECONDS = 15_000;

export function ObligationsTab() {
  const words = useWords();
  const { clock, basis } = useView();
  const at = Math.floor(useShownTime(MINUTE_MILLISECONDS) / MINUTE) * MINUTE;
  const known = clock.mode === "live" || basis === "happened" ? undefined : at;
  const { data, error } = useQuery({
    queryKey: ["agreement", at, known],
    queryFn: () => readAgreement(at, known),
    placeholderData: (before) => before,
    refetchInterval: clock.mode === "live" ? AGAIN_MILLISECONDS : false,
  });
  const [chosen, setChosen] = useState<string>();
  if (error !== null) return <FaultNote error={error} />;
  if (data === undefined) return null;
  return (
    <div className={styles.obligations}>
      <div>
        <ObligationTable obligations={data.obligations} chosen={chosen} onChoose={setChosen} />
        <h3>{words.say("console.agreement.terms")}</h3>
        <TermTable terms={data.terms} />
      </div>
      <aside aria-label={words.say("console.agreement.chosen")}>
        <Chosen obligation={data.obligations.find((one) => one.provision === chosen)} at={at} known={known} />
        <WhatIf
          amendments={[
            ...new Set(
              data.obligations.flatMap(({ variants }) => variants.flatMap(({ amendment }) => amendment?.id ?? [])),
            ),
          ]}
          instruments={[...new Set(data.terms.map(({ instrument }) => instrument))]}
        />
        <CalendarButton />
      </aside>
    </div>
  );
}

function ObligationTable({
  obligations,
  chosen,
  onChoose,
}: {
  readonly obligations: readonly ObligationView[];
  readonly chosen: string | undefined;
  readonly onChoose: (provision: string) => void;
}) {
  const words = useWords();
  const { mission } = useCentre();
  return (
    <DataTable
      label={words.say("console.agreement.obligations")}
      rows={obligations}
      keyOf={(row) => row.provision}
      selected={chosen}
      onOpen={(row) => onChoose(row.provision)}
      columns={[
        {
          name: words.say("console.agreement.obligation"),
          cell: (row) => provisionName(row.provision, mission, words),
        },
        { name: words.say("console.agreement.underText"), cell: (row) => <States of={row.variants[0]} /> },
        {
          name: words.say("console.agreement.underAmendment"),
          cell: (row) => row.variants.slice(1).map((variant) => <States key={variant.amendment?.id} of={variant} />),
        },
        { name: words.say("console.agreement.turnsOn"), cell: (row) => flipsOf(row, words) },
      ]}
    />
  );
}

function flipsOf(obligation: ObligationView, words: Words): string {
  return words.formats.list(obligation.flipsOn.map((cause) => words.sayCode("flip", cause)));
}

interface ChosenProps {
  readonly obligation: ObligationView | undefined;
  readonly at: Instant;
  readonly known: Instant | undefined;
}

function Chosen({ obligation, at, known }: ChosenProps) {
  const words = useWords();
  const { mission } = useCentre();
  const { nameOf } = useChoices();
  if (obligation === undefined) return <Empty title={words.say("console.agreement.choose")} />;
  return (
    <>
      <h3>{provisionName(obligation.provision, mission, words)}</h3>
      {obligation.variants.map((variant) => (
        <Variant key={variant.amendment?.id ?? "text"} variant={variant} />
      ))}
      <ByState obligation={obligation} />
      <h4>{words.say("console.agreement.evidence")}</h4>
      {obligation.evidence.length === 0 ? <p>{words.say("console.agreement.noEvidence")}</p> : null}
      <ul>
        {obligation.evidence.map((fact) => (
          <li key={fact.id}>
            {words.sayCode("fact", fact.kind)} · {nameOf(fact.by)} · <Occurred fact={fact} />
          </li>
        ))}
      </ul>
      <History provision={obligation.provision} at={at} known={known} />
      <StateFact key={obligation.provision} provision={obligation.provision} />
    </>
  );
}

/** A day where only the day was stated: its middle would look like knowledge. */
function Occurred({ fact }: { readonly fact: ObligationEvidence }) {
  const words = useWords();
  const { mission } = useCentre();
  if ((fact.clockError ?? 0) < 6 * 60 * MINUTE) return <Time at={fact.occurredAt} />;
  return words.formats.date(fact.occurredAt, { timeZone: mission.timeZone });
}

export function Variant({ variant }: { readonly variant: ObligationVariantView }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const { amendment } = variant;
  const title =
    amendment === undefined
      ? words.say("console.agreement.underText")
      : words.say("agreement.status.amended", { amendment: amendment.id, accepted: String(amendment.isAccepted) });
  const consents = Object.entries(amendment?.consents ?? {}).map(
    ([who, consent]) => `${nameOf(who)}: ${words.sayCode("consent", consent)}`,
  );
  return (
    <>
      <h4>{title}</h4>
      {consents.length === 0 ? null : <p>{words.formats.list(consents)}</p>}
      {variant.readings.every((reading) => reading.deadline === undefined) ? <States of={variant} /> : null}
      <Facts facts={variant.readings.flatMap((reading) => readingFact(reading, words))} />
    </>
  );
}

function readingFact(reading: ObligationReadingView, words: Words): (readonly [string, React.ReactNode])[] {
  if (reading.deadline === undefined) return [];
  const { day, inclusive, timeZone } = reading.deadline;
  const when = words.say("agreement.status.deadline", { day, inclusive: String(inclusive), zone: timeZone });
  const { slack } = reading;
  const left =
    slack === undefined
      ? ""
      : words.say("agreement.status.slack", {
          length: words.formats.duration(Math.abs(slack)),
          late: String(slack < 0),
        });
  return [
    [
      when,
      <>
        <States of={reading} /> {left}
      </>,
    ],
  ];
}

/** Readings that come to the same stand in one row. */
function TermTable({ terms }: { readonly terms: readonly TermView[] }) {
  const words = useWords();
  const { mission } = useCentre();
  const groups = [...Map.groupBy(terms, (term) => `${term.instrument} ${termText(term, words)}`)];
  return (
    <DataTable
      label={words.say("console.agreement.terms")}
      rows={groups}
      keyOf={([key]) => key}
      columns={[
        {
          name: words.say("console.agreement.instrument"),
          cell: ([, [first]]) => instrumentName(first!.instrument, mission, words),
        },
        {
          name: words.say("console.agreement.reading"),
          cell: ([, same]) => (
            <ul className={styles.readings}>
              {same
                .map(({ reading }) => readingText(reading, words))
                .map((line) => (
                  <li key={line}>{line}</li>
                ))}
            </ul>
          ),
        },
        { name: words.say("console.agreement.stands"), cell: ([, [first]]) => termText(first!, words) },
      ]}
    />
  );
}

const readingText = ({ counted, renewal, noticeBy }: TermView["reading"], words: Words): string =>
  words.formats.list([counted, renewal, noticeBy].map((code) => words.sayCode("termReading", code)));

function CalendarButton() {
  const words = useWords();
  const act = useAct();
  const save = async (): Promise<void> => {
    await act.run(async () => saveBlob(await (await readAgreementCalendar(words.locale)).blob(), "agreement.ics"));
  };
  return (
    <>
      <Button onClick={() => void save()} disabled={act.pending}>
        {words.say("console.agreement.calendar")}
      </Button>
      <FaultNote error={act.error} />
    </>
  );
}
