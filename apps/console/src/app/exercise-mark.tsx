/** The mark that no screen of an exercise is without. */
import { useWords } from "../words/use-words.tsx";
import styles from "./app.module.css";

export function ExerciseMark() {
  const words = useWords();
  const word = words.say("console.exercise");
  return (
    <>
      <section className={styles.exerciseBand} aria-label={word}>
        <strong>{word}</strong> · {words.say("console.exerciseMeaning")}
      </section>
      <div className={styles.exerciseWater} data-word={word} aria-hidden="true" />
    </>
  );
}
