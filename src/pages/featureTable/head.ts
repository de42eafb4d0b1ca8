import type { FeatureTable } from "../../decoder/report/value/featureTable";
import { element, fill } from "../shared/dom";
import type { CopyFormat, TableMessage } from "./protocol";
import { ValueField } from "./valueField";

interface HeadWishes {
  /** The user has changed the text; earlier requests are out of date. */
  readonly typing: () => void;
  readonly read: (text: string) => void;
  readonly convert: (register: string) => void;
  /** "" asks for a guest, null is for none. */
  readonly chooseGuest: (text: string | null) => void;
  readonly useGuest: () => void;
  readonly compare: () => void;
  readonly copy: (format: CopyFormat) => void;
}

/** Ids of the list of guests that are no guest. */
const NONE = "-";
const OTHER = "?";
const USE = "!";

const COPIES: readonly { readonly format: CopyFormat; readonly label: string }[] = [
  { format: "text", label: "Copy as text" },
  { format: "markdown", label: "Copy as Markdown" },
  { format: "json", label: "Copy as JSON" },
  { format: "csv", label: "Copy the kernels as CSV" },
  { format: "link", label: "Copy a link to this table" },
];

const COPIED_SHOWN_MS = 4000;

/** The top of the page, always in sight: the value, its register, the guest kernel, compare and copy. */
export class Head {
  readonly element: HTMLElement;
  readonly field: ValueField;
  readonly #register = element("select", { "aria-label": "Register" });
  readonly #other = element("output", { class: "other", "aria-label": "The same features" });
  readonly #guest = element("select", { id: "guest" });
  readonly #copied = element("span", { class: "copied", role: "status" });
  readonly #compare = element("button", { type: "button" }, "Compare…");
  #chosen = NONE;
  #copiedShown: ReturnType<typeof setTimeout> | undefined;

  constructor(wishes: HeadWishes) {
    this.field = new ValueField({ changed: wishes.typing, settled: wishes.read });
    this.#register.addEventListener("change", () => {
      wishes.convert(this.#register.value);
    });
    this.#guest.addEventListener("change", () => {
      const { value } = this.#guest;
      // What was picked is shown once the host confirms it.
      this.#guest.value = this.#chosen;
      if (value === USE) wishes.useGuest();
      else wishes.chooseGuest(value === OTHER ? "" : value === NONE ? null : value);
    });
    this.#compare.addEventListener("click", wishes.compare);
    const copy = element("select", { class: "copy", "aria-label": "Copy" });
    fill(copy, COPIES, (all) => [
      element("option", { value: "", disabled: "", selected: "", hidden: "" }, "Copy…"),
      ...all.map(({ format, label }) => element("option", { value: format }, label)),
    ]);
    copy.addEventListener("change", () => {
      const chosen = COPIES.find(({ format }) => format === copy.value);
      copy.value = "";
      if (chosen !== undefined) wishes.copy(chosen.format);
    });
    this.element = element(
      "header",
      { class: "table-head" },
      element(
        "div",
        { class: "line" },
        this.field.element,
        element("div", { class: "pair" }, this.#register, this.#other),
      ),
      element(
        "div",
        { class: "line" },
        element("label", { for: "guest" }, "Kernel"),
        this.#guest,
        element("div", { class: "pair" }, this.#compare, copy, this.#copied),
      ),
    );
  }

  render({ table, problem, history }: TableMessage): void {
    const { register, registers, other } = table;
    fill(this.#register, registers, (all) =>
      all.map(({ id, label }) => element("option", { value: id }, label)),
    );
    this.#register.value = register;
    fill(this.#other, other, (text) => [text === null ? "" : `= ${text}`]);
    this.#compare.hidden = table.rows.length === 0;
    this.#renderGuests(table);
    this.field.showProblem(problem);
    this.field.offer(history);
  }

  /** Says for a moment that the clipboard has what was asked for. */
  showCopied(): void {
    clearTimeout(this.#copiedShown);
    this.#copied.textContent = "✓ Copied";
    this.#copiedShown = setTimeout(() => {
      this.#copied.textContent = "";
    }, COPIED_SHOWN_MS);
  }

  #renderGuests({ guest, guests }: FeatureTable): void {
    fill(this.#guest, { guest, guests }, (all) => [
      element("option", { value: NONE }, "No kernel: decode only"),
      ...all.guests.map(({ label, choices }) =>
        element(
          "optgroup",
          { label },
          choices.map(({ id, label: text }) => element("option", { value: id }, text)),
        ),
      ),
      element(
        "optgroup",
        { label: "More" },
        element("option", { value: OTHER }, "Other: type or paste any kernel…"),
        all.guest === null
          ? []
          : [element("option", { value: USE }, `Use ${all.guest.label} for this workspace`)],
      ),
    ]);
    this.#chosen = guest?.id ?? NONE;
    this.#guest.value = this.#chosen;
  }
}
