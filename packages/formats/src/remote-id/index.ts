export { decodeRemoteId } from "./decode-remote-id.ts";
export { encodeRemoteId, packRemoteId } from "./encode-remote-id.ts";
export { findRemoteId, type RemoteIdPayload, type RemoteIdTransport } from "./radio-frame.ts";
export { decodeRemoteIdLine, encodeRemoteIdLine, type ReceivedRemoteId } from "./receiver-line.ts";
export { RemoteIdAssembler, type RemoteIdReport } from "./remote-id-assembler.ts";
export type {
  AuthenticationMessage,
  BasicIdMessage,
  LocationMessage,
  OperatorIdMessage,
  RemoteIdMessage,
  SelfIdMessage,
  SystemMessage,
} from "./remote-id-message.ts";
export { type RemoteIdFraming, type RemoteIdOrigin, type RemoteIdSink, RemoteIdStream } from "./remote-id-stream.ts";
