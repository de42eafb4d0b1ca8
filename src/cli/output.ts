/** Characters to gather before a write: one system call per line would take longer than the scan. */
const WRITTEN_AT_ONCE = 65_536;

/** Gathers what is printed while one chunk of input is read, and writes it before the next one comes. */
export class Output {
  readonly #write: (text: string) => void;
  #waiting = "";
  #timer: NodeJS.Immediate | null = null;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Prints a text and a newline. */
  print(text: string): void {
    this.#waiting += `${text}\n`;
    if (this.#waiting.length >= WRITTEN_AT_ONCE) this.flush();
    else
      this.#timer ??= setImmediate(() => {
        this.flush();
      });
  }

  /** Writes the gathered text. */
  flush(): void {
    if (this.#timer !== null) clearImmediate(this.#timer);
    this.#timer = null;
    const waiting = this.#waiting;
    this.#waiting = "";
    if (waiting !== "") this.#write(waiting);
  }
}
