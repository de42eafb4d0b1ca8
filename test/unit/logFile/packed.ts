import { gzipSync } from "node:zlib";

/** A gzip of these bytes with every optional part of its header (RFC 1952). */
export function gzipWithNames(content: Uint8Array): Uint8Array {
  const packed = gzipSync(content);
  const header = Buffer.from(packed.subarray(0, 10));
  header[3] = 2 | 4 | 8 | 16;
  const extra = Buffer.from([3, 0, 1, 2, 3]);
  const names = Buffer.from("serial.log\0a comment\0");
  return Buffer.concat([header, extra, names, Buffer.from([0, 0]), packed.subarray(10)]);
}

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** A zstd frame of blocks, with a window of 2 to the power of `windowLog`. */
export function frame(windowLog: number, ...blocks: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from([...MAGIC, 0, (windowLog - 10) << 3]), ...blocks]);
}

/** The same with a checksum, which nothing here checks. */
export function frameWithChecksum(...blocks: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from([...MAGIC, 4, 7 << 3]), ...blocks, Buffer.alloc(4)]);
}

/** A frame of a single segment that claims so large a content, in 8 bytes. */
export function segment(size: bigint, ...blocks: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.from([...MAGIC, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeBigUInt64LE(size, 5);
  return Buffer.concat([header, ...blocks]);
}

/** Bytes that zstd passes over. */
export function skippable(content: string): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x53, 0x2a, 0x4d, 0x18, content.length, 0, 0, 0]),
    Buffer.from(content),
  ]);
}

/** A block with its bytes as they are. */
export function raw(text: string, last = false): Uint8Array {
  return Buffer.concat([blockHead(0, text.length, last), Buffer.from(text)]);
}

/** A block of one byte, so many times. */
export function repeated(byte: string, size: number, last = false): Uint8Array {
  return Buffer.concat([blockHead(1, size, last), Buffer.from(byte)]);
}

/** A block of the type that is reserved, which nothing can unpack. */
export function bad(size: number): Uint8Array {
  return Buffer.concat([blockHead(3, size, false), Buffer.alloc(size)]);
}

function blockHead(type: number, size: number, last: boolean): Uint8Array {
  const head = Buffer.alloc(3);
  head.writeUIntLE((size << 3) | (type << 1) | Number(last), 0, 3);
  return head;
}
