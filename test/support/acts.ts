/** Statements as officers send them, made and signed in the test. */
import { randomBytes } from "node:crypto";
import {
  type AppendedAnswer,
  type CentreDescription,
  formatDegrees,
  formatInstant,
  makeUlid,
  type SightingBody,
} from "@openjmc/model";
import { type Json, type Signer, signStatement } from "@openjmc/record";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";

/** The point of the log that statements are anchored to, as `GET /api/v1/anchor` gives it. */
export interface Anchor {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

export interface Act {
  readonly kind: string;
  readonly body: object;
  readonly subject: string;
  readonly officer: string;
  readonly revision?: number;
  readonly refs?: readonly { readonly rel: string; readonly sha256: string }[];
  /** When it is claimed to be made, µs since 1970; now, unless the centre runs by another clock. */
  readonly at?: number;
}

export const now = (): number => Date.now() * 1000;
export const ulid = (): string => makeUlid(now(), randomBytes(10));

/** Signs an act; the envelope as JSON text. */
export async function signAct(signer: Signer, anchor: Anchor, act: Act): Promise<string> {
  const leaf = await signStatement(nodePrimitives.sha256, signer, {
    origin: anchor.origin,
    kind: act.kind,
    component: act.officer[0]!,
    role: act.officer,
    subject: act.subject,
    revision: act.revision ?? 0,
    at: formatInstant(act.at ?? now()),
    refs: act.refs ?? [],
    anchor: { size: anchor.size, root: anchor.root },
    body: act.body as { readonly [name: string]: Json },
  });
  return new TextDecoder().decode(leaf);
}

export async function anchorOf(url: string, token: string): Promise<Anchor> {
  const response = await fetch(`${url}/api/v1/anchor`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as Anchor;
}

/** Posts an envelope. The answer's body is `AppendedAnswer` with 201, a fault otherwise. */
export function postStatement(url: string, token: string, envelope: string): Promise<Response> {
  return fetch(`${url}/api/v1/statements`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: envelope,
  });
}

/** Signs and posts an act that is expected to be taken. Throws what the centre answered otherwise. */
export async function perform(url: string, token: string, signer: Signer, act: Act): Promise<AppendedAnswer> {
  const response = await postStatement(url, token, await signAct(signer, await anchorOf(url, token), act));
  const body: unknown = await response.json();
  if (response.status !== 201) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body as AppendedAnswer;
}

/** A sighting's body; the place is exact to the last digit, so that a leak of it is seen. */
export function sightingBody(place: { readonly lon: number; readonly lat: number }, occurredAt: number): SightingBody {
  const text = { lon: formatDegrees(place.lon), lat: formatDegrees(place.lat) };
  return {
    observer: { ...text, uncertaintyMetres: 20 },
    occurredAt: formatInstant(occurredAt),
    timeUncertaintySeconds: 2,
    means: "saw",
    observation: "explosion",
    count: { number: 2, unit: "explosion", qualifier: "exact" },
    place: { ...text, uncertaintyMetres: 50 },
    direction: "undetermined",
    weapon: "not-known",
    visibility: "good",
    remark: "",
  };
}

/** A proposal's body about an incident, in the words of a mission, with a deadline so many seconds from now. */
export function proposalBody(mission: CentreDescription["mission"], incident: string, seconds = 3600) {
  return {
    incident,
    question: "What happened?",
    texts: Object.fromEntries(mission.authenticLanguages.map((language) => [language, "Two explosions"])),
    occurredAt: formatInstant(now()),
    observation: "explosion",
    count: { number: 2, unit: "explosion", qualifier: "exact" },
    means: ["saw"],
    provision: mission.provisions[0]!.id,
    judgement: "recorded",
    unknowns: "",
    deadline: formatInstant(now() + seconds * 1_000_000),
  };
}
