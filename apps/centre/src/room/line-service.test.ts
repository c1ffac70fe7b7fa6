import { checkAnnouncement, keyIdOf, type RoomAnnouncement, sealQuestion, unwrap } from "@openjmc/record";
import { describe, expect, it } from "vitest";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../primitives.ts";
import { makeChannelPair, nodeCipher } from "./cipher.ts";
import { LineService } from "./line-service.ts";

const place = { origin: "centre.test", room: "A" };
const node = ed25519Signer(newEd25519Seed());
const officer = ed25519Signer(newEd25519Seed());
const stranger = ed25519Signer(newEd25519Seed());
const keyidOf = (signer: { publicKey: Uint8Array }): string => keyIdOf(nodePrimitives.sha256, signer.publicKey);

function open(clock = { now: 0 }) {
  const asked: unknown[] = [];
  const line = new LineService({
    ...place,
    epoch: () => 1,
    signer: node,
    wallMilliseconds: () => clock.now,
    findAsker: async (keyid) =>
      keyid === keyidOf(officer) ? { officer: "A-Duty-1", publicKey: officer.publicKey } : undefined,
    answer: async (question) => {
      asked.push(question);
      return { got: question };
    },
  });
  return { line, asked, clock };
}

function ask(announcement: RoomAnnouncement, signer = officer) {
  const own = makeChannelPair();
  const pair = { publicKey: own.publicKey, agree: async (other: Uint8Array) => own.agree(other)! };
  return sealQuestion(nodePrimitives, nodeCipher, signer, announcement, pair, { do: "search", words: "x" });
}

const refused = (code: string) => ({ fault: { code } });

describe("the line to a node", () => {
  it("carries a question and its answer, sealed for the two of them", async () => {
    const { line } = open();
    const announcement = await line.announcement();
    expect(checkAnnouncement(nodePrimitives, announcement, place, node.publicKey)).toMatchObject({ ok: true });
    const { question, open: openAnswer } = await ask(announcement);
    expect(Buffer.from(question.sealed, "base64").includes("search")).toBe(false);
    const answer = await line.serve(question);
    expect(unwrap(await openAnswer(answer))).toEqual({ ok: true, value: { got: { do: "search", words: "x" } } });
  });

  it("takes no announcement of another node, log or room", async () => {
    const announcement = await open().line.announcement();
    const tries = [
      checkAnnouncement(nodePrimitives, announcement, place, stranger.publicKey),
      checkAnnouncement(nodePrimitives, announcement, { ...place, room: "B" }, node.publicKey),
      checkAnnouncement(nodePrimitives, { ...announcement, channel: "00".repeat(32) }, place, node.publicKey),
      checkAnnouncement(
        nodePrimitives,
        { ...announcement, origin: "other" },
        { ...place, origin: "other" },
        node.publicKey,
      ),
    ];
    for (const one of tries) expect(one).toMatchObject({ ok: false, fault: { code: "room.announcement" } });
  });

  it("answers nobody whom the record does not know, and no question twice", async () => {
    const { line, asked } = open();
    const announcement = await line.announcement();
    await expect(line.serve((await ask(announcement, stranger)).question)).rejects.toMatchObject(refused("room.asker"));
    const { question } = await ask(announcement);
    await expect(line.serve({ ...question, keyid: keyidOf(stranger) })).rejects.toMatchObject(refused("room.asker"));
    const altered = { ...question, sealed: (await ask(announcement)).question.sealed };
    await expect(line.serve(altered)).rejects.toMatchObject(refused("room.asker"));
    await line.serve(question);
    await expect(line.serve(question)).rejects.toMatchObject(refused("room.question"));
    expect(asked).toHaveLength(1);
  });

  it("forgets its pair after an hour, so that what was kept of it opens nothing", async () => {
    const { line, clock } = open();
    const old = await line.announcement();
    const { question } = await ask(old);
    clock.now = 3_600_001;
    const fresh = await line.announcement();
    expect(fresh.channel).not.toBe(old.channel);
    await line.serve(question);
    const late = (await ask(old)).question;
    clock.now += 60_001;
    await expect(line.serve(late)).rejects.toMatchObject(refused("room.channel"));
  });
});
