import { visible } from "../../decoder/text/visible";
import { element, fill } from "../shared/dom";
import { BootSection } from "./bootSection";
import type { FindingLine, HostMessage, ViewMessage, ViewState } from "./protocol";
import { PROTOCOL_VERSION } from "./protocol";

/** What the page needs of the extension host. */
export interface Host {
  readonly post: (message: ViewMessage) => void;
  readonly keep: (state: ViewState) => void;
}

const version = PROTOCOL_VERSION;

/** The page: the boots of one log. */
export class LogExplanationPage {
  readonly #host: Host;
  readonly #root: HTMLElement;
  readonly #heading = element("h1");
  readonly #status = element("p", { class: "status", role: "status" });
  readonly #progress = element("progress", { max: "100", "aria-label": "Read so far" });
  readonly #again: HTMLButtonElement;
  readonly #list = element("div", { class: "boots" });
  #boots: BootSection[] = [];
  #leads = false;

  constructor(root: HTMLElement, host: Host) {
    this.#root = root;
    this.#host = host;
    const button = (label: string, type: "chooseGuest" | "again") => {
      const made = element("button", { type: "button" }, label);
      made.addEventListener("click", () => {
        host.post({ version, type });
      });
      return made;
    };
    this.#again = button("Explain Again", "again");
    root.hidden = true;
    root.replaceChildren(
      element(
        "header",
        {},
        this.#heading,
        element(
          "div",
          { class: "toolbar" },
          this.#status,
          this.#progress,
          button("Choose Guest Kernel…", "chooseGuest"),
          this.#again,
        ),
      ),
      this.#list,
    );
  }

  /** Requests the first content. */
  start(): void {
    this.#host.post({ version, type: "ready" });
  }

  /** Handles a message from the host. */
  receive(message: HostMessage): void {
    switch (message.type) {
      case "log":
        fill(this.#heading, message.name, (name) => [`What ${visible(name)} says`]);
        this.#boots = [];
        this.#list.replaceChildren();
        this.#leads = message.leads;
        this.#host.keep({ version, target: message.target });
        break;
      case "boots":
        for (const boot of message.boots) this.#section(boot.index).render(boot);
        break;
      case "stage": {
        const { stage, sentence, percent } = message;
        fill(this.#status, sentence, (text) => [visible(text)]);
        this.#progress.hidden = stage !== "reading";
        if (percent === null) this.#progress.removeAttribute("value");
        else this.#progress.value = percent;
        this.#again.hidden = stage === "reading";
        this.#root.dataset["stage"] = stage;
        this.#root.hidden = false;
        break;
      }
      case "copied":
        this.#boots[message.index]?.showCopied();
    }
  }

  /** The section of a boot. Boots arrive in order, so a new one is the last. */
  #section(index: number): BootSection {
    const shown = this.#boots[index];
    if (shown !== undefined) return shown;
    const reveal = ({ line, start, end }: FindingLine) => {
      this.#host.post({ version, type: "reveal", line, start, end });
    };
    const made = new BootSection(this.#boots.length, {
      copy: () => {
        this.#host.post({ version, type: "copy", index });
      },
      reveal: this.#leads ? reveal : null,
    });
    this.#boots.push(made);
    this.#list.append(made.element);
    return made;
  }
}
