import { hexShort, parseU64 } from "../../decoder/text/u64";
import { element } from "../shared/dom";

/** Long enough not to report `0x` as an error before its digits are typed. */
const TYPING_PAUSE_MS = 150;

interface Listeners {
  /** The user has changed the text; earlier requests are out of date. */
  readonly changed: () => void;
  /** The user has paused, left the field or pressed Enter after a change. */
  readonly settled: () => void;
}

/** The field for a value. It keeps the typed text, and shortens it once the user leaves it. */
export class ValueField {
  readonly element: HTMLElement;
  readonly #input = element("input", {
    id: "value",
    type: "text",
    class: "value-input",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    "aria-describedby": "value-problem",
  });
  readonly #problem = element("p", { id: "value-problem", class: "problem", role: "status" });
  readonly #listeners: Listeners;
  #pause: ReturnType<typeof setTimeout> | null = null;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
    const label = element("label", { for: "value" }, "Value");
    this.element = element("div", { class: "field" }, label, this.#input, this.#problem);
    this.#input.addEventListener("input", () => {
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
  }

  get text(): string {
    return this.#input.value;
  }

  /** The value of the text; null if it is not valid. */
  get value(): bigint | null {
    const parsed = parseU64(this.text);
    return parsed.ok ? parsed.value : null;
  }

  /** Shows a value. Text that already has this value stays as typed. */
  show(value: bigint): void {
    this.#cancelPause();
    if (this.value !== value) this.#input.value = hexShort(value);
  }

  /** Shows why the text is no value; null clears the message. */
  showProblem(sentence: string | null): void {
    this.#problem.textContent = sentence;
    if (sentence === null) this.#input.removeAttribute("aria-invalid");
    else this.#input.setAttribute("aria-invalid", "true");
  }

  #finish(): void {
    const { value } = this;
    if (this.#pause !== null) this.#settle();
    if (value !== null && this.text !== hexShort(value)) this.#input.value = hexShort(value);
  }

  #settle(): void {
    this.#cancelPause();
    this.#listeners.settled();
  }

  #cancelPause(): void {
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
  }
}
