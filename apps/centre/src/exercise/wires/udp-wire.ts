/** A sensor that sends datagrams, each message in one. Nobody says whether they arrive. */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Wire } from "./wire.ts";

export function openUdpWire(host: string, port: number): Wire {
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  const count = { messages: 0, bytes: 0, lostMessages: 0, lostBytes: 0 };
  let under = 0;
  let onIdle: (() => void) | undefined;
  socket.on("error", () => undefined);
  return {
    put: (message) => {
      under += 1;
      socket.send(message, port, host, (error) => {
        under -= 1;
        count[error ? "lostMessages" : "messages"] += 1;
        count[error ? "lostBytes" : "bytes"] += message.length;
        if (under === 0) onIdle?.();
      });
    },
    flush: () => undefined,
    isFull: () => false,
    count: () => ({ isConnected: true, ...count }),
    stop: async () => {
      if (under > 0) await new Promise<void>((resolve) => (onIdle = resolve));
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}
