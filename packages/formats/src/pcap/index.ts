export { type DatagramPlace, findDatagram } from "./datagram.ts";
export { isCapture, type PacketSink, PcapFramer } from "./pcap-framer.ts";
