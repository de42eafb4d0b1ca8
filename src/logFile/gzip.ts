import type { InflateRaw } from "node:zlib";
import { createInflateRaw } from "node:zlib";
import { ByteReader } from "./byteReader";
import { crc32 } from "./crc32";
import { DamagedFile, damagedAfterEnd } from "./damaged";

/** Bytes unpacked at once: they become at most 16 MiB, all that is held in memory. */
const PIECE_BYTES = 16 * 1024;

/**
 * The content of gzip data (RFC 1952): all that can be unpacked, and only then a fault is thrown. Node's own stream
 * drops what it unpacks in the same step as it finds a wrong checksum, or bytes after the end.
 */
export async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = new ByteReader(source);
  try {
    await readHeader(bytes, await bytes.byte(), new DamagedFile());
    yield* member(bytes);
    for (;;) {
      const first = await bytes.byte();
      if (first === null) return;
      // Padding, as on a tape; gzip skips it too.
      if (first === 0) {
        await readZeros(bytes);
        return;
      }
      await readHeader(bytes, first, damagedAfterEnd());
      yield* member(bytes);
    }
  } finally {
    await bytes.close();
  }
}

const MAGIC_1 = 0x1f;
const MAGIC_2 = 0x8b;
const DEFLATE = 8;
const RESERVED_FLAGS = 0xe0;
const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;

/** Reads the header of a member; throws `fault` if the bytes are no such header. */
async function readHeader(
  bytes: ByteReader,
  first: number | null,
  fault: DamagedFile,
): Promise<void> {
  const isMember =
    first === MAGIC_1 && (await bytes.byte()) === MAGIC_2 && (await bytes.byte()) === DEFLATE;
  if (!isMember) throw fault;
  const [flags = 0] = await bytes.take(1);
  if ((flags & RESERVED_FLAGS) !== 0) throw new DamagedFile();
  // Time, level and operating system.
  await bytes.skip(6);
  if ((flags & HAS_EXTRA) !== 0) {
    const [low = 0, high = 0] = await bytes.take(2);
    await bytes.skip(low | (high << 8));
  }
  if ((flags & HAS_NAME) !== 0) await skipText(bytes);
  if ((flags & HAS_COMMENT) !== 0) await skipText(bytes);
  if ((flags & HAS_CHECKSUM) !== 0) await bytes.skip(2);
}

async function skipText(bytes: ByteReader): Promise<void> {
  for (;;) {
    const [byte] = await bytes.take(1);
    if (byte === 0) return;
  }
}

async function readZeros(bytes: ByteReader): Promise<void> {
  for (;;) {
    const piece = await bytes.piece(PIECE_BYTES);
    if (piece === null) return;
    if (piece.some((byte) => byte !== 0)) throw damagedAfterEnd();
  }
}

/** The content of one member; throws if its checksum is wrong. */
async function* member(bytes: ByteReader): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  let crc = 0;
  let length = 0;
  try {
    while (!inflater.isOver) {
      const piece = await bytes.piece(PIECE_BYTES);
      if (piece === null) throw new DamagedFile();
      const unused = await inflater.push(piece);
      for (const chunk of inflater.take()) {
        crc = crc32(chunk, crc);
        length += chunk.length;
        yield chunk;
      }
      if (inflater.isDamaged) throw new DamagedFile();
      bytes.back(unused);
    }
  } finally {
    inflater.close();
  }
  const trailer = await bytes.take(8);
  const view = new DataView(trailer.buffer);
  if (view.getUint32(0, true) !== crc || view.getUint32(4, true) !== length >>> 0)
    throw new DamagedFile();
}

/** Unpacks one deflate stream, piece by piece. */
class Inflater {
  readonly #stream: InflateRaw = createInflateRaw();
  #ready: Uint8Array[] = [];
  #pushed = 0;
  #settle: () => void = () => undefined;
  /** The stream has ended; its last piece may go on with other bytes. */
  isOver = false;
  /** The stream cannot be unpacked further. */
  isDamaged = false;

  constructor() {
    this.#stream.on("data", (chunk: Uint8Array) => this.#ready.push(chunk));
    this.#stream.on("error", () => {
      this.isDamaged = true;
      this.#settle();
    });
  }

  /** Unpacks a piece; returns how many bytes at its end are not part of the stream. */
  async push(piece: Uint8Array): Promise<number> {
    this.#pushed += piece.length;
    await new Promise<void>((resolve) => {
      this.#settle = resolve;
      this.#stream.write(piece, () => {
        resolve();
      });
    });
    if (this.isDamaged) return 0;
    const unused = this.#pushed - this.#stream.bytesWritten;
    this.isOver = unused > 0;
    return unused;
  }

  /** The bytes unpacked since the last call. */
  take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  close(): void {
    this.#stream.destroy();
  }
}
