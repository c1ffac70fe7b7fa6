/** Runs a room's node against a centre until told to stop: connects out, follows the record, answers on the line. */
import { setTimeout as pause } from "node:timers/promises";
import { FaultError } from "@openjmc/model";
import type { RoomQuestion } from "@openjmc/record";
import { type CentreClient, connectToCentre } from "../signer/centre-client.ts";
import type { LeafSource } from "./leaf-source.ts";
import { LineService } from "./line-service.ts";
import { linkOf } from "./linked-room.ts";
import { type RoomLink, RoomNode, type RoomNodeOptions } from "./room-node.ts";

export interface ServeRoomOptions extends Omit<RoomNodeOptions, "origin" | "wallNow"> {
  readonly url: string;
  /** The log that the room belongs to; another one is refused. */
  readonly pinnedOrigin?: string;
  /** The record as this component's mirror has it; fetched from the centre otherwise. */
  readonly source?: LeafSource;
  readonly signal: AbortSignal;
  /** Told once, when the record has been replayed and the line is open. */
  readonly onReady?: (node: RoomNode) => void;
}

const POLL_MILLISECONDS = 300;
const LONGEST_PAUSE_MILLISECONDS = 10_000;
/** What no second try mends. */
const FINAL = new Set(["origin.wrong", "session.signature"]);

/** Errors: `origin.wrong`, `session.signature`; everything else is tried again, ever more patiently. */
export async function serveRoom(options: ServeRoomOptions): Promise<void> {
  const running = new RunningRoom(options);
  let wait = 250;
  while (!options.signal.aborted) {
    try {
      await running.connect(() => {
        wait = 250;
      });
    } catch (error) {
      if (options.signal.aborted) return;
      if (error instanceof FaultError && FINAL.has(error.fault.code)) throw error;
      options.onTrouble("link to the centre", error);
      await pause(wait, undefined, { signal: options.signal }).catch(() => undefined);
      wait = Math.min(LONGEST_PAUSE_MILLISECONDS, wait * 2);
    }
  }
}

class RunningRoom {
  readonly #options: ServeRoomOptions;
  #room: RoomNode | undefined;
  #line: LineService | undefined;
  #link: RoomLink | undefined;
  #isReady = false;

  constructor(options: ServeRoomOptions) {
    this.#options = options;
  }

  /** One connection, until it breaks. */
  async connect(onConnected: () => void): Promise<void> {
    const client = await connectToCentre(this.#options);
    const room = this.#roomOf(client.origin);
    const line = this.#lineOf(client.origin, room);
    const link = linkOf(client, this.#options.source);
    this.#link = link;
    while ((await room.follow(link)) > 0 && !this.#options.signal.aborted);
    onConnected();
    await Promise.all([this.#follow(room, link), this.#answer(line, client)]);
  }

  #roomOf(origin: string): RoomNode {
    this.#room ??= new RoomNode({ ...this.#options, origin, wallNow: () => Date.now() * 1000 });
    return this.#room;
  }

  #lineOf(origin: string, room: RoomNode): LineService {
    this.#line ??= new LineService({
      origin,
      room: this.#options.room,
      epoch: () => room.epoch,
      signer: this.#options.signer,
      wallMilliseconds: () => Date.now(),
      findAsker: (keyid) => room.findAsker(keyid),
      answer: (question, asker) => room.answer(question, asker, this.#link!),
    });
    return this.#line;
  }

  async #follow(room: RoomNode, link: RoomLink): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted && this.#link === link)
      if ((await room.follow(link)) === 0) await pause(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }

  async #answer(line: LineService, client: CentreClient): Promise<void> {
    const path = `/api/v1/rooms/${this.#options.room}/line`;
    let announced = "";
    while (!this.#options.signal.aborted) {
      const announcement = await line.announcement();
      if (announcement.channel !== announced) await client.put(path, announcement);
      announced = announcement.channel;
      if (!this.#isReady) this.#options.onReady?.(this.#room!);
      this.#isReady = true;
      const { questions, isAnnounced } = await client.get<LineAnswer>(`${path}?wait=20`, this.#options.signal);
      if (!isAnnounced) announced = "";
      for (const { id, question } of questions) void this.#serve(line, client, `${path}/${id}`, question);
    }
  }

  async #serve(line: LineService, client: CentreClient, path: string, question: RoomQuestion): Promise<void> {
    try {
      await client.post(path, { sealed: await line.serve(question) });
    } catch (error) {
      this.#options.onTrouble("question to the room", error);
      const fault = error instanceof FaultError ? error.fault : { code: "room.failed", what: "room" };
      await client.post(path, { fault: { code: fault.code, what: fault.what } }).catch(() => undefined);
    }
  }
}

interface LineAnswer {
  readonly questions: readonly { readonly id: string; readonly question: RoomQuestion }[];
  /** False where the centre has forgotten the node, as after a start. */
  readonly isAnnounced: boolean;
}
