import * as vscode from "vscode";
import type { Choice } from "../../../decoder/boot/assessed";
import { readable } from "../../../decoder/report/boot/story/kept";
import type { Offsets } from "../../../decoder/report/boot/story/logStory";
import { FIRST_PAGES, LogStory } from "../../../decoder/report/boot/story/logStory";
import type { LogPlace, LogView } from "../../../decoder/report/boot/story/view";
import { markdownOf } from "../../../decoder/report/render/markdown";
import { quoted } from "../../../decoder/text/quoted";
import type { HostMessage, Target, ViewMessage } from "../../../pages/logExplanation/protocol";
import {
  PROTOCOL_VERSION,
  isViewMessage,
  isViewState,
} from "../../../pages/logExplanation/protocol";
import type { Services } from "../../services";
import { SlowProgress } from "../slowProgress";
import { loadPage } from "../webviewPage";
import { withoutLinks } from "../withoutLinks";
import { follow } from "./follow";
import type { LogSource } from "./readLog";
import { linesOf, readLog } from "./readLog";
import { columnFor, reveal } from "./reveal";
import { nameOf, sourceOf } from "./source";
import type { StageMessage } from "./stage";
import { GONE, done, failed, reading } from "./stage";
import { askedTarget, targetOf } from "./target";
import { UnreadableLog, failureSentence } from "./unreadable";

/** The type of the webview panel; the manifest activates the extension for it. */
const VIEW = "sevStatus.logExplanation";
const TITLE = "SEV Log Explanation";
/** The pause between two messages with results. */
const TELL_EVERY_MS = 250;
/** The least pause between a change of the log and reading it again, and that pause as a multiple of what reading takes. */
const AGAIN_AFTER_MS = 250;
const AGAIN_AFTER_READS = 3;
/** Lines that an excerpt has before its place, and after it. */
const AROUND = 20;
/** What an excerpt shows of a line. */
const LONGEST_LINE = 500;

const version = PROTOCOL_VERSION;

/** `SEV: Explain This Log`: what a log says, problems first, in a panel that follows the log; each finding leads to its line. */
export function registerExplainLog(services: Services): vscode.Disposable {
  const explanation = new ExplanationPanel(services);
  return vscode.Disposable.from(
    explanation,
    vscode.commands.registerCommand("sevStatus.explainLog", async (argument: unknown) => {
      const target = await targetOf(argument, explanation.inFront);
      if (target !== null) await explanation.explain(target);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        await explanation.restore(panel, isViewState(state) ? state.target : null);
      },
    }),
    services.guest.onDidChange(() => {
      explanation.refresh();
    }),
  );
}

/** What the page shows. */
interface Shown {
  readonly target: Target;
  readonly name: string;
  /** Null where the log could not be opened. */
  source: LogSource | null;
  story: LogStory;
  stage: StageMessage;
  offsets: Offsets;
  /** Lines that are quoted. */
  lines: ReadonlyMap<number, string>;
}

/** The one panel of the explanation, while it is open. Closing it ends the reading. */
class ExplanationPanel implements vscode.Disposable {
  readonly #services: Services;
  #panel: vscode.WebviewPanel | null = null;
  #shown: Shown | null = null;
  #run = new AbortController();
  #following = new vscode.Disposable(() => undefined);
  /** Runs from a change of the log to the end of the pause after reading it again. */
  #again: ReturnType<typeof setTimeout> | undefined;
  /** The log changed meanwhile. */
  #hasChanged = false;

  constructor(services: Services) {
    this.#services = services;
  }

  /** The log of the explanation that has the focus; null where another editor has it. */
  get inFront(): Target | null {
    return this.#panel?.active === true ? (this.#shown?.target ?? null) : null;
  }

  /** Explains a log in place of the one before. Settles when the log is read or the user cancels. */
  async explain(target: Target): Promise<void> {
    let source: LogSource;
    try {
      source = await sourceOf(target, this.#services.localLogs);
    } catch (error) {
      if (!(error instanceof UnreadableLog)) throw error;
      // The message stays until the user closes it; the command does not wait for that.
      void vscode.window.showErrorMessage(withoutLinks(error.message));
      return;
    }
    this.#start(target, source.name);
    this.#reveal(target);
    const progress = new SlowProgress();
    const { signal } = this.#run;
    await progress.show(`Explaining ${quoted(source.name)}`, this.#first(source, progress), () => {
      // Close the page: half an explanation would look like a whole one.
      if (!signal.aborted) this.#panel?.dispose();
    });
  }

  /** Adopts a panel from before a reload and reads its log again, unless a new one is already open. */
  async restore(panel: vscode.WebviewPanel, target: Target | null): Promise<void> {
    if (this.#panel !== null || target === null) {
      panel.dispose();
      return;
    }
    this.#start(target, nameOf(vscode.Uri.parse(target.uri)));
    this.#adopt(panel);
    await this.#readAgain();
  }

