/** So many bytes at most decide whether a log without a byte-order mark is UTF-16. */
const JUDGED_BYTES = 1024;

type Utf16 = "utf-16le" | "utf-16be";

/**
 * The bytes of a log in UTF-8. What is UTF-16 by its byte-order mark, or by its first characters without one, is
 * converted chunk by chunk; anything else, binary data too, is given as it comes. All that came before an error of the
 * source is given before it is thrown.
 */
export async function* utf8Chunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const log = new Utf8Log();
  try {
    for await (const chunk of source) {
      const bytes = log.push(chunk);
      if (bytes.length > 0) yield bytes;
    }
  } catch (error) {
    const rest = log.end();
    if (rest.length > 0) yield rest;
    throw error;
  }
  const rest = log.end();
  if (rest.length > 0) yield rest;
}

/** Converts a log to UTF-8, in chunks of any size: how they are cut changes nothing. */
class Utf8Log {
  /** Undefined until the first bytes decide; null for bytes that stay as they are. */
  #decoder: InstanceType<typeof TextDecoder> | null | undefined;
  readonly #encoder = new TextEncoder();
  /** The first bytes, while they do not decide. */
  #head = new Uint8Array();

  /** The next bytes in UTF-8; those of a log that is not UTF-16 in the same memory. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.#decoder === null) return chunk;
    if (this.#decoder !== undefined) return this.#decoded(chunk);
    const bytes = this.#head.length === 0 ? chunk : joined(this.#head, chunk);
    const encoding = encodingOf(bytes, false);
    if (encoding === undefined) {
      this.#head = bytes.slice();
      return NOTHING;
    }
    return this.#begin(bytes, encoding);
  }

  /** The bytes that were held back, when there are no more. */
  end(): Uint8Array {
    if (this.#decoder === null) return NOTHING;
    const bytes =
      this.#decoder === undefined ? this.#begin(this.#head, encodingOf(this.#head, true)) : NOTHING;
    const rest = this.#encoder.encode(this.#decoder?.decode() ?? "");
    return rest.length === 0 ? bytes : joined(bytes, rest);
  }

  #begin(bytes: Uint8Array, encoding: Utf16 | null | undefined): Uint8Array {
    this.#head = NOTHING;
    // A byte-order mark is left out where UTF-16 is read.
    this.#decoder = encoding == null ? null : new TextDecoder(encoding);
    return this.#decoder === null ? bytes : this.#decoded(bytes);
  }

  #decoded(bytes: Uint8Array): Uint8Array {
    return this.#encoder.encode(this.#decoder?.decode(bytes, { stream: true }) ?? "");
  }
}

const NOTHING = new Uint8Array();

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/**
 * The encoding of a log by its first bytes; null for bytes that are not UTF-16, undefined where more of them decide.
 * `isAll`: there are no more.
 */
function encodingOf(bytes: Uint8Array, isAll: boolean): Utf16 | null | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return isAll ? null : undefined;
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0xff && second === 0xfe) {
    if (bytes.length < 4) return isAll ? "utf-16le" : undefined;
    // The same mark and two zeros are UTF-32.
    return bytes[2] === 0 && bytes[3] === 0 ? null : "utf-16le";
  }
  if (second === 0 && isText(first)) return judged(bytes, { text: 0, zero: 1, isAll });
  if (first === 0 && isText(second)) return judged(bytes, { text: 1, zero: 0, isAll });
  return null;
}

/** Where in each two bytes ASCII has its character and its zero, and whether there are no more bytes. */
interface Judging {
  readonly text: 0 | 1;
  readonly zero: 0 | 1;
  readonly isAll: boolean;
}

/** Characters that may stand out before the bytes are taken for something else. */
const MOST_OTHERS_AT_FIRST = 2;
/** Of so many characters at most one is no ASCII: a log is mostly its programs' words. */
const OTHERS_ONE_IN = 4;

/** Judges bytes without a byte-order mark: text of ASCII for the most part, and no NUL. */
function judged(bytes: Uint8Array, { text, zero, isAll }: Judging): Utf16 | null | undefined {
  const length = Math.min(bytes.length, JUDGED_BYTES) & ~1;
  let others = 0;
  for (let at = 0; at < length; at += 2) {
    const character = bytes[at + text] ?? 0;
    const isZero = bytes[at + zero] === 0;
    if (isZero && character === 0) return null;
    if (!isZero || !isText(character)) others += 1;
    if ((others - MOST_OTHERS_AT_FIRST) * OTHERS_ONE_IN > at / 2) return null;
  }
  if (length < JUDGED_BYTES && !isAll) return undefined;
  const isMostly = length >= 4 && others * OTHERS_ONE_IN <= length / 2;
  if (!isMostly) return null;
  return text === 0 ? "utf-16le" : "utf-16be";
}

/** Whether a byte is a character of ASCII text. */
function isText(byte: number): boolean {
  return (
    (byte >= 0x20 && byte <= 0x7e) || byte === TAB || byte === LF || byte === CR || byte === ESC
  );
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const ESC = 0x1b;
