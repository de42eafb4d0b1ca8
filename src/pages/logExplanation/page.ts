import type { LogView } from "../../decoder/report/boot/story/view";
import { counted, grouped } from "../../decoder/text/grouped";
import { visible } from "../../decoder/text/visible";
import { CopyButton } from "../shared/copyButton";
import { element, fill } from "../shared/dom";
import { EntryList } from "./entryList";
import { ExcerptPanel } from "./excerptPanel";
import { HostSection } from "./hostSection";
import type { HostMessage, ListName, ViewMessage, ViewState } from "./protocol";
import { PROTOCOL_VERSION } from "./protocol";
import { TimelineBar } from "./timelineBar";
import type { Wishes } from "./wishes";
import { linkButton, pushButton } from "./wishes";

/** What the page needs of the extension host. */
export interface Host {
  readonly post: (message: ViewMessage) => void;
  readonly keep: (state: ViewState) => void;
}

/** What a button asks for by itself. */
type Asked =
  "chooseGuest" | "chooseLog" | "decodeValue" | "showRecognized" | "openSample" | "again";
type StageMessage = Extract<HostMessage, { type: "stage" }>;

const version = PROTOCOL_VERSION;

/** The page: what one log says. */
export class LogExplanationPage {
  readonly #host: Host;
  readonly #root: HTMLElement;
  readonly #heading = element("h1");
  readonly #summary = element("p", { class: "summary", role: "status" });
  readonly #all: HTMLButtonElement;
  readonly #bad: HTMLButtonElement;
  readonly #filter: HTMLElement;
  readonly #copy: CopyButton;
  readonly #following = element("span", { class: "following" });
  readonly #again: HTMLButtonElement;
  readonly #progress = element("progress", { max: "100", "aria-label": "Read so far" });
  readonly #problem = element("p", { class: "trouble", role: "status" });
  readonly #empty: HTMLElement;
  readonly #emptyWords = element("p");
  readonly #gone: HTMLElement;
  readonly #goneWords = element("p");
  readonly #timeline: TimelineBar;
  readonly #lists: Readonly<Record<ListName, EntryList>>;
  readonly #hosts: HostSection;
  readonly #excerpt: ExcerptPanel;
  readonly #foot: HTMLElement;
  #name = "";

