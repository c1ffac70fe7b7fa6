/** Universal label of the UAS datalink local set. Source: MISB ST 0601.19, clause 6.2. */
export const UAS_KEY = Uint8Array.of(
  0x06,
  0x0e,
  0x2b,
  0x34,
  0x02,
  0x0b,
  0x01,
  0x01,
  0x0e,
  0x01,
  0x03,
  0x01,
  0x01,
  0x00,
  0x00,
  0x00,
);

/** Octets with which every universal label begins. */
export const LABEL_PREFIX_LENGTH = 4;
