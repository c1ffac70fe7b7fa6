/**
 * A key that an ssh-agent keeps: on disk under ssh's own passphrase, or on a token that speaks through the agent. Only two
 * questions of the agent protocol are asked: which keys there are, and for a signature (draft-ietf-sshm-ssh-agent, 3.5 and
 * 3.6). What is signed begins with words of our own, so it is never what an ssh server would ask for.
 */
import { createConnection } from "node:net";
import { FaultError } from "@openjmc/model";
import { concat, type Signer } from "@openjmc/record";

const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;
const ALGORITHM = "ssh-ed25519";
/** The protocol's own limit. */
const LARGEST_ANSWER_BYTES = 256 * 1024;
/** An agent may ask its owner, who may have to be found first. */
const LONGEST_ANSWER_MILLISECONDS = 120_000;

/** A key that an agent offers. */
export interface AgentIdentity {
  readonly publicKey: Uint8Array;
  readonly comment: string;
}

/** Where the agent listens: as told, or as ssh is told. Error: `agent.missing`. */
export function agentSocket(given: string | undefined = process.env.SSH_AUTH_SOCK): string {
  if (given !== undefined && given !== "") return given;
  throw new FaultError({ code: "agent.missing", what: "ssh-agent", expected: "SSH_AUTH_SOCK, set by ssh-agent" });
}

/** The Ed25519 keys that the agent has. Errors: `agent.unreachable`, `agent.malformed`, `agent.refused`. */
export async function agentIdentities(socket: string): Promise<readonly AgentIdentity[]> {
  const answer = new Reader(await ask(socket, Uint8Array.of(REQUEST_IDENTITIES), IDENTITIES_ANSWER), socket);
  const count = answer.number();
  const found: AgentIdentity[] = [];
  for (let entry = 0; entry < count; entry++) {
    const blob = new Reader(answer.string(), socket);
    const comment = Buffer.from(answer.string()).toString("utf8");
    // Other algorithms have other fields, so no more of them is read than their name.
    if (Buffer.from(blob.string()).toString("latin1") !== ALGORITHM) continue;
    found.push({ publicKey: blob.string(), comment });
  }
  return found;
}

/** A signer whose key the agent keeps. Nothing is asked of the agent before the first signature. */
export function agentSigner(publicKey: Uint8Array, socket: string): Signer {
  const blob = concat(string(Buffer.from(ALGORITHM)), string(publicKey));
  return {
    publicKey,
    sign: async (message) => {
      const request = concat(Uint8Array.of(SIGN_REQUEST), string(blob), string(message), new Uint8Array(4));
      const answer = new Reader(await ask(socket, request, SIGN_RESPONSE), socket);
      const signature = new Reader(answer.string(), socket);
      const algorithm = Buffer.from(signature.string()).toString("latin1");
      if (algorithm !== ALGORITHM) throw malformed(socket, ALGORITHM, algorithm);
      return signature.string();
    },
  };
}

/** One question on a connection of its own. The answer's type byte is checked and cut off. */
function ask(socket: string, body: Uint8Array, wanted: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    const connection = createConnection(socket);
    const end = (finish: () => void): void => {
      connection.destroy();
      finish();
    };
    connection.setTimeout(LONGEST_ANSWER_MILLISECONDS, () => end(() => reject(unreachable(socket, "no answer"))));
    connection.on("error", (error) => end(() => reject(unreachable(socket, error.message))));
    connection.on("close", () => reject(malformed(socket, "a whole answer", "a closed connection")));
    connection.on("data", (part: Uint8Array) => {
      parts.push(part);
      const answer = wholeAnswer(concat(...parts), socket);
      if (answer === undefined) return;
      end(() => (answer instanceof FaultError ? reject(answer) : settle(answer)));
    });
    const settle = (answer: Uint8Array): void =>
      answer[0] === wanted ? resolve(answer.subarray(1)) : reject(refused(socket, answer[0]));
    connection.write(string(body));
  });
}

function wholeAnswer(bytes: Uint8Array, socket: string): Uint8Array | FaultError | undefined {
  if (bytes.length < 4) return undefined;
  const length = Buffer.from(bytes).readUInt32BE(0);
  if (length === 0 || length > LARGEST_ANSWER_BYTES) return malformed(socket, "an answer of a length", `${length}`);
  return bytes.length < 4 + length ? undefined : bytes.subarray(4, 4 + length);
}

/** RFC 4251, section 5: a string is its length in four bytes and its bytes. */
function string(bytes: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return concat(new Uint8Array(length), bytes);
}

class Reader {
  readonly #bytes: Buffer;
  readonly #socket: string;
  #at = 0;

  constructor(bytes: Uint8Array, socket: string) {
    this.#bytes = Buffer.from(bytes);
    this.#socket = socket;
  }

  number(): number {
    if (this.#at + 4 > this.#bytes.length) throw malformed(this.#socket, "four bytes", "fewer");
    this.#at += 4;
    return this.#bytes.readUInt32BE(this.#at - 4);
  }

  string(): Uint8Array {
    const length = this.number();
    if (this.#at + length > this.#bytes.length) throw malformed(this.#socket, `${length} bytes`, "fewer");
    this.#at += length;
    return new Uint8Array(this.#bytes.subarray(this.#at - length, this.#at));
  }
}

function unreachable(socket: string, cause: string): FaultError {
  return new FaultError({
    ...{ code: "agent.unreachable", what: "ssh-agent", where: { file: socket } },
    ...{ expected: "a running agent at SSH_AUTH_SOCK", cause },
  });
}

function malformed(socket: string, expected: string, got: string): FaultError {
  return new FaultError({
    code: "agent.malformed",
    what: "ssh-agent's answer",
    where: { file: socket },
    expected,
    got,
  });
}

function refused(socket: string, type: number | undefined): FaultError {
  return new FaultError({
    ...{ code: "agent.refused", what: "ssh-agent", where: { file: socket } },
    ...{ expected: "the key loaded, and its owner's consent where the agent asks for it", got: `answer ${type}` },
  });
}
