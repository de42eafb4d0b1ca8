import { hexShort, parseU64 } from "../../decoder/text/u64";
import { element, fill } from "../shared/dom";

/** Long enough not to report `0x` as an error before its digits are typed. */
const TYPING_PAUSE_MS = 150;

interface Listeners {
  /** The user has changed the text; earlier requests are out of date. */
  readonly changed: () => void;
  /** The user has paused, left the field, pressed Enter or pasted. */
  readonly settled: (text: string) => void;
}

/** The field for a value, names, a line or a whole log. What was typed stays until the user leaves it. */
export class ValueField {
  readonly element: HTMLElement;
  readonly #input = element("input", {
    id: "value",
    type: "text",
    class: "value-input",
    list: "value-history",
    placeholder: "0x887, SEV-SNP,SecureTSC, or paste a line or a log",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    "aria-label": "Value",
    "aria-describedby": "value-problem",
  });
  readonly #problem = element("p", { id: "value-problem", class: "problem", role: "status" });
  readonly #history = element("datalist", { id: "value-history" });
  readonly #listeners: Listeners;
  #pause: ReturnType<typeof setTimeout> | null = null;
  /** The value that the table shows. */
  #shown = 0n;
  /** The text is the user's, who may still be typing. */
  #isTyped = false;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    this.element = element("div", { class: "field" }, this.#input, this.#problem, this.#history);
    this.#input.addEventListener("input", () => {
      this.#isTyped = true;
      listeners.changed();
      this.#cancelPause();
      this.#pause = setTimeout(() => {
        this.#settle();
      }, TYPING_PAUSE_MS);
    });
    this.#input.addEventListener("blur", () => {
      this.#finish();
    });
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#finish();
    });
    this.#input.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      // The field itself would join the lines.
      if (!/[\r\n]/u.test(text.trim())) return;
      event.preventDefault();
      this.#cancelPause();
      this.#isTyped = false;
      listeners.changed();
      listeners.settled(text);
    });
  }

  /** The value of the text; null if it is no number alone. */
  get value(): bigint | null {
    const parsed = parseU64(this.#input.value);
    return parsed.ok ? parsed.value : null;
  }

  /** Puts the focus here, with all of the text selected. */
  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Shows a value. Text that is being typed stays. */
  show(value: bigint): void {
    if (this.#isTyped) this.#shown = value;
    else this.replace(value);
  }

  /** Shows a value instead of what was typed. */
  replace(value: bigint): void {
    this.#cancelPause();
    this.#isTyped = false;
    this.#shown = value;
    this.#input.value = hexShort(value);
  }

  /** Offers earlier values. */
  offer(history: readonly string[]): void {
    fill(this.#history, history, (all) => all.map((value) => element("option", { value })));
  }

  /** Shows why the text is no value; null clears the message. */
  showProblem(sentence: string | null): void {
    this.#problem.textContent = sentence;
    if (sentence === null) this.#input.removeAttribute("aria-invalid");
    else this.#input.setAttribute("aria-invalid", "true");
  }

  /** The typed text is whole: its value is then written the short way. */
  #finish(): void {
    if (!this.#isTyped) return;
    this.#isTyped = false;
    if (this.#pause !== null) this.#settle();
    else if (this.#input.getAttribute("aria-invalid") === null)
      this.#input.value = hexShort(this.#shown);
  }

  #settle(): void {
    this.#cancelPause();
    this.#listeners.settled(this.#input.value);
  }

  #cancelPause(): void {
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
  }
}
