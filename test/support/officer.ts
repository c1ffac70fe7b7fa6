/** An officer at work: signs in, sights something, proposes and countersigns, over the API. */
import type { AppendedAnswer } from "@openjmc/model";
import { now, perform, sightingBody, ulid } from "./acts.ts";
import { bearer, tokenOf } from "./api.ts";
import { type FoundedCentre, officerKey } from "./centre.ts";

const tokens = new Map<string, Promise<string>>();

/** One sign-in for each officer at each centre: sign-ins are limited by the minute. */
function tokenAt(url: string, officer: string, signer: ReturnType<typeof officerKey>): Promise<string> {
  const name = `${url} ${officer}`;
  const token = tokens.get(name) ?? tokenOf(url, officer, signer);
  tokens.set(name, token);
  return token;
}

export async function sight(url: string, founded: FoundedCentre, officer: string): Promise<AppendedAnswer> {
  const signer = officerKey(founded, officer);
  const token = await tokenAt(url, officer, signer);
  const body = sightingBody({ lon: 46.7, lat: 39.8 }, now());
  return perform(url, token, signer, { kind: "sighting.reported", officer, subject: ulid(), body });
}

/** Sights many things, some at a time. */
export async function sightMany(url: string, founded: FoundedCentre, officer: string, count: number): Promise<void> {
  const signer = officerKey(founded, officer);
  const token = await tokenAt(url, officer, signer);
  for (let done = 0; done < count; done += 25) {
    const acts = Array.from({ length: Math.min(25, count - done) }, () =>
      perform(url, token, signer, {
        ...{ kind: "sighting.reported", officer, subject: ulid() },
        body: sightingBody({ lon: 46.7, lat: 39.8 }, now()),
      }),
    );
    await Promise.all(acts);
  }
}

/** One of the answers that only the components get, as JSON. */
export async function ask<T>(url: string, founded: FoundedCentre, officer: string, path: string): Promise<T> {
  const token = await tokenAt(url, officer, officerKey(founded, officer));
  return (await (await fetch(`${url}${path}`, { headers: bearer(token) })).json()) as T;
}
