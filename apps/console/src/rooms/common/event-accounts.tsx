/** One event by many means: the accounts of it, the one that the rule puts first, and which each component prefers. */
import type { EventAccount, EventRow, PreferenceRow } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { readAccounts, readAttachment } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { ActForm } from "../../forms/act-form.tsx";
import type { FormField } from "../../forms/form-body.ts";
import { useRows } from "../../rows/use-rows.ts";
import { Badge, LinkButton } from "../../ui/controls.tsx";
import { Mark, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { Facts } from "../../ui/panel.tsx";
import { useWords } from "../../words/use-words.tsx";
import styles from "./common-room.module.css";
import { countText } from "./describe.ts";

/** What others report shows after this time at the latest. */
const AGAIN_MILLISECONDS = 5_000;
const REASON: readonly FormField[] = [{ name: "reason", label: "ground.accounts.reason", as: "area", most: 2000 }];

const keyOf = (account: Pick<EventAccount, "kind" | "id">): string => `${account.kind}.${account.id}`;

export function EventAccountsCard({ event }: { readonly event: EventRow }) {
  const words = useWords();
  const preferences = useRows("preferences").rows.filter((row) => row.event === event.id);
  const { data, error } = useQuery({
    queryKey: ["accounts", event.id, event.version, preferences.length],
    queryFn: () => readAccounts(event.id),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MILLISECONDS,
  });
  const [opened, setOpened] = useState<string>();
  const accounts = data?.event === event.id ? data.accounts : [];
  const chosen = accounts.find((account) => keyOf(account) === opened);
  return (
    <section aria-label={words.say("ground.accounts")}>
      <h3>{words.say("ground.accounts")}</h3>
      <FaultNote error={error} />
      {accounts.length === 1 ? <p>{words.say("ground.accounts.alone")}</p> : null}
      {accounts.length < 2 ? null : (
        <>
          <p>
            {words.say(`ground.accounts.rule.${data!.rule}`)} {words.say("ground.accounts.hint")}
          </p>
          <AccountList
            accounts={accounts}
            event={event}
            opened={opened}
            onOpen={(account) => setOpened(keyOf(account))}
          />
        </>
      )}
      {preferences.map((preference) => (
        <Preferred key={preference.component} preference={preference} />
      ))}
      {chosen?.still === undefined ? null : <Still sha256={chosen.still.sha256} account={chosen} />}
      {chosen === undefined ? null : <Prefer event={event} account={chosen} onDone={() => setOpened(undefined)} />}
    </section>
  );
}

/** One under another: the panel beside the map is too narrow for a table of so many columns. */
function AccountList({
  accounts,
  event,
  opened,
  onOpen,
}: {
  readonly accounts: readonly EventAccount[];
  readonly event: EventRow;
  readonly opened: string | undefined;
  readonly onOpen: (account: EventAccount) => void;
}) {
  const words = useWords();
  return (
    <ul className={styles.accounts} aria-label={words.say("ground.accounts")}>
      {accounts.map((account) => {
        const isOpened = keyOf(account) === opened;
        return (
          <li key={keyOf(account)} data-selected={isOpened}>
            <LinkButton aria-current={isOpened ? "true" : undefined} onClick={() => onOpen(account)}>
              <AccountName account={account} first={account === accounts[0]} />
            </LinkButton>
            <Facts facts={factsOf(account, event, words)} />
          </li>
        );
      })}
    </ul>
  );
}

function factsOf(account: EventAccount, event: EventRow, words: Words): [string, ReactNode][] {
  const { formats } = words;
  const { departure } = account;
  return [
    [words.say("ground.accounts.when"), <Time key="t" at={account.at} />],
    [words.say("ground.accounts.where"), <Where key="w" account={account} />],
    [words.say("ground.accounts.counted"), countedText(account, event, words)],
    [words.say("ground.accounts.observations"), formats.number(account.observations, 0)],
    [
      words.say("ground.accounts.departure"),
      departure === undefined
        ? undefined
        : words.say("ground.accounts.deviations", {
            place: formats.number(departure.place, 1),
            time: formats.number(departure.time, 1),
          }),
    ],
    [words.say("ground.accounts.agrees"), words.say(account.agrees ? "console.yes" : "console.no")],
  ];
}

/** In its own unit; in the located event's beside it only where a rule of the mission says how. */
function countedText({ kind, count, converted }: EventAccount, { burst }: EventRow, words: Words): string | undefined {
  if (count === undefined) return undefined;
  const parts = [countText(count, words)];
  if (kind === "located" && burst.rounds > 1)
    parts.push(words.say("ground.accounts.ofBurst", { rounds: burst.rounds }));
  if (converted !== undefined)
    parts.push(words.say("ground.accounts.converted", { count: countText(converted, words), rule: converted.rule }));
  return parts.join(" · ");
}

function AccountName({ account, first }: { readonly account: EventAccount; readonly first: boolean }) {
  const words = useWords();
  const what = account.sight === undefined ? undefined : words.say(`ground.sight.${account.sight}`);
  const means = account.means.map((each) => words.sayCode("means", each)).join(", ");
  return (
    <>
      {words.say(`ground.kind.${account.kind}`)}
      {[what, means].map((each) => (each ? ` · ${each}` : ""))}
      {first ? ` · ${words.say("ground.accounts.first")}` : ""}
    </>
  );
}

function Where({ account: { lon, lat, ellipse, bearingDegrees } }: { readonly account: EventAccount }) {
  const words = useWords();
  const place = words.formats.position(lon, lat);
  if (ellipse !== undefined) return <>{`${place} ± ${words.formats.distance(ellipse.semiMajorMetres)}`}</>;
  if (bearingDegrees === undefined) return <>{place}</>;
  const bearing = words.formats.bearing((bearingDegrees * Math.PI) / 180);
  return <>{words.say("ground.accounts.direction", { place, bearing })}</>;
}

function Preferred({ preference: { component, kind, reason, mark } }: { readonly preference: PreferenceRow }) {
  const words = useWords();
  return (
    <div className={styles.badges}>
      <Badge>{`${words.say("ground.accounts.preferred", { component })}: ${words.say(`ground.kind.${kind}`)}`}</Badge>
      <span>{reason}</span>
      <Mark mark={mark} />
    </div>
  );
}

function Prefer({
  event,
  account,
  onDone,
}: {
  readonly event: EventRow;
  readonly account: EventAccount;
  readonly onDone: () => void;
}) {
  return (
    <ActForm
      key={keyOf(account)}
      name={`prefer-${event.id}-${keyOf(account)}`}
      heading="ground.accounts.prefer"
      send="ground.accounts.send"
      fields={REASON}
      act={{ kind: "account.preferred", subject: event.id, body: { kind: account.kind, id: account.id } }}
      onDone={onDone}
    />
  );
}

function Still({ sha256, account }: { readonly sha256: string; readonly account: EventAccount }) {
  const words = useWords();
  const { mission } = useCentre();
  const blob = useQuery({
    queryKey: ["attachment", sha256],
    queryFn: () => readAttachment(sha256),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (blob.data === undefined || account.still === undefined) return undefined;
    // The type is the one that the picture was checked against, whatever the answer's header says.
    const made = URL.createObjectURL(new Blob([blob.data], { type: account.still.mediaType }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob.data, account.still]);
  const name = mission.sources.find((source) => source.id === account.source)?.name ?? account.source ?? "";
  return address === undefined ? (
    <FaultNote error={blob.error} />
  ) : (
    <img className={styles.still} src={address} alt={words.say("ground.accounts.still", { source: name })} />
  );
}
