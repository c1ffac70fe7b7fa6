import { MICROSECONDS_PER_MINUTE } from "@openjmc/model";
import { emptyState } from "@openjmc/record";
import Fastify from "fastify";
import { beforeEach, describe, expect, it } from "vitest";
import { nodePrimitives } from "../primitives.ts";
import { addFaults } from "./answer-faults.ts";
import { CHALLENGE_PATTERN, Challenges } from "./challenges.ts";
import type { ApiContext } from "./context.ts";
import { registerCosigningRoutes } from "./routes/cosigning.ts";
import { registerSignerRoutes } from "./routes/signer.ts";

let now: number;
let challenges: Challenges;
beforeEach(() => {
  now = 1_617_679_800_000_000;
  challenges = new Challenges(() => now);
});

describe("a challenge", () => {
  it("is good once", () => {
    const challenge = challenges.give();
    expect(challenge).toMatch(new RegExp(CHALLENGE_PATTERN));
    expect(challenges.take(challenge)).toBe(true);
    expect(challenges.take(challenge)).toBe(false);
  });

  it("is good for a minute, though nobody has asked for another since", () => {
    const [inTime, late] = [challenges.give(), challenges.give()];
    now += MICROSECONDS_PER_MINUTE;
    expect(challenges.take(inTime)).toBe(true);
    now += 1;
    expect(challenges.take(late)).toBe(false);
    now -= 1;
    expect(challenges.take(late)).toBe(false);
  });

  it("is none that was not given", () => {
    challenges.give();
    expect(challenges.take("0".repeat(48))).toBe(false);
    expect(challenges.take("")).toBe(false);
  });

  it("is another one each time, and of those that ended none is kept", () => {
    const given = new Set(Array.from({ length: 100 }, () => challenges.give()));
    expect(given.size).toBe(100);
    now += MICROSECONDS_PER_MINUTE + 1;
    challenges.give();
    expect(challenges.size).toBe(1);
  });

  it("is driven out by ten thousand newer ones, and the newest stays", () => {
    const first = challenges.give();
    for (let count = 1; count < 10_000; count++) challenges.give();
    const last = challenges.give();
    expect(challenges.size).toBe(10_000);
    expect(challenges.take(first)).toBe(false);
    expect(challenges.take(last)).toBe(true);
  });
});

describe.each([
  ["signers", registerSignerRoutes, "signer", { officer: "A-Duty-1" }],
  ["nodes", registerCosigningRoutes, "cosigning", { name: "A" }],
] as const)("the sign-in of %s", (_who, register, at, name) => {
  it("takes no challenge that has ended, though nobody has asked for another since", async () => {
    const app = Fastify();
    addFaults(app);
    const registrar = { state: emptyState(nodePrimitives) };
    register(app, { wallNow: () => now, origin: "log.test", registrar } as unknown as ApiContext);
    const ask = async (): Promise<string> =>
      (await app.inject({ method: "POST", url: `/api/v1/${at}/challenges` })).json().challenge;
    const signIn = async (challenge: string): Promise<string> => {
      const payload = { ...name, challenge, signature: `${"A".repeat(86)}==` };
      return (await app.inject({ method: "POST", url: `/api/v1/${at}/sessions`, payload })).json().code;
    };
    expect(await signIn(await ask())).toBe("session.signature");
    const late = await ask();
    now += MICROSECONDS_PER_MINUTE + 1;
    expect(await signIn(late)).toBe("session.challenge");
    await app.close();
  });
});
