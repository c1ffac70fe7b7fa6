/** A feed that connects out to a receiver over TCP or TLS and connects again, ever more patiently, when the link breaks. */
import { connect, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import type { TlsIdentity } from "../tls/identity.ts";
import type { Feed, FeedSink } from "./feed.ts";
import { readSocket, replyTo } from "./read-socket.ts";

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 10_000;
/** A connection that says nothing for this long is taken for dead and made anew. */
const IDLE_MILLISECONDS = 120_000;

/**
 * Makes a TCP client feed, under TLS where an identity is given: a server that `ca` does not vouch for is told as `feed.tls-refused`,
 * once until it is another matter. `nextConnection` numbers connections over the centre's life, so that no two share
 * a framer.
 */
export function createTcpClientFeed(options: {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly sink: FeedSink;
  readonly nextConnection: () => number;
  readonly tls?: TlsIdentity;
}): Feed {
  const { id, host, port, sink, nextConnection, tls } = options;
  let refusal: string | undefined;
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let pause = FIRST_PAUSE_MILLISECONDS;

  function open(): void {
    if (stopped) return;
    const connection = nextConnection();
    let reason = "closed by the receiver";
    const to = { host, port, noDelay: true, keepAlive: true };
    const current: Socket = tls ? connectSecurely({ ...to, ...tls }) : connect(to);
    socket = current;
    current.setTimeout(IDLE_MILLISECONDS, () => {
      reason = "silent for too long";
      current.destroy();
    });
    current.on(tls ? "secureConnect" : "connect", () => {
      pause = FIRST_PAUSE_MILLISECONDS;
      refusal = undefined;
      sink.connected(id, connection, `${host}:${port}`, replyTo(current));
      readSocket(current, { sink, feed: id, connection, reason: () => (stopped ? "stopped" : reason) });
    });
    current.on("error", (error) => {
      reason = error.message;
      if (tls && isAboutTrust(error)) tell(error.message);
    });
    current.on("close", () => {
      if (stopped) return;
      timer = setTimeout(open, pause);
      pause = Math.min(LONGEST_PAUSE_MILLISECONDS, pause * 2);
    });
  }

  function tell(cause: string): void {
    if (cause === refusal) return;
    refusal = cause;
    sink.trouble(id, { code: "feed.tls-refused", what: `server at ${host}:${port}`, where: { source: id }, cause });
  }

  return {
    id,
    start: async () => open(),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      const open = socket;
      if (open && !open.destroyed) await new Promise<void>((resolve) => open.once("close", () => resolve()).destroy());
    },
    address: () => `${host}:${port}`,
  };
}

/** Whether a connection failed over who is at its ends, not over the way between them. */
function isAboutTrust(error: NodeJS.ErrnoException): boolean {
  return /CERT|TLS|SSL|SELF_SIGNED|ALTNAME|ISSUER/.test(error.code ?? "");
}
