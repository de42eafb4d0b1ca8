import * as zlib from "node:zlib";

/** Reversed, as gzip has it (RFC 1952, section 8). */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++)
    value = (value & 1) === 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** The CRC-32 of bytes that follow others whose CRC-32 is `before`, on any Node. */
export function portableCrc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** Node's own, which is several times as fast; there is none before Node 20.15. */
const native: Partial<Pick<typeof zlib, "crc32">> = zlib;

/** The CRC-32 of bytes that follow others whose CRC-32 is `before`. */
export const crc32: typeof portableCrc32 = native.crc32 ?? portableCrc32;
