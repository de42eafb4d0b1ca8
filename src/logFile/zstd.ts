import { setImmediate } from "node:timers/promises";
import { Decompress } from "fzstd";
import { ByteReader } from "./byteReader";
import { DamagedFile, damagedAfterEnd } from "./damaged";

/** The largest window that a file may request: the limit of `zstd` without --long. */
const LARGEST_WINDOW = 128 * 1024 * 1024;
const LARGEST_BLOCK = 128 * 1024;
/** Unpacks this long before other work gets a turn. */
const BUSY_MS = 50;

/**
 * The content of zstd data (RFC 8878), block by block, so that a small file that becomes very large is never held in
 * memory, and all before a fault is given before it is thrown.
 */
export async function* unzstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = new ByteReader(source);
  const pace = new Pace();
  try {
    for (let fault = new DamagedFile(); ; fault = damagedAfterEnd()) {
      const magic = await readMagic(bytes, fault);
      if (magic === null) return;
      if (magic === FRAME) yield* frame(bytes, pace);
      else await skipFrame(bytes);
    }
  } finally {
    await bytes.close();
  }
}

const FRAME = 0xfd2fb528;
/** Skippable frames: the last four bits of their magic number are free. */
const SKIPPABLE = 0x184d2a50;

/** The magic number of the next frame; null after the last frame. */
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

/** The content of a frame after its magic number. */
async function* frame(bytes: ByteReader, pace: Pace): AsyncGenerator<Uint8Array> {
  const { header, hasChecksum } = await readFrameHeader(bytes);
  const unpacker = new Unpacker();
  unpacker.push(header);
  for (let isLast = false; !isLast;) {
    const head = await bytes.take(3);
    const [low = 0, middle = 0, high = 0] = head;
    isLast = (low & 1) === 1;
    const size = (low | (middle << 8) | (high << 16)) >>> 3;
    if (size > LARGEST_BLOCK) throw new DamagedFile();
    const isRepeated = ((low >> 1) & 3) === 1;
    const rest = await bytes.take((isRepeated ? 1 : size) + (isLast && hasChecksum ? 4 : 0));
    unpacker.push(Buffer.concat([head, rest]), isLast);
    yield* unpacker.take();
    if (unpacker.isDamaged) throw new DamagedFile();
    await pace.rest();
  }
}

/** Unpacks one frame: first its header, then block after block. */
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
      // Every error here is about the bytes, also one without a code.
      this.isDamaged = true;
    }
  }

  /** The bytes unpacked since the last call. */
  take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

/** Gives other work a turn, such as a cancel, while unpacking takes long. */
class Pace {
  #rested = Date.now();

  async rest(): Promise<void> {
    if (Date.now() - this.#rested <= BUSY_MS) return;
    await setImmediate();
    this.#rested = Date.now();
  }
}

interface FrameHeader {
  /** With the magic number before it. */
  readonly header: Uint8Array;
  readonly hasChecksum: boolean;
}

const SINGLE_SEGMENT = 0x20;
const HAS_CHECKSUM = 4;

/** Reads the header of a frame. Throws if the frame needs too much memory. */
async function readFrameHeader(bytes: ByteReader): Promise<FrameHeader> {
  const [flags = 0] = await bytes.take(1);
  const isSingle = (flags & SINGLE_SEGMENT) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const rest = await bytes.take((isSingle ? 0 : 1) + dictionaryBytes + sizeBytes);
  const window = isSingle ? contentSize(rest.subarray(dictionaryBytes)) : windowSize(rest[0] ?? 0);
  if (window > LARGEST_WINDOW) throw tooLarge(window);
  const header = new Uint8Array(5 + rest.length);
  new DataView(header.buffer).setUint32(0, FRAME, true);
  header[4] = flags;
  header.set(rest, 5);
  return { header, hasChecksum: (flags & HAS_CHECKSUM) !== 0 };
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** A single-segment frame has no window size: the window holds the whole content. */
function contentSize(field: Uint8Array): number {
  const size = field.reduceRight((high, byte) => high * 256 + byte, 0);
  return field.length === 2 ? size + 256 : size;
}

function tooLarge(window: number): DamagedFile {
  const mebibytes = Math.ceil(window / (1024 * 1024));
  return new DamagedFile(
    `unpacking it needs a window of ${mebibytes} MiB, more than the limit of 128 MiB: expected a file that is unpacked, or packed without --long`,
  );
}
