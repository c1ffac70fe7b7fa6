export { type CapturedDatagram, DatagramReader, flowOfDatagram } from "./datagram-reader.ts";
export { isCapture, type PacketSink, PcapFramer } from "./pcap-framer.ts";
