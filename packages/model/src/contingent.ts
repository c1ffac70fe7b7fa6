/** A contingent as it declares itself: strength and equipment by post and period, rotations, posts. Nobody observed any of it. */
import type { EntryMark, PlaceBody } from "./case.ts";
import type { Instant } from "./instant.ts";
import type { Names, Told } from "./mission.ts";

/** Body of `strength.declared`: what a speaker says of the numbers that a provision states. */
export interface StrengthBody {
  readonly provision: string;
  /** Who declares it: a code of the mission. */
  readonly by: string;
  readonly from: string;
  readonly until?: string;
  /** Of one post; without it of the whole. */
  readonly post?: string;
  readonly counts: readonly { readonly what: string; readonly number: number }[];
  readonly note: string;
}

/** Body of `post.declared`. Subject: the post's code; a later one of the same post takes the place of the earlier. */
export interface PostBody {
  readonly name: string;
  readonly by: string;
  readonly place: PlaceBody;
  readonly from: string;
  readonly until?: string;
}

/** Body of `rotation.declared`: so many left, so many came. */
export interface RotationBody {
  readonly provision: string;
  readonly by: string;
  readonly at: string;
  readonly what: string;
  readonly left: number;
  readonly came: number;
  readonly note: string;
}

/** A declared number against the stated one, in one reading of the text. */
export interface StrengthReadingView {
  readonly reading: "exact" | "ceiling";
  readonly stated: number;
  /** Declared minus stated. */
  readonly difference: number;
  readonly agrees: boolean;
}

/** One kind of thing that a provision states the number of, as one speaker declares it. */
export interface StrengthLine {
  readonly what: string;
  readonly declared: number;
  /** `whole`: one number for everything; `posts`: the sum over posts, which need not be all there are. */
  readonly counted: "whole" | "posts";
  readonly posts: readonly { readonly post: string; readonly number: number; readonly mark: EntryMark }[];
  readonly readings: readonly StrengthReadingView[];
  readonly mark: EntryMark;
}

export interface StrengthDeclaration {
  readonly provision: string;
  readonly by: string;
  readonly lines: readonly StrengthLine[];
  /** Stated kinds of which nothing was declared: unknown, not zero. */
  readonly undeclared: readonly string[];
}

export interface PostRow {
  readonly code: string;
  readonly name: string;
  readonly by: string;
  readonly lon: number;
  readonly lat: number;
  readonly uncertaintyMetres: number;
  readonly from: Instant;
  readonly until?: Instant;
  readonly mark: EntryMark;
}

export interface RotationRow {
  readonly id: string;
  readonly provision: string;
  readonly by: string;
  readonly at: Instant;
  readonly what: string;
  readonly left: number;
  readonly came: number;
  readonly note: string;
  readonly mark: EntryMark;
}

/** A post of the mission's files; without a place where that is not known. */
export interface FiledPost {
  readonly code: string;
  readonly names: Names;
  readonly by: string;
  readonly lon?: number;
  readonly lat?: number;
  readonly uncertaintyMetres?: number;
  readonly from?: string;
  readonly until?: string;
  readonly note?: Told;
}

/** `GET /api/v1/contingent`: provisions that state numbers, and what was declared of them. */
export interface ContingentView {
  readonly at: Instant;
  readonly known: Instant;
  readonly stated: readonly {
    readonly provision: string;
    readonly strengths: readonly {
      readonly what: string;
      /** What is counted in the reader's language; `what` is what declarations name it by. */
      readonly names?: Names;
      readonly number: number;
      readonly readings: readonly ("exact" | "ceiling")[];
    }[];
  }[];
  readonly declarations: readonly StrengthDeclaration[];
  readonly posts: readonly PostRow[];
  /** What the mission's own files say of posts; nobody declared it in the record. */
  readonly filed: {
    readonly posts: readonly FiledPost[];
    readonly counts: readonly {
      readonly by: string;
      readonly number: number;
      readonly on: string;
      readonly note?: Told;
    }[];
  };
  /** Latest first. */
  readonly rotations: readonly RotationRow[];
}
