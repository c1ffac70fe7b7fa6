export {
  SeedLinkClient,
  type SeedLinkClientOptions,
  type SeedLinkClientSink,
  type SeedLinkClientState,
} from "./seedlink-client.ts";
export type { SeedLinkStation } from "./seedlink-commands.ts";
export { SeedLinkFramer, type SeedLinkFrameSink } from "./seedlink-framer.ts";
export type { SeedLinkPacket, SeedLinkSink } from "./seedlink-packet.ts";
export { SeedLinkRing, type ServedRecord } from "./seedlink-ring.ts";
export { type SeedLinkServerOptions, SeedLinkServerSession } from "./seedlink-server.ts";
