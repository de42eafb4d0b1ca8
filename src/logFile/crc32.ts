import * as zlib from "node:zlib";

/** The bit-reversed polynomial of gzip (RFC 1952, section 8). */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++)
    value = (value & 1) === 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** The CRC-32 continued from `before`, on every Node version. */
export function portableCrc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** Node's own function, several times as fast; missing before Node 20.15. */
const native: Partial<Pick<typeof zlib, "crc32">> = zlib;

/** The CRC-32 continued from `before`, the CRC-32 of the preceding bytes. */
export const crc32: typeof portableCrc32 = native.crc32 ?? portableCrc32;
