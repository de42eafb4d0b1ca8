import * as vscode from "vscode";
import { decode } from "../../../decoder/register/decode";
import type { GuestProfile } from "../../../decoder/guest/profile";
import { reportOn } from "../../../decoder/report/value/decodeReport";
import { markdownOf } from "../../../decoder/report/render/markdown";
import type { HostMessage, ViewMessage } from "../../../pages/featureTable/protocol";
import { PROTOCOL_VERSION, isViewMessage, isViewState } from "../../../pages/featureTable/protocol";
import type { ValueArgument } from "../../commands/argument";
import { isRecord, valueArgument } from "../../commands/argument";
import { pickGuest } from "../../guest/chooseGuest";
import type { Services } from "../../services";
import { loadPage } from "../webviewPage";
import { FIRST_SHOWN, FeatureTableSession } from "./session";

/** The command that opens the feature table; hover links pass `{ register, value }` and the boot's `guest`. */
export const OPEN_FEATURE_TABLE = "sevStatus.openFeatureTable";
/** The type of the webview panel; the manifest activates the extension for it. */
export const FEATURE_TABLE_VIEW = "sevStatus.featureTable";

const TITLE = "SEV Feature Table";

/** Registers the command that opens the feature table, and restores the table after a reload. */
export function registerFeatureTable(services: Services): vscode.Disposable {
  const table = new FeatureTablePanel(services);
  return vscode.Disposable.from(
    table,
    vscode.commands.registerCommand(OPEN_FEATURE_TABLE, (wish: unknown) => {
      table.open(valueArgument(wish), isRecord(wish) ? wish : {});
    }),
    vscode.window.registerWebviewPanelSerializer(FEATURE_TABLE_VIEW, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        table.restore(panel, isViewState(state) ? valueArgument(state) : null);
        return Promise.resolve();
      },
    }),
    services.guest.onDidChange(() => {
      table.refresh();
    }),
  );
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly session: FeatureTableSession;
}

/** The one panel of the feature table, while it is open. */
class FeatureTablePanel implements vscode.Disposable {
  readonly #services: Services;
  #open: OpenPanel | null = null;
  /** The own kernel of the value's boot, and its log; null if the value is from no log. */
  #own: GuestProfile | null = null;
  #log: vscode.Uri | null = null;
  /** The choice made in the page, for this view only; undefined before the first one. */
  #whatIf: GuestProfile | null | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * Reveals the panel, or makes it, with a value; null keeps what is shown. `from` names the log and the boot's own kernel.
   * It comes from a link, which can come from anywhere: what names nothing is nothing.
   */
  open(
    shown: ValueArgument | null,
    { guest, uri }: { readonly guest?: unknown; readonly uri?: unknown },
  ): void {
    if (shown !== null) {
      this.#own = typeof guest === "string" ? this.#services.guest.lookUp(guest) : null;
      this.#log = typeof uri === "string" ? vscode.Uri.parse(uri) : null;
      this.#whatIf = undefined;
    }
    if (this.#open === null) {
      const column = vscode.window.activeTextEditor === undefined ? "Active" : "Beside";
      const panel = vscode.window.createWebviewPanel(
        FEATURE_TABLE_VIEW,
        TITLE,
        vscode.ViewColumn[column],
      );
      this.#adopt(panel, shown ?? FIRST_SHOWN);
      return;
    }
    const { panel, session } = this.#open;
    panel.reveal();
    if (shown === null) return;
    session.show(shown);
    this.refresh();
  }

  /** Adopts a panel from before a reload, unless a new one is already open. */
  restore(panel: vscode.WebviewPanel, shown: ValueArgument | null): void {
    if (this.#open === null) this.#adopt(panel, shown ?? FIRST_SHOWN);
    else panel.dispose();
  }

  /** Shows the same value for the current guest. */
  refresh(): void {
    if (this.#open === null) return;
    const { guest } = this.#services;
    const others = guest.sources().flatMap((source) => source.guests());
    this.#post(this.#open.session.answer(this.#guest(), others));
  }

  #guest(): GuestProfile | null {
    if (this.#whatIf !== undefined) return this.#whatIf;
    return this.#services.guest.for(this.#log)?.profile ?? this.#own;
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, shown: ValueArgument): void {
    const { webview } = panel;
    this.#open = { panel, session: new FeatureTableSession(shown) };
    panel.onDidDispose(() => {
      this.#open = null;
      this.#own = null;
      this.#log = null;
      this.#whatIf = undefined;
    });
    webview.onDidReceiveMessage(async (message: unknown) => {
      if (isViewMessage(message)) await this.#receive(message);
    });
    loadPage(webview, this.#services.extensionUri, { name: "featureTable", title: TITLE });
  }

  async #receive(message: ViewMessage): Promise<void> {
    switch (message.type) {
      case "copy":
        await this.#copy();
        return;
      case "chooseGuest":
        await this.#choose(message.text);
        break;
      default:
        this.#open?.session.take(message);
    }
    this.refresh();
  }

  /** Applies a what-if choice of the page; writes no setting. "" asks the user, null shows no verdict. */
  async #choose(text: string | null): Promise<void> {
    if (text !== "") {
      // The page offers only known kernels, but messages from a page are never trusted.
      const profile = text === null ? null : this.#services.guest.lookUp(text);
      if (text === null || profile !== null) this.#whatIf = profile;
      return;
    }
    const value = this.#open?.session.shown ?? null;
    const picked = await pickGuest(this.#services, {
      value,
      chosen: this.#guest()?.id,
      isWhatIf: true,
    });
    if (picked === null) return;
    this.#whatIf = picked.text === null ? undefined : this.#services.guest.lookUp(picked.text);
  }

  async #copy(): Promise<void> {
    if (this.#open === null) return;
    const { register, value } = this.#open.session.shown;
    const report = reportOn(decode(register, value), this.#guest());
    await vscode.env.clipboard.writeText(markdownOf(report));
    this.#post({ version: PROTOCOL_VERSION, type: "copied" });
  }

  #post(message: HostMessage): void {
    // A hidden page misses the message; it sends `ready` when VS Code creates it again.
    void this.#open?.panel.webview.postMessage(message);
  }
}
