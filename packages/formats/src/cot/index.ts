export type { CotEvent } from "./cot-event.ts";
export { CotFramer, type CotSink, frameTak, readCotDatagram } from "./cot-framer.ts";
export { decodeCotXml } from "./decode-cot-xml.ts";
export { encodeCotXml } from "./encode-cot-xml.ts";
export { decodeTak, encodeTak } from "./tak-protocol.ts";
