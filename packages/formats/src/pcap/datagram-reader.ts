import { findDatagram, findFragment, flowOf } from "./datagram.ts";
import { Fragments } from "./fragments.ts";

/** Payload of a UDP datagram out of a capture. The bytes are lent until the next packet is read. */
export interface CapturedDatagram {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Of the payload in the file; of a datagram put together, that of the fragment that made it whole. */
  readonly offset: number;
  readonly network: number;
}

/** Who sent it to whom, addresses and ports. */
export const flowOfDatagram = ({ bytes, network, start }: CapturedDatagram): string => flowOf(bytes, network, start);

/** Reads a capture's packets one after the other, and puts fragments together. */
export class DatagramReader {
  readonly #fragments = new Fragments();
  #skipped = 0;

  /** Packets that held no datagram, and fragments of those that never became whole. */
  get skipped(): number {
    return this.#skipped + this.#fragments.lost;
  }

  /** Undefined for what is no datagram, or not yet a whole one. @param offset of the packet in the file. */
  read(bytes: Uint8Array, start: number, end: number, offset: number, linkType: number): CapturedDatagram | undefined {
    const place = findDatagram(bytes, start, end, linkType);
    if (typeof place !== "string") return { bytes, ...place, offset: offset + place.start - start };
    const whole = place === "fragment" ? this.#fragment(bytes, start, end, linkType) : damaged;
    if (whole === damaged) this.#skipped += 1;
    return whole === damaged || whole === undefined ? undefined : { ...whole, offset };
  }

  end(): void {
    this.#fragments.end();
  }

  #fragment(bytes: Uint8Array, start: number, end: number, linkType: number) {
    const fragment = findFragment(bytes, start, end, linkType);
    if (fragment === undefined) return damaged;
    const payload = this.#fragments.add(fragment);
    return payload && putTogether(bytes, fragment.network, payload);
  }
}

const damaged = Symbol("damaged");

/** The datagram behind the header of one of its fragments, which tells who sent it to whom. */
function putTogether(bytes: Uint8Array, network: number, payload: Uint8Array) {
  const header = bytes[network]! >> 4 === 4 ? 20 : 40;
  const length = (payload[4]! << 8) | payload[5]!;
  if (payload.length < 8 || length < 8 || length > payload.length) return damaged;
  const whole = new Uint8Array(header + payload.length);
  whole.set(bytes.subarray(network, network + header));
  whole.set(payload, header);
  return { bytes: whole, start: header + 8, end: header + length, network: 0 };
}
