import { decodeRemoteId, type RemoteIdOrigin, RemoteIdStream } from "@openjmc/formats";
import { framed } from "./framed.ts";
import type { DecodeFormat, DecodeOutput } from "./stream-decoder.ts";

export const remoteIdFormat: DecodeFormat = {
  name: "remote-id",
  description: "Remote ID of unmanned aircraft: captured radio frames, a receiver's lines, or bare messages and packs",
  create: (_, output) =>
    framed(new RemoteIdStream(), output, {
      payload: (bytes: Uint8Array, origin: RemoteIdOrigin) => writePayload(bytes, origin, output),
    }),
};

function writePayload(bytes: Uint8Array, origin: RemoteIdOrigin, output: DecodeOutput): void {
  const decoded = decodeRemoteId(bytes, origin.offset);
  if (!decoded.ok) {
    output.fault(decoded.fault);
    return;
  }
  const { at, transmitter, counter, offset, ...carrier } = origin;
  const sender = transmitter === "" ? {} : { transmitter, counter };
  output.record({ offset, ...(Number.isNaN(at) ? {} : { at }), ...sender, ...carrier, messages: decoded.value });
}
