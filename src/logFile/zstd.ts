import { Decompress } from "fzstd";
import { ByteReader } from "./byteReader";
import { DamagedFile, damagedAfterEnd } from "./damaged";

/**
 * The content of zstd data (RFC 8878), block by block: all before a fault is given before it is thrown.
 */
export async function* unzstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = new ByteReader(source);
  try {
    for (let fault = new DamagedFile(); ; fault = damagedAfterEnd()) {
      const magic = await readMagic(bytes, fault);
      if (magic === null) return;
      if (magic === FRAME) yield* frame(bytes);
      else await skipFrame(bytes);
    }
  } finally {
    await bytes.close();
  }
}

const FRAME = 0xfd2fb528;
/** Frames that hold anything else: the last four bits are free. */
const SKIPPABLE = 0x184d2a50;

/** The number that a frame begins with; null where there are no more frames. */
async function readMagic(bytes: ByteReader, fault: DamagedFile): Promise<number | null> {
  const magic = new DataView(new ArrayBuffer(4));
  for (let at = 0; at < 4; at++) {
    const byte = await bytes.byte();
    if (byte === null && at === 0) return null;
    if (byte === null) throw fault;
    magic.setUint8(at, byte);
  }
  const number = magic.getUint32(0, true);
  if (number !== FRAME && (number & ~0xf) >>> 0 !== SKIPPABLE) throw fault;
  return number;
}

async function skipFrame(bytes: ByteReader): Promise<void> {
  const size = await bytes.take(4);
  await bytes.skip(new DataView(size.buffer).getUint32(0, true));
}

/** The content of a frame, whose first number was read. */
async function* frame(bytes: ByteReader): AsyncGenerator<Uint8Array> {
  const { header, hasChecksum } = await readFrameHeader(bytes);
  const unpacker = new Unpacker();
  unpacker.push(header);
  for (let isLast = false; !isLast;) {
    const head = await bytes.take(3);
    const [low = 0, middle = 0, high = 0] = head;
    isLast = (low & 1) === 1;
    const size = (low | (middle << 8) | (high << 16)) >>> 3;
    const isRepeated = ((low >> 1) & 3) === 1;
    const rest = await bytes.take((isRepeated ? 1 : size) + (isLast && hasChecksum ? 4 : 0));
    unpacker.push(Buffer.concat([head, rest]), isLast);
    yield* unpacker.take();
    if (unpacker.isDamaged) throw new DamagedFile();
  }
}

/** Unpacks one frame, of which it is given the header and then one block after another. */
class Unpacker {
  readonly #stream = new Decompress((chunk) => {
    if (chunk.length > 0) this.#ready.push(chunk);
  });
  #ready: Uint8Array[] = [];
  isDamaged = false;

  push(bytes: Uint8Array, isLast = false): void {
    try {
      this.#stream.push(bytes, isLast);
    } catch {
      // All that it throws is about its bytes, though not all of it has a code.
      this.isDamaged = true;
    }
  }

  /** What came out since this was last asked. */
  take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

interface FrameHeader {
  /** With the number before it. */
  readonly header: Uint8Array;
  readonly hasChecksum: boolean;
}

const SINGLE_SEGMENT = 0x20;
const HAS_CHECKSUM = 4;

/** Reads the header of a frame. */
async function readFrameHeader(bytes: ByteReader): Promise<FrameHeader> {
  const [flags = 0] = await bytes.take(1);
  const isSingle = (flags & SINGLE_SEGMENT) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const rest = await bytes.take((isSingle ? 0 : 1) + dictionaryBytes + sizeBytes);
  const header = new Uint8Array(5 + rest.length);
  new DataView(header.buffer).setUint32(0, FRAME, true);
  header[4] = flags;
  header.set(rest, 5);
  return { header, hasChecksum: (flags & HAS_CHECKSUM) !== 0 };
}
