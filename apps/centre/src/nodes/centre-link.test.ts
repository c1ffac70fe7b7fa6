import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ED25519_COSIGNATURE, noteKey } from "@openjmc/record";
import { expect, onTestFinished, test } from "vitest";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../primitives.ts";
import { CentreAnswer, CentreLink } from "./centre-link.ts";
import type { Mirror } from "./mirror.ts";
import { pull } from "./pull.ts";

type Answer = (response: ServerResponse) => void;

/** A centre at which a node may sign in, and which answers everything else as it is told to. */
async function linkTo(answer: Answer, signal?: AbortSignal): Promise<CentreLink> {
  const server = createServer((request, response) => {
    if (request.url === "/api/v1/cosigning/challenges") response.end('{"challenge":"00"}');
    else if (request.url === "/api/v1/cosigning/sessions") response.end('{"token":"any"}');
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const signer = ed25519Signer(newEd25519Seed());
  const key = noteKey(nodePrimitives.sha256, "a.test/A", ED25519_COSIGNATURE, signer.publicKey);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new CentreLink({ url, origin: "a.test", name: "A", key: { key, signer }, ...(signal ? { signal } : {}) });
}

const refuse: Answer = (response) => response.writeHead(507).end('{"code":"disk.full","what":"disk"}');
const breakOff: Answer = (response) => {
  response.writeHead(200, { "content-length": 100 }).write("half of it");
  setImmediate(() => response.destroy());
};

async function readAll(chunks: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks!) parts.push(part);
  return Buffer.concat(parts);
}

test("an answer that breaks off on its way is a centre out of reach", async () => {
  const link = await linkTo(breakOff);
  const broken = { fault: { code: "centre.unreachable" } };
  await expect(link.file("tile/0/000")).rejects.toMatchObject(broken);
  await expect(link.attachment("00").then(readAll)).rejects.toMatchObject(broken);
  await expect(link.describe()).rejects.toMatchObject(broken);
});

test("whole answers are given as they come, and nothing behind the last byte", async () => {
  const link = await linkTo((response) => response.end("bytes"));
  expect(Buffer.from((await link.file("tile/0/000", 2))!).toString()).toBe("tes");
  expect((await readAll(await link.attachment("00"))).toString()).toBe("bytes");
  const ended = await linkTo((response) => response.writeHead(416).end());
  expect(await ended.file("tile/0/000", 7)).toEqual(new Uint8Array(0));
});

test("what a centre says of its own disk is its answer, not this node's fault", async () => {
  const link = await linkTo(refuse);
  const refused = link.bring(new Uint8Array(0));
  await expect(refused).rejects.toBeInstanceOf(CentreAnswer);
  await expect(refused).rejects.toMatchObject({ fault: { code: "disk.full" } });
});

test.each([
  ["says that its disk is full", refuse],
  ["breaks off its answers", breakOff],
  ["answers with what is no note", (response: ServerResponse) => response.end("nothing")],
] as const)("no centre ends a mirror that asks it: one that %s", async (_name, answer) => {
  const stop = new AbortController();
  let answers = 0;
  const counted: Answer = (response) => {
    answers += 1;
    if (answers === 3) stop.abort();
    answer(response);
  };
  const link = await linkTo(counted, stop.signal);
  const told: string[] = [];
  const follow = async () => ({ kind: "refused", fault: { code: "note.malformed", what: "note" } });
  await pull({ mirror: { follow } as never as Mirror, link, signal: stop.signal, say: (text) => told.push(text) });
  expect(answers).toBe(3);
  expect(told).toHaveLength(1);
});
