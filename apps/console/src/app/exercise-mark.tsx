/** The mark that no screen of an exercise is without. */
import { useWords } from "../words/use-words.tsx";
import styles from "./app.module.css";

export function ExerciseMark() {
  const words = useWords();
  const word = words.say("console.exercise");
  return (
    <>
      <div className={styles.exerciseBand} role="note">
        <strong>{word}</strong> · {words.say("console.exerciseMeaning")}
      </div>
      <div className={styles.exerciseWater} aria-hidden="true">
        {word}
      </div>
    </>
  );
}
