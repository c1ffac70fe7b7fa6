/** `exercise/exercise.yaml`: when and where the fictional exercise takes place. */
import { list, record, type ShapeType, text, whole, word } from "../shape/shape.ts";
import { code, latitude, longitude, moment, names } from "./common.ts";

export const exerciseFile = record("an exercise", {
  names,
  startsAt: moment,
  episodeSeconds: whole("length of one episode; episodes follow one another", 60),
  area: record("box in which the scenario plays", {
    west: longitude,
    south: latitude,
    east: longitude,
    north: latitude,
  }),
  watermark: text("word on every screen and page"),
  officers: list(
    record("a demonstration officer", {
      id: code,
      component: code,
      roles: list(
        word(["duty-officer", "head-of-component", "deputy-head", "liaison-officer", "analyst", "engineer"]),
        "roles",
        1,
      ),
    }),
    "demonstration officers",
    2,
  ),
});
export type ExerciseFile = ShapeType<typeof exerciseFile>;
