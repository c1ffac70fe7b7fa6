import { expect, test } from "vitest";
import { ed25519Signer, newEd25519Seed, verifyMany } from "../primitives.ts";
import { SignatureThreads } from "./signature-threads.ts";

test("threads answer every question in order, as the library itself does", async () => {
  const signers = [1, 2, 3].map(() => ed25519Signer(newEd25519Seed()));
  const questions = await Promise.all(
    Array.from({ length: 2_500 }, async (_, index) => {
      const signer = signers[index % 3]!;
      const message = new TextEncoder().encode(`message ${index}`.repeat((index % 5) + 1));
      const signature = new Uint8Array(await signer.sign(message));
      if (index % 7 === 0) signature[index % 64]! ^= 1;
      // Bytes that no library takes as a key.
      const publicKey = index % 11 === 0 ? new Uint8Array(31) : signer.publicKey;
      return { algorithm: "ed25519", publicKey, message, signature } as const;
    }),
  );
  const threads = new SignatureThreads(2);
  const answers = await Promise.all([threads.verifyMany(questions), threads.verifyMany(questions.slice(0, 10))]);
  await threads.close();
  const wanted = await verifyMany(questions);
  expect(answers).toEqual([wanted, wanted.slice(0, 10)]);
  expect(wanted.filter((answer) => !answer)).toHaveLength(
    questions.filter((_, index) => index % 7 === 0 || index % 11 === 0).length,
  );
  expect(await threads.verifyMany([])).toEqual([]);
});
