import * as vscode from "vscode";
import type { Choice } from "../../../decoder/boot/assessed";
import { markdownOf } from "../../../decoder/report/render/markdown";
import { quoted } from "../../../decoder/text/quoted";
import type {
  BootView,
  HostMessage,
  Target,
  ViewMessage,
} from "../../../pages/logExplanation/protocol";
import {
  PROTOCOL_VERSION,
  isViewMessage,
  isViewState,
} from "../../../pages/logExplanation/protocol";
import type { Services } from "../../services";
import { SlowProgress } from "../slowProgress";
import { loadPage } from "../webviewPage";
import { withoutLinks } from "../withoutLinks";
import { LogExplanation } from "./explanation";
import type { LogSource, Progress } from "./readLog";
import { readLog } from "./readLog";
import { reveal } from "./reveal";
import { nameOf, sourceOf } from "./source";
import type { StageMessage } from "./stage";
import { GONE, done, failed, reading } from "./stage";
import { targetOf } from "./target";
import { UnreadableLog, failureSentence } from "./unreadable";

/** The type of the webview panel; the manifest activates the extension for it. */
const VIEW = "sevStatus.logExplanation";
const TITLE = "SEV Log Explanation";
/** The pause between two messages with results. */
const TELL_EVERY_MS = 250;
/** Boots in one message: each has a few kilobytes. */
const BOOTS_AT_ONCE = 25;

const version = PROTOCOL_VERSION;

/** `SEV: Explain This Log`: what a log says, boot by boot, in a panel; each finding leads to its line. */
export function registerExplainLog(services: Services): vscode.Disposable {
  const explanation = new ExplanationPanel(services);
  return vscode.Disposable.from(
    explanation,
    vscode.commands.registerCommand("sevStatus.explainLog", async (argument: unknown) => {
      const target = await targetOf(argument);
      if (target !== null) await explanation.explain(target);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        explanation.restore(panel, isViewState(state) ? state.target : null);
        return Promise.resolve();
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
  readonly leads: boolean;
  readonly explanation: LogExplanation;
  stage: StageMessage;
}

/** The one panel of the explanation, while it is open. Closing it ends the reading. */
class ExplanationPanel implements vscode.Disposable {
  readonly #services: Services;
  #panel: vscode.WebviewPanel | null = null;
  #shown: Shown | null = null;
  #run = new AbortController();

  constructor(services: Services) {
    this.#services = services;
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
    this.#run.abort();
    const run = new AbortController();
    this.#run = run;
    const { name, leads } = source;
    const shown = {
      target,
      name,
      leads,
      explanation: new LogExplanation(name),
      stage: reading(0),
    };
    this.#shown = shown;
    this.#reveal();
    this.#postLog(shown);
    const progress = new SlowProgress();
    const read = this.#read(source, shown, { signal: run.signal, progress });
    await progress.show(`Explaining ${quoted(name)}`, read, () => {
      // Close the page: half an explanation would look like a whole one.
      if (!run.signal.aborted) this.#panel?.dispose();
    });
  }

  /** Adopts a panel from before a reload, without its explanation, unless a new one is already open. */
  restore(panel: vscode.WebviewPanel, target: Target | null): void {
    if (this.#panel !== null || target === null) {
      panel.dispose();
      return;
    }
    const name = nameOf(vscode.Uri.parse(target.uri));
    const explanation = new LogExplanation(name);
    this.#shown = { target, name, leads: false, explanation, stage: GONE };
    this.#adopt(panel);
  }

  /** Shows every boot again, for the current choice. */
  refresh(): void {
    if (this.#shown === null) return;
    this.#postBoots(this.#shown.explanation.all(this.#choice()));
  }

  dispose(): void {
    this.#run.abort();
    this.#panel?.dispose();
  }

  /** Reads to the end, and sends results to the page meanwhile. */
  async #read(
    source: LogSource,
    shown: Shown,
    { signal, progress }: { readonly signal: AbortSignal; readonly progress: SlowProgress },
  ): Promise<void> {
    let lines = 0;
    let told = Date.now();
    const read = (now: Progress) => {
      lines = now.lines;
      if (Date.now() - told < TELL_EVERY_MS) return;
      progress.report(now.share);
      shown.stage = reading(now.share);
      this.#tell(shown);
      told = Date.now();
    };
    try {
      await readLog(source, shown.explanation, { signal, read });
      shown.stage = done(shown.explanation, lines);
    } catch (error) {
      shown.stage = failed(shown.explanation, lines, failureSentence(shown.name, error));
    }
    if (signal.aborted) return;
    try {
      this.#tell(shown);
    } catch (error) {
      // Showing the boots may itself have failed: the page must show the error, not wait forever.
      shown.stage = failed(shown.explanation, lines, failureSentence(shown.name, error));
      this.#post(shown.stage);
    }
  }

  /** The kernel chosen for the log that is shown. */
  #choice(): Choice | null {
    const uri = this.#shown === null ? null : vscode.Uri.parse(this.#shown.target.uri);
    return this.#services.guest.for(uri);
  }

  #reveal(): void {
    if (this.#panel !== null) {
      this.#panel.reveal();
      return;
    }
    const column =
      vscode.window.tabGroups.activeTabGroup.activeTab === undefined ? "Active" : "Beside";
    this.#adopt(vscode.window.createWebviewPanel(VIEW, TITLE, vscode.ViewColumn[column]));
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = null;
      this.#shown = null;
      this.#run.abort();
    });
    panel.webview.onDidReceiveMessage(async (message: unknown) => {
      if (isViewMessage(message) && this.#shown !== null) await this.#receive(message, this.#shown);
    });
    loadPage(panel.webview, this.#services.extensionUri, { name: "logExplanation", title: TITLE });
  }

  async #receive(message: ViewMessage, shown: Shown): Promise<void> {
    switch (message.type) {
      case "ready":
        this.#postLog(shown);
        this.refresh();
        return;
      case "reveal":
        await reveal(shown.target.uri, message, this.#panel?.viewColumn);
        return;
      case "chooseGuest":
        await vscode.commands.executeCommand("sevStatus.chooseGuest", { uri: shown.target.uri });
        return;
      case "again":
        await this.explain(shown.target);
        return;
      case "copy": {
        const { index } = message;
        const report = shown.explanation.report(index, this.#choice());
        if (report === null) return;
        await vscode.env.clipboard.writeText(`${markdownOf(report)}\n`);
        this.#post({ version, type: "copied", index });
      }
    }
  }

  #postLog({ name, target, leads, stage }: Shown): void {
    this.#post({ version, type: "log", name, target, leads });
    this.#post(stage);
  }

  /** Sends the page what has changed. */
  #tell({ explanation, stage }: Shown): void {
    this.#postBoots(explanation.takeChanged(this.#choice()));
    this.#post(stage);
  }

  #postBoots(boots: readonly BootView[]): void {
    for (let first = 0; first < boots.length; first += BOOTS_AT_ONCE)
      this.#post({ version, type: "boots", boots: boots.slice(first, first + BOOTS_AT_ONCE) });
  }

  #post(message: HostMessage): void {
    // A hidden page misses the message; it sends `ready` when VS Code creates it again.
    void this.#panel?.webview.postMessage(message);
  }
}
