/** The course of an allegation: its clock, what was asked and answered, and how it ended. */
import { type AllegationRow, clocksOf, dueOf } from "@openjmc/model";
import { useAct } from "../../acts/use-act.ts";
import { readAttachment } from "../../api/endpoints.ts";
import { useCentre } from "../../centre/use-centre.ts";
import { useShownTime } from "../../clock/clock-store.ts";
import { useChoices } from "../../forms/use-choices.ts";
import { Badge, LinkButton } from "../../ui/controls.tsx";
import { Mark, Time } from "../../ui/facts-of.tsx";
import { FaultNote } from "../../ui/fault-note.tsx";
import { saveBlob } from "../../ui/save-blob.ts";
import { openRoom } from "../../url/view-store.ts";
import { useWords } from "../../words/use-words.tsx";
import { Replies } from "../desk/replies.tsx";
import { CustodyStepText } from "../incidents/custody.tsx";
import styles from "../sightings/sightings.module.css";

/** Which clock runs, and whether it has run out. */
export function AllegationClockBadge({ row }: { readonly row: AllegationRow }) {
  const words = useWords();
  const now = useShownTime(5000);
  const { mission } = useCentre();
  if (row.outcome !== undefined) return <Badge>{words.sayCode("allegationOutcome", row.outcome)}</Badge>;
  const at = dueOf(row, clocksOf(mission));
  if (row.due === undefined || at === undefined) return null;
  const clock = words.sayCode("allegationClock", row.due.clock);
  return at < now ? (
    <Badge tone="danger">{words.say("desk.allegation.overdue", { clock })}</Badge>
  ) : (
    <Badge tone="neutral">{words.say("desk.allegation.runs", { clock, rest: words.formats.duration(at - now) })}</Badge>
  );
}

/** What the parties handed in, as it came; who opens it is told to both components. */
function HandedIn({ row }: { readonly row: AllegationRow }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const act = useAct();
  return (
    <>
      {row.files?.map(({ by, file, name, bytes, custody, mark }) => (
        <div key={mark.statement}>
          {words.say("desk.files.by", { party: nameOf(by) })}{" "}
          <LinkButton onClick={() => void act.run(async () => saveBlob(await readAttachment(file), name))}>
            {name}
          </LinkButton>{" "}
          {words.formats.bytes(bytes)} <code title={file}>{file.slice(0, 12)}</code>
          <div>
            <CustodyStepText step={{ step: "obtained", ...custody, mark }} />
          </div>
        </div>
      ))}
      <FaultNote error={act.error} />
    </>
  );
}

export function AllegationCourse({ row }: { readonly row: AllegationRow }) {
  const words = useWords();
  const { nameOf } = useChoices();
  const { admitted, duplicateOf, withdrawn } = row;
  return (
    <>
      <div className={styles.acts}>
        <AllegationClockBadge row={row} />
      </div>
      {row.completed?.map((mark) => (
        <p key={mark.index}>
          {words.say("desk.allegation.completed")} <Mark mark={mark} />
        </p>
      ))}
      <HandedIn row={row} />
      <Replies
        replies={[
          ...(row.asked ?? []).map(({ what, until, mark }) => ({
            ...{ text: what, mark },
            head: (
              <>
                {words.say("desk.allegation.asked")} <Time at={until} />
              </>
            ),
          })),
          ...(admitted === undefined
            ? []
            : [{ head: words.say("codes.allegationState.admitted"), text: admitted.note, mark: admitted.mark }]),
          ...(row.answers ?? []).map(({ by, position, text, language, mark }) => ({
            ...{ text, language, mark },
            head: words.say("desk.allegation.answered", {
              by: nameOf(by),
              position: words.sayCode("answerPosition", position),
            }),
          })),
          ...(withdrawn === undefined
            ? []
            : [
                {
                  head: words.sayCode("allegationOutcome", "withdrawn"),
                  text: withdrawn.reason,
                  mark: withdrawn.mark,
                },
              ]),
          ...(duplicateOf === undefined
            ? []
            : [
                {
                  head: (
                    <LinkButton onClick={() => openRoom("allegations", duplicateOf.id)}>
                      {words.sayCode("allegationOutcome", "duplicate")}
                    </LinkButton>
                  ),
                  text: duplicateOf.reason,
                  mark: duplicateOf.mark,
                },
              ]),
        ]}
      />
    </>
  );
}
