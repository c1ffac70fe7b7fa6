export {
  SeedLinkClient,
  type SeedLinkClientOptions,
  type SeedLinkClientSink,
  type SeedLinkClientState,
} from "./seedlink-client.ts";
export type { SeedLinkStation } from "./seedlink-commands.ts";
export { SeedLinkFramer, type SeedLinkFrameSink } from "./seedlink-framer.ts";
export type { SeedLinkPacket, SeedLinkSink } from "./seedlink-packet.ts";
export {
  SeedLinkRing,
  type SeedLinkServerOptions,
  SeedLinkServerSession,
  type ServedRecord,
} from "./seedlink-server.ts";
