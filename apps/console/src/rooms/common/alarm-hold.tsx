/** Keeping an alarm quiet: proposed by one component, signed or refused by the other, brought back by either alone. */
import {
  ALARM_HOLD_CAUSES,
  ALARM_HOLD_MODES,
  type AlarmHoldRow,
  type AlertRow,
  formatInstant,
  holdStands,
  isHeldBy,
  MICROSECONDS_PER_HOUR,
  SHELVE_MOST_HOURS,
} from "@openjmc/model";
import { useState } from "react";
import { useCentre } from "../../centre/use-centre.ts";
import { centreNow, useShownTime } from "../../clock/clock-store.ts";
import { useTimes } from "../../clock/use-times.ts";
import { ActForm } from "../../forms/act-form.tsx";
import { DissentFromProposal, WithdrawProposal } from "../../forms/answer-proposal.tsx";
import { useChoices } from "../../forms/use-choices.ts";
import { useFreshRows } from "../../rows/use-rows.ts";
import { useOfficer } from "../../session/session.ts";
import { SignAct } from "../../sign/sign-act.tsx";
import type { Act } from "../../sign/statement.ts";
import { Badge, Button } from "../../ui/controls.tsx";
import { Mark } from "../../ui/facts-of.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Words } from "../desk/replies.tsx";
import styles from "./common-room.module.css";
import { ruleName, zoneName } from "./describe.ts";

/** What keeps an alert's alarm quiet or is proposed to, and the form that proposes it. */
export function AlarmHolds({ alert }: { readonly alert: AlertRow }) {
  const now = useShownTime(10_000);
  const holds = useFreshRows("holds").rows.filter(
    (hold) => isHeldBy(alert, hold) && (hold.state === "proposed" || holdStands(hold, now)),
  );
  const source = alert.subject.kind === "source" ? alert.subject.id : undefined;
  const mayPropose = holds.length === 0 && alert.state !== "dismissed" && (source ?? alert.zone) !== undefined;
  return (
    <>
      {holds.map((hold) => (
        <HoldCard key={hold.id} hold={hold} />
      ))}
      {mayPropose ? <Propose alert={alert} about={source === undefined ? { zone: alert.zone } : { source }} /> : null}
    </>
  );
}

/** One hold with what is left to do about it. */
export function HoldCard({ hold }: { readonly hold: AlarmHoldRow }) {
  const words = useWords();
  const times = useTimes();
  const { mission } = useCentre();
  const { body, state, until, deadline } = hold;
  const rule = ruleName(body.rule, mission, words);
  const about =
    body.source === undefined
      ? words.say("alarms.aboutZone", { rule, zone: zoneName(body.zone, mission, words) })
      : words.say("alarms.aboutSource", { rule, source: body.source });
  const end =
    until === undefined ? words.say("alarms.noEnd") : words.say("alarms.until", { time: times.dateTime(until) });
  return (
    <section className={styles.hold} aria-label={about}>
      <strong>{about}</strong>
      <div className={styles.badges}>
        <Badge tone="warning">{words.sayCode("alarmHoldMode", body.mode)}</Badge>
        <Badge>{words.sayCode("alarmHoldState", state)}</Badge>
        <Badge>{words.sayCode("alarmHoldCause", body.cause)}</Badge>
      </div>
      <p className={styles.itemMore}>
        {end}
        {state === "proposed" ? ` · ${words.say("alarms.waiting", { time: times.dateTime(deadline) })}` : ""}
      </p>
      <Words text={body.reason} />
      <Mark mark={hold.proposed} />
      {hold.countersigned === undefined ? null : <Mark mark={hold.countersigned} />}
      {state === "proposed" ? <Answer hold={hold} title={about} /> : null}
      {state === "joint" ? <Restore hold={hold} /> : null}
    </section>
  );
}

function Answer({ hold, title }: { readonly hold: AlarmHoldRow; readonly title: string }) {
  const words = useWords();
  const officer = useOfficer();
  const [signing, setSigning] = useState(false);
  const { id, revision, statement, body, proposed } = hold;
  const proposal = { subject: id, revision, statement };
  if (proposed.component === officer.component)
    return <WithdrawProposal name={`hold-withdrawn-${id}`} proposal={proposal} />;
  return (
    <>
      <Button look="primary" onClick={() => setSigning(true)}>
        {words.say("alarms.sign")}
      </Button>
      {signing ? (
        <SignAct
          title={title}
          act={{ ...{ id, kind: "alarm.held", statement, state: "proposed", signedBy: [proposed] }, body }}
          onClose={() => setSigning(false)}
        />
      ) : null}
      <DissentFromProposal name={`hold-dissent-${id}`} proposal={proposal} />
    </>
  );
}

function Restore({ hold }: { readonly hold: AlarmHoldRow }) {
  const words = useWords();
  return (
    <details>
      <summary>{words.say("alarms.restore")}</summary>
      <p>{words.say("alarms.restoreHint")}</p>
      <ActForm
        name={`hold-restored-${hold.id}`}
        heading="alarms.restore"
        send="alarms.restore"
        act={{ kind: "alarm.restored", subject: hold.id }}
        fields={[{ name: "reason", label: "alarms.reason", as: "area", most: 2000 }]}
      />
    </details>
  );
}

function Propose({ alert, about }: { readonly alert: AlertRow; readonly about: object }) {
  const words = useWords();
  const choices = useChoices();
  const { mission } = useCentre();
  const most = mission.alarms?.shelveMostHours ?? SHELVE_MOST_HOURS;
  return (
    <details>
      <summary>{words.say("alarms.hold")}</summary>
      <p>{words.say("alarms.holdHint")}</p>
      <ActForm
        name={`hold-${alert.id}`}
        heading="alarms.hold"
        send="alarms.propose"
        act={{ kind: "alarm.held", body: { rule: alert.rule, ...about } }}
        first={{ mode: "shelved", hours: "1", deadline: "1" }}
        finish={timed}
        fields={[
          {
            name: "mode",
            label: "alarms.mode",
            as: "choice",
            choices: choices.codes("alarmHoldMode", ALARM_HOLD_MODES),
          },
          { name: "hours", label: "alarms.hours", as: "number", least: 1, most },
          {
            name: "cause",
            label: "alarms.cause",
            as: "choice",
            choices: choices.codes("alarmHoldCause", ALARM_HOLD_CAUSES),
          },
          { name: "reason", label: "alarms.reason", as: "area", most: 2000 },
          { name: "deadline", label: "alarms.answerHours", as: "hours" },
        ]}
      />
    </details>
  );
}

/** Hours become the time at which it comes back; what is put out of service has none. */
function timed(act: Act): Act {
  const { hours, ...body } = act.body as { readonly hours: number; readonly mode: string };
  if (body.mode === "out-of-service") return { ...act, body };
  return { ...act, body: { ...body, until: formatInstant(centreNow() + hours * MICROSECONDS_PER_HOUR) } };
}