  /** Shows the log again, for the current choice. */
  refresh(): void {
    if (this.#shown !== null) this.#postView(this.#shown);
  }

  dispose(): void {
    this.#stop();
    this.#panel?.dispose();
  }

  /** From now on another log is shown, of which nothing was read. */
  #start(target: Target, name: string): void {
    this.#stop();
    this.#run = new AbortController();
    this.#shown = {
      target,
      name,
      source: null,
      story: new LogStory(name),
      stage: reading(0),
      offsets: FIRST_PAGES,
      lines: new Map(),
    };
    this.#following = follow(target, () => {
      this.#changed();
    });
    this.#postLog(this.#shown);
  }

  #stop(): void {
    this.#run.abort();
    this.#following.dispose();
    clearTimeout(this.#again);
    this.#again = undefined;
    this.#hasChanged = false;
  }

  /** Reads a log for the first time, and shows results meanwhile. */
  async #first(source: LogSource, progress: SlowProgress): Promise<void> {
    const shown = this.#shown;
    const { signal } = this.#run;
    if (shown === null) return;
    shown.source = source;
    let told = Date.now();
    const read = (share: number) => {
      if (Date.now() - told < TELL_EVERY_MS) return;
      progress.report(share);
      shown.stage = reading(share);
      this.#postView(shown);
      told = Date.now();
    };
    shown.stage = await stageAfter(source, readLog(source, shown.story, { signal, read }));
    if (signal.aborted) return;
    this.#postView(shown);
    this.#readSoon(AGAIN_AFTER_MS);
  }

  /** The log has changed: it is read again after a moment, unless it is too large for that. */
  #changed(): void {
    const { source, stage } = this.#shown ?? {};
    if (source != null && source.following !== "live" && stage?.stage !== "gone") return;
    this.#hasChanged = true;
    if (this.#again === undefined && stage?.stage !== "reading") this.#readSoon(AGAIN_AFTER_MS);
  }

  /** Reads the log again after a pause, if it has changed. */
  #readSoon(pause: number): void {
    this.#again = setTimeout(() => {
      if (this.#hasChanged) void this.#readAgain();
      else this.#again = undefined;
    }, pause);
  }

  /** Reads the log again; what was shown stays until that is done. */
  async #readAgain(): Promise<void> {
    const shown = this.#shown;
    const { signal } = this.#run;
    if (shown === null) return;
    const begun = Date.now();
    this.#hasChanged = false;
    const story = new LogStory(shown.name);
    try {
      const source = await sourceOf(shown.target, this.#services.localLogs);
      const stage = await stageAfter(
        source,
        readLog(source, story, { signal, read: () => undefined }),
      );
      if (signal.aborted) return;
      Object.assign(shown, { source, story, stage, lines: new Map() });
    } catch (error) {
      if (signal.aborted) return;
      const isMissing = error instanceof UnreadableLog && error.isMissing;
      const stage = isMissing ? GONE : failed(failureSentence(shown.name, error), "off");
      Object.assign(shown, { story, stage, lines: new Map() });
    }
    this.#postView(shown);
    // A log that grows all the time is not read all the time.
    this.#readSoon(Math.max(AGAIN_AFTER_MS, AGAIN_AFTER_READS * (Date.now() - begun)));
  }

  /** The kernel chosen for the log that is shown. */
  #choice(): Choice | null {
    const uri = this.#shown === null ? null : vscode.Uri.parse(this.#shown.target.uri);
    return this.#services.guest.for(uri);
  }

  #reveal(target: Target): void {
    const column = columnFor(target.uri, this.#panel?.viewColumn);
    if (this.#panel !== null) this.#panel.reveal(column ?? undefined);
    else
      this.#adopt(
        vscode.window.createWebviewPanel(VIEW, TITLE, column ?? vscode.ViewColumn.Active),
      );
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    const { extensionUri } = this.#services;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "logExplanation.svg");
    panel.onDidDispose(() => {
      this.#panel = null;
      this.#shown = null;
      this.#stop();
    });
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      if (isViewMessage(message) && this.#shown !== null) await this.#receive(message, this.#shown);
    });
    loadPage(panel.webview, extensionUri, { name: "logExplanation", title: TITLE });
  }

  async #receive(message: ViewMessage, shown: Shown): Promise<void> {
    const { story, target } = shown;
    switch (message.type) {
      case "ready":
        this.#postLog(shown);
        this.#postView(shown);
        return;
      case "reveal":
        if (message.openAnyway || shown.source?.leads === "editor")
          await reveal(target.uri, message, this.#panel?.viewColumn);
        else await this.#showExcerpt(shown, message);
        return;
      case "page":
        shown.offsets = { ...shown.offsets, [message.list]: message.offset };
        this.#postView(shown);
        return;
      case "goTo": {
        const page = story.pageOf(message.boot, this.#choice(), shown.offsets);
        if (page === null) return;
        shown.offsets = page.offsets;
        this.#postView(shown);
        this.#post({ version, type: "focus", id: page.id });
        return;
      }
      case "details": {
        const details = story.details(message.id, this.#choice());
        if (details !== null) this.#post({ version, type: "details", id: message.id, ...details });
        return;
      }
      case "copy":
        await this.#copy(shown, message.id);
        return;
      case "chooseGuest":
        await vscode.commands.executeCommand("sevStatus.chooseGuest", { uri: target.uri });
        return;
      case "chooseLog": {
        const chosen = await askedTarget();
        if (chosen !== null) await this.explain(chosen);
        return;
      }
      case "decodeValue":
        await vscode.commands.executeCommand("sevStatus.decodeValue");
        return;
      case "showRecognized":
        await vscode.commands.executeCommand("sevStatus.showRecognized");
        return;
      case "openSample":
        await vscode.commands.executeCommand("sevStatus.openSample");
        return;
      case "again":
        await this.explain(target);
    }
  }

  async #copy(shown: Shown, id: string | null): Promise<void> {
    const { story, lines } = shown;
    const details = id === null ? null : story.details(id, this.#choice());
    if (id !== null && details === null) return;
    const text =
      details === null
        ? story.text(this.#choice(), (line) => lines.get(line))
        : markdownOf(details.report);
    await vscode.env.clipboard.writeText(`${text}\n`);
    this.#post({ version, type: "copied", id });
  }

  /** Shows the lines around a place in the page, where no editor shows them at once. */
  async #showExcerpt({ source }: Shown, { line, start, end }: LogPlace): Promise<void> {
    if (source === null) return;
    const first = Math.max(source.firstLine, line - AROUND);
    const wanted = Array.from({ length: line + AROUND + 1 - first }, (_, at) => first + at);
    const lines = await linesIn(source, wanted, this.#run.signal);
    const texts = wanted.flatMap((number) => {
      const text = lines.get(number);
      return text === undefined ? [] : [readable(text).slice(0, LONGEST_LINE)];
    });
    const canOpen = source.leads !== "page only";
    const excerpt = { place: { line, start, end }, first, lines: texts, canOpen };
    this.#post({ version, type: "excerpt", excerpt });
  }

  #postLog({ name, target }: Shown): void {
    this.#post({ version, type: "log", name, target });
  }

  /** Sends the page what the log says, and once it is read the lines that are quoted. */
  #postView(shown: Shown): void {
    const view = this.#view(shown);
    this.#post({ version, type: "view", view });
    this.#post(shown.stage);
    const missing = quotedLines(view).filter((line) => !shown.lines.has(line));
    if (missing.length > 0 && shown.stage.stage !== "reading") void this.#quote(shown, missing);
  }

  /** Reads lines that are quoted, and shows them. */
  async #quote(shown: Shown, missing: readonly number[]): Promise<void> {
    const { source, story } = shown;
    if (source === null) return;
    const lines = await linesIn(source, missing, this.#run.signal);
    if (this.#shown !== shown || shown.story !== story) return;
    // What was not found is not looked for again.
    const all = missing.map((line) => [line, lines.get(line) ?? ""] as const);
    shown.lines = new Map([...shown.lines, ...all]);
    this.#post({ version, type: "view", view: this.#view(shown) });
  }

  #view({ story, offsets, lines, source }: Shown): LogView {
    const atHand = source?.lines ?? ((line: number) => lines.get(line));
    return story.view(this.#choice(), offsets, atHand);
  }

  #post(message: HostMessage): void {
    // A hidden page misses the message; it sends `ready` when VS Code creates it again.
    void this.#panel?.webview.postMessage(message);
  }
}

/** How far the reading of a log came. */
async function stageAfter(source: LogSource, read: Promise<void>): Promise<StageMessage> {
  try {
    await read;
    return done(source.following);
  } catch (error) {
    return failed(failureSentence(source.name, error), source.following);
  }
}

/** Lines of a log; none where it cannot be read any more. */
async function linesIn(
  source: LogSource,
  wanted: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  try {
    return await linesOf(source, wanted, signal);
  } catch {
    return new Map();
  }
}

/** The lines that a view quotes without their text. */
function quotedLines({ problems }: LogView): number[] {
  return problems.items.flatMap(({ quoted: line }) =>
    line !== null && line.text === "" ? [line.link.line] : [],
  );
}
