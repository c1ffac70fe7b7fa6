/** What was declared of a contingent, valid at an instant, as known at an instant, against what the text states. */
import { type InstrumentFile, judgeStrength, type Mission, type ProvisionEntry } from "@openjmc/agreement";
import type { ContingentView, FiledPost, Instant, PostRow, StrengthDeclaration, StrengthLine } from "@openjmc/model";
import type { DeskState } from "../state.ts";
import type { RecordedStrength } from "./state.ts";

export function contingentView(
  state: DeskState,
  instruments: readonly Pick<InstrumentFile, "provisions">[],
  at: Instant,
  known: Instant = Number.MAX_SAFE_INTEGER,
  files: Mission["posts"] = { posts: [], counts: [] },
): ContingentView {
  const { contingent } = state;
  const stating = instruments.flatMap(({ provisions }) => provisions.filter(({ strengths }) => strengths?.length));
  const valid = contingent.strengths.filter(
    ({ from, until, mark }) => from <= at && at < until && mark.recordedAt <= known,
  );
  return {
    at,
    known,
    stated: stating.map(({ id, strengths }) => ({
      provision: id,
      strengths: strengths!.map(({ what, names, number, readings }) => ({
        ...{ what, number, readings },
        ...(names === undefined ? {} : { names }),
      })),
    })),
    declarations: stating.flatMap((provision) => declarationsOn(provision, valid)),
    posts: postsAt(contingent.posts, at, known),
    filed: { posts: files.posts.map(filedPost), counts: files.counts.map(({ reference: _, ...count }) => count) },
    rotations: contingent.rotations
      .filter((row) => row.at <= at && row.mark.recordedAt <= known)
      .sort((left, right) => right.at - left.at),
  };
}

function filedPost({ position, reference: _, ...post }: Mission["posts"]["posts"][number]): FiledPost {
  return { ...post, ...(position === "unknown" ? {} : position) };
}

function declarationsOn(provision: ProvisionEntry, valid: readonly RecordedStrength[]): StrengthDeclaration[] {
  const own = valid.filter(({ body }) => body.provision === provision.id);
  return [...new Set(own.map(({ body }) => body.by))].sort().map((by) => {
    const lines = provision.strengths!.flatMap(({ what }) => {
      const line = lineOf(
        provision,
        what,
        own.filter(({ body }) => body.by === by),
      );
      return line ? [line] : [];
    });
    const told = new Set(lines.map(({ what }) => what));
    const undeclared = provision.strengths!.map(({ what }) => what).filter((what) => !told.has(what));
    return { provision: provision.id, by, lines, undeclared };
  });
}

/** One number for the whole goes before a sum of posts if it was declared later; of each post the latest counts. */
function lineOf(
  provision: ProvisionEntry,
  what: string,
  declared: readonly RecordedStrength[],
): StrengthLine | undefined {
  const own = declared.filter(({ body }) => body.counts.some((count) => count.what === what));
  const latest = inOrder(own).at(-1);
  if (!latest) return undefined;
  const byPost = new Map<string, RecordedStrength>();
  for (const one of inOrder(own)) if (one.body.post !== undefined) byPost.set(one.body.post, one);
  const posts = [...byPost].map(([post, one]) => ({ post, number: numberOf(one, what), mark: one.mark }));
  const isWhole = latest.body.post === undefined;
  const total = isWhole ? numberOf(latest, what) : posts.reduce((sum, { number }) => sum + number, 0);
  return {
    what,
    declared: total,
    counted: isWhole ? "whole" : "posts",
    posts,
    readings: judgeStrength(provision, { [what]: total }).map(({ reading, stated, difference, agrees }) => ({
      ...{ reading, stated, difference, agrees },
    })),
    mark: latest.mark,
  };
}

function inOrder(declared: readonly RecordedStrength[]): RecordedStrength[] {
  return [...declared].sort((left, right) => left.from - right.from || left.mark.index - right.mark.index);
}

function numberOf({ body }: RecordedStrength, what: string): number {
  return body.counts.find((count) => count.what === what)!.number;
}

function postsAt(posts: readonly PostRow[], at: Instant, known: Instant): PostRow[] {
  const latest = new Map<string, PostRow>();
  for (const post of posts) if (post.mark.recordedAt <= known && post.from <= at) latest.set(post.code, post);
  return [...latest.values()]
    .filter(({ until }) => until === undefined || at < until)
    .sort((left, right) => (left.code < right.code ? -1 : 1));
}
