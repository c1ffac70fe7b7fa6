import { asterixFormat } from "./asterix-stream.ts";
import { cotFormat } from "./cot-stream.ts";
import { stationXmlFormat } from "./document-stream.ts";
import { firmsFormat } from "./firms-stream.ts";
import { klvFormat } from "./klv-stream.ts";
import { arrivalsFormat, sbsFormat } from "./line-stream.ts";
import { miniSeedFormat, seedLinkFormat } from "./miniseed-stream.ts";
import { avrFormat, beastFormat } from "./mode-s-stream.ts";
import { remoteIdFormat } from "./remote-id-stream.ts";
import { sapientFormat } from "./sapient-stream.ts";
import type { DecodeFormat } from "./stream-decoder.ts";
import { wavFormat } from "./wav-stream.ts";

/** Every format that `jmc decode` reads. A new one is added here and nowhere else. */
export const decodeFormats: readonly DecodeFormat[] = [
  beastFormat,
  avrFormat,
  sbsFormat,
  arrivalsFormat,
  asterixFormat,
  klvFormat,
  sapientFormat,
  remoteIdFormat,
  cotFormat,
  miniSeedFormat,
  seedLinkFormat,
  stationXmlFormat,
  firmsFormat,
  wavFormat,
];

export function findDecodeFormat(name: string): DecodeFormat | undefined {
  return decodeFormats.find((format) => format.name === name.toLowerCase());
}
