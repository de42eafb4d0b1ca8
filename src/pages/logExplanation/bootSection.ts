import type { Report } from "../../decoder/report/report";
import { CopyButton } from "../shared/copyButton";
import { element, fill, phraseNodes } from "../shared/dom";
import { FieldTable } from "../shared/fieldTable";
import { partNodes, toneBadge } from "../shared/reportParts";
import type { BootView, FindingLine } from "./protocol";

interface BootWishes {
  readonly copy: () => void;
  /** Null where the lines of the log cannot be opened. */
  readonly reveal: ((finding: FindingLine) => void) | null;
}

/** One boot: its outcome, what to do, and its findings with links to their lines. */
export class BootSection {
  readonly element: HTMLElement;
  readonly #wishes: BootWishes;
  readonly #title: HTMLHeadingElement;
  readonly #sentence = element("p", { class: "sentence" });
  readonly #copy: CopyButton;
  readonly #fields = new FieldTable();
  readonly #parts = element("div", { class: "parts" });
  readonly #count = element("h3");
  readonly #findings = element("ol", { class: "findings" });
  readonly #more = element("p", { class: "small" });

  constructor(index: number, wishes: BootWishes) {
    this.#wishes = wishes;
    this.#copy = new CopyButton(wishes.copy);
    this.#title = element("h2", { class: "title", id: `boot-${index}` });
    this.element = element(
      "section",
      { class: "verdict boot", "aria-labelledby": `boot-${index}` },
      element(
        "div",
        { class: "head" },
        element("div", { class: "answer" }, this.#title, this.#sentence),
        this.#copy.element,
      ),
      this.#fields.element,
      this.#parts,
      this.#count,
      this.#findings,
      this.#more,
    );
  }

  /** Updates the boot; findings are only added, never removed. */
  render({ report, isOpen, findings, more }: BootView): void {
    const { consequences, advice, notes } = report;
    this.element.dataset["tone"] = report.tone;
    fill(this.#title, { title: report.title, tone: report.tone, isOpen }, titleNodes);
    fill(this.#sentence, report.answer, phraseNodes);
    this.#fields.render("this boot", report.fields);
    fill(this.#parts, { consequences, advice, notes }, (all) => partNodes(all, "h3"));
    this.#parts.hidden = this.#parts.childElementCount === 0;
    fill(this.#count, findings.length + more, (count) => [`Findings (${count})`]);
    for (const finding of findings.slice(this.#findings.childElementCount))
      this.#findings.append(this.#item(finding));
    fill(this.#more, more, (count) => [`${count} more are not listed.`]);
    this.#more.hidden = more === 0;
  }

  /** Says for a moment that the clipboard has the boot. */
  showCopied(): void {
    this.#copy.showCopied();
  }

  #item(finding: FindingLine): HTMLElement {
    const { reveal } = this.#wishes;
    const words = [
      element("span", { class: "line" }, `line ${finding.line + 1}`),
      " ",
      element("span", {}, phraseNodes(finding.label)),
    ];
    if (reveal === null) return element("li", {}, element("div", { class: "finding" }, words));
    const button = element("button", { type: "button", class: "finding" }, words);
    button.addEventListener("click", () => {
      reveal(finding);
    });
    return element("li", {}, button);
  }
}

function titleNodes({
  title,
  tone,
  isOpen,
}: Pick<Report, "title" | "tone"> & Pick<BootView, "isOpen">): (Node | string)[] {
  return [toneBadge(tone), " ", ...phraseNodes(title), ...(isOpen ? [", so far"] : [])];
}
