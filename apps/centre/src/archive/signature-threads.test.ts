import { expect, test } from "vitest";
import { ed25519Signer, newEd25519Seed, verifyMany } from "../primitives.ts";
import { SignatureThread } from "./signature-thread.ts";
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

test("more keys than a thread is told of at a time are all told apart", async () => {
  const questions = await Promise.all(
    Array.from({ length: 1_200 }, async (_, index) => {
      const signer = ed25519Signer(newEd25519Seed());
      const message = new TextEncoder().encode(`message ${index}`);
      const signature = new Uint8Array(await signer.sign(message));
      return { algorithm: "ed25519", publicKey: signer.publicKey, message, signature } as const;
    }),
  );
  // Each second one under its neighbour's key.
  const asked = questions.map((one, place) => ({ ...one, publicKey: questions[place - (place % 2)]!.publicKey }));
  const thread = new SignatureThread();
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) => thread.ask(asked.slice(at * 100, at * 100 + 100))),
  );
  await thread.close();
  expect(answers.flat()).toEqual(asked.map((_, place) => place % 2 === 0));
});

test("what a thread has done is known to one who never waits", async () => {
  const signer = ed25519Signer(newEd25519Seed());
  const message = new Uint8Array(10);
  const signature = new Uint8Array(await signer.sign(message));
  const thread = new SignatureThread();
  const asked = thread.ask([{ algorithm: "ed25519", publicKey: signer.publicKey, message, signature }]);
  expect(thread.load).toBe(1);
  // Nothing here gives way to the event loop, by which an answer would be told.
  const patience = Date.now() + 60_000;
  while (thread.load > 0 && Date.now() < patience);
  expect(thread.load).toBe(0);
  expect(await asked).toEqual([true]);
  await thread.close();
});
