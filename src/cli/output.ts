import { wrap } from "../decoder/text/wrap";

/** Bytes that are written at once: one system call per line would take longer than the scan. */
const WRITTEN_AT_ONCE = 65_536;
/** So few bytes are written as a copy. */
const COPIED = WRITTEN_AT_ONCE / 8;
/** The most bytes that a UTF-16 unit becomes in UTF-8. */
const BYTES_PER_UNIT = 3;
const NEWLINE = 0x0a;

/**
 * Gathers what is printed while one chunk of input is read, and writes it before the next one comes. It keeps bytes, not
 * strings: strings that wait survive garbage collections, and the memory of a long scan would grow with them.
 */
export class Output {
  readonly #write: (bytes: Uint8Array) => void;
  #waiting = Buffer.allocUnsafe(WRITTEN_AT_ONCE);
  #length = 0;
  #timer: NodeJS.Immediate | null = null;

  /** `write` gets UTF-8 that it may keep. */
  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  /** Prints a text and a newline. */
  print(text: string): void {
    const most = BYTES_PER_UNIT * text.length + 1;
    if (this.#length + most > WRITTEN_AT_ONCE) this.flush();
    if (most > WRITTEN_AT_ONCE) {
      this.#write(Buffer.from(`${text}\n`));
      return;
    }
    this.#length += this.#waiting.write(text, this.#length);
    this.#waiting[this.#length++] = NEWLINE;
    this.#timer ??= setImmediate(() => {
      this.flush();
    });
  }

  /** Writes the gathered bytes. */
  flush(): void {
    if (this.#timer !== null) clearImmediate(this.#timer);
    this.#timer = null;
    if (this.#length === 0) return;
    const bytes = this.#waiting.subarray(0, this.#length);
    this.#length = 0;
    // A slow reader may keep what is written for long: a few lines must not hold on to the whole buffer.
    if (bytes.length <= COPIED) {
      this.#write(Buffer.from(bytes));
    } else {
      this.#waiting = Buffer.allocUnsafe(WRITTEN_AT_ONCE);
      this.#write(bytes);
    }
  }
}

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** Text for people, wrapped at a terminal's width; as it is where it goes elsewhere. */
export function wrappedFor(
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  text: string,
): string {
  return isTTY === true ? wrap(text, Math.min(columns ?? WIDEST, WIDEST)) : text;
}
