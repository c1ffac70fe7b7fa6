/** The one clock, always written: live, replay or fixed; what it means; and the slider over the histogram of what was observed. */
import { MICROSECONDS_PER_MINUTE, parseInstant } from "@openjmc/model";
import { useState } from "react";
import { ZoneChoice } from "../app/preferences.tsx";
import { useShortcut } from "../keys/shortcuts.ts";
import { connection } from "../live/live.ts";
import { useStore } from "../state/store.ts";
import { Badge, Button } from "../ui/controls.tsx";
import { shortInstant } from "../url/view-state.ts";
import { changeView, useView } from "../url/view-store.ts";
import { useWords } from "../words/use-words.tsx";
import { REPLAY_RATES, WINDOW_MINUTES } from "./clock.ts";
import styles from "./clock-bar.module.css";
import { centreSpeed, setClock, shownNow, stepClock, togglePlay, useShownTime } from "./clock-store.ts";
import { Timeline } from "./timeline.tsx";
import { useTimes } from "./use-times.ts";

const TONES = { live: "good", replay: "accent", fixed: "warning" } as const;

export function ClockBar() {
  const words = useWords();
  const view = useView();
  const at = useShownTime(500);
  const times = useTimes();
  const [minutes, setMinutes] = useState<number>(5);
  const [rate, setRate] = useState<number>(5);
  const window = minutes * MICROSECONDS_PER_MINUTE;
  useShortcut("Space", () => togglePlay(rate));
  useShortcut("ArrowLeft", () => stepClock(-window));
  useShortcut("ArrowRight", () => stepClock(window));
  useShortcut("KeyL", () => setClock({ mode: "live" }));
  const { mode } = view.clock;
  const { state } = useStore(connection);
  return (
    <section className={styles.bar} aria-label={words.say("console.clock")}>
      <div className={styles.now}>
        <Badge
          tone={mode === "live" && state === "lost" ? "danger" : TONES[mode]}
          title={words.say("console.clock.speed", { speed: centreSpeed() })}
        >
          {words.say(`console.clock.${mode}`)}
          {mode === "live" && centreSpeed() !== 1
            ? ` ${words.say("console.clock.times", { rate: centreSpeed() })}`
            : null}
        </Badge>
        <time className={styles.time} dateTime={shortInstant(Math.floor(at / 1e6) * 1e6)}>
          {times.dateTime(at)}
        </time>
      </div>
      <div className={styles.controls}>
        <Button
          onClick={() => stepClock(-window)}
          title={words.say("console.clock.back")}
          aria-label={words.say("console.clock.back")}
        >
          ◀
        </Button>
        <Button onClick={() => togglePlay(rate)} title={words.say("console.clock.playKey")}>
          {words.say(mode === "fixed" ? "console.clock.play" : "console.clock.stop")}
        </Button>
        <Button
          onClick={() => stepClock(window)}
          title={words.say("console.clock.forward")}
          aria-label={words.say("console.clock.forward")}
        >
          ▶
        </Button>
        <Button onClick={() => setClock({ mode: "live" })} aria-pressed={mode === "live"}>
          {words.say("console.clock.goLive")}
        </Button>
        <PasteTime />
        <Choice
          label={words.say("console.clock.window")}
          value={minutes}
          values={WINDOW_MINUTES}
          text={(value) => words.formats.duration(value * MICROSECONDS_PER_MINUTE)}
          onValue={setMinutes}
        />
        <Choice
          label={words.say("console.clock.rate")}
          value={rate}
          values={REPLAY_RATES}
          text={(value) => words.say("console.clock.times", { rate: value })}
          onValue={(next) => {
            setRate(next);
            if (mode === "replay") setClock({ mode: "replay", at: shownNow(), rate: next });
          }}
        />
        <select
          className={styles.choice}
          aria-label={words.say("console.clock.basis")}
          title={words.say("console.clock.basis")}
          value={view.basis}
          onChange={(event) =>
            changeView({ basis: event.target.value === "happened" ? "happened" : "known" }, "replace")
          }
        >
          <option value="known">{words.say("console.clock.basis.known")}</option>
          <option value="happened">{words.say("console.clock.basis.happened")}</option>
        </select>
        <ZoneChoice />
      </div>
      <Timeline window={window} />
    </section>
  );
}

function Choice({
  label,
  value,
  values,
  text,
  onValue,
}: {
  readonly label: string;
  readonly value: number;
  readonly values: readonly number[];
  readonly text: (value: number) => string;
  readonly onValue: (value: number) => void;
}) {
  return (
    <select
      className={styles.choice}
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => onValue(Number(event.target.value))}
    >
      {values.map((one) => (
        <option key={one} value={one}>
          {text(one)}
        </option>
      ))}
    </select>
  );
}

/** Takes a whole pasted or typed time; Enter goes there, Escape gives up. */
function PasteTime() {
  const words = useWords();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const go = (): void => {
    const at = parseInstant(text.trim());
    setWrong(!at.ok);
    if (!at.ok) return;
    setClock({ mode: "fixed", at: at.value });
    setText("");
  };
  return (
    <input
      className={styles.paste}
      value={text}
      placeholder={words.say("console.clock.paste")}
      aria-label={words.say("console.clock.paste")}
      aria-invalid={wrong}
      title={words.say("console.clock.pasteForm", { example: "2021-03-01T03:40:00Z" })}
      onChange={(event) => {
        setText(event.target.value);
        setWrong(false);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") go();
        if (event.key === "Escape") setText("");
      }}
    />
  );
}
