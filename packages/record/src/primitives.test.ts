import { describe, expect, test } from "vitest";
import { utf8 } from "./bytes/bytes.ts";
import { assumeGood, type Primitives, settle } from "./primitives.ts";
import { verifyMany } from "./testing/memory-record.ts";
import { sha256, signerOf } from "./testing/primitives.ts";

const signer = signerOf("one");
const good = await signer.sign(utf8("good"));

/** How many of these messages bear the signature over "good"; and then, only if "third" does not, one question more. */
function count(primitives: Primitives, messages: readonly string[]): string[] {
  const held = messages.filter((text) => primitives.verifyEd25519(signer.publicKey, utf8(text), good));
  if (!held.includes("third")) primitives.verifyEd25519(signer.publicKey, utf8("fourth"), good);
  return held;
}

describe("synchronous work with an asynchronous verifier", () => {
  test("gives what a synchronous one would have given", async () => {
    for (const messages of [[], ["good"], ["good", "second"], ["good", "third", "good"], ["second", "third"]]) {
      const rounds: number[] = [];
      const counting = async (questions: Parameters<typeof verifyMany>[0]) => {
        rounds.push(questions.length);
        return verifyMany(questions);
      };
      const settled = await settle(sha256, counting, (primitives) => count(primitives, messages));
      expect(settled).toEqual(messages.filter((text) => text === "good"));
      expect(rounds.length).toBeLessThanOrEqual(3);
    }
  });

  test("assuming all good hands over every question", async () => {
    const { result, questions } = assumeGood(sha256, (primitives) => count(primitives, ["good", "second"]));
    expect(result).toEqual(["good", "second"]);
    expect(await verifyMany(questions)).toEqual([true, false, false]);
  });
});
