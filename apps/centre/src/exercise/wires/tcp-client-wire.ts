/** A station or receiver that connects to a listener of the centre, again and again. What it has to say waits meanwhile. */
import { connect } from "node:net";
import { SocketSender } from "./socket-sender.ts";
import type { Wire } from "./wire.ts";

const FIRST_PAUSE_MILLISECONDS = 50;
const LONGEST_PAUSE_MILLISECONDS = 2_000;

export function openTcpClientWire(host: string, port: number): Wire {
  const sender = new SocketSender();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let pause = FIRST_PAUSE_MILLISECONDS;

  function open(): void {
    const socket = connect({ host, port, noDelay: true });
    socket.on("connect", () => {
      pause = FIRST_PAUSE_MILLISECONDS;
      sender.attach(socket);
      sender.flush();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sender.detach(socket);
      if (isStopped) return;
      timer = setTimeout(open, pause);
      pause = Math.min(LONGEST_PAUSE_MILLISECONDS, pause * 2);
    });
    socket.resume();
  }

  open();
  return {
    put: (message) => sender.put(message),
    flush: () => sender.flush(),
    isFull: () => sender.isFull,
    count: () => sender.count(),
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await sender.end();
    },
  };
}
