/** The node's end of the line: announces a key pair of an hour, opens its officers' questions, answers them. */
import { FaultError } from "@openjmc/model";
import {
  announcementMessage,
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  hexToBytes,
  isSha256Hex,
  keyIdOf,
  LINE_NONCE,
  lineKeys,
  questionMessage,
  type RoomAnnouncement,
  type RoomQuestion,
  type Signer,
  utf8,
  verifyStrict,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { type ChannelPair, makeChannelPair, nodeCipher } from "./cipher.ts";

const { sha256 } = nodePrimitives;
/** A pair is forgotten after this long, and with it whatever was said under it. */
const PAIR_LIFE_MILLISECONDS = 3_600_000;
/** Questions made under the pair before are still answered for so long. */
const GRACE_MILLISECONDS = 60_000;

/** Whoever asks, once the node has made sure of it. */
export interface Asker {
  readonly officer: string;
}

export interface LineServiceOptions {
  readonly origin: string;
  readonly room: string;
  readonly epoch: () => number;
  readonly signer: Signer;
  readonly wallMilliseconds: () => number;
  /** The public key and officer behind a key id that may ask here; waits a little for one that is just being enrolled. */
  readonly findAsker: (
    keyid: string,
  ) => Promise<{ readonly officer: string; readonly publicKey: Uint8Array } | undefined>;
  readonly answer: (question: unknown, asker: Asker) => Promise<unknown>;
}

interface KeptPair {
  readonly pair: ChannelPair;
  readonly channel: string;
  readonly madeAt: number;
  readonly askers: Set<string>;
}

export class LineService {
  readonly #options: LineServiceOptions;
  #current: KeptPair;
  #before: KeptPair | undefined;

  constructor(options: LineServiceOptions) {
    this.#options = options;
    this.#current = this.#makePair();
  }

  /** The public key that questions are to be meant for now. */
  get channel(): string {
    return this.#current.channel;
  }

  /** What is made known of this node; a new pair where the old one has had its time. */
  async announcement(): Promise<RoomAnnouncement> {
    if (this.#options.wallMilliseconds() - this.#current.madeAt > PAIR_LIFE_MILLISECONDS) {
      this.#before = this.#current;
      this.#current = this.#makePair();
    }
    const { origin, room, signer } = this.#options;
    const said = { origin, room, epoch: this.#options.epoch(), channel: this.#current.channel };
    const signature = bytesToBase64(await signer.sign(announcementMessage(said)));
    return { ...said, keyid: keyIdOf(sha256, signer.publicKey), signature };
  }

  /** Opens a question, has it answered, and closes the answer. Errors (thrown): `room.question`, `room.asker`, and the answer's own inside. */
  async serve(question: RoomQuestion): Promise<string> {
    const kept = this.#pairOf(question.channel);
    const asker = await this.#askerOf(question, kept);
    const keys = this.#keysOf(question, kept);
    const sealed = base64ToBytes(question.sealed);
    const plain = sealed.ok
      ? await nodeCipher.decrypt(keys.question, LINE_NONCE, sealed.value, utf8(question.keyid))
      : undefined;
    if (!plain) throw refusal("room.question", "a question sealed for this node");
    kept.askers.add(question.asker);
    const answer = await this.#answerTo(plain, asker);
    return bytesToBase64(await nodeCipher.encrypt(keys.answer, LINE_NONCE, utf8(JSON.stringify(answer)), utf8("")));
  }

  async #answerTo(plain: Uint8Array, asker: Asker): Promise<unknown> {
    try {
      return { ok: true, value: await this.#options.answer(JSON.parse(new TextDecoder().decode(plain)), asker) };
    } catch (error) {
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      throw error;
    }
  }

  /** A question is good once, under a key that the log has enrolled for an officer of this component. */
  async #askerOf(question: RoomQuestion, kept: KeptPair): Promise<Asker> {
    const { keyid, asker, signature } = question;
    if (!isSha256Hex(keyid) || kept.askers.has(asker)) throw refusal("room.question", "a question not asked before");
    const known = await this.#options.findAsker(keyid);
    const signed = base64ToBytes(signature);
    const message = questionMessage(sha256, this.#options, question);
    if (!known || !signed.ok || !verifyStrict(nodePrimitives, known.publicKey, message, signed.value).ok)
      throw refusal("room.asker", "a question signed by a session of an officer of this component");
    return { officer: known.officer };
  }

  #keysOf(question: RoomQuestion, kept: KeptPair) {
    const other = hexToBytes(question.asker, 32);
    const shared = other.ok ? kept.pair.agree(other.value) : undefined;
    if (!shared) throw refusal("room.question", "an X25519 public key");
    const { origin, room } = this.#options;
    return lineKeys(sha256, shared, { origin, room, channel: kept.channel, asker: question.asker });
  }

  #pairOf(channel: string): KeptPair {
    if (channel === this.#current.channel) return this.#current;
    const age = this.#options.wallMilliseconds() - (this.#current.madeAt + GRACE_MILLISECONDS);
    if (age > 0) this.#before = undefined;
    if (this.#before?.channel === channel) return this.#before;
    throw refusal("room.channel", "a question for the key announced now");
  }

  #makePair(): KeptPair {
    const pair = makeChannelPair();
    return {
      pair,
      channel: bytesToHex(pair.publicKey),
      madeAt: this.#options.wallMilliseconds(),
      askers: new Set(),
    };
  }
}

function refusal(code: string, expected: string): FaultError {
  return new FaultError({ code, what: "question to a room", expected });
}
