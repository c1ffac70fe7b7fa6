/** Where Cursor on Target goes out to: a server that takes a stream, plain or under TLS, or datagrams to a host or group. */
import { FaultError } from "@openjmc/model";
import type { TlsIdentity } from "../tls/identity.ts";

export interface TakTarget {
  readonly kind: "tcp" | "tls" | "udp";
  readonly host: string;
  readonly port: number;
  /** Of `tls`. */
  readonly identity?: TlsIdentity;
}

/** Reads `tcp://host:port`, `tls://host:port` or `udp://host:port`. Throws a `FaultError` `tak.malformed`. */
export function takTargetOf(text: string, identity?: TlsIdentity): TakTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = url?.protocol.slice(0, -1);
  const port = Number(url?.port);
  const isPlain = url !== undefined && /^\/?$/.test(url.pathname) && url.username === "" && url.search === "";
  if (url && isPlain && (kind === "tcp" || kind === "tls" || kind === "udp") && port > 0)
    return {
      kind,
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port,
      ...(kind === "tls" && identity ? { identity } : {}),
    };
  throw new FaultError({
    code: "tak.malformed",
    what: "command line",
    where: { field: "--tak" },
    expected: "tcp://HOST:PORT, tls://HOST:PORT or udp://HOST:PORT",
    got: text,
  });
}

export const nameOfTarget = ({ kind, host, port }: TakTarget): string =>
  `${kind}://${host.includes(":") ? `[${host}]` : host}:${port}`;
