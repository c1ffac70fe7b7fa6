/** `posts.yaml`: posts of the contingent and of the centre, as far as they are publicly known. */
import { either, list, record, type ShapeType, whole } from "../shape/shape.ts";
import { code, day, names, position, told, unknown } from "./common.ts";

export const postsFile = record("posts", {
  posts: list(
    record(
      "a post",
      { code, names, by: code, position: either("where it stands, or unknown", position, unknown) },
      {
        uncertaintyMetres: whole("how far the position may be wrong", 0),
        from: day,
        until: day,
        reference: code,
        note: told("what must be said about it"),
      },
    ),
  ),
  counts: list(
    record(
      "a number of posts that somebody stated",
      { by: code, number: whole("how many", 0), on: day },
      { reference: code, note: told("what must be said about it") },
    ),
  ),
});
export type PostsFile = ShapeType<typeof postsFile>;
