/** Where a source's bytes go. */
export type Endpoint =
  /** A listener of the centre: the driver connects, again and again if need be. */
  | { readonly host: string; readonly port: number }
  /** Datagrams, one for each message. */
  | { readonly udpHost: string; readonly udpPort: number }
  /** A broker: the driver publishes one message per line. */
  | { readonly mqttUrl: string; readonly topic: string; readonly username?: string; readonly password?: string }
  /** The same with a SeedLink server of these stations. */
  | { readonly seedLinkPort: number; readonly stations: readonly string[] }
  /** The centre connects to the driver; 0 takes any free port, which is reported. Loopback only. */
  | { readonly listenPort: number };

export type Endpoints = Readonly<Record<string, Endpoint>>;

/** What one wire has done so far. */
export interface WireCount {
  readonly isConnected: boolean;
  readonly messages: number;
  readonly bytes: number;
  /** Messages that nobody took, with their bytes: the queue was full or no receiver connected. */
  readonly lostMessages: number;
  readonly lostBytes: number;
}