  constructor(root: HTMLElement, host: Host) {
    this.#root = root;
    this.#host = host;
    const ask = (type: Asked) => () => {
      host.post({ version, type });
    };
    const filter = (name: "all" | "problems") => () => {
      this.#show(name);
    };
    const wishes: Wishes = {
      reveal: (place) => {
        host.post({ version, type: "reveal", openAnyway: false, ...place });
      },
      details: (id) => {
        host.post({ version, type: "details", id });
      },
      copy: (id) => {
        host.post({ version, type: "copy", id });
      },
    };
    const list = (name: ListName, label: string) =>
      new EntryList(label, wishes, (offset) => {
        host.post({ version, type: "page", list: name, offset });
      });
    this.#all = pushButton("", filter("all"));
    this.#bad = pushButton("", filter("problems"));
    this.#filter = element(
      "div",
      { class: "filter", role: "group", "aria-label": "Boots to show" },
      this.#all,
      this.#bad,
    );
    this.#copy = new CopyButton(() => {
      host.post({ version, type: "copy", id: null });
    }, "Copy");
    this.#again = pushButton("Read Again", ask("again"));
    this.#timeline = new TimelineBar((boot) => {
      host.post({ version, type: "goTo", boot });
    });
    this.#lists = { problems: list("problems", "problems"), others: list("others", "other boots") };
    this.#hosts = new HostSection(wishes);
    this.#excerpt = new ExcerptPanel(({ place }) => {
      host.post({ version, type: "reveal", openAnyway: true, ...place });
    });
    this.#empty = element(
      "section",
      { class: "empty" },
      this.#emptyWords,
      element(
        "div",
        { class: "toolbar" },
        pushButton("What Is Recognized", ask("showRecognized")),
        pushButton("Decode a Value…", ask("decodeValue")),
        pushButton("Open a Sample", ask("openSample")),
      ),
    );
    this.#gone = element(
      "section",
      { class: "empty" },
      this.#goneWords,
      pushButton("Choose Log…", ask("chooseLog")),
    );
    this.#foot = element(
      "p",
      { class: "foot" },
      linkButton("Check against another kernel…", ask("chooseGuest")),
    );
    root.hidden = true;
    root.replaceChildren(
      element(
        "header",
        {},
        element(
          "div",
          { class: "toolbar" },
          this.#heading,
          this.#summary,
          element(
            "div",
            { class: "toolbar tools" },
            this.#filter,
            this.#copy.element,
            this.#again,
            this.#following,
          ),
        ),
        this.#progress,
        this.#timeline.element,
      ),
      this.#problem,
      this.#gone,
      this.#empty,
      this.#hosts.element,
      this.#lists.problems.element,
      this.#lists.others.element,
      this.#foot,
      this.#excerpt.element,
    );
    this.#show("all");
  }

  /** Requests the first content. */
  start(): void {
    this.#host.post({ version, type: "ready" });
  }

  /** Handles a message from the host. */
  receive(message: HostMessage): void {
    switch (message.type) {
      case "log":
        this.#name = visible(message.name);
        this.#heading.textContent = this.#name;
        this.#show("all");
        this.#excerpt.render(null);
        this.#host.keep({ version, target: message.target });
        break;
      case "view":
        this.#render(message.view);
        break;
      case "stage":
        this.#renderStage(message);
        this.#root.hidden = false;
        break;
      case "focus":
        this.#show("all");
        (this.#lists.problems.get(message.id) ?? this.#lists.others.get(message.id))?.focus();
        break;
      case "details":
        this.#entry(message.id)?.showDetails(message);
        break;
      case "excerpt":
        this.#excerpt.render(message.excerpt);
        break;
      case "copied":
        if (message.id === null) this.#copy.showCopied();
        else this.#entry(message.id)?.showCopied();
    }
  }

  #entry(id: string) {
    return this.#lists.problems.get(id) ?? this.#lists.others.get(id) ?? this.#hosts.get(id);
  }

  #render(view: LogView): void {
    const { summary, boots, problemBoots, isEmpty, timeline, problems, others, host } = view;
    fill(this.#summary, summary, (words) => [words]);
    this.#all.textContent = `All ${grouped(boots)}`;
    this.#bad.textContent = `✗ ${grouped(problemBoots)}`;
    this.#bad.setAttribute("aria-label", counted(problemBoots, "problem"));
    this.#filter.hidden = host !== null || problemBoots === 0 || problemBoots === boots;
    if (this.#filter.hidden) this.#show("all");
    this.#timeline.render(timeline);
    this.#hosts.render(host);
    this.#lists.problems.render(problems);
    this.#lists.others.render(others);
    this.#root.dataset["empty"] = String(isEmpty);
    this.#copy.element.hidden = isEmpty;
    this.#foot.hidden = isEmpty;
    this.#placeEmpty(summary);
  }

  #renderStage({ stage, sentence, percent, following }: StageMessage): void {
    this.#root.dataset["stage"] = stage;
    this.#progress.hidden = stage !== "reading";
    if (percent === null) this.#progress.removeAttribute("value");
    else this.#progress.value = percent;
    const isOver = stage !== "reading" && stage !== "gone";
    this.#again.hidden = !isOver || following === "live";
    fill(this.#following, isOver ? following : "off", (state) => [FOLLOWING[state]]);
    this.#following.dataset["state"] = following;
    this.#problem.hidden = stage !== "failed";
    fill(this.#problem, sentence, (words) => [visible(words)]);
    this.#gone.hidden = stage !== "gone";
    fill(this.#goneWords, this.#name, (name) => [`${name} is gone.`]);
    this.#placeEmpty(this.#summary.textContent);
  }

  /** Says that nothing was found, once all was read. */
  #placeEmpty(summary: string): void {
    const { empty, stage } = this.#root.dataset;
    this.#empty.hidden = empty !== "true" || (stage !== "done" && stage !== "failed");
    this.#summary.hidden = empty === "true";
    const lines = summary.split(" · ").at(-1) ?? "";
    fill(this.#emptyWords, lines, () => [
      `No SEV values in ${lines}. Looked for SEV_STATUS, SEV_FEATURES, terminations, GHCB dumps.`,
    ]);
  }

  #show(filter: "all" | "problems"): void {
    this.#all.setAttribute("aria-pressed", String(filter === "all"));
    this.#bad.setAttribute("aria-pressed", String(filter === "problems"));
    this.#lists.others.element.hidden = filter === "problems";
  }
}

const FOLLOWING = { live: "● live", paused: "paused: over 64 MiB", off: "" } as const;
